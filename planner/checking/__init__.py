"""What can be said of a rota, or of the rules that leave none, without a solver."""

from planner.checking.report import Report, aim_values, breaches, check

__all__ = ["Report", "aim_values", "breaches", "check"]
