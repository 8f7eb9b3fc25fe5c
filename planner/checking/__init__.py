"""What can be said of a rota, or of the rules that leave none, without a solver."""
