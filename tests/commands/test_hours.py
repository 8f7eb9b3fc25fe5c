"""The sample teams with hours of their own, as their leads use them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.files.team.folder import load_team
from planner.publicholidays import days_off
from tests.conftest import Said, run_process

Rota = Callable[..., Said]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both samples, with a quarter in which London's clocks change, and a stand-in."""
    folder = tmp_path_factory.mktemp("hours")
    for name, like in (("sun", "follow-the-sun"), ("wk", "weekends")):
        assert run_process("init", name, "--like", like, cwd=folder).status == 0
    away = "engineer,start,end\nAna,2026-04-18,2026-04-18\n"  # a Saturday
    (folder / "inputs" / "wk" / "vacations.csv").write_text(away, encoding="utf-8")
    said = run_process("plan", "--from", "2026-03-16", "--weeks", "12", cwd=folder)
    assert said.status == 0, said.err
    (folder / "said.txt").write_text(said.err, encoding="utf-8")
    return folder


@pytest.fixture
def here(planned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(planned)
    return planned


def holders(rota: Rota, team: str) -> dict[tuple[str, date], str]:
    document = json.loads(rota("show", "--quarter", "2026-W12+12", "--team", team, "--json").out)
    return {
        (held["rotation"], date.fromisoformat(held["starts"])): held["engineer"]
        for held in document["teams"][0]["rota"]
    }


def test_each_office_shares_its_own_duties_and_knows_its_own_holidays(
    rota: Rota, here: Path
) -> None:
    held = holders(rota, "sun")
    team = load_team(here / "inputs" / "sun")
    for rotation in team.rotations:
        own = Counter(who for (name, _), who in held.items() if name == rotation.name)
        assert own == dict.fromkeys(rotation.cycle, 3)
    # Each holiday is worked by somebody who has none that week, if the office has anybody such
    # who could exchange with whoever works it; nobody can gain by an exchange of two weeks.
    known = days_off(team, date(2026, 3, 16), date(2026, 6, 8))
    for rotation in team.rotations:
        counted = {name: known.counted(name) for name in rotation.cycle}
        weeks = {week: who for (name, week), who in held.items() if name == rotation.name}

        def worked(who: str, week: date, counted: dict[str, frozenset[date]] = counted) -> int:
            return sum(week + timedelta(days=n) in counted[who] for n in range(7))

        total = sum(worked(who, week) for week, who in weeks.items())
        least = sum(min(worked(who, week) for who in rotation.cycle) for week in weeks)
        assert total <= least + 1


def test_who_tells_the_times_of_both_offices(rota: Rota, here: Path) -> None:
    held = holders(rota, "sun")
    said = rota("who", "--team", "sun", "--at", "2026-03-31T15:30+08:00").out
    assert "Tue 31 Mar 2026 15:30 UTC+08:00 (Tue 31 Mar 2026 08:30 BST)" in said
    assert held["KL days", date(2026, 3, 30)] in said
    assert held["London days", date(2026, 3, 30)] in said
    # A week earlier London has winter time: half past seven, before its hours.
    said = rota("who", "--team", "sun", "--at", "2026-03-24T15:30+08:00").out
    assert "Nobody is on call for London days now: 08:00 – 20:00, Europe/London." in said
    london = held["London days", date(2026, 3, 23)]
    assert f"{london} begins Tue 24 Mar 2026 16:00 UTC+08:00 (Tue 24 Mar 2026 08:00 GMT)" in said


def test_who_knows_the_week_of_a_morning_before_the_teams_handover(rota: Rota, here: Path) -> None:
    """Monday 01:00 in London is 08:00 or 09:00 in Kuala Lumpur: the new week there."""
    held = holders(rota, "sun")
    document = json.loads(
        rota("who", "--team", "sun", "--at", "2026-04-06T01:00+01:00", "--json").out
    )
    on_call = document["teams"][0]["on_call"]
    assert [(s["rotation"], s["engineer"]) for s in on_call] == [
        ("KL days", held["KL days", date(2026, 4, 6)])
    ]
    assert [s["rotation"] for s in document["teams"][0]["coming"]] == ["London days"]


def test_who_knows_nothing_of_weeks_that_are_not_planned(rota: Rota, here: Path) -> None:
    said = rota("who", "--team", "sun", "--at", "2026-06-09T12:00+01:00")
    assert said.status == 2
    assert "`rota plan` makes one" in said.err


def test_plan_and_check_say_when_nobody_is_on_call(rota: Rota, here: Path) -> None:
    warned = (here / "said.txt").read_text(encoding="utf-8")
    checked = rota("check", "outputs/sun/rota-2026-W12+12.xlsx")
    assert checked.status == 0
    for said in (warned, " ".join(checked.out.split())):
        assert "every day 04:00–08:00 Asia/Kuala_Lumpur in every week of winter time" in said
        assert "every day 03:00–08:00 Asia/Kuala_Lumpur in every week of summer time" in said
    assert "wk: Warning: Nobody" not in warned


def test_a_saturday_away_keeps_from_the_weekend_and_not_from_the_weekdays(
    rota: Rota, here: Path
) -> None:
    week = ("--team", "wk", "--week", "2026-W16", "--engineer", "Ana")
    assert "is away" in rota("why", *week, "--rotation", "Weekends").out
    assert "is away" not in rota("why", *week, "--rotation", "Weekdays").out


def test_handover_notes_and_messages_speak_of_each_rotations_own_begin(
    rota: Rota, here: Path
) -> None:
    said = rota("handover", "--team", "wk", "--week", "2026-W15").out
    assert "Handover wk, 2026-W15: Mon 6 Apr 2026 09:00 BST" in said
    assert "Then Fri 10 Apr 2026 18:00 BST" in said


def test_a_stand_in_takes_over_a_day_of_a_weekend(rota: Rota, here: Path) -> None:
    holder = holders(rota, "wk")["Weekends", date(2026, 4, 20)]
    asked = ("--team", "wk", "--engineer", holder, "--from", "2026-04-25", "--until", "2026-04-25")
    said = rota("cover", *asked, "--dry-run")
    assert said.status == 0
    assert "Weekends" in said.out
