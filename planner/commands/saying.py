"""How the commands say numbers, dates and rotas, to people and as JSON, and their progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from shutil import get_terminal_size
from textwrap import indent
from threading import Lock, Timer
from types import TracebackType
from typing import Any

import click

from planner.checking.finished import Proof
from planner.commands.tables import display_width, printable
from planner.domain import Rota
from planner.domain.quarters import MONTHS, Horizon
from planner.errors import InputError, RotaError
from planner.problem.ledger import Account

JSON_VERSION = 1
"""Raised whenever a JSON document changes in a way that its readers would notice."""


def say(text: str = "") -> None:
    """One message on stderr, where messages and progress go."""
    click.echo(text, err=True)


def complaint(error: RotaError) -> str:
    """What is wrong; of inputs, every problem on its own line, and how many there are."""
    if not isinstance(error, InputError):
        return str(error)
    count = len(error.problems)
    return "\n".join(
        [
            "some files cannot be used as they are.",
            *(f"  {problem}" for problem in error.problems),
            f"{count} problem{'s' if count != 1 else ''}; nothing was written.",
        ]
    )


def amount(value: Fraction) -> str:
    """A fraction for people: whole, or with two decimals."""
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def signed(value: Fraction) -> str:
    """A balance for people, with its sign: ``+0.50``, ``−0.25``, ``0.00``."""
    rounded = round(float(value), 2)
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"


def exact(value: Fraction | None) -> dict[str, Any]:
    """A fraction for JSON: as a number and, exactly, as text."""
    if value is None:
        return {"number": None, "exact": None}
    return {"number": float(value), "exact": str(value)}


def span(horizon: Horizon) -> str:
    """``1 July – 29 September 2024, 13 weeks``."""

    def day(when: date, year: bool) -> str:
        return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")

    first, last = horizon.first, horizon.last
    weeks = len(horizon.weeks)
    dates = f"{day(first, first.year != last.year)} – {day(last, True)}"
    return f"{dates}, {weeks} week{'s' if weeks != 1 else ''}"


def aim_name(aim: str, part: str) -> str:
    """An aim and, where it has several parts, the part."""
    return f"{aim}: {part}" if part and part != aim else aim


def held_json(rota: Rota) -> list[dict[str, Any]]:
    """The rota for JSON, a line per duty."""
    return [
        {
            "week": held.duty.week.name,
            "starts": held.duty.week.first.isoformat(),
            "ends": held.duty.week.last.isoformat(),
            "rotation": held.duty.rotation,
            "role": held.duty.role,
            "engineer": held.engineer,
        }
        for held in rota
    ]


def proof_json(proof: Proof) -> dict[str, Any]:
    """What is proven of one part of an aim, for JSON."""
    return {
        "aim": proof.aim,
        "part": proof.part,
        "value": exact(proof.value),
        "bound": exact(proof.bound),
        "proven": proof.proven,
    }


def account_json(account: Account) -> dict[str, Any]:
    """One line of the ledger for JSON."""
    return {
        "done": account.duties,
        "owed": exact(account.owed),
        "carried_in": exact(account.carried_in),
        "balance": exact(account.balance),
    }


def print_json(document: dict[str, Any]) -> None:
    """One versioned document on stdout."""
    document = {"version": JSON_VERSION, **document}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_json_list(name: str, documents: Sequence[str], rest: dict[str, Any]) -> None:
    """As :func:`print_json`, with a list of which each entry is JSON already, one by one."""
    click.echo(f'{{\n  "version": {JSON_VERSION},\n  "{name}": [')
    for number, document in enumerate(documents, start=1):
        click.echo(indent(document, " " * 4) + ("," if number < len(documents) else ""))
    whole = json.dumps(rest, ensure_ascii=False, indent=2)
    click.echo(f"  ],{whole[1:]}")


def duration(seconds: float) -> str:
    """Roughly how long: ``40 s``, ``3 min``, ``2 h``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.0f} h"


class Progress:
    """One line on stderr that moves, for what takes longer than a second; only on a terminal."""

    def __init__(self, name: str = "", patience: float = 1.0) -> None:
        self._name = name
        self._latest = ""
        self._shown = 0
        self._late = False
        self._terminal = sys.stderr.isatty()
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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
        width = display_width(text)
        print(f"\r{text}{' ' * (self._shown - width)}", end="", file=sys.stderr, flush=True)
        self._shown = width

    def _wipe(self) -> None:
        if self._shown:
            print(f"\r{' ' * self._shown}\r", end="", file=sys.stderr, flush=True)
            self._shown = 0
