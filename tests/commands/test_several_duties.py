"""A team of weekdays and weekends, of which one may hold both of a week, as its lead uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.books import cells
from tests.conftest import Said, run_process

Rota = Callable[..., Said]

TEAM = """
name = "Ops"
timezone = "Europe/London"
handover = "Monday 09:00"

[[rotation]]
name = "Weekdays"
days = "Monday 09:00 – Friday 18:00"

[[rotation]]
name = "Weekends"
days = "Saturday 09:00 – Sunday 18:00"

[rules]
one_duty = "no overlap"
least_rest = "15 hours"
back_to_back = "any role"
"""
WISHES = """engineer,week,wish
Ana,2026-W10,off
Ana,2026-W11,off
Ana,2026-W12,off
Ben,2026-W13,on
Ben,2026-W14,on
"""
PEOPLE = "name,country,subdivision\nAna,GB,ENG\nBen,GB,ENG\n"
WEEKS = ("--from", "2026-03-02", "--weeks", "6")
BOOK = Path("outputs/ops/rota-2026-W10+6.xlsx")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people who may not be on duty two weeks running: each holds all of every other week."""
    folder = tmp_path_factory.mktemp("several")
    inputs = folder / "inputs" / "ops"
    inputs.mkdir(parents=True)
    (inputs / "team.toml").write_text(TEAM, encoding="utf-8")
    (inputs / "engineers.csv").write_text(PEOPLE, encoding="utf-8")
    (inputs / "wishes.csv").write_text(WISHES, encoding="utf-8")
    said = run_process("plan", *WEEKS, cwd=folder)
    assert said.status == 0, said.err
    (folder / "said.txt").write_text(said.out, encoding="utf-8")
    return folder


@pytest.fixture
def here(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    shutil.copytree(planned, folder)
    monkeypatch.chdir(folder)
    return folder


def test_each_holds_both_duties_of_every_other_week(here: Path) -> None:
    said = (here / "said.txt").read_text(encoding="utf-8")
    for week, name in zip(range(10, 16), ["Ben", "Ana"] * 3, strict=True):
        assert re.search(rf"2026-W{week} .* {name} +{name}\n", said)


def test_a_wish_is_refused_once_however_many_duties_refuse_it(here: Path) -> None:
    """Of Ana's three wishes that for W11, of Ben's two that for W13: 1/9 + 1/4."""
    said = (here / "said.txt").read_text(encoding="utf-8")
    assert re.search(r"wishes: refused wishes +0\.36 +proven", said)


def test_the_overview_and_the_calendar_show_both_duties(here: Path) -> None:
    found = cells(BOOK)
    grid = {key[1:]: value for key, value in found.items() if key[0] == "Overview"}
    ben = next(row for (row, column), value in grid.items() if (column, value) == (1, "Ben"))
    assert [grid.get((ben, column), "") for column in range(2, 8)] == [
        *("1+2", "", "1+2", ""),
        *("1+2h", "h"),  # Good Friday, Easter Monday
    ]
    days = {key[1:]: value for key, value in found.items() if key[0] == "Calendar"}
    ben = next(row for (row, column), value in days.items() if (column, value) == (1, "Ben"))
    assert "".join(str(days.get((ben, column)) or ".") for column in range(2, 16)) == (
        "1111122" + "." * 7
    )


def test_so_does_the_page(rota: Rota, here: Path) -> None:
    page = rota("export", "--format", "html").out
    assert page.count(">1+2</span>") == 4
    assert page.count(">1+2h</span>") == 2


def test_who_has_what_when(rota: Rota, here: Path) -> None:
    for day, duty in ((6, "Weekdays"), (7, "Weekends")):
        said = rota("who", "--at", f"2026-03-0{day} 12:00").out
        assert re.search(rf"{duty} +primary +Ben", said)


def test_a_swap_says_of_which_of_two_duties(rota: Rota, here: Path) -> None:
    asked = ("swap", "--engineer", "Ben", "--week", "2026-W12", "--as-of", "2026-03-01")
    said = rota(*asked)
    assert said.status == 2
    assert "Ben holds 2 duties in 2026-W12: say --rotation, one of Weekdays, Weekends." in said.err
    assert "“Weekends”?" in rota(*asked, "--rotation", "weekend").err
    assert rota(*asked, "--rotation", "weekends").out.startswith(
        "Ben, Weekends: primary in 2026-W12"
    )


def test_check_says_what_a_lead_typed(rota: Rota, here: Path) -> None:
    """More rest is asked for than there is from a Friday to a Saturday."""
    text = Path("inputs/ops/team.toml").read_text(encoding="utf-8")
    Path("inputs/ops/team.toml").write_text(text.replace("15 hours", "16 hours"), encoding="utf-8")
    said = rota("check")
    assert said.status == 1
    assert (
        "2026-W10: Ben has 15 hours of rest between primary of Weekdays and primary of Weekends, "
        "less than 16 hours"
    ) in " ".join(said.out.split())
    planned = rota("plan", *WEEKS, "--force")
    assert planned.status == 3
    told = " ".join(planned.err.split())
    assert (
        "2026-W10: Ana and Ben each cannot be on duty for Weekdays and for Weekends: 15 hours of "
        "rest lie between, less than 16 hours (least_rest in team.toml)"
    ) in told
    assert "lower least_rest from 16 hours to 15 hours in team.toml" in told


def test_nobody_stands_in_who_would_not_rest(rota: Rota, here: Path) -> None:
    """From Sunday to Monday: on 8 March for who is on duty from 9 March there is none."""
    text = TEAM.replace("Sunday 18:00", "Sunday 21:00").replace("15 hours", "12 hours")
    Path("inputs/ops/team.toml").write_text(text, encoding="utf-8")
    assert rota("plan", *WEEKS, "--force").status == 0
    cover = ("cover", "--engineer", "Ben", "--from", "2026-03-07", "--until", "2026-03-07")
    assert "Ana stands in for Ben" in rota(*cover, "--dry-run").out
    text = text.replace("12 hours", "36 hours")
    Path("inputs/ops/team.toml").write_text(text, encoding="utf-8")
    said = rota(*cover, "--dry-run")
    assert (said.status, "nobody can stand in for Ben" in said.err) == (2, True)


def test_a_way_out_of_several_steps_says_who_stands_in_once_the_others_are_taken(
    rota: Rota, here: Path
) -> None:
    folder = Path("inputs/three")
    folder.mkdir()
    (folder / "team.toml").write_text(
        'timezone = "Europe/London"\nhandover = "Monday 09:00"\n'
        '[[rotation]]\nname = "Weekdays"\ndays = "Monday 09:00 – Friday 18:00"\n'
        '[[rotation]]\nname = "Weekends"\ndays = "Friday 18:00 – Monday 09:00"\n'
        '[rules]\none_duty = "no overlap"\nleast_rest = "11 hours"\n',
        encoding="utf-8",
    )
    (folder / "engineers.csv").write_text(PEOPLE + "Chitra,GB,ENG\n", encoding="utf-8")
    (folder / "vacations.csv").write_text(
        "engineer,start,end\nBen,2026-03-09,2026-03-15\nAna,2026-03-09,2026-03-13\n",
        encoding="utf-8",
    )
    said = rota("plan", "--team", "three", *WEEKS)
    assert said.status == 3
    told = " ".join(said.err.split())
    assert re.search(
        r"(Ana|Ben) holds primary of Weekends in 2026-W10, Chitra stands in on 9 March 2026 "
        r"\(vacations.csv row \d\) and leave least_rest \(11 hours\) out of team.toml",
        told,
    ), told
    assert "somebody" not in told
