"""The problem of one plan: who may hold what, what is owed, and who is on call at an instant."""

from planner.problem.fixed import Fixed
from planner.problem.problem import Problem
