"""``pauses`` of a rotation in ``team.toml``: what is read, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain import Rotation
from planner.domain.rotations import Pause
from planner.files.team.reading import Reading
from planner.files.team.team_toml import read_team_file

CHRISTMAS = Pause(date(2024, 12, 23), date(2025, 1, 5))


def read(
    tmp_path: Path, pauses: str, handover: str = "Monday 10:00"
) -> tuple[list[Pause], Reading]:
    path = tmp_path / "team.toml"
    path.write_text(
        f'timezone = "UTC"\nhandover = "{handover}"\n[[rotation]]\npauses = {pauses}\n',
        encoding="utf-8",
    )
    reading = Reading()
    found = read_team_file(path, reading)
    assert found is not None
    return list(found.rotations[0].pauses), reading


@pytest.mark.parametrize(
    "written",
    [
        "2024-12-23..2025-01-05",
        "2024-12-23 .. 2025-01-05",
        "23 Dec 2024 to 5 Jan 2025",
        "2024-12-23 – 2025-01-05",
    ],
)
def test_one_date_to_another(tmp_path: Path, written: str) -> None:
    pauses, reading = read(tmp_path, f'["{written}"]')
    assert (pauses, reading.problems) == ([CHRISTMAS], [])


def test_two_pauses_may_make_a_week_together(tmp_path: Path) -> None:
    pauses, reading = read(tmp_path, '["2024-12-23..2024-12-26", "2024-12-27..2024-12-29"]')
    assert len(pauses) == 2
    assert reading.problems == []


@pytest.mark.parametrize(
    ("pauses", "value", "said"),
    [
        ('["2024-12-23"]', "2024-12-23", "2024-12-23..2025-01-05"),
        ('["2025-01-05..2024-12-23"]', "2025-01-05..2024-12-23", "Exchange the two."),
        ('["05/01/2025..2025-01-19"]', "05/01/2025..2025-01-19", "--date-format"),
        ('["2024-12-24..2025-01-04"]', "2024-12-24..2025-01-04", "2024-12-23..2024-12-29"),
        ('"2024-12-23..2025-01-05"', "2024-12-23..2025-01-05", "is not a list"),
        ("[2024-12-23]", "2024-12-23", "in quotes"),
    ],
)
def test_what_is_wrong(tmp_path: Path, pauses: str, value: str, said: str) -> None:
    _, reading = read(tmp_path, pauses)
    [problem] = reading.problems
    assert (problem.row, problem.column, problem.value) == (4, "rotation.pauses", value)
    assert said in f"{problem.message} {problem.hint}"


def test_weeks_are_those_of_the_handover(tmp_path: Path) -> None:
    _, reading = read(tmp_path, '["2024-12-25..2024-12-31"]', "Wednesday 10:00")
    assert reading.problems == []


def test_only_weeks_wholly_within_rest() -> None:
    from tests.build import rotation, week

    resting = Rotation(
        "r", ("A",), rotation("A").roles, (), (Pause(week(1).first, week(2).days[5]),)
    )
    assert [resting.rests(week(n)) for n in range(4)] == [False, True, False, False]
