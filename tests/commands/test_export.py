"""``rota export``: every format from what is published."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from planner.commands.export_json import schema
from tests.commands.test_who import holders
from tests.conftest import Said
from tests.files.feeds.rfc5545 import valid_events

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")
DATA = ("--team", "data-engineering")
XYZ = ("--team", "xyz-tech")
QUARTER = ("--quarter", "2024Q3")
BOOK = Path("outputs/data-engineering/rota-2024Q3.xlsx")
FEEDS = Path("outputs/data-engineering/feeds")
BEGINS = datetime(2024, 7, 1, 9, tzinfo=UTC)
ENDS = datetime(2024, 9, 30, 9, tzinfo=UTC)


def edit(row: int, column: int, value: str) -> str:
    """Change a name in the Rota sheet, as a person would; returns the old one."""
    book = openpyxl.load_workbook(BOOK)
    cell = book["Rota"].cell(row, column)
    old, cell.value = cell.value, value
    book.save(BOOK)
    return str(old)


def cover(*row: object) -> None:
    book = openpyxl.load_workbook(BOOK)
    book["Cover"].append(row)
    book.save(BOOK)


# Text formats


def test_csv_is_the_rota_in_long_form(rota: Rota) -> None:
    said = rota("export", "--format", "csv", *DATA, *QUARTER)
    assert said.status == 0, said.err
    assert said.out.startswith("week,start,end,rotation,role,engineer\n")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    found = {(row["week"], row["role"]): row["engineer"] for row in rows}
    assert found == {
        (week, role): cells[role]
        for week, cells in holders().items()
        for role in ("primary", "secondary")
    }
    assert rows[0]["start"] == "2024-07-01T10:00:00+01:00"


def test_json_is_as_its_schema_says(rota: Rota) -> None:
    said = rota("export", "--format", "json", *QUARTER)
    assert said.status == 0, said.err
    document = json.loads(said.out)
    Draft202012Validator(schema()).validate(document)
    assert [team["team"] for team in document["teams"]] == ["data-engineering", "xyz-tech"]
    assert len(document["teams"][1]["shifts"]) == 26
    assert {p["name"] for p in document["teams"][1]["pipelines"] if not p["on_call"]} == {
        "Daily growth for experiments",
        "Unit-level profit for experiments",
    }


def test_markdown_has_a_page_a_team(rota: Rota) -> None:
    said = rota("export", "--format", "markdown", *QUARTER)
    assert said.status == 0, said.err
    assert said.out.count("# On call: ") == 2
    week = holders()["2024-W32"]
    line = f"| 2024-W32 | Mon 5 Aug 2024 10:00 BST | {week['primary']} | {week['secondary']} |  |"
    assert line in said.out


def test_files_are_written_with_out(rota: Rota, tmp_path: Path) -> None:
    for form in ("csv", "markdown", "json", "pagerduty"):
        said = rota("export", "--format", form, *QUARTER, "--out", tmp_path / "files")
        assert said.status == 0, said.err
        assert "Wrote" in said.out
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == [
        "data-engineering-data-pipelines-primary.pagerduty.json",
        "data-engineering-data-pipelines-secondary.pagerduty.json",
        "data-engineering.csv",
        "data-engineering.json",
        "data-engineering.md",
        "xyz-tech-growth-primary.pagerduty.json",
        "xyz-tech-profit-and-engagement-primary.pagerduty.json",
        "xyz-tech.csv",
        "xyz-tech.json",
        "xyz-tech.md",
    ]


def test_one_json_document_about_what_was_exported(rota: Rota) -> None:
    document = json.loads(rota("export", "--format", "csv", "--json").out)
    first, second = document["teams"]
    assert document["version"] == 2
    assert first["files"][0]["name"] == "data-engineering.csv"
    assert second["files"][0]["content"].startswith("week,start,end")
    document = json.loads(rota("export", "--format", "ics", "--json", *DATA).out)
    assert document["teams"][0]["files"][0] == {
        "name": "team.ics",
        "path": str(FEEDS / "team.ics"),
        "content": None,
    }
    document = json.loads(rota("export", "--format", "json", "--json", *DATA).out)
    assert document["teams"][0]["files"][0]["content"]["teams"][0]["team"] == "data-engineering"


@pytest.mark.parametrize("form", ["csv", "pagerduty"])
def test_several_teams_do_not_go_into_one_table(rota: Rota, form: str) -> None:
    said = rota("export", "--format", form, *QUARTER)
    assert said.status == 2
    assert "give --team, or --out" in said.err


def test_what_is_not_published_is_said(rota: Rota) -> None:
    said = rota("export", "--format", "csv", *DATA, "--quarter", "2025Q1")
    assert said.status == 2
    assert "rota-2025Q1.xlsx" in said.err
    assert said.out == ""


# Feeds


def test_feeds_follow_what_people_edit(rota: Rota) -> None:
    said = rota("export", "--format", "ics", *DATA)
    assert said.status == 0, said.err
    assert f"Wrote {FEEDS / 'team.ics'}" in said.out
    before = {p.name: p.read_bytes() for p in FEEDS.rglob("*.ics")}
    assert rota("export", "--format", "ics", *DATA).status == 0
    assert {p.name: p.read_bytes() for p in FEEDS.rglob("*.ics")} == before
    old, new = holders()["2024-W30"]["primary"], holders()["2024-W32"]["primary"]
    assert edit(5, 4, new) == old != new
    assert rota("export", "--format", "ics", *DATA).status == 0
    uid = next(
        event["UID"]
        for event in valid_events((FEEDS / "team.ics").read_bytes())
        if event["UID"].startswith("2024-W30.primary")
    )
    found = {
        path.stem: event
        for path in sorted(FEEDS.rglob("*.ics"))
        for event in valid_events(path.read_bytes())
        if event["UID"] == uid
    }
    states = {name: (event["SEQUENCE"], event["STATUS"]) for name, event in found.items()}
    assert states == {
        "team": ("1", "CONFIRMED"),
        "primary": ("1", "CONFIRMED"),
        new.lower(): ("1", "CONFIRMED"),
        old.lower(): ("1", "CANCELLED"),
    }
    assert f"On call: {new} (primary)" == found["team"]["SUMMARY"]


def test_each_monday_at_ten_there_is_a_handoff_of_half_an_hour_with_both(rota: Rota) -> None:
    rota("export", "--format", "ics", *DATA)
    events = valid_events((FEEDS / "team.ics").read_bytes())
    handoffs = [event for event in events if event["SUMMARY"].startswith("Handoff")]
    weeks = [(cells["primary"], cells["secondary"]) for cells in holders().values()]
    changed = [n for n in range(1, 13) if weeks[n] != weeks[n - 1]]
    assert [event["UID"][:8] for event in handoffs] == [f"2024-W{27 + n}" for n in changed]
    for event, n in zip(handoffs, changed, strict=True):
        assert event["DTSTART"].endswith("T090000Z"), "10:00 in London's summer"
        assert event["DTEND"].endswith("T093000Z")
        for before, after in zip(weeks[n - 1], weeks[n], strict=True):
            assert before == after or f"{before} → {after}" in event["SUMMARY"]


def test_feeds_may_go_elsewhere(rota: Rota, tmp_path: Path) -> None:
    said = rota("export", "--format", "ics", "--out", tmp_path / "web")
    assert said.status == 0, said.err
    assert (tmp_path / "web" / "xyz-tech" / "roles" / "growth-primary.ics").exists()
    assert not FEEDS.exists()


def test_a_cover_that_covers_nothing_is_said(rota: Rota) -> None:
    week = holders()["2024-W32"]
    (idle, other) = sorted(
        {"William", "Dong", "Siddhant", "Maxime"} - {week["primary"], week["secondary"]}
    )
    cover(idle, date(2024, 8, 7), date(2024, 8, 8), other)
    said = rota("export", "--format", "csv", *DATA)
    assert said.status == 0
    assert f"{idle} does no such duty from 2024-08-07 until 2024-08-08" in said.err


# Which weeks, and for which program


def test_weeks_are_named_as_files_are_or_counted_from_a_date(rota: Rota) -> None:
    asked = ("export", "--format", "csv", *DATA)
    rows = rota(*asked, "--from", "2024-07-29", "--weeks", "2").out.splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == {"2024-W31", "2024-W32"}
    said = rota(*asked, "--quarter", "2025-W02+12")
    assert said.status == 2
    assert "rota-2025-W02+12.xlsx" in said.err
    said = rota(*asked, "--from", "2025-07-29", "--weeks", "2")
    assert said.status == 2
    assert "none of the weeks 2025-W31+2 is published" in said.err
    assert "names no weeks" in rota(*asked, "--quarter", "2025-W99+2").err
    assert rota(*asked, "--from", "2024-07-29").status == 2
    planned = rota("plan", *DATA, "--from", "2025-01-06", "--weeks", "4")
    assert planned.status == 0, planned.err
    rows = rota(*asked, "--quarter", "2025-W02+4").out.splitlines()[1:]
    assert len(rows) == 8


def test_excel_is_given_its_mark_and_local_times(rota: Rota, tmp_path: Path) -> None:
    asked = ("export", "--format", "csv", *DATA, *QUARTER, "--excel")
    assert rota(*asked, "--out", tmp_path).status == 0
    data = (tmp_path / "data-engineering.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfweek,start,end")
    assert b"\n2024-W27,2024-07-01 10:00:00,2024-07-08 10:00:00,Data pipelines,primary," in data
    assert rota("export", "--format", "markdown", *DATA, "--excel").status == 2
