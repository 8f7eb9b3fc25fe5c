"""No team folder, however odd, ends in anything but a rota, a clash, or a message with its place.

520 folders are spoilt at random, always the same way; one in thirteen goes through the program
itself, the others through the same readers and planner without a workbook being written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from planner.domain import Rota
from planner.domain.quarters import weeks_from
from planner.errors import InfeasibleError, InputError, UsageError
from planner.files.team.folder import load_team_with_notes
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from tests.conftest import CHECKOUT, Said
from tests.fuzz.mutations import copy_of, mutate

TEAMS = sorted(path for path in (CHECKOUT / "inputs").iterdir() if path.is_dir())
START, WEEKS = date(2024, 7, 1), 3
BATCHES, EACH = 26, 20


def spoilt(number: int, place: Path) -> Path:
    chance = Random(number)
    team = copy_of(TEAMS[number % len(TEAMS)], place)
    mutate(team, chance)
    return team


def said_where(error: InputError) -> str:
    """Every problem names its file; those of a table's cell, also the row."""
    assert error.problems
    for problem in error.problems:
        assert problem.file
        assert problem.message
        assert "\n" not in str(problem)
    return "bad input"


def said_why(error: InfeasibleError) -> str:
    """Every clash is as small as can be, and there is a way out."""
    clashes, repairs = error.details["clashes"], error.details["repairs"]
    assert isinstance(clashes, list)
    assert clashes
    assert all(clash["minimal"] and clash["facts"] for clash in clashes)
    assert repairs
    return "clash"


def outcome(folder: Path) -> str:
    """What becomes of a folder; anything unforeseen is raised."""
    try:
        team, _ = load_team_with_notes(folder)
        history = Rota.of((h.duty, h.engineer) for h in team.history if h.duty.week.first < START)
        problem = assemble(team, weeks_from(START, WEEKS, team), history)
        found = plan(problem, time_limit=20)
    except InputError as error:
        return said_where(error)
    except InfeasibleError as error:
        return said_why(error)
    except UsageError:
        return "refused"
    assert found.report.holds
    return "rota"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_folder_ends_well(batch: int, tmp_path: Path) -> None:
    for number in range(batch * EACH, (batch + 1) * EACH):
        folder = spoilt(number, tmp_path / f"team-{number}")
        try:
            outcome(folder)
        except Exception as fault:
            raise AssertionError(f"folder {number}: {folder}") from fault


def test_folders_end_in_every_way(tmp_path: Path) -> None:
    """Enough are spoilt in each way that the other test means something."""
    ends = Counter(outcome(spoilt(number, tmp_path / "team")) for number in range(60))
    assert ends["rota"] >= 5
    assert ends["bad input"] >= 20
    assert ends["clash"] >= 1


@pytest.mark.parametrize("number", range(0, BATCHES * EACH, 13))
def test_the_program_never_ends_in_a_traceback(
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rota: Callable[..., Said],
) -> None:
    monkeypatch.chdir(tmp_path)
    spoilt(number, tmp_path / "inputs" / "team")
    said = rota("plan", "--from", START, "--weeks", WEEKS, "--time-limit", 20, "--allow-gaps")
    assert said.status in (0, 2, 3)
    assert "This is a fault" not in said.err
    assert "Traceback" not in said.err + said.out
    written = list(tmp_path.glob("outputs/**/*.xlsx"))
    assert len(written) == (said.status == 0)
    if said.status == 2:
        assert "nothing was written" in said.err or "Error" in said.err
