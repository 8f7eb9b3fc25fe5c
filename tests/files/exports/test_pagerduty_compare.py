"""What a fetched PagerDuty schedule has otherwise, instant by instant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.errors import UsageError
from planner.files.exports.pagerduty import custom_shifts, overrides, schedules
from planner.files.exports.pagerduty_compare import (
    differences,
    mending_legacy,
    mending_overrides,
    mending_shifts,
    read_schedule,
)
from tests.duty import at, timetable
from tests.files.exports.test_pagerduty import validate, validate_v3, with_accounts


def rota(text: str, *names: str):
    (found,) = schedules(with_accounts(timetable(text), *(names or "ABCD")))
    return found


def entry(start: str, end: str, who: str) -> dict[str, Any]:
    return {
        "start": f"2024-07-{start}T09:00:00Z",
        "end": f"2024-07-{end}T09:00:00Z",
        "user": {"id": who},
    }


def shift(start: str, end: str, who: str, **more: Any) -> dict[str, Any]:
    member = {"type": "user_member", "user_id": who}
    times = {"start_time": f"2024-07-{start}T09:00:00Z", "end_time": f"2024-07-{end}T09:00:00Z"}
    return {**times, "assignments": [{"member": member}], "member": member, **more}


def compare(wanted: Any, document: Any, folder: Path):
    path = folder / "fetched.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return differences(wanted, read_schedule(path))


def said(found) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"{each.start:%d}",
            f"{each.end:%d}",
            "".join(there.account[1:] for there in each.there),
            each.here.engineer if each.here else "",
        )
        for each in found
    ]


def test_its_own_bodies_differ_in_nothing(tmp_path: Path) -> None:
    wanted = rota("A B C")
    assert compare(wanted, custom_shifts(wanted), tmp_path) == ()
    assert compare(wanted, overrides(wanted), tmp_path) == ()


def test_entries_cut_otherwise_and_other_weeks_do_not_matter(tmp_path: Path) -> None:
    entries = [entry("01", "03", "PA"), entry("03", "08", "PA"), entry("08", "31", "PB")]
    document = {"schedule": {"final_schedule": {"rendered_schedule_entries": entries}}}
    assert compare(rota("A B"), document, tmp_path) == ()


def test_each_stretch_that_differs_is_told_once(tmp_path: Path) -> None:
    wanted = rota("A B . D")
    document = {"custom_shifts": [shift("01", "04", "PA"), shift("08", "22", "PC", id="S1")]}
    assert said(compare(wanted, document, tmp_path)) == [
        ("04", "08", "", "A"),
        ("08", "15", "C", "B"),
        ("15", "22", "C", ""),
        ("22", "29", "", "D"),
    ]


def test_what_would_mend_it_mends_it(tmp_path: Path) -> None:
    wanted = rota("A B . D")
    shifts = [shift("01", "04", "PA"), shift("08", "22", "PC", id="S1")]
    found = compare(wanted, {"custom_shifts": shifts}, tmp_path)
    more, instead = mending_shifts(found), mending_overrides(found)
    validate_v3(more)
    validate_v3(instead)
    assert [each["custom_shift_id"] for each in instead["overrides"]] == ["S1", "S1"]
    mended = {"custom_shifts": [*shifts, *more["custom_shifts"]], **instead}
    assert compare(wanted, mended, tmp_path) == ()


def test_who_is_on_call_beside_the_right_one_is_sent_home(tmp_path: Path) -> None:
    wanted = rota("A")
    shifts = [shift("01", "08", "PA", id="S1"), shift("01", "08", "PB", id="S2")]
    found = compare(wanted, {"custom_shifts": shifts}, tmp_path)
    assert said(found) == [("01", "08", "AB", "A")]
    (override,) = mending_overrides(found)["overrides"]
    assert override["custom_shift_id"] == "S2"
    assert override["overriding_member"] == {"type": "empty_member"}


def test_of_legacy_overrides_the_last_created_wins_and_mends(tmp_path: Path) -> None:
    wanted = rota("A B")
    document = {"overrides": [entry("01", "15", "PB"), entry("01", "04", "PA")]}
    found = compare(wanted, document, tmp_path)
    assert said(found) == [("04", "08", "B", "A")]
    body = mending_legacy(found)
    validate(body)
    assert compare(wanted, {"overrides": document["overrides"] + body["overrides"]}, tmp_path) == ()


def test_who_has_no_account_cannot_be_compared(tmp_path: Path) -> None:
    assert compare(rota("A B", "A"), {"overrides": [entry("01", "08", "PA")]}, tmp_path) == ()


def test_times_of_any_offset_are_compared_as_instants(tmp_path: Path) -> None:
    wanted = rota("A")
    zoned = {"start": "2024-07-01T17:00:00+08:00", "end": "2024-07-08T17:00:00+08:00"}
    assert compare(wanted, {"overrides": [{**zoned, "user": {"id": "PA"}}]}, tmp_path) == ()
    assert wanted.entries[0].start == at("2024-07-01T09:00:00")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"schedule": null}',
        '{"overrides": [{}]}',
        '{"overrides": [{"start": "2024-07-01T10:00:00", "end": "x", "user": {"id": "PA"}}]}',
        '{"custom_shifts": [{"start_time": "2024-07-01", "end_time": "2024-07-02"}]}',
    ],
)
def test_what_is_no_schedule_is_refused_with_what_to_fetch(text: str, tmp_path: Path) -> None:
    path = tmp_path / "fetched.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"fetched.json is not a schedule of PagerDuty. Fetch GET"):
        read_schedule(path)
