"""``python -m planner`` is the ``rota`` program, and Ctrl-C may come before it is loaded."""

import signal
import sys


def main() -> None:
    """Run the program and exit with its status."""
    try:
        from planner.cli import main as program

        status = program()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("\nStopped before anything was done.\n")
        status = 130
    # What is left is the interpreter's own end, in which an interruption would only make noise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status)


if __name__ == "__main__":
    main()
