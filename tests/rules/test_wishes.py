"""Each engineer's wishes weigh 1 in total; the least sum of (refused weight)²."""

from fractions import Fraction

from planner.rules import wishes
from tests.build import problem, rotation, values, wish

PAIR = rotation("ABC", "primary", "secondary")


def test_off_is_refused_by_any_duty() -> None:
    team = problem(PAIR, weeks=1, wishes=(wish("A", 0),))
    assert values(wishes, team, "AB") == [1]
    assert values(wishes, team, "BA") == [1]
    assert values(wishes, team, "BC") == [0]


def test_on_is_refused_by_no_duty() -> None:
    team = problem(PAIR, weeks=1, wishes=(wish("A", 0, "on"),))
    assert values(wishes, team, "AB") == [0]
    assert values(wishes, team, "BA") == [0]
    assert values(wishes, team, "BC") == [1]


def test_many_wishes_weigh_no_more_than_one() -> None:
    four = tuple(wish("A", n) for n in range(4))
    team = problem(wishes=four)
    assert values(wishes, team, "B B B B") == [0]
    assert values(wishes, team, "A B B B") == [Fraction(1, 16)]
    assert values(wishes, team, "A B A B") == [Fraction(1, 4)]
    assert values(wishes, team, "A A A A") == [1]


def test_refusals_are_spread_over_people() -> None:
    team = problem(wishes=(wish("A", 0), wish("A", 1), wish("B", 2), wish("B", 3)))
    # One refusal each: ¼ + ¼. Both of one person: 1.
    assert values(wishes, team, "A C B C") == [Fraction(1, 2)]
    assert values(wishes, team, "A A C C") == [1]


def test_on_and_off_weigh_the_same() -> None:
    team = problem(wishes=(wish("A", 0, "on"), wish("A", 1)))
    assert values(wishes, team, "B A B B") == [1]
    assert values(wishes, team, "A A B B") == [Fraction(1, 4)]


def test_wishes_outside_the_planned_weeks_weigh_nothing() -> None:
    team = problem(wishes=(wish("A", 0), wish("A", 9), wish("A", -1)), history="A")
    assert values(wishes, team, "A B C D") == [1]
    assert values(wishes, team, "D A B C") == [0]
