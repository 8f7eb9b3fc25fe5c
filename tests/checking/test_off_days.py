"""Weekdays that somebody never works."""

from datetime import date
from pathlib import Path

import pytest

from planner.checking.off_days import cover_wanted, uncovered
from planner.domain import Duty, Held, Rota
from planner.domain.quarters import weeks_from
from planner.files.team.folder import load_team
from planner.planning.assemble import assemble
from tests.files.team_folder import problems, write

PEOPLE = (
    "name,country,subdivision,off_days\nAidil,MY,KUL,Fri\nThiru,MY,Penang,\n"
    "Choo,GB,Scotland,Mon;Friday\n"
)


def test_duties_on_days_off_want_a_stand_in(tmp_path: Path) -> None:
    team = load_team(write(tmp_path / "a", {"engineers.csv": PEOPLE}))
    assert [engineer.off_days for engineer in team.engineers] == [(5,), (1, 5), ()]
    horizon = weeks_from(date(2024, 7, 1), 2, team)
    problem = assemble(team, horizon, Rota())
    holders = {("primary", 0): "Aidil", ("secondary", 0): "Thiru", ("primary", 1): "Choo"}
    rota = Rota(
        [
            Held(Duty(horizon.weeks[week], "Main", role), name)
            for (role, week), name in holders.items()
        ]
    )
    first, second = uncovered(problem, rota)
    assert (first[0].name, first[2]) == ("Aidil", (date(2024, 7, 5),))
    assert (second[0].name, second[2]) == ("Choo", (date(2024, 7, 8), date(2024, 7, 12)))
    said = tuple(cover_wanted(problem, rota))
    assert said[0].startswith("Aidil never works on Fridays, and is on duty on Fri 5 Jul: somebody")


@pytest.mark.parametrize("written", ["Fryday", "8", "weekend"])
def test_what_is_no_weekday(tmp_path: Path, written: str) -> None:
    people = PEOPLE.replace("Fri\n", f"{written}\n")
    (problem,) = problems(tmp_path / "a", {"engineers.csv": people})
    assert (problem.row, problem.column, problem.value) == (2, "off_days", written)
