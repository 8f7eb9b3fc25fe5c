"""``python -m planner`` is the ``rota`` program."""

from planner.cli import main

if __name__ == "__main__":
    main()
