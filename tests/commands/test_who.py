"""``rota who``: who is on call, until when, and who comes after them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Said
from tests.test_imports import loaded_by

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")
DATA = ("--team", "data-engineering")
XYZ = ("--team", "xyz-tech")
BOOK = Path("outputs/data-engineering/rota-2024Q3.xlsx")


def holders(path: Path = BOOK) -> dict[str, dict[str, Any]]:
    """What the Rota sheet says, by week and column."""
    header, *rows = openpyxl.load_workbook(path)["Rota"].iter_rows(values_only=True)
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def asked(rota: Rota, *arguments: object) -> dict[str, Any]:
    said = rota("who", "--json", *arguments)
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    return dict(team)


def names(team: dict[str, Any]) -> list[str]:
    return [each["engineer"] for each in team["on_call"]]


def test_the_answer_for_people(rota: Rota) -> None:
    said = rota("who", *DATA, "--at", "2024-08-06 03:00")
    assert said.status == 0, said.err
    week, after = holders()["2024-W32"], holders()["2024-W33"]
    lines = said.out.splitlines()
    assert lines[0] == "Data engineering · Tue 6 Aug 2024 03:00 BST · 2024-W32"
    for role in ("primary", "secondary"):
        (line,) = [each for each in lines if each.startswith("Data pipelines") and role in each]
        assert line.split() == [
            *("Data", "pipelines", role, week[role]),
            *("Mon", "12", "Aug", "2024", "10:00", "BST"),
        ]
        assert f"  {role}: {week[role]} → {after[role]}" in lines or week[role] == after[role]
    assert "Next handover: Mon 12 Aug 2024 10:00 BST" in lines
    assert all(len(line) <= 80 for line in lines)


def test_the_instant_is_on_the_teams_clock_unless_it_says_otherwise(rota: Rota) -> None:
    before = [holders()["2024-W31"][role] for role in ("primary", "secondary")]
    after = [holders()["2024-W32"][role] for role in ("primary", "secondary")]
    assert names(asked(rota, *DATA, "--at", "2024-08-05 09:59")) == before
    assert names(asked(rota, *DATA, "--at", "2024-08-05 10:00")) == after
    assert names(asked(rota, *DATA, "--at", "2024-08-05T09:00Z")) == after
    assert names(asked(rota, *DATA, "--at", "2024-08-05T16:59+08:00")) == before
    kuala_lumpur = asked(rota, *XYZ, "--at", "2024-08-05T02:00Z")
    assert kuala_lumpur["at"] == "2024-08-05T10:00:00+08:00"
    assert kuala_lumpur["week"] == "2024-W32"


def test_a_pipeline_is_answered_for_by_its_rotation_then_its_owners(rota: Rota) -> None:
    said = rota("who", "--at", "2024-08-06 03:00", "--pipeline", "agg PROFIT")
    assert said.status == 0, said.err
    week = holders()["2024-W32"]
    assert f"1. {week['primary']}, primary: responds within 4 hours" in said.out
    assert f"2. {week['secondary']}, secondary" in said.out
    assert "Agg Profit · Data pipelines" in said.out
    assert "Upstream: Finance Team" in said.out
    assert "Escalation: Escalated issues are answered within 4 hours" in said.out
    assert "XYZ" not in said.out, "only teams that have the pipeline answer"


def test_a_pipeline_without_on_call_says_so(rota: Rota) -> None:
    said = rota("who", "--at", "2024-08-06 03:00", "--pipeline", "Daily growth for experiments")
    assert "no on-call (office hours)" in said.out
    assert "1. Thiru, primary owner" in said.out


def test_an_unknown_pipeline_is_asked_back(rota: Rota) -> None:
    said = rota("who", "--pipeline", "Agg Profet")
    assert said.status == 2
    assert "Did you mean “Agg Profit”?" in said.err


def test_covers_and_edits_count_at_once(rota: Rota) -> None:
    book = openpyxl.load_workbook(BOOK)
    week = holders()["2024-W32"]
    others = {"William", "Dong", "Siddhant", "Maxime"} - {week["primary"], week["secondary"]}
    stand_in, edited = sorted(others)
    book["Cover"].append([week["primary"], date(2024, 8, 7), date(2024, 8, 8), stand_in])
    for row in book["Rota"].iter_rows(min_row=2):
        if row[0].value == "2024-W32":
            row[4].value = edited
    book.save(BOOK)
    team = asked(rota, *DATA, "--at", "2024-08-07 10:00")
    assert names(team) == [stand_in, edited]
    assert team["on_call"][0]["covers_for"] == week["primary"]
    assert team["on_call"][0]["until"] == "2024-08-09T10:00:00+01:00"
    assert names(asked(rota, *DATA, "--at", "2024-08-07 09:59"))[0] == week["primary"]
    said = rota("who", *DATA, "--at", "2024-08-08 12:00")
    assert f"{stand_in} (for {week['primary']})" in said.out


def test_an_instant_that_no_rota_speaks_of(rota: Rota) -> None:
    said = rota("who", *DATA, "--at", "2025-02-01 12:00")
    assert said.status == 2
    assert "speaks of Sat 1 Feb 2025 12:00 GMT" in said.err
    assert "rota plan" in said.err
    document = json.loads(rota("who", *DATA, "--json", "--at", "2025-02-01 12:00").out)
    assert document["teams"][0]["exit_status"] == 2


def test_the_last_handover_is_not_planned_yet(rota: Rota) -> None:
    said = rota("who", *DATA, "--at", "2024-09-29 12:00")
    assert "Next handover: not planned yet." in said.out
    assert asked(rota, *DATA, "--at", "2024-09-29 12:00")["next_handover"] is None


def test_history_answers_for_weeks_before_the_tool(rota: Rota) -> None:
    Path("inputs/data-engineering/history.csv").write_text(
        "week,rotation,role,engineer\n2024-W26,Data pipelines,primary,Dong\n", encoding="utf-8"
    )
    team = asked(rota, *DATA, "--at", "2024-06-30 12:00")
    assert names(team) == ["Dong"]
    assert team["next_handover"]["at"] == "2024-07-01T10:00:00+01:00"


@pytest.mark.parametrize("when", ["yesterday", "2024-13-01 10:00", "10:00", ""])
def test_what_is_no_time_is_refused(rota: Rota, when: str) -> None:
    said = rota("who", *DATA, "--at", when)
    assert said.status == 2
    assert "2024-08-06 03:00" in said.err


def test_every_team_answers(rota: Rota) -> None:
    said = rota("who", "--at", "2024-08-06 03:00")
    assert said.status == 0
    assert "Data engineering" in said.out
    assert "XYZ Tech" in said.out


def test_nothing_heavy_is_loaded(planned: Path) -> None:
    """At night every tenth of a second counts; days off are looked up only to move handovers."""
    heavy = {"ortools", "pandas", "numpy", "openpyxl", "holidays", "icalendar"}
    loaded = loaded_by("who", "--at", "2024-08-06 03:00", cwd=planned)
    assert not loaded & heavy


def test_handovers_on_public_holidays_move_if_the_team_says_so(rota: Rota) -> None:
    """Malaysia Day, Monday 16 September 2024: everybody's; the handover is on Tuesday."""
    book = holders(Path("outputs/xyz-tech/rota-2024Q3.xlsx"))
    column = "Growth: primary"
    before, after = book["2024-W37"][column], book["2024-W38"][column]
    monday, tuesday = "2024-09-16 10:00", "2024-09-17 10:00"

    def growth(when: str) -> str:
        return names(asked(rota, *XYZ, "--at", when))[1]

    assert (growth(monday), growth(tuesday)) == (after, after)
    path = Path("inputs/xyz-tech/team.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'handover_on_holidays = "move"\n{text}', encoding="utf-8")
    assert before != after
    assert (growth(monday), growth("2024-09-17 09:59"), growth(tuesday)) == (before, before, after)
    handover = asked(rota, *XYZ, "--at", monday)["next_handover"]
    assert handover["at"] == "2024-09-17T10:00:00+08:00"
    assert handover["moved_from"] == "2024-09-16T10:00:00+08:00"
    said = rota("who", *XYZ, "--at", monday)
    assert "moved from Mon 16 Sep 2024 10:00 UTC+08:00: public holiday" in said.out
    exported = rota("export", "--format", "csv", *XYZ).out
    assert (
        f"2024-W38,2024-09-17T10:00:00+08:00,2024-09-23T10:00:00+08:00,Growth,primary,{after}"
        in (exported.splitlines())
    )


def test_a_rotation_that_rests_is_told(rota: Rota) -> None:
    team = Path("inputs/data-engineering/team.toml")
    written = team.read_text(encoding="utf-8")
    paused = '[[rotation]]\npauses = ["2024-10-07..2024-10-20"]\n'
    team.write_text(written.replace("[[rotation]]\n", paused, 1), encoding="utf-8")
    said = rota("who", *DATA, "--at", "2024-10-08 12:00")
    assert said.status == 0, said.err
    title, _, nobody, *_ = said.out.splitlines()
    assert title.endswith("· 2024-W41")
    assert nobody == "Nobody is on call for Data pipelines: a pause in team.toml."
    assert asked(rota, *DATA, "--at", "2024-10-08 12:00")["on_call"] == []
    assert rota("who", *DATA, "--at", "2024-10-21 12:00").status == 2
    assert "has no duty: its rotations pause" in rota("handover", *DATA, "--week", "2024-W41").err
