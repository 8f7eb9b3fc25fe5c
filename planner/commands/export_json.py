"""``rota export --format json``: timetables as one document, and its schema.

``VERSION`` is raised whenever a reader of the document would notice a change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.domain import Cover, DutyWeek, Pipeline, PublicHoliday
from planner.files.exports.timetable import Timetable
from planner.files.team.pipelines import HOURS
from planner.problem.oncall import Handover, Shift, local
from planner.reporting.documents import json_text
from planner.reporting.kinds import DATE, FLAG, INSTANT, NAME, WEEK, maybe, meaning, one_of
from planner.reporting.on_call import (
    HANDOVER,
    PIPELINE,
    handover_on_clock,
    shift_shape,
    shifts_on_clock,
)
from planner.reporting.table import Column, Shape, many, object_schema
from planner.runbook.handover_note import is_month_end, reinforced

VERSION = 1

_WEEK = Shape[tuple[DutyWeek, Timetable]](
    Column("week", lambda of: of[0].name, WEEK),
    Column("starts", lambda of: of[0].first, DATE),
    Column("ends", lambda of: of[0].last, meaning(DATE, "The last date, included.")),
    Column("month_end", lambda of: is_month_end(of[1].on_call, of[0]), FLAG),
)
_SHIFT = Shape[Shift](Column("week", lambda shift: shift.duty.week.name, WEEK)) + shift_shape(
    "start", "end"
)
_HOLIDAY = Shape[tuple[str, PublicHoliday]](
    Column("engineer", lambda of: of[0], NAME),
    Column("date", lambda of: of[1].day, DATE),
    Column("name", lambda of: of[1].name),
)
_HANDOVER = HANDOVER + Shape[Handover](
    Column(
        "public_holidays",
        lambda handover: handover.holidays,
        meaning(many(_HOLIDAY), "Who of them has a public holiday on that date."),
    )
)
_COVER = Shape[Cover](
    Column("engineer", lambda cover: cover.engineer, NAME),
    Column("start", lambda cover: cover.start, DATE),
    Column("end", lambda cover: cover.end, meaning(DATE, "The last date, included.")),
    Column("stand_in", lambda cover: cover.stand_in, NAME),
    Column("rotation", lambda cover: cover.rotation or None, maybe(NAME)),
    Column("role", lambda cover: cover.role or None, maybe(NAME)),
)
_ROTATION = meaning(maybe(NAME), "Null where there is no on-call.")
_PIPELINE = PIPELINE + Shape[Pipeline](
    Column("name", lambda pipeline: pipeline.name, NAME),
    Column("rotation", lambda pipeline: pipeline.rotation or None, _ROTATION),
    Column("hours", lambda pipeline: pipeline.hours, one_of("", *HOURS)),
    Column("on_call", lambda pipeline: bool(pipeline.rotation), FLAG),
    Column("reinforced_at_month_end", reinforced, FLAG),
)
_SEAMLESS = "Earliest first. They cover each role of a planned week without gap or overlap."
TEAM = Shape[Timetable](
    Column("team", lambda of: of.team.key, meaning(NAME, "The name of the team's folder.")),
    Column("name", lambda of: of.team.name, NAME),
    Column("timezone", lambda of: of.team.timezone, meaning(NAME, "In the tz database.")),
    Column("first_week", lambda of: of.weeks[0].name, WEEK),
    Column("last_week", lambda of: of.weeks[-1].name, WEEK),
    Column("planned_at", lambda of: local(of.planned_at, of.team), INSTANT),
    Column("weeks", lambda of: [(week, of) for week in of.weeks], many(_WEEK)),
    Column(
        "shifts",
        lambda of: shifts_on_clock(of.shifts, of.team),
        meaning(many(_SHIFT), _SEAMLESS),
    ),
    Column(
        "handovers",
        lambda of: [handover_on_clock(each, of.team) for each in of.handovers],
        many(_HANDOVER),
    ),
    Column("covers", lambda of: of.in_force.covers, many(_COVER)),
    Column("pipelines", lambda of: of.team.pipelines, many(_PIPELINE)),
)


def to_json(timetables: Iterable[Timetable]) -> str:
    """All timetables as one document."""
    return json_text({"version": VERSION, "teams": [TEAM.json(each) for each in timetables]}) + "\n"


def schema() -> dict[str, Any]:
    """By JSON Schema: what the document holds."""
    teams = {"type": "array", "items": TEAM.schema()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:rota:export:{VERSION}",
        "title": f"rota export, version {VERSION}",
        **object_schema({"version": {"const": VERSION}, "teams": teams}),
    }
