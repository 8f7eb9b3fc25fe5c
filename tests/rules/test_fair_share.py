"""The least sum of (carried in + done − owed)²: role by role as listed, then all together."""

from fractions import Fraction

import pytest

from planner.domain import Role
from planner.rules import fair_share
from tests.build import away_week, day, engineer, problem, rotation, values

HALF = Fraction(1, 2)
PAIR = rotation("AB", "primary", "secondary")


def test_everybody_once_is_perfectly_fair() -> None:
    # Four weeks, four engineers: each owes 4 × 1/4 = 1 and does 1.
    assert values(fair_share, problem(), "A B C D") == [0, 0]


def test_squares_of_what_is_too_much_and_too_little() -> None:
    # A and B do 2 − 1 = +1, C and D do 0 − 1 = −1: 1 + 1 + 1 + 1.
    assert values(fair_share, problem(), "A B A B") == [4, 4]


def test_roles_first_one_by_one_and_then_together() -> None:
    team = problem(PAIR, weeks=2)
    assert values(fair_share, team, "AB BA") == [0, 0, 0]
    # A is primary twice (+1) and never secondary (−1), B the other way round: together even.
    assert values(fair_share, team, "AB AB") == [2, 2, 0]


def test_roles_of_every_rotation_have_their_part() -> None:
    team = problem(rotation("AB"), rotation("BC", name="s"), weeks=2)
    # Each owes 1 of each rotation they are in. r: A +1, B −1; s: B +1, C −1; together A +1, C −1.
    assert values(fair_share, team, "AB AB") == [2, 2, 2]


def test_shares_weigh() -> None:
    team = problem(rotation("AB"), weeks=3, engineers=[engineer("B", share="1/2")])
    # Each week A owes 1 ÷ 1½ = 2/3 and B 1/3: over three weeks 2 and 1.
    assert values(fair_share, team, "A B A") == [0, 0]
    assert values(fair_share, team, "A A A") == [2, 2]


def test_history_is_carried_in() -> None:
    team = problem(rotation("AB"), weeks=2, history="A A")
    # Before: A did 2 and owed 1 (+1), B −1. Each owes 1 now.
    assert values(fair_share, team, "B B") == [0, 0]
    assert values(fair_share, team, "A B") == [2, 2]


def test_a_past_week_that_stayed_open_is_still_owed() -> None:
    # Carried in: −½ each. A: −½ + 1 − ½ = 0; B: −½ − ½ = −1.
    assert values(fair_share, problem(rotation("AB"), weeks=1, history="."), "A") == [1, 1]


def test_a_past_week_of_somebody_who_has_gone_is_still_owed() -> None:
    assert values(fair_share, problem(rotation("AB"), weeks=1, history="X"), "A") == [1, 1]


def test_annual_vacation_leaves_what_one_owes() -> None:
    team = problem(rotation("AB"), weeks=2, vacations=(away_week("B", 0),))
    assert values(fair_share, team, "A B") == [0, 0]


@pytest.mark.parametrize("kind", ["sick", "emergency", "parental"])
def test_other_absences_lower_it_in_the_weeks_they_block(kind: str) -> None:
    team = problem(rotation("AB"), weeks=2, vacations=(away_week("B", 0, kind),))
    # A owes all of week 0 and half of week 1: 1½; B owes ½. Done 1 each: ¼ + ¼.
    assert values(fair_share, team, "A B") == [HALF, HALF]


def test_the_team_says_which_kinds_leave_what_one_owes() -> None:
    settings = {"owed_during": ("annual", "sick")}
    team = problem(
        rotation("AB"), weeks=2, vacations=(away_week("B", 0, "sick"),), settings=settings
    )
    assert values(fair_share, team, "A B") == [0, 0]


def test_past_absences_count_in_the_past() -> None:
    team = problem(
        rotation("AB"), weeks=1, history="A", vacations=(away_week("B", -1, "parental"),)
    )
    # A owed all of last week and did it: nothing is carried. Now A 1 − ½, B 0 − ½.
    assert values(fair_share, team, "A") == [HALF, HALF]


def test_a_joiner_owes_from_the_first_whole_week() -> None:
    team = problem(rotation("AB"), weeks=2, engineers=[engineer("B", joined=day(1))])
    assert values(fair_share, team, "A B") == [HALF, HALF]


def test_a_leaver_owes_until_the_last_whole_week() -> None:
    team = problem(rotation("AB"), weeks=2, engineers=[engineer("B", left=day(12))])
    # B is there for week 0 only: A owes 1½, B ½.
    assert values(fair_share, team, "B A") == [HALF, HALF]


def test_only_those_who_may_hold_a_role_owe_it() -> None:
    team = problem(
        rotation("ABC", "primary", "secondary"),
        weeks=3,
        engineers=[engineer("C", roles=("primary",))],
    )
    # primary: 1 each, done 1 each. secondary: A and B owe 1½, do 2 and 1. Together the same ½s.
    assert values(fair_share, team, "AB BA CA") == [0, HALF, HALF]


def test_an_optional_duty_is_owed_even_if_it_stays_open() -> None:
    team = problem(rotation("AB", "primary", Role("shadow", optional=True)), weeks=1)
    # primary: A +½, B −½. shadow: −½ each. Together: A 0, B −1.
    assert values(fair_share, team, "A.") == [HALF, HALF, 1]


def test_the_parts_have_names() -> None:
    assert list(fair_share.parts(problem(PAIR))) == ["primary", "secondary", "all roles together"]
    two = problem(rotation("AB"), rotation("BC", name="s"))
    assert list(fair_share.parts(two)) == ["r: primary", "s: primary", "all roles together"]
