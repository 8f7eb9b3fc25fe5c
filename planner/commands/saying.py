"""How the commands say numbers, dates and rotas, to people and as JSON, and their progress."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from threading import Lock, Timer
from types import TracebackType
from typing import Any

import click

from planner.calendar import MONTHS, Horizon
from planner.domain import Rota, Team
from planner.errors import InputError, RotaError
from planner.finished import Proof
from planner.ledger import Account

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


def seat_name(team: Team, rotation: str, role: str) -> str:
    """A role as the workbook heads its column: with the rotation's name if there are several."""
    return role if len(team.rotations) == 1 else f"{rotation}: {role}"


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


class Progress:
    """Tells on stderr what takes longer than a second, and says nothing of what does not."""

    def __init__(self, name: str, patience: float = 1.0) -> None:
        self._name = name
        self._latest = ""
        self._late = False
        self._lock = Lock()
        self._timer = Timer(patience, self._grow_impatient)
        self._timer.daemon = True

    def __call__(self, message: str) -> None:
        with self._lock:
            self._latest = message
            if self._late:
                self._show()

    def __enter__(self) -> Progress:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def _grow_impatient(self) -> None:
        with self._lock:
            self._late = True
            if self._latest:
                self._show()

    def _show(self) -> None:
        click.echo(f"{self._name}: {self._latest}", err=True)
