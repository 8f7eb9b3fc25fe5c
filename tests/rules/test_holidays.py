"""Fewest public-holiday days worked; then nobody far above a fair share of them."""

from dataclasses import replace
from fractions import Fraction

from planner.problem import Problem
from planner.rules import holidays
from tests.build import engineer, problem, rotation, values


def test_own_holidays_within_the_duty_week() -> None:
    # Days 5 and 6 lie in week 0, day 7 in week 1.
    team = problem(weeks=4, holidays={"A": [5, 6, 7]})
    assert values(holidays, team, "A B C D") == [2, 0]
    assert values(holidays, team, "B A C D") == [1, 0]
    assert values(holidays, team, "C B A D") == [0, 0]


def test_two_holidays_on_one_date_are_one_day() -> None:
    assert values(holidays, problem(holidays={"A": [1, 1]}), "A B C D") == [1, 0]


def test_weekends_and_every_role_count() -> None:
    team = problem(
        rotation("AB", "primary", "secondary"), weeks=1, holidays={"A": [5], "B": [6, 0]}
    )
    assert values(holidays, team, "AB") == [3, 0]


def test_beyond_a_fair_share_and_a_slack_of_two() -> None:
    # A works all 4 days. Each owes 1 of 4 duties, so a fair share is 4 × ¼ = 1: (4 − 1 − 2)².
    team = problem(holidays={"A": [0, 1, 2, 3]})
    assert values(holidays, team, "A B C D") == [4, 1]
    # With 5 days: 5 − 5/4 − 2 = 7/4.
    team = problem(holidays={"A": [0, 1, 2, 3, 4]})
    assert values(holidays, team, "A B C D") == [5, Fraction(49, 16)]


def test_up_to_the_slack_is_nothing() -> None:
    # 3 − ¾ − 2 = ¼, but 2 − ½ − 2 is below zero.
    assert values(holidays, problem(holidays={"A": [0, 1, 2]}), "A B C D") == [3, Fraction(1, 16)]
    assert values(holidays, problem(holidays={"A": [0, 1]}), "A B C D") == [2, 0]


def test_a_fair_share_follows_what_one_owes() -> None:
    # A has half a share: A owes 1/3 of the duties, B 2/3. A: 6 − 6 × 1/3 − 2 = 2.
    team = problem(
        rotation("AB"),
        weeks=2,
        engineers=[engineer("A", share="1/2")],
        holidays={"A": [0, 1, 2, 3, 4, 5]},
    )
    assert values(holidays, team, "A B") == [6, 4]


def test_what_was_worked_before_is_carried_in() -> None:
    # History: A worked 4 days of 4, a fair share was 1: +3; the others −1 each.
    team = problem(history="A", holidays={"A": [-7, -6, -5, -4, 0]})
    # A works one more: 3 + 1 − ¼ − 2 = 7/4.
    assert values(holidays, team, "A B C D") == [1, Fraction(49, 16)]
    # A does not: 3 − 2 = 1.
    assert values(holidays, team, "B A C D") == [0, 1]


def test_credit_from_before_is_carried_in() -> None:
    # History: A worked 8 of 8 days; B has −8/4 = −2. B works 5 days now: −2 + 5 − 5/4 − 2 < 0.
    # A: 8 − 2 − 5/4 − 2 = 11/4.
    days = {"A": [*range(-14, -10), *range(-7, -3)], "B": [7, 8, 9, 10, 11]}
    team = problem(history="A A", holidays=days)
    assert values(holidays, team, "A B C D") == [5, Fraction(121, 16)]


def test_weekend_dates_that_are_given_again_count_as_the_team_says() -> None:
    """Sunday (day 6), for which Monday (day 7) is given: A and B each work one of them."""

    def worked(counted: bool) -> list[Fraction]:
        bare = problem(holidays={"A": [6, 7], "B": [6, 7]})
        days = {
            name: tuple(replace(h, given_again=(each[1].day,)) if h is each[0] else h for h in each)
            for name, each in bare.days_off.holidays.items()
        }
        off = replace(bare.days_off, holidays=days, originals_count=counted)
        team = replace(bare, days_off=off)
        return [*values(holidays, team, "A B C D")[:1], *_cheapest(team)]

    assert worked(True) == [2, 0]
    assert worked(False) == [1, 0]


def _cheapest(team: Problem) -> list[Fraction]:
    """What the solver's own weights say of C and D, and that they agree on A and B."""
    linear = list(holidays.costs(team, 0, []))
    weights = {pair: weight for cost in linear for weight, pair in cost.terms}
    on_duty = values(holidays, team, "A B C D")[0]
    assert weights.get((0, 0), 0) + weights.get((1, 1), 0) == on_duty
    return [values(holidays, team, "C D A B")[0]]
