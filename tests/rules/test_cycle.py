"""Fewest departures from the cycle; then absences covered by an exchange with a neighbour."""

import pytest

from planner.domain import Role
from planner.rules import cycle
from tests.build import away_week, day, problem, rotation, values


def test_departures_are_counted_duty_by_duty() -> None:
    assert values(cycle, problem(), "A B C D") == [0]
    assert values(cycle, problem(), "B A C D") == [2]
    assert values(cycle, problem(weeks=6), "A B C D B A") == [2]


def test_further_roles_follow_at_an_even_distance() -> None:
    # Half a cycle of four later: A, primary in week 0, is secondary in week 2.
    team = problem(rotation("ABCD", "primary", "secondary"))
    assert values(cycle, team, "AC BD CA DB") == [0]
    # A third of a cycle of six, and two thirds.
    team = problem(rotation("ABCDEF", "primary", "secondary", "third"), weeks=3)
    assert values(cycle, team, "AEC BFD CAE") == [0]


def test_an_offset_of_the_teams_own() -> None:
    team = problem(rotation("ABCD", "primary", Role("secondary", offset=1)))
    assert values(cycle, team, "AD BA CB DC") == [0]


def test_turns_go_on_from_where_most_of_the_history_fits() -> None:
    # C D A D: three of four fit a walk that ends with week −2, A's; week −1 is B's, week 0 C's.
    assert values(cycle, problem(history="B C D A D"), "C D A B") == [0]


def test_turns_count_from_the_company_calendar() -> None:
    # Week −1 is week 1, so week 0 is week 2, and B's; history does not matter.
    assert values(cycle, problem(week_one=day(-7), history="A A A"), "B C D A") == [0]
    # Week one may lie ahead: week 1 is A's, so week 0 is D's.
    assert values(cycle, problem(week_one=day(7)), "D A B C") == [0]


def test_each_rotation_has_its_own_cycle() -> None:
    team = problem(rotation("ABC"), rotation("CAB", name="s"), weeks=3)
    assert values(cycle, team, "AC BA CB") == [0]
    assert values(cycle, team, "AC BA BC") == [2]


def test_an_open_optional_duty_departs() -> None:
    team = problem(rotation("ABCD", Role("primary", optional=True)))
    assert values(cycle, team, "A . C D") == [1]


def test_an_exchange_with_the_following_week() -> None:
    team = problem(vacations=(away_week("B", 1),), week_one=day(0), settings={"cover": "next"})
    assert values(cycle, team, "A C B D") == [2, 0]
    assert values(cycle, team, "B A C D") == [2, 1]
    assert values(cycle, team, "A D C B") == [2, 1]
    # C stands in, but B does not take C's week in return.
    assert values(cycle, team, "A C D B") == [3, 1]


def test_an_exchange_with_the_preceding_week() -> None:
    team = problem(vacations=(away_week("B", 1),), week_one=day(0), settings={"cover": "previous"})
    assert values(cycle, team, "B A C D") == [2, 0]
    assert values(cycle, team, "A C B D") == [2, 1]


def test_with_anyone_there_is_no_preference() -> None:
    team = problem(vacations=(away_week("B", 1),), week_one=day(0), settings={"cover": "anyone"})
    assert values(cycle, team, "A C B D") == [2]


@pytest.mark.parametrize(("cover", "name", "n"), [("next", "D", 3), ("previous", "A", 0)])
def test_no_exchange_across_the_edge(cover: str, name: str, n: int) -> None:
    team = problem(vacations=(away_week(name, n),), week_one=day(0), settings={"cover": cover})
    assert values(cycle, team, "D B C A") == [2, 1]


def test_an_absence_that_is_not_in_ones_turn_needs_no_exchange() -> None:
    team = problem(vacations=(away_week("B", 0),), week_one=day(0), settings={"cover": "next"})
    assert values(cycle, team, "A B C D") == [0, 0]


def test_a_cycle_of_one_exchanges_with_nobody() -> None:
    team = problem(
        rotation("A"),
        weeks=2,
        vacations=(away_week("A", 0),),
        week_one=day(0),
        settings={"cover": "next"},
    )
    assert values(cycle, team, "A A") == [0, 1]


def test_each_role_is_exchanged_within_itself() -> None:
    # Cycle: AC BD CA DB. B is away in week 1, where C is the primary to come and A the secondary.
    pair = rotation("ABCD", "primary", "secondary")
    team = problem(
        pair, vacations=(away_week("B", 1),), week_one=day(0), settings={"cover": "next"}
    )
    assert values(cycle, team, "AC CD BA DB") == [2, 0]
    assert values(cycle, team, "AC AD CB DB") == [2, 1]
