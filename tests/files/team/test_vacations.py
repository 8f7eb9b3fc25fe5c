"""Absences of ``vacations.csv`` that have no end yet, or take half a day."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain import UNTIL_FURTHER_NOTICE
from planner.files.team.folder import load_team_with_notes
from planner.wording import span
from tests.files.team_folder import SOUND, write

HEADER = "engineer,start,end,kind,note\n"


@pytest.mark.parametrize("end", ["", "open", "until further notice", "?", "-", "TBC"])
def test_an_absence_without_an_end(tmp_path: Path, end: str) -> None:
    rows = f"{HEADER}Thiru,2024-08-05,{end},sick,\n"
    for name in ("vacations.csv", "vacations-hr.csv"):
        folder = write(tmp_path / name, {name: rows})
        team, notes = load_team_with_notes(folder)
        (vacation,) = team.vacations
        assert (vacation.start, vacation.end) == (date(2024, 8, 5), UNTIL_FURTHER_NOTICE)
        assert notes == (
            f"{name} row 2: Thiru is away from 5 August 2024 until further notice; fill in the end "
            "once it is known.",
        )


def test_how_it_is_said() -> None:
    said = span(date(2024, 8, 5), UNTIL_FURTHER_NOTICE)
    assert said == "from 5 August 2024 until further notice"


@pytest.mark.parametrize("half", ["half day,", "annual (half day),", ",PM only", "annual,0.5 day"])
def test_half_days(tmp_path: Path, half: str) -> None:
    rows = f"{HEADER}Thiru,2024-08-05,2024-08-05,{half}\nChoo,2024-08-06,2024-08-07,{half}\n"
    folder = write(tmp_path / "a", {"vacations.csv": rows})
    team, notes = load_team_with_notes(folder)
    assert [(v.engineer, v.kind) for v in team.vacations] == [
        ("Choo", "annual"),
        ("Thiru", "annual"),
    ]
    assert notes == (
        "Half days block their weeks: vacations.csv row 2 (Thiru, 2024-08-05). "
        'half_days = "ignore" under [vacations] in team.toml leaves them out.',
    )
    toml = f'{SOUND["team.toml"]}\n[vacations]\nhalf_days = "ignore"\n'
    team, notes = load_team_with_notes(write(folder, {"vacations.csv": rows, "team.toml": toml}))
    assert [v.engineer for v in team.vacations] == ["Choo"]
    assert notes == ("Half days are left out: vacations.csv row 2 (Thiru, 2024-08-05).",)
