"""The only room that knows the solver: seats, prices, and the aims in order."""

from planner.model.enumerate import enumerate_rotas
from planner.model.lexicographic import Solution, Stage, Start, solve
from planner.model.search import Clock

__all__ = ["Clock", "Solution", "Stage", "Start", "enumerate_rotas", "solve"]
