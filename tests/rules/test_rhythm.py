"""One week in N: nobody holds the same role again within N − 1 weeks."""

from dataclasses import replace
from fractions import Fraction

from planner.domain.people import Stage
from planner.rules import rhythm
from tests.build import HOME, away_week, day, engineer, problem, rotation, values


def test_one_week_in_four() -> None:
    # Four full shares ÷ 1: N = 4.
    assert values(rhythm, problem(weeks=5), "A B C D A") == [0]
    # A again after 2 weeks: 4 − 2.
    assert values(rhythm, problem(weeks=5), "A B A C D") == [2]
    assert values(rhythm, problem(weeks=5), "A B C A D") == [1]


def test_only_successive_turns_are_compared() -> None:
    # A: 4 − 2 twice; B: 4 − 2 once.
    assert values(rhythm, problem(weeks=5), "A B A B A") == [6]


def test_roles_are_counted_apart() -> None:
    team = problem(rotation("AB", "primary", "secondary"), weeks=3)
    # N = 2 in each role.
    assert values(rhythm, team, "AB BA AB") == [0]
    assert values(rhythm, team, "AB AB BA") == [2]


def test_history_counts_up_to_the_first_planned_turn() -> None:
    # A in week −2 and again in week 1: 4 − 3.
    assert values(rhythm, problem(weeks=2, history="A B"), "C A") == [1]
    # Only the later of A's past turns counts (4 − 2); the gap between the two is settled.
    assert values(rhythm, problem(weeks=2, history="A A"), "B A") == [2]


def test_half_a_share_comes_half_as_often() -> None:
    # 3½ shares: N = 7 for A, and 3½, rounded half up to 4, for the others.
    team = problem(weeks=5, engineers=[engineer("A", share="1/2")])
    assert values(rhythm, team, "A B C D A") == [3]
    assert values(rhythm, team, "B A C B D") == [1]


def test_a_joiner_counts_for_the_weeks_worked() -> None:
    # E is there for two weeks of four: (4 + 4 + 5 + 5) ÷ 4 = 4½ shares, so N = 5.
    team = problem(rotation("ABCDE"), engineers=[engineer("E", joined=day(14))])
    assert values(rhythm, team, "A B C A") == [2]


def test_only_those_who_may_hold_the_role_count() -> None:
    # Three share the secondary: N = 3 there, and 4 as primary.
    team = problem(
        rotation("ABCD", "primary", "secondary"), engineers=[engineer("D", roles=("primary",))]
    )
    assert values(rhythm, team, "AB BC CA AB") == [1]


def test_vacation_does_not_change_the_rhythm() -> None:
    team = problem(weeks=5, vacations=(away_week("D", 0), away_week("D", 1, "sick")))
    assert values(rhythm, team, "A B C A D") == [1]


def test_a_share_that_changes_counts_from_its_week_on() -> None:
    # A works half from week 4 on: 3¾ shares on average, so N = 4 before and 8 after.
    half = Stage(day(28), HOME, share=Fraction(1, 2))
    team = problem(weeks=8, engineers=[replace(engineer("A"), stages=(half,))])
    assert values(rhythm, team, "B A B C A C D A") == [2 + 1 + 2 + 5]
    # Over the date the lesser N counts: 4 − 3, and not 8 − 3.
    assert values(rhythm, team, "B C A D B A C D") == [1]
