"""How the commands say things to people, and their progress."""

from __future__ import annotations

import os
import sys
from datetime import date
from shutil import get_terminal_size
from threading import Lock, Timer
from time import monotonic

import click

from planner.domain.quarters import MONTHS, Horizon
from planner.errors import InputProblem
from planner.reporting.documents import Failure, failed_text
from planner.reporting.terminal import display_width, printable


def say(text: str = "") -> None:
    """One message on stderr, where messages and progress go."""
    click.echo(text, err=True)


def span(horizon: Horizon) -> str:
    """``1 July – 29 September 2024, 13 weeks``."""

    def day(when: date, year: bool) -> str:
        return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")

    first, last = horizon.first, horizon.last
    weeks = len(horizon.weeks)
    dates = f"{day(first, first.year != last.year)} – {day(last, True)}"
    return f"{dates}, {weeks} week{'s' if weeks != 1 else ''}"


def print_failure(status: int, error: str, problems: tuple[InputProblem, ...]) -> None:
    """The JSON document of a command that could not be carried out."""
    click.echo(failed_text(Failure(status, error, problems)))


def duration(seconds: float) -> str:
    """Roughly how long: ``40 s``, ``3 min``, ``2 h``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.0f} h"


EVERY = 10.0
"""Seconds between two lines of progress where no line can move."""


class Progress:
    """One line on stderr that moves, for what takes longer than a second; only on a terminal.

    A terminal that cannot move back gets a plain line now and then.
    """

    def __init__(self, name: str = "", patience: float = 1.0) -> None:
        self._name = name
        self._latest = ""
        self._shown = 0
        self._late = False
        # A dumb terminal knows of itself that it can neither move back nor show colours.
        self._terminal, self._plain = sys.stderr.isatty(), os.environ.get("TERM") == "dumb"
        self._last: float | None = None
        self._lock = Lock()
        self._timer = Timer(patience, self._grow_impatient)
        self._timer.daemon = True

    def __call__(self, message: str) -> None:
        with self._lock:
            self._latest = message
            self._show()

    def __enter__(self) -> Progress:
        if self._terminal:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._late = False
            self._wipe()

    def clear(self) -> None:
        """Make way for something else to be printed."""
        with self._lock:
            self._wipe()

    def _grow_impatient(self) -> None:
        with self._lock:
            self._late = True
            self._show()

    def _show(self) -> None:
        if not self._late or not self._latest:
            return
        text = f"{self._name}: {self._latest}" if self._name else self._latest
        text = printable(text)[: get_terminal_size().columns - 1]
        if self._plain:
            if self._last is None or monotonic() - self._last >= EVERY:
                self._last = monotonic()
                self._move(f"{text}\n")
            return
        width = display_width(text)
        self._move(f"\r{text}{' ' * (self._shown - width)}")
        self._shown = width

    def _wipe(self) -> None:
        if self._shown:
            self._move(f"\r{' ' * self._shown}\r")
            self._shown = 0

    def _move(self, text: str) -> None:
        # Beneath the cleaning, which would take away the cursor's return.
        print(text, end="", file=getattr(sys.stderr, "raw", sys.stderr), flush=True)
