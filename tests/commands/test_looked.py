"""No file is read twice in a run, unless it was changed in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.commands import one_team
from planner.commands.common import Period
from planner.commands.one_team import look, read_if_changed
from planner.errors import InputError
from tests.benchmarks.thousand import write_teams

QUARTER = Period("2024Q3", None, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_teams(tmp_path, 1)
    return tmp_path / "team-0000"


def test_what_was_looked_at_is_taken_as_it_was(folder: Path, monkeypatch) -> None:
    seen = look(folder, None, QUARTER)
    monkeypatch.delattr(one_team, "load_one")
    assert read_if_changed(seen, folder, None, QUARTER) is seen.loaded


def test_a_file_that_has_changed_is_read(folder: Path) -> None:
    seen, file = look(folder, None, QUARTER), folder / "team.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Team 0", "Others"), encoding="utf-8")
    assert read_if_changed(seen, folder, None, QUARTER).team.name == "Others"


def test_a_file_that_was_not_there_is_read(folder: Path) -> None:
    seen = look(folder, None, QUARTER)
    (folder / "sick.csv").write_text("engineer,start\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"sick\.csv"):
        read_if_changed(seen, folder, None, QUARTER)


def test_without_a_look_a_team_is_read(folder: Path) -> None:
    assert read_if_changed(None, folder, None, QUARTER).team.name == "Team 0"
