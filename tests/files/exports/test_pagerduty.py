"""PagerDuty's schedules of both versions, against schemas written from its documentation.

Source: developer.pagerduty.com, "Create one or more overrides" (version 2) and "Create custom
shifts", "Create overrides" (version 3): a body ``{"overrides": [...]}`` of overrides with start,
end (date-time) and a user reference, of which the last created has priority; a body
``{"custom_shifts": [...]}`` of shifts with one assignment each.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from planner.domain import Team
from planner.files.exports.pagerduty import Schedule, custom_shifts, overrides, schedules
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


_MEMBER = {
    "type": "object",
    "required": ["type"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["user_member", "empty_member"]},
        "user_id": {"type": "string", "pattern": "^[A-Z0-9]+$"},
    },
    "if": {"properties": {"type": {"const": "user_member"}}},
    "then": {"required": ["user_id"]},
    "else": {"not": {"required": ["user_id"]}},
}
_INSTANTS = {
    "start_time": {"type": "string", "format": "date-time", "pattern": MOMENT},
    "end_time": {"type": "string", "format": "date-time", "pattern": MOMENT},
}
SHIFTS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "custom_shifts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "start_time", "end_time", "assignments"],
                "additionalProperties": False,
                "properties": {
                    "type": {"const": "custom_shift"},
                    **_INSTANTS,
                    "assignments": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["type", "member"],
                            "additionalProperties": False,
                            "properties": {
                                "type": {"const": "shift_assignment"},
                                "member": _MEMBER,
                            },
                        },
                    },
                },
            },
        },
        "overrides": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", *_INSTANTS, "overridden_member", "overriding_member"],
                "oneOf": [{"required": ["rotation_id"]}, {"required": ["custom_shift_id"]}],
                "additionalProperties": False,
                "properties": {
                    "type": {"const": "override_shift"},
                    "rotation_id": {"type": "string"},
                    "custom_shift_id": {"type": "string"},
                    **_INSTANTS,
                    "overridden_member": _MEMBER,
                    "overriding_member": _MEMBER,
                },
            },
        },
    },
}


def validate_v3(payload: dict[str, Any]) -> None:
    """Raises ``ValidationError`` for what version 3 would refuse by its schema."""
    Draft202012Validator(SHIFTS, format_checker=FormatChecker()).validate(payload)
    for each in (*payload.get("custom_shifts", ()), *payload.get("overrides", ())):
        if datetime.fromisoformat(each["start_time"]) >= datetime.fromisoformat(each["end_time"]):
            raise ValidationError("a shift must end after it starts")


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


def said(schedule: Schedule) -> list[tuple[str, str, str]]:
    """(start, end, account), the same in the bodies of both versions."""
    legacy, shifts = overrides(schedule), custom_shifts(schedule)
    validate(legacy)
    validate_v3(shifts)
    found = [(each["start"], each["end"], each["user"]["id"]) for each in legacy["overrides"]]
    assert found == [
        (each["start_time"], each["end_time"], each["assignments"][0]["member"]["user_id"])
        for each in shifts["custom_shifts"]
    ]
    return found


def test_each_role_has_its_schedule() -> None:
    found = with_accounts(timetable("AB CD", TWO), *"ABCD")
    primary, secondary = schedules(found)
    assert (primary.rotation, primary.role) == ("r", "primary")
    assert said(primary) == [
        ("2024-07-01T10:00:00+01:00", "2024-07-08T10:00:00+01:00", "PA"),
        ("2024-07-08T10:00:00+01:00", "2024-07-15T10:00:00+01:00", "PC"),
    ]
    assert [who for _, _, who in said(secondary)] == ["PB", "PD"]


def test_covers_are_overrides_of_their_own() -> None:
    found = with_accounts(timetable("A", covers=[cover("A", 1, 2, "B")]), *"AB")
    (primary,) = schedules(found)
    assert [(start[8:13], who) for start, _, who in said(primary)] == [
        ("01T10", "PA"),
        ("02T10", "PB"),
        ("04T10", "PA"),
    ]


def test_who_has_no_account_is_left_out_and_listed() -> None:
    found = with_accounts(timetable("A B . C"), "A", "C")
    (primary,) = schedules(found)
    assert [who for _, _, who in said(primary)] == ["PA", "PC"]
    assert primary.unmapped == ("B",)
    assert [shift.duty.week.name for shift in primary.open_shifts] == ["2024-W29"]


def test_since_leaves_out_the_past() -> None:
    found = with_accounts(timetable("A B C"), *"ABC")
    (primary,) = schedules(found, at("2024-07-10T12:00:00"))
    assert said(primary) == [
        ("2024-07-10T13:00:00+01:00", "2024-07-15T10:00:00+01:00", "PB"),
        ("2024-07-15T10:00:00+01:00", "2024-07-22T10:00:00+01:00", "PC"),
    ]
    (late,) = schedules(found, at("2024-07-22T09:00:00"))
    assert overrides(late) == {"overrides": []}
    assert custom_shifts(late) == {"custom_shifts": []}


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
