"""``rota holidays``: what people and programs are told."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from planner.commands import holidays as module
from planner.commands.common import Loaded, Unreadable
from planner.domain import Engineer, Region, Role, Rotation, Settings, Team
from planner.errors import InputError, InputProblem
from tests.keeping import keeps_to_its_schema


def _support(*names):
    return Rotation("Support", names, (Role("primary"),))


MIXED = Team(
    "mixed",
    "Mixed team",
    "UTC",
    (
        Engineer("Choo", Region("MY", "KUL"), festivals=("mid-autumn",)),
        Engineer("Dong", Region("GB", "SCT")),
        Engineer("Thiru", Region("MY", "PNG"), festivals=("deepavali",)),
    ),
    (_support("Choo", "Dong", "Thiru"),),
    settings=Settings(show_reasons=True),
)


ONE = (Loaded(MIXED),)


@pytest.fixture
def run(monkeypatch):
    """Call the command for teams given as values; (exit status, stdout, stderr)."""

    def call(*arguments, teams=ONE):
        monkeypatch.setattr(module.Folders, "load", lambda *_: teams)
        result = CliRunner().invoke(module.holidays, arguments, standalone_mode=False)
        if result.exception is not None and not result.return_value:
            raise result.exception
        keeps_to_its_schema(("holidays", *arguments), result.stdout)
        return result.return_value, result.stdout, result.stderr

    return call


def rows(text):
    """The lines of the tables, each as its cells."""
    return [[cell for cell in line.split("  ") if cell] for line in text.splitlines()]


def test_the_table_says_who_is_off_and_when(run):
    status, text, _ = run("--quarter", "2024Q3")
    assert status == 0
    assert "Mixed team · 1 July – 29 September 2024, 13 weeks" in text
    assert ["2024-07-08", "Mon", "2024-W28"] in [row[:3] for row in rows(text)]
    (august,) = (line for line in text.splitlines() if line.startswith("2024-08-05"))
    assert "Summer Bank Holiday" in august
    assert "Dong" in august
    assert "Choo" not in august
    assert august.endswith("confirmed")


def test_people_with_the_same_holiday_share_a_line(run):
    _, text, _ = run("--quarter", "2024Q3", "--json")
    (team,) = json.loads(text)["teams"]
    found = {(h["date"], h["name"]): h["engineers"] for h in team["holidays"]}
    assert found["2024-08-31", "National Day"] == ["Choo", "Thiru"]
    assert found["2024-07-08", "Islamic New Year (observed)"] == ["Choo", "Thiru"]
    assert found["2024-07-09", "George Town Heritage Day (observed)"] == ["Thiru"]
    assert [h["date"] for h in team["holidays"]] == sorted(h["date"] for h in team["holidays"])


def test_json_holds_every_fact(run):
    status, text, _ = run("--from", "2024-10-28", "--weeks", "1", "--json")
    assert status == 0
    assert json.loads(text) == {
        "version": 2,
        "teams": [
            {
                "team": "mixed",
                "exit_status": 0,
                "error": None,
                "problems": [],
                "horizon": {
                    "label": "2024-W44+1",
                    "first": "2024-10-28",
                    "last": "2024-11-03",
                    "weeks": 1,
                },
                "holidays": [
                    {
                        "date": "2024-10-31",
                        "weekday": "Thursday",
                        "week": "2024-W44",
                        "name": "Diwali",
                        "engineers": ["Choo", "Thiru"],
                        "estimated": False,
                        "certainty": "confirmed",
                        "given_again": [],
                        "counted": True,
                    }
                ],
                "festivals": [
                    {
                        "days": ["2024-10-30", "2024-10-31"],
                        "weeks": ["2024-W44"],
                        "name": "Deepavali",
                        "engineers": ["Thiru"],
                        "estimated": False,
                        "certainty": "confirmed",
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_team_that_shows_no_reasons_names_no_festival(run, form):
    private = replace(MIXED, settings=Settings(show_reasons=False))
    _, text, _ = run("--quarter", "2024Q3", *form, teams=(Loaded(private),))
    assert "own festival" in text
    assert "Mid-Autumn" not in text
    assert "National Day" in text


def test_a_team_that_shows_reasons_names_them(run):
    _, text, _ = run("--quarter", "2024Q3")
    assert "Mid-Autumn Festival" in text
    assert "own festival" not in text


def test_estimated_dates_are_marked_and_explained(run):
    _, text, _ = run("--quarter", "2029Q1")
    (eid,) = (line for line in text.splitlines() if line.startswith("2029-02-15"))
    assert eid.endswith("estimated")
    assert "a row in holidays.csv settles each" in text
    _, text, _ = run("--quarter", "2024Q1")
    assert "estimated" not in text


def test_dates_that_nobody_compared_are_marked_and_explained(run):
    _, text, _ = run("--quarter", "2020Q3")
    (merdeka,) = (line for line in text.splitlines() if line.startswith("2020-08-31"))
    assert merdeka.endswith("unchecked")
    assert "no published list of that region" in text
    _, text, _ = run("--quarter", "2024Q3")
    assert "unchecked" not in text.casefold()


def test_a_weekend_date_that_is_given_again_is_marked(run):
    _, text, _ = run("--from", "2025-08-25", "--weeks", "2")
    (sunday,) = (line for line in text.splitlines() if line.startswith("2025-08-31"))
    assert "National Day (given again" in sunday
    assert "not counted" not in text
    apart = replace(MIXED, settings=Settings(count_weekend_originals=False))
    dates = ("--from", "2025-08-25", "--weeks", "2")
    _, text, _ = run(*dates, teams=(Loaded(apart),))
    assert "Weekend dates of holidays that are given again are not counted" in text
    _, text, _ = run(*dates, "--json", teams=(Loaded(apart),))
    (team,) = json.loads(text)["teams"]
    told = {h["date"]: (h["given_again"], h["counted"]) for h in team["holidays"]}
    assert told["2025-08-31"] == (["2025-09-01"], False)
    assert told["2025-09-01"] == ([], True)


def test_weeks_without_holidays_say_so(run):
    alone = (Engineer("Dong", Region("GB", "ENG")),)
    quiet = replace(MIXED, engineers=alone, rotations=(_support("Dong"),))
    status, text, _ = run("--from", "2024-07-01", "--weeks", "2", teams=(Loaded(quiet),))
    assert status == 0
    assert "Nobody has a public holiday in these weeks." in text


def test_weeks_follow_the_teams_handover(run):
    wednesday = replace(MIXED, handover_weekday=3)
    _, text, _ = run("--quarter", "2024Q3", "--json", teams=(Loaded(wednesday),))
    (team,) = json.loads(text)["teams"]
    weeks = {h["date"]: h["week"] for h in team["holidays"]}
    assert weeks["2024-09-16"] == "2024-W37"  # a Monday: the last but one day of that duty week


def test_one_team_in_error_does_not_silence_the_others(run):
    error = InputError([InputProblem("engineers.csv", 2, "name", "", "is empty")])
    teams = (Unreadable("broken", error), Loaded(MIXED))
    status, text, complaint = run("--quarter", "2024Q3", teams=teams)
    assert status == 2
    assert "Mixed team" in text
    assert "broken: some files cannot be used as they are." in complaint


def test_years_outside_the_calendar_are_refused_in_one_sentence(run):
    status, text, complaint = run("--from", date(2090, 1, 2).isoformat(), "--weeks", "4")
    assert (status, text) == (2, "")
    assert complaint == (
        "mixed: The public-holiday calendar of Malaysia covers 2001–2077; 2090 lies outside.\n"
    )
