"""Duties that change hands from one rota to another."""

from __future__ import annotations

from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.changes import changed


@dataclass(frozen=True, slots=True)
class Move:
    """One duty that would change hands."""

    duty: Duty
    old: str | None
    new: str | None


def moves_between(problem: Problem, one: Rota, other: Rota) -> tuple[Move, ...]:
    """What has to change hands to come from one rota to the other, in order."""
    duties = changed(problem, one, other)
    return tuple(Move(duty, one.holder(duty), other.holder(duty)) for duty in duties)
