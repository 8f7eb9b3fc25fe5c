"""``rota show`` and what ``rota why`` says of a duty that moved."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.commands.test_replan_further import AHEAD, TEAM, append, on_duty
from tests.commands.test_replan_further import folder as folder
from tests.conftest import Said

Rota = Callable[..., Said]
Q3 = ("--quarter", "2024Q3")


def test_a_row_a_week_with_who_is_on_call(folder: Path, rota: Rota) -> None:
    held = on_duty("2024Q3", rota)
    said = rota("show", *Q3)
    assert said.status == 0, said.err
    lines = said.out.splitlines()
    assert lines[0] == "watch · 2024Q3 · 1 July – 29 September 2024, 13 weeks"
    assert lines[2].split() == ["Week", "starts", "primary"]
    rows = [line.split() for line in lines[4:-1]]
    assert {row[0]: row[-1] for row in rows} == held
    assert rows[0][1:4] == ["Mon", "1", "Jul"]


def test_one_week_tells_who_is_away_and_whose_holiday_it_is(folder: Path, rota: Rota) -> None:
    append(folder / "vacations.csv", "Ben,2024-08-26,2024-08-30\n")
    said = rota("show", "--week", "2024-W35")
    assert "Away: Ben (Mon 26 Aug – Fri 30 Aug)." in said.out
    assert "Mon 26 Aug Late Summer Bank Holiday" in " ".join(said.out.split())
    assert "2024-W34" not in said.out


def test_without_a_quarter_it_is_the_latest_where_all_are_over(folder: Path, rota: Rota) -> None:
    assert "· 2024Q4 ·" in rota("show").out


def test_stand_ins_swaps_locks_and_notes_are_remarks(folder: Path, rota: Rota) -> None:
    who = on_duty("2024Q3", rota)["2024-W32"]
    rota("cover", "--engineer", who, "--from", "2024-08-07")
    said = rota("show", "--week", "2024-W32")
    assert "stands in Wed 7 Aug – Sun 11 Aug" in " ".join(said.out.split())
    (shown,) = json.loads(rota("show", "--week", "2024-W32", "--json").out)["teams"]
    assert [line["week"] for line in shown["rota"]] == ["2024-W32"]
    assert [cover["engineer"] for cover in shown["covers"]] == [who]


def test_mistakes_are_told(folder: Path, rota: Rota) -> None:
    assert "not both" in rota("show", *Q3, "--week", "2024-W32").err
    assert "no rota" in rota("show", "--week", "2027-W01").err
    assert "60" in rota("show", "--week", "2024-W60").err
    assert "`rota plan` makes it" in rota("show", "--quarter", "2027Q1").err


def test_plan_shows_the_rota_unless_quiet(folder: Path, rota: Rota) -> None:
    loud = rota("plan", "--quarter", "2025Q1").out
    assert "2025-W01" in loud
    quiet = rota("plan", "--quarter", "2025Q1", "--force", "--quiet").out
    assert "2025-W01" not in quiet


def test_why_says_when_and_why_a_duty_moved_and_that_it_cannot_go_back(
    folder: Path, rota: Rota
) -> None:
    who = on_duty("2024Q3", rota)["2024-W32"]
    append(folder / "vacations.csv", f"{who},2024-08-05,2024-08-09\n")
    assert rota("replan", *TEAM, *Q3, *AHEAD).status == 0
    new = on_duty("2024Q3", rota)["2024-W32"]
    text = " ".join(rota("why", *TEAM, "--week", "2024-W32").out.split())
    assert f"from {who} to {new}: {who} is away 2024-08-05 to 2024-08-09" in text
    assert f"It cannot go back to {who}: - {who} is away 5–9 August 2024" in text
    (found,) = json.loads(rota("why", *TEAM, "--week", "2024-W32", "--json").out)["answers"]
    assert [(step["old"], step["new"]) for step in found["moved"]] == [(who, new)]
    assert found["undoing"]["possible"] is False
    assert found["undoing"]["clash"]


def test_why_says_what_undoing_an_edit_would_take(folder: Path, rota: Rota) -> None:
    """The absence is called off again: the week may go back, and the one in return with it."""
    before = on_duty("2024Q3", rota)
    who = before["2024-W32"]
    append(folder / "vacations.csv", f"{who},2024-08-05,2024-08-09\n")
    assert rota("replan", *TEAM, *Q3, *AHEAD).status == 0
    (folder / "vacations.csv").write_text("engineer,start,end\n", encoding="utf-8")
    (found,) = json.loads(rota("why", *TEAM, "--week", "2024-W32", "--json").out)["answers"]
    undoing = found["undoing"]
    assert undoing["possible"] is True
    back = {change["week"]: change["new"] for change in undoing["changes"]}
    assert back["2024-W32"] == who
    said = rota("why", *TEAM, "--week", "2024-W32").out
    assert f"Giving 2024-W32 back to {who} would move" in " ".join(said.split())
    assert "could even be better" not in said


def test_a_duty_that_never_moved_has_no_such_history(folder: Path, rota: Rota) -> None:
    (found,) = json.loads(rota("why", *TEAM, "--week", "2024-W32", "--json").out)["answers"]
    assert found["moved"] == []
    assert found["undoing"] is None
