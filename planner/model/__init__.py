"""The only room that knows the solver: seats, prices, and the aims in order."""

from planner.model.clashes import clash_with, find_clashes
from planner.model.enumerate import enumerate_rotas
from planner.model.even_split import even_split
from planner.model.lexicographic import Solution, Stage, Start, solve
from planner.model.repairs import WaysOut
from planner.model.search import Clock

__all__ = [
    "Clock",
    "Solution",
    "Stage",
    "Start",
    "WaysOut",
    "clash_with",
    "enumerate_rotas",
    "even_split",
    "find_clashes",
    "solve",
]
