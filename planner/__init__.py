"""rota: a constraint-solver planner for on-call rotas."""

__version__ = "0.1.0"
