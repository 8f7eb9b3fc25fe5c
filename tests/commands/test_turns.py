"""Turns of two weeks through the command line: quarter after quarter, re-planned, exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.files.workbook import read
from tests.conftest import run_process

PEOPLE = ("Ana", "Ben", "Cy", "Di", "Ed")
TOML = """name = "Watch"
timezone = "UTC"

[[rotation]]
name = "Watch"
cycle = ["Ana", "Ben", "Cy", "Di", "Ed"]
turn = 2
"""


def run(folder: Path, *arguments: str) -> str:
    said = run_process(*arguments, cwd=folder)
    assert said.status == 0, said.err
    return said.out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "inputs" / "watch"
    inputs.mkdir(parents=True)
    (inputs / "team.toml").write_text(TOML, "utf-8")
    rows = "".join(f"{name},GB,ENG\n" for name in PEOPLE)
    (inputs / "engineers.csv").write_text(f"name,country,subdivision\n{rows}", "utf-8")
    return tmp_path


def holders(folder: Path, *labels: str) -> list[str]:
    """Who holds each week, as ``rota show`` has it."""
    return [
        line.split()[4]
        for label in labels
        for line in run(folder, "show", "--quarter", label).splitlines()
        if line.startswith("20") and "-W" in line
    ]


def away(folder: Path, name: str, day: str) -> None:
    rows = f"engineer,start,end\n{name},{day},{day}\n"
    (folder / "inputs" / "watch" / "vacations.csv").write_text(rows, "utf-8")


def test_a_turn_begun_in_a_quarter_is_finished_in_the_next(folder: Path) -> None:
    quarters = ("2024Q3", "2024Q4", "2025Q1")
    for label in quarters:
        run(folder, "plan", "--quarter", label)
    names = holders(folder, *quarters)
    assert len(names) == 39
    assert names == [name for name in PEOPLE * 4 for _ in range(2)][:39]
    for label in quarters:
        assert "whole turns    OK" in run(folder, "check", "--quarter", label)
    # What was published says where turns begin, also to who has lost an earlier workbook.
    (folder / "outputs" / "watch" / "rota-2024Q3.xlsx").unlink()
    assert "whole turns    OK" in run(folder, "check", "--quarter", "2024Q4")


def test_an_absence_moves_a_turn_whole_and_splits_one_that_has_begun(folder: Path) -> None:
    run(folder, "plan", "--quarter", "2024Q3")
    away(folder, "Cy", "2024-08-07")  # the second week of the turn that begins in W31
    moved = run(folder, "replan", "--quarter", "2024Q3", "--as-of", "2024-08-01")
    assert "split turns: turns that change hands 0 → 1" in " ".join(moved.split())
    names = holders(folder, "2024Q3")
    assert names[4] == "Cy"
    assert names[5] != "Cy"
    assert "whole turns    OK" in run(folder, "check", "--quarter", "2024Q3")
    again = run(folder, "replan", "--quarter", "2024Q3", "--as-of", "2024-08-01")
    assert "Nothing has to change" in again


def test_before_it_begins_the_turn_moves_whole(folder: Path) -> None:
    run(folder, "plan", "--quarter", "2024Q3")
    away(folder, "Cy", "2024-08-07")
    moved = run(folder, "replan", "--quarter", "2024Q3", "--as-of", "2024-07-02")
    assert "split turns" not in moved
    names = holders(folder, "2024Q3")
    assert names[4] == names[5] != "Cy"
    assert f"{names[4]} the same turn as 2024-W32" in " ".join(moved.split())
    (told,) = (each for each in moved.split("\n\n") if each.startswith("Cy, "))
    assert told.count("a turn stays with one person") == 1


def test_a_whole_turn_is_exchanged_for_another(folder: Path) -> None:
    run(folder, "plan", "--quarter", "2024Q3")
    before = holders(folder, "2024Q3")
    asked = ("--engineer", "Ben", "--week", "2024-W29", "--with", "Cy", "--as-of", "2024-07-01")
    run(folder, "swap", *asked, "--apply")
    after = holders(folder, "2024Q3")
    rows = (folder / "inputs" / "watch" / "swaps.csv").read_text("utf-8")
    assert rows.count("Ben,2024-W") == 2
    assert after[2:6] == ["Cy", "Cy", "Ben", "Ben"]
    assert after[:2] + after[6:] == before[:2] + before[6:]
    assert "whole turns    OK" in run(folder, "check", "--quarter", "2024Q3")


def test_a_workbook_records_where_its_turns_began(folder: Path) -> None:
    from planner.files.team.folder import load_team

    run(folder, "plan", "--quarter", "2024Q3")
    team = load_team(folder / "inputs" / "watch")
    facts = read(folder / "outputs" / "watch" / "rota-2024Q3.xlsx", team).facts
    first = min(facts)
    assert facts[first.later(3)].begun == {"Watch": (first.later(2), 2)}
