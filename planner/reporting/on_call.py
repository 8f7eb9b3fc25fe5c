"""Who is on call, as tables: shifts and handovers on the team's clock, and pipelines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime

from planner.domain import Pipeline, Team
from planner.problem.oncall import Change, Handover, Shift, local
from planner.reporting.kinds import INSTANT, NAME, TEXT, WEEK, maybe, meaning
from planner.reporting.table import Column, Shape, many, own
from planner.wording import moment

CHANGE = Shape[Change](
    *own(rotation=NAME, role=NAME, outgoing=maybe(NAME), incoming=maybe(NAME)),
)
"""A role passing on; null where there was or will be nobody."""

HANDOVER = Shape[Handover](
    Column("week", lambda handover: handover.week.name, WEEK),
    Column("at", lambda handover: handover.at, INSTANT),
    Column(
        "moved_from",
        lambda handover: handover.moved_from,
        meaning(maybe(INSTANT), "The usual instant, if a public holiday moved the handover."),
    ),
    Column("changes", lambda handover: handover.changes, many(CHANGE)),
)
"""The handover with which a week begins."""


def _said(shift: Shift) -> str:
    if shift.engineer is None:
        return "nobody (open)"
    return f"{shift.engineer} (for {shift.holder})" if shift.covering else shift.engineer


def shift_shape(begins: str, ends: str) -> Shape[Shift]:
    """An unbroken stretch of one duty, its instants called so."""
    return Shape(
        Column("rotation", lambda shift: shift.duty.rotation, NAME, "Rotation"),
        Column("role", lambda shift: shift.duty.role, NAME, "Role"),
        Column("said", _said, TEXT, "On call", json=False),
        Column(
            "engineer",
            lambda shift: shift.engineer,
            meaning(maybe(NAME), "Who is on call; null where the duty is open."),
        ),
        Column(
            "covers_for",
            lambda shift: shift.holder if shift.covering else None,
            meaning(maybe(NAME), "The holder of the duty, where somebody stands in."),
        ),
        Column(begins, lambda shift: shift.start, INSTANT),
        Column(ends, lambda shift: shift.end, INSTANT, "Until"),
    )


PIPELINE = Shape[Pipeline](*own(*(fact.name for fact in fields(Pipeline))))
"""A row of ``pipelines.csv``."""


def shifts_on_clock(shifts: Iterable[Shift], team: Team) -> list[Shift]:
    """The same shifts, their instants on the team's clock."""
    return [
        replace(shift, start=local(shift.start, team), end=local(shift.end, team))
        for shift in shifts
    ]


def handover_on_clock(handover: Handover, team: Team) -> Handover:
    """The same handover, its instants on the team's clock."""
    moved = handover.moved_from and local(handover.moved_from, team)
    return replace(handover, at=local(handover.at, team), moved_from=moved)


def on_clocks(instant: datetime, team: Team) -> str:
    """The instant on the team's clock, and in brackets on those of its rotations."""
    zones = dict.fromkeys(team.zone_of(rotation.name) for rotation in team.rotations)
    others = [moment(instant, zone) for zone in zones if zone != team.timezone]
    return moment(instant, team.timezone) + (f" ({', '.join(others)})" if others else "")


def shape_on_clocks(shape: Shape[Shift], team: Team) -> Shape[Shift]:
    """With the end of each shift on its rotation's own clock, where there are several."""

    def until(shift: Shift) -> str:
        return moment(shift.end, team.zone_of(shift.duty.rotation))

    zones = {team.zone_of(rotation.name) for rotation in team.rotations} | {team.timezone}
    own = Column("until there", until, TEXT, "On its clock", json=False)
    return shape + Shape(own) if len(zones) > 1 else shape
