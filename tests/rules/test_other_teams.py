"""With other_teams = "never", nobody is on duty here in a week in which another team has them."""

from datetime import date

import pytest

from planner.domain import Elsewhere
from planner.errors import FactError
from planner.planning.plan import plan
from planner.rules import other_teams
from tests.build import broken, day, problem, rotation

NEVER = {"other_teams": "never"}
PAIR = rotation("ABCD", "primary", "secondary")


def there(name: str, first: int, last: int, team: str = "b") -> Elsewhere:
    return Elsewhere(name, team, tuple(day(n) for n in range(first, last + 1)))


def test_a_week_elsewhere_is_a_breach() -> None:
    team = problem(PAIR, weeks=3, settings=NEVER, elsewhere=[there("A", 7, 13)])
    assert broken(other_teams, team, "AB CA AB") == [(1, "A")]


def test_other_people_and_other_weeks_are_free() -> None:
    team = problem(PAIR, weeks=3, settings=NEVER, elsewhere=[there("A", 7, 13)])
    assert broken(other_teams, team, "AB BC AD") == []


def test_the_other_team_may_hand_over_on_another_day() -> None:
    team = problem(PAIR, weeks=3, settings=NEVER, elsewhere=[there("A", 9, 15)])
    assert broken(other_teams, team, "AB AC DA") == [(1, "A"), (2, "A")]


def test_a_single_day_counts() -> None:
    team = problem(PAIR, weeks=2, settings=NEVER, elsewhere=[there("C", 6, 6)])
    assert broken(other_teams, team, "CB AC") == [(0, "C")]


def test_two_duties_in_one_other_team_are_one_breach_and_two_teams_are_two() -> None:
    two = [there("A", 0, 6), there("A", 0, 2), there("A", 3, 6, "c")]
    team = problem(PAIR, weeks=1, settings=NEVER, elsewhere=two)
    assert broken(other_teams, team, "AB") == [(0, "A"), (0, "A")]


def test_only_where_the_team_asks_for_it() -> None:
    team = problem(PAIR, weeks=1, elsewhere=[there("A", 0, 6)])
    assert broken(other_teams, team, "AB") == []
    assert not other_teams.can_be_broken(team)


def test_planning_keeps_such_weeks_free() -> None:
    team = problem(weeks=4, settings=NEVER, elsewhere=[there("A", 0, 6), there("B", 0, 6)])
    found = plan(team)
    assert found.report.holds
    assert found.rota.holder(team.duties[0]) in {"C", "D"}
    assert "A is on duty for b in 2024-W27: kept free here" in found.warnings


def test_where_nothing_asks_for_it_a_clash_is_told() -> None:
    team = problem(weeks=1, elsewhere=[there(name, 0, 6) for name in "ABCD"])
    (told,) = (text for text in plan(team).warnings if "as well" in text)
    assert told == f"{plan(team).rota.holder(team.duties[0])} is on duty for b as well in 2024-W27"


def test_what_no_duty_elsewhere_can_be() -> None:
    with pytest.raises(FactError, match="the other team"):
        Elsewhere("A", "", (date(2024, 7, 1),))
