"""JSON as its schema describes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from planner.commands.export_json import schema, to_json
from planner.domain import Pipeline
from tests.build import rotation
from tests.duty import at, cover, timetable

TWO = rotation("ABCD", "primary", "secondary")


def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema(), format_checker=FormatChecker())


def exported(*arguments: Any, **facts: Any) -> dict[str, Any]:
    document = json.loads(to_json([timetable(*arguments, **facts)]))
    validator().validate(document)
    (team,) = document["teams"]
    return dict(team)


def test_shifts_and_covers() -> None:
    team = exported("A .", covers=[cover("A", 5, 6, "B")])
    assert team["shifts"] == [
        {
            "week": "2024-W27",
            "start": "2024-07-01T10:00:00+01:00",
            "end": "2024-07-06T10:00:00+01:00",
            "rotation": "r",
            "role": "primary",
            "engineer": "A",
            "covers_for": None,
        },
        {
            "week": "2024-W27",
            "start": "2024-07-06T10:00:00+01:00",
            "end": "2024-07-08T10:00:00+01:00",
            "rotation": "r",
            "role": "primary",
            "engineer": "B",
            "covers_for": "A",
        },
        {
            "week": "2024-W28",
            "start": "2024-07-08T10:00:00+01:00",
            "end": "2024-07-15T10:00:00+01:00",
            "rotation": "r",
            "role": "primary",
            "engineer": None,
            "covers_for": None,
        },
    ]
    assert team["covers"] == [
        {
            "engineer": "A",
            "start": "2024-07-06",
            "end": "2024-07-07",
            "stand_in": "B",
            "rotation": None,
            "role": None,
        }
    ]


def test_handovers_and_public_holidays() -> None:
    team = exported("A B C", holidays={"B": [7, 14]}, handover_on_holidays="move")
    first, second, third = team["handovers"]
    assert first["changes"] == [
        {"rotation": "r", "role": "primary", "outgoing": None, "incoming": "A"}
    ]
    assert second["at"] == "2024-07-09T10:00:00+01:00"
    assert second["moved_from"] == "2024-07-08T10:00:00+01:00"
    assert third["public_holidays"] == []
    team = exported("A B C", holidays={"B": [7, 14]})
    assert team["handovers"][1]["public_holidays"] == [
        {"engineer": "B", "date": "2024-07-08", "name": "holiday"}
    ]


def test_pipelines_come_with_all_that_is_known() -> None:
    pipelines = (
        Pipeline("P", "why", "one", "two", "r", "24x7", "4 hours", "within 48h", "sla", "up"),
        Pipeline("Q", hours="office hours", watched_by="BI in the final week of each month"),
    )
    with_call, without = exported("A", pipelines=pipelines)["pipelines"]
    assert with_call["on_call"] is True
    assert with_call["respond_within"] == "4 hours"
    assert (without["on_call"], without["rotation"]) == (False, None)
    assert without["reinforced_at_month_end"] is True


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("teams", 0, "shifts", 0, "start"), "2024-07-01T10:00:00"),
        (("teams", 0, "shifts", 0, "engineer"), ""),
        (("teams", 0, "weeks", 0, "week"), "2024-27"),
        (("teams", 0, "extra"), 1),
    ],
)
def test_the_schema_refuses_what_is_none_of_it(path: tuple[Any, ...], value: object) -> None:
    document = json.loads(to_json([timetable("A")]))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        validator().validate(document)


@given(st.lists(st.sampled_from(["AB", "BA", "C.", ".."]), min_size=1, max_size=6).map(" ".join))
@settings(deadline=None, max_examples=30)
def test_whatever_the_rota_shifts_are_seamless_in_the_document(text: str) -> None:
    team = exported(text, TWO, timezone="Australia/Lord_Howe")
    for role in ("primary", "secondary"):
        own = [shift for shift in team["shifts"] if shift["role"] == role]
        ends = [at(shift["end"]) for shift in own[:-1]]
        assert ends == [at(shift["start"]) for shift in own[1:]]
