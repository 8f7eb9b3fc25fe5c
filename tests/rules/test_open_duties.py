"""Fewest optional duties stay open, before any other aim."""

from planner.domain import Role
from planner.rules import aims_of, open_duties
from tests.build import AIMS, problem, rotation, values


def test_open_optional_duties_are_counted() -> None:
    team = problem(rotation("ABC", "primary", Role("shadow", optional=True)), weeks=3)
    assert values(open_duties, team, "AB BC CA") == [0]
    assert values(open_duties, team, "A. BC C.") == [2]


def test_open_duties_come_before_the_aims_that_the_team_orders() -> None:
    team = problem(rotation("ABC", "primary", Role("shadow", optional=True))).team
    assert [aim.NAME for aim in aims_of(team)] == [open_duties.NAME, *AIMS]


def test_a_team_without_optional_roles_has_only_its_own_aims() -> None:
    assert [aim.NAME for aim in aims_of(problem().team)] == list(AIMS)


def test_the_team_may_reorder_and_drop_aims() -> None:
    team = problem(aims=("wishes", "fair-share")).team
    assert [aim.NAME for aim in aims_of(team)] == ["wishes", "fair-share"]
