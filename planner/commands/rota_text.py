"""A rota as a table: a row a week, who is on call, and what is to know of the week."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from planner.domain import Cover, Duty, DutyWeek, Held, Rota, Seat
from planner.domain.quarters import week_of
from planner.problem import Problem
from planner.records import dataclass
from planner.reporting.terminal import table
from planner.wording import day, days, listed

ABREAST = 4
"""Seats in one table; where a team has more, each rotation has a table of its own."""


@dataclass(frozen=True)
class Annotations:
    """What people put into a workbook beside the names: locks, and notes by week."""

    locked: tuple[Held, ...] = ()
    notes: Mapping[DutyWeek, str] = field(default_factory=dict)


def rota_table(
    problem: Problem,
    rota: Rota,
    known: Annotations | None = None,
    weeks: Collection[DutyWeek] | None = None,
) -> str:
    """The table of some weeks, or of all; several tables where one would be too wide."""
    known = known or Annotations()
    rows = [week for week in problem.weeks if weeks is None or week in weeks]
    seats = [Seat(rotation.name, role.name) for rotation, role in problem.seats]
    if len(seats) <= ABREAST:
        titles = [problem.team.title(seat) for seat in seats]
        return _table(problem, rota, known, rows, seats, titles)
    parts = []
    for rotation in problem.team.rotations:
        own = [seat for seat in seats if seat.rotation == rotation.name]
        held = _table(problem, rota, known, rows, own, [seat.role for seat in own])
        parts.append(f"{rotation.name}\n{held}" if len(problem.team.rotations) > 1 else held)
    return "\n\n".join(parts)


def _table(
    problem: Problem,
    rota: Rota,
    known: Annotations,
    weeks: list[DutyWeek],
    seats: list[Seat],
    titles: list[str],
) -> str:
    rows = [
        [
            week.name,
            day(week.first),
            *(_holder(problem, rota, seat.in_week(week)) for seat in seats),
            "; ".join(_remarks(problem, known, week, seats)),
        ]
        for week in weeks
    ]
    headings = ["Week", "starts", *titles, ""]
    if not any(row[-1] for row in rows):
        headings, rows = headings[:-1], [row[:-1] for row in rows]
    return table(headings, rows, "l" * len(headings))


def _holder(problem: Problem, rota: Rota, duty: Duty) -> str:
    return (rota.holder(duty) or "–") if duty in problem.duty_index else ""


def _remarks(
    problem: Problem, known: Annotations, week: DutyWeek, seats: list[Seat]
) -> Iterator[str]:
    """Stand-ins, agreed swaps, locks and the note of a week."""
    weekday = problem.team.handover_weekday
    for cover in problem.covers:
        if week_of(cover.start, weekday) == week and Seat(cover.rotation, cover.role) in seats:
            yield _stands_in(cover, several=len(seats) > 1)
    swaps = [f.duty for f in problem.fixed if f.because == "swap" and f.duty.week == week]
    swapped = [problem.team.role_of(duty).shared for duty in swaps]
    if swapped:
        yield f"agreed swap ({listed(swapped)})" if len(seats) > 1 else "agreed swap"
    locked = [h.duty.role for h in known.locked if h.duty.week == week and h.duty.seat in seats]
    if locked:
        yield "locked"
    if week in known.notes:
        yield known.notes[week]


def _stands_in(cover: Cover, several: bool) -> str:
    role = f" as {cover.role}" if several else ""
    return f"{cover.stand_in} stands in{role} {days(cover.start, cover.end)}"
