"""A rota as a table: a row a week, who is on call, and what is to know of the week."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from planner.domain import Duty, DutyWeek, Held, Rota, Seat
from planner.domain.quarters import week_of
from planner.problem import Problem
from planner.reporting.terminal import table
from planner.wording import day, days, listed

ABREAST = 4
"""Seats in one table; where a team has more, each rotation has a table of its own."""


def rota_table(
    problem: Problem,
    rota: Rota,
    weeks: Collection[DutyWeek] | None = None,
    locked: tuple[Held, ...] = (),
    notes: Mapping[DutyWeek, str] | None = None,
) -> str:
    """The table of some weeks, or of all; several tables where one would be too wide.

    ``locked`` and ``notes`` are what people put into a workbook beside the names.
    """

    def holder(duty: Duty) -> str:
        return (rota.holder(duty) or "–") if duty in problem.duty_index else ""

    def abreast(seats: list[Seat], titles: list[str]) -> str:
        rows = []
        for week in problem.weeks:
            if weeks is None or week in weeks:
                remarks = [*_remarks(problem, locked, week, seats), (notes or {}).get(week, "")]
                holders = (holder(seat.in_week(week)) for seat in seats)
                said = "; ".join(filter(None, remarks))
                rows.append([week.name, day(week.first), *holders, said])
        headings = ["Week", "starts", *titles, ""]
        if not any(row[-1] for row in rows):
            headings, rows = headings[:-1], [row[:-1] for row in rows]
        return table(headings, rows, "l" * len(headings))

    seats = [Seat(rotation.name, role.name) for rotation, role in problem.seats]
    if len(seats) <= ABREAST:
        return abreast(seats, [problem.team.title(seat) for seat in seats])
    parts = []
    for rotation in problem.team.rotations:
        own = [seat for seat in seats if seat.rotation == rotation.name]
        held = abreast(own, [seat.role for seat in own])
        parts.append(f"{rotation.name}\n{held}" if len(problem.team.rotations) > 1 else held)
    return "\n\n".join(parts)


def _remarks(
    problem: Problem, locked: tuple[Held, ...], week: DutyWeek, seats: list[Seat]
) -> Iterator[str]:
    """Stand-ins, agreed swaps and locks of a week."""
    weekday = problem.team.handover_weekday
    for cover in problem.covers:
        if week_of(cover.start, weekday) == week and Seat(cover.rotation, cover.role) in seats:
            role = f" as {cover.role}" if len(seats) > 1 else ""
            yield f"{cover.stand_in} stands in{role} {days(cover.start, cover.end)}"
    swaps = [f.duty for f in problem.fixed if f.because == "swap" and f.duty.week == week]
    swapped = [problem.team.role_of(duty).shared for duty in swaps]
    if swapped:
        yield f"agreed swap ({listed(swapped)})" if len(seats) > 1 else "agreed swap"
    if any(held.duty.week == week and held.duty.seat in seats for held in locked):
        yield "locked"
