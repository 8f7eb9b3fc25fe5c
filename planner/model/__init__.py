"""The only room that knows the solver: seats, prices, and the aims in order.

Clashes and repairs, which few plans need, are imported from their own modules.
"""

from planner.model.clock import Clock
from planner.model.enumerate import enumerate_rotas
from planner.model.even_split import even_split
from planner.model.lexicographic import Solution, Start, solve
from planner.model.stages import Stage
