"""The commands of the `rota` program: parse, call, print."""
