"""rota: a constraint-solver planner for on-call rotas."""
