"""Small rotas in time, for tests of who is on call and of what is exported.

As in ``tests.build``: engineers have one letter, week 0 begins on Monday 1 July 2024, and a rota is
one word a week with one letter a duty. The clock is London's unless a test says otherwise: it
goes back on 27 October 2024 (within week 16) and forward on 30 March 2025 (within week 38).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from planner.domain import Cover, DaysOff, PublicHoliday, Rotation
from planner.files.exports.timetable import Timetable
from planner.files.published.rotas import InForce
from planner.problem.oncall import OnCall
from tests.build import day, problem, rota, rotation

PLANNED = datetime(2024, 6, 20, 8, 30, tzinfo=UTC)


def at(text: str) -> datetime:
    """An instant from ISO text; without an offset it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def cover(name: str, first: int, last: int, stand_in: str, **seat: str) -> Cover:
    """``stand_in`` for ``name`` on these days, counted from Monday of week 0."""
    return Cover(name, day(first), day(last), stand_in, **seat)


def on_call(
    text: str,
    *rotations: Rotation,
    covers: Iterable[Cover] = (),
    holidays: Mapping[str, Iterable[int]] | None = None,
    non_business: Iterable[int] = (),
    **team: Any,
) -> OnCall:
    """The rota written in ``text``, from week 0 on. Weekends are no working days."""
    weeks = len(text.split())
    asked = problem(
        *(rotations or (rotation("ABCD"),)),
        weeks=weeks,
        holidays=holidays,
        non_business=non_business,
    )
    facts = {"timezone": "Europe/London", **team}
    return OnCall(replace(asked.team, **facts), rota(asked, text), tuple(covers), asked.days_off)


def timetable(
    text: str, *rotations: Rotation, planned: datetime = PLANNED, **facts: Any
) -> Timetable:
    """The same as it is exported, all weeks of it."""
    found = on_call(text, *rotations, **facts)
    standing = InForce(found.rota, found.covers, planned_at=planned)
    return Timetable(found.team, found.rota.weeks, found, standing)


def names(of: OnCall, instant: str) -> str:
    """Who is on call, one letter a seat."""
    return "".join(shift.engineer or "." for shift in of.at(at(instant)))


def off(day_: int, name: str = "holiday") -> PublicHoliday:
    return PublicHoliday(day(day_), name)


__all__ = ["PLANNED", "DaysOff", "at", "cover", "names", "off", "on_call", "timetable"]
