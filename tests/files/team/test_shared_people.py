"""Who is in which of many folders: looked up once for all of them, or by a team for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.files.team.folder import load_team
from planner.files.team.shared_people import beside, neighbours
from tests.commands.test_two_teams import team

TEAMS = {
    "east": "Ana@x.org Ben@x.org",
    "west": "ANA@X.ORG Cy@x.org",
    "south": "Dee@x.org Eve@x.org",
    "north": "Cy@x.org Ben@x.org",
    ".hidden": "Ana@x.org Fay@x.org",
}


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    for name, people in TEAMS.items():
        team(tmp_path, name, people)
    (tmp_path / "inputs" / "empty").mkdir()
    (tmp_path / "inputs" / "note.txt").write_text("Ana@x.org", encoding="utf-8")
    return [tmp_path / "inputs" / name for name in ("east", "west", "south", "north")]


def test_each_knows_the_folders_in_which_somebody_of_it_is(folders: list[Path]) -> None:
    near = {folder.name: names for folder, names in neighbours(folders).items()}
    assert near == {
        "east": ("north", "west"),
        "west": ("east", "north"),
        "south": (),
        "north": ("east", "west"),
    }


def test_a_team_finds_the_same_people_among_these_as_among_all(folders: list[Path]) -> None:
    near = neighbours(folders)
    for folder in folders:
        loaded = load_team(folder)
        assert beside(loaded, near[folder]) == beside(loaded)
    assert beside(load_team(folders[0]))[1] == (folders[1], {"ana@x.org": "Ana"})


def test_who_left_a_file_meanwhile_is_not_found_in_it(folders: list[Path]) -> None:
    east, west, *_ = folders
    near = neighbours(folders)[east]
    (west / "engineers.csv").write_text("name,email,country\nCy,cy@x.org,GB\n", encoding="utf-8")
    assert [folder.name for folder, _ in beside(load_team(east), near)] == ["north"]
