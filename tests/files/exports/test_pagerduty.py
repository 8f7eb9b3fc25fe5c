"""PagerDuty overrides, against a schema written from its documentation.

Source: developer.pagerduty.com, REST API v2, "Create one or more overrides" and "List users on
call": a body ``{"overrides": [...]}`` of overrides with start, end (date-time) and a user
reference; the last created of overlapping ones has priority; no override in the past.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from planner.domain import Team
from planner.files.exports.pagerduty import overrides
from planner.files.exports.timetable import Timetable
from tests.build import engineer, rotation
from tests.duty import at, cover, timetable

TWO = rotation("ABCD", "primary", "secondary")
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$"
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["overrides"],
    "additionalProperties": False,
    "properties": {
        "overrides": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start", "end", "user"],
                "additionalProperties": False,
                "properties": {
                    "start": {"type": "string", "format": "date-time", "pattern": MOMENT},
                    "end": {"type": "string", "format": "date-time", "pattern": MOMENT},
                    "user": {
                        "type": "object",
                        "required": ["id", "type"],
                        "additionalProperties": False,
                        "properties": {
                            "id": {"type": "string", "pattern": "^[A-Z0-9]+$"},
                            "type": {"const": "user_reference"},
                        },
                    },
                },
            },
        }
    },
}


def validate(payload: dict[str, Any]) -> None:
    """Raises ``ValidationError`` for what PagerDuty's API would refuse by its schema."""
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(payload)
    for each in payload["overrides"]:
        if datetime.fromisoformat(each["start"]) >= datetime.fromisoformat(each["end"]):
            raise ValidationError("an override must end after it starts")


def with_accounts(found: Timetable, *names: str) -> Timetable:
    """A, B … have the accounts PA, PB …; others have none there."""
    people = [
        engineer(
            each.name,
            accounts=(("slack", "x"), ("pagerduty", f"P{each.name}")) if each.name in names else (),
        )
        for each in found.team.engineers
    ]
    team: Team = replace(found.team, engineers=tuple(people))
    return replace(found, team=team)


def said(payload: dict[str, Any]) -> list[tuple[str, str, str]]:
    validate(payload)
    return [(each["start"], each["end"], each["user"]["id"]) for each in payload["overrides"]]


def test_each_role_has_its_schedule() -> None:
    found = with_accounts(timetable("AB CD", TWO), *"ABCD")
    primary, secondary = overrides(found)
    assert (primary.rotation, primary.role) == ("r", "primary")
    assert said(primary.payload) == [
        ("2024-07-01T10:00:00+01:00", "2024-07-08T10:00:00+01:00", "PA"),
        ("2024-07-08T10:00:00+01:00", "2024-07-15T10:00:00+01:00", "PC"),
    ]
    assert [who for _, _, who in said(secondary.payload)] == ["PB", "PD"]


def test_covers_are_overrides_of_their_own() -> None:
    found = with_accounts(timetable("A", covers=[cover("A", 1, 2, "B")]), *"AB")
    (primary,) = overrides(found)
    assert [(start[8:13], who) for start, _, who in said(primary.payload)] == [
        ("01T10", "PA"),
        ("02T10", "PB"),
        ("04T10", "PA"),
    ]


def test_who_has_no_account_is_left_out_and_listed() -> None:
    found = with_accounts(timetable("A B . C"), "A", "C")
    (primary,) = overrides(found)
    assert [who for _, _, who in said(primary.payload)] == ["PA", "PC"]
    assert primary.unmapped == ("B",)
    assert [shift.duty.week.name for shift in primary.open_shifts] == ["2024-W29"]


def test_since_leaves_out_the_past() -> None:
    found = with_accounts(timetable("A B C"), *"ABC")
    (primary,) = overrides(found, at("2024-07-10T12:00:00"))
    assert said(primary.payload) == [
        ("2024-07-10T13:00:00+01:00", "2024-07-15T10:00:00+01:00", "PB"),
        ("2024-07-15T10:00:00+01:00", "2024-07-22T10:00:00+01:00", "PC"),
    ]
    (late,) = overrides(found, at("2024-07-22T09:00:00"))
    assert late.payload == {"overrides": []}


@pytest.mark.parametrize(
    "override",
    [
        {"start": "2024-07-01T10:00:00", "end": "2024-07-08T10:00:00+01:00"},
        {"start": "2024-07-08T10:00:00+01:00", "end": "2024-07-01T10:00:00+01:00"},
        {"start": "2024-07-01", "end": "2024-07-08"},
        {"end": "2024-07-08T10:00:00+01:00"},
    ],
)
def test_the_schema_refuses_what_the_api_would(override: dict[str, str]) -> None:
    user = {"id": "PA", "type": "user_reference"}
    with pytest.raises(ValidationError):
        validate({"overrides": [{**override, "user": user}]})
