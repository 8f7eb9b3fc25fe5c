"""The ``rota`` program."""


def main() -> None:
    """Run the program."""
