"""JSON with a schema of its own, ``rota.schema.v1.json``, which ships beside this module.

``VERSION`` is raised, and a new schema put beside the old one, whenever a reader of the document
would notice a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from planner.domain import Cover, Pipeline, Team
from planner.files.exports.timetable import Timetable
from planner.problem.oncall import Handover, Shift, local
from planner.runbook.handover_note import is_month_end, reinforced

VERSION = 1
SCHEMA = Path(__file__).with_name(f"rota.schema.v{VERSION}.json")


def to_json(timetables: Iterable[Timetable]) -> str:
    """All timetables as one document."""
    document = {"version": VERSION, "teams": [_team(timetable) for timetable in timetables]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _team(timetable: Timetable) -> dict[str, Any]:
    team = timetable.team
    return {
        "team": team.key,
        "name": team.name,
        "timezone": team.timezone,
        "first_week": timetable.weeks[0].name,
        "last_week": timetable.weeks[-1].name,
        "planned_at": _instant(timetable.planned_at, team),
        "weeks": [
            {
                "week": week.name,
                "starts": week.first.isoformat(),
                "ends": week.last.isoformat(),
                "month_end": is_month_end(timetable.on_call, week),
            }
            for week in timetable.weeks
        ],
        "shifts": [_shift(shift, team) for shift in timetable.shifts],
        "handovers": [_handover(handover, team) for handover in timetable.handovers],
        "covers": [_cover(cover) for cover in timetable.standing.covers],
        "pipelines": [_pipeline(pipeline) for pipeline in team.pipelines],
    }


def _instant(when: datetime, team: Team) -> str:
    return local(when, team).isoformat()


def _shift(shift: Shift, team: Team) -> dict[str, Any]:
    return {
        "week": shift.duty.week.name,
        "start": _instant(shift.start, team),
        "end": _instant(shift.end, team),
        "rotation": shift.duty.rotation,
        "role": shift.duty.role,
        "engineer": shift.engineer,
        "covers_for": shift.holder if shift.covering else None,
    }


def _handover(handover: Handover, team: Team) -> dict[str, Any]:
    moved = handover.moved_from
    return {
        "week": handover.week.name,
        "at": _instant(handover.at, team),
        "moved_from": None if moved is None else _instant(moved, team),
        "changes": [asdict(change) for change in handover.changes],
        "public_holidays": [
            {"engineer": engineer, "date": holiday.day.isoformat(), "name": holiday.name}
            for engineer, holiday in handover.holidays
        ],
    }


def _cover(cover: Cover) -> dict[str, Any]:
    return {
        "engineer": cover.engineer,
        "start": cover.start.isoformat(),
        "end": cover.end.isoformat(),
        "stand_in": cover.stand_in,
        "rotation": cover.rotation or None,
        "role": cover.role or None,
    }


def _pipeline(pipeline: Pipeline) -> dict[str, Any]:
    facts = asdict(pipeline)
    facts["rotation"] = pipeline.rotation or None
    return {
        **facts,
        "on_call": bool(pipeline.rotation),
        "reinforced_at_month_end": reinforced(pipeline),
    }
