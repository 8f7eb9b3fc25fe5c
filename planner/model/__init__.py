"""The only room that knows the solver: variables, the aims in order, explanations."""
