"""Small problems written in a line or two, for hand-worked cases.

Engineers have one letter. Week 0 begins on Monday 1 July 2024 (2024-W27). A rota is written as
one word a week with one letter a duty, in the order of that week's duties: ``"AB BC C."`` is
three weeks of two roles, the last secondary open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from planner.domain import (
    DaysOff,
    Duty,
    DutyWeek,
    Elsewhere,
    Engineer,
    FestivalTime,
    Held,
    PublicHoliday,
    Region,
    Role,
    Rota,
    Rotation,
    Settings,
    Swap,
    Team,
    Vacation,
    Wish,
)
from planner.domain.quarters import Horizon
from planner.problem import Problem

MONDAY = date(2024, 7, 1)
AIMS = ("fair-share", "festivals", "wishes", "rest", "spacing", "holidays", "cycle", "rhythm")
HOME = Region("MY", "KUL")


def day(n: int) -> date:
    """The n-th day, counted from Monday of week 0."""
    return MONDAY + timedelta(days=n)


def week(n: int) -> DutyWeek:
    """Week n; negative ones lie in history."""
    return DutyWeek(day(7 * n))


def engineer(name: str, **facts: Any) -> Engineer:
    if "share" in facts:
        facts["share"] = Fraction(facts["share"])
    return Engineer(name, facts.pop("region", HOME), **facts)


def rotation(cycle: str, *roles: str | Role, name: str = "r") -> Rotation:
    listed = roles or ("primary",)
    seats = tuple(role if isinstance(role, Role) else Role(role) for role in listed)
    return Rotation(name, tuple(cycle), seats)


def away(name: str, first: int, last: int | None = None, kind: str = "annual") -> Vacation:
    """Away from one day (counted from Monday of week 0) to another, both included."""
    return Vacation(name, day(first), day(first if last is None else last), kind)


def away_week(name: str, n: int, kind: str = "annual") -> Vacation:
    return away(name, 7 * n, 7 * n + 6, kind)


def wish(name: str, n: int, what: str = "off") -> Wish:
    return Wish(name, week(n), what)  # type: ignore[arg-type]


def swap(
    name: str,
    n: int,
    partner: str,
    for_week: int | None = None,
    role: str = "primary",
    in_rotation: str = "r",
    agreed: bool = True,
) -> Swap:
    back = None if for_week is None else week(for_week)
    return Swap(name, week(n), partner, back, in_rotation, role, agreed)


def lock(n: int, name: str, role: str = "primary", in_rotation: str = "r") -> Held:
    return Held(Duty(week(n), in_rotation, role), name)


def problem(
    *rotations: Rotation,
    weeks: int = 4,
    engineers: Iterable[Engineer] = (),
    history: str = "",
    holidays: Mapping[str, Iterable[int]] | None = None,
    festivals: Mapping[str, Iterable[tuple[str, int, int]]] | None = None,
    non_business: Iterable[int] = (),
    locked: Iterable[Held] = (),
    elsewhere: Iterable[Elsewhere] = (),
    settings: Mapping[str, Any] | None = None,
    **team: Any,
) -> Problem:
    """A problem over ``weeks`` weeks from week 0.

    ``history`` is written as a rota and ends with the week before week 0. ``holidays`` gives days
    by engineer; ``festivals`` (name, first day, last day) by engineer.
    """
    streams = rotations or (rotation("ABCD"),)
    given = {e.name: e for e in engineers}
    names = sorted({name for stream in streams for name in stream.cycle} | set(given))
    people = tuple(given.get(name, engineer(name)) for name in names)
    first, last = week(-60).first, week(weeks + 10).last
    weekends = {first + timedelta(n) for n in range((last - first).days)}
    weekends = {d for d in weekends if d.isoweekday() > 5}
    days_off = DaysOff(
        first,
        last,
        {
            name: tuple(PublicHoliday(day(n), "holiday") for n in sorted(days))
            for name, days in (holidays or {}).items()
        },
        {
            name: tuple(
                sorted(
                    FestivalTime(tuple(day(n) for n in range(begin, end + 1)), festival)
                    for festival, begin, end in times
                )
            )
            for name, times in (festivals or {}).items()
        },
        frozenset(weekends | {day(n) for n in non_business}),
    )
    team.setdefault("aims", AIMS)
    found = Problem(
        Team("team", "Team", "UTC", people, tuple(streams), Settings(**(settings or {})), **team),
        Horizon("test", tuple(week(n) for n in range(weeks))),
        days_off,
        locked=tuple(locked),
        elsewhere=tuple(elsewhere),
    )
    words = history.split()
    return replace(found, history=_written(found, words, -len(words)))


def rota(of: Problem, text: str) -> Rota:
    """The rota written as one word a week and one letter a duty; ``.`` is an open duty."""
    duties = iter(of.duties)
    letters = "".join(text.split())
    assert len(letters) == len(of.duties), "one letter for every duty"
    return Rota.of([(next(duties), None if name == "." else name) for name in letters])


def _written(of: Problem, words: list[str], first: int) -> Rota:
    holders: dict[Duty, str | None] = {}
    for n, word in enumerate(words, start=first):
        seats = [(r, role) for r, role in of.seats if role.weeks == "every"]
        for (stream, role), name in zip(seats, word, strict=True):
            if name != "-":
                holders[Duty(week(n), stream.name, role.name)] = None if name == "." else name
    return Rota.of(holders)


def text(of: Problem, found: Rota) -> str:
    """A rota in the same writing."""
    words: dict[DutyWeek, str] = {}
    for duty in of.duties:
        words[duty.week] = words.get(duty.week, "") + (found.holder(duty) or ".")
    return " ".join(words.values())


def broken(rule: Any, of: Problem, written: str | Rota) -> list[tuple[int | None, str]]:
    """Where a rota breaks one rule, as (number of the week, engineer)."""
    found = rota(of, written) if isinstance(written, str) else written
    return [
        (None if b.week is None else week(0).until(b.week), b.engineer)
        for b in rule.breaches(of, found)
    ]


def values(aim: Any, of: Problem, written: str) -> list[Fraction]:
    """What each part of one aim comes to."""
    return list(aim.values(of, rota(of, written)))
