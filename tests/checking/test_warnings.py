"""Warnings that help before trouble, each from the smallest team that gives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.checking.warnings import warnings_about
from planner.domain import FestivalTime, PublicHoliday, Source, Vacation
from planner.domain.rotations import Pause
from planner.problem import Problem
from tests.build import away, away_week, day, engineer, problem, rotation, swap, week

TWO = rotation("ABCD", "primary", "secondary")


def warned(team: Problem) -> list[str]:
    return list(warnings_about(team))


def test_a_team_at_ease_is_left_in_peace() -> None:
    assert warned(problem(TWO, weeks=13)) == []


def logged(when: date, kind: str = "annual") -> Problem:
    source = Source("vacations.csv", 3)
    vacation = Vacation("A", day(10), day(11), kind, when, source=source)
    return problem(TWO, weeks=4, settings={"notice": 14}, vacations=(vacation,))


def test_leave_logged_late() -> None:
    assert warned(logged(day(1))) == [
        "A's absence from 2024-07-11 was logged 9 days ahead, less than the 14 days of notice "
        "(vacations.csv row 3)"
    ]
    assert warned(logged(day(-4))) == []
    assert warned(logged(day(10), "sick")) == []


def test_weeks_in_which_everybody_who_is_there_is_needed() -> None:
    gone = (away_week("A", 1), away_week("B", 1), away_week("A", 2), away_week("B", 2))
    assert warned(problem(TWO, weeks=4, vacations=gone)) == [
        "2024-W28 to 2024-W29: everybody who is there is needed (C and D); if one more is away, "
        "the duties cannot all be held"
    ]


def test_the_only_one_who_may_hold_a_role_is_needed() -> None:
    people = [engineer(name, roles=("primary",)) for name in "AB"]
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2, engineers=people)
    assert warned(team) == [
        "2024-W27 to 2024-W28: one person is needed (C); if one more is away, "
        "the duties cannot all be held"
    ]


def test_weeks_that_cannot_be_planned_anyway_are_no_warning() -> None:
    gone = tuple(away_week(name, 1) for name in "ABC")
    assert warned(problem(TWO, weeks=4, vacations=gone)) == []


@pytest.mark.parametrize(
    ("rule", "most", "short"), [("same role", 1, "1 short"), ("any role", 1, "1 short")]
)
def test_a_share_out_of_reach(rule: str, most: int, short: str) -> None:
    # A owes 2 of 8 weeks and is there for one.
    team = problem(weeks=8, settings={"back_to_back": rule}, vacations=(away("A", 7, 55),))
    (sentence,) = warned(team)
    assert sentence == (
        f"A owes 2 duties but can hold at most {most}, being away 8 July – 25 August 2024: "
        f"{short} of a fair share"
    )


def test_two_weeks_running_count_only_where_roles_can_alternate() -> None:
    # B owes 5 of 10; there for six weeks in a row, one role leaves three of them.
    gone = (away("B", 0, 27),)
    alone = problem(rotation("AB"), weeks=10, vacations=gone)
    said = [text for text in warned(alone) if "owes" in text]
    assert said == [
        "B owes 5 duties but can hold at most 3, being away 1–28 July 2024: 2 short of a fair share"
    ]
    both = problem(rotation("ABCD", "primary", "secondary"), weeks=10, vacations=gone)
    assert [text for text in warned(both) if "owes" in text] == []


def test_illness_lowers_what_one_owes() -> None:
    team = problem(weeks=8, vacations=(away("A", 7, 55, "sick"),))
    assert warned(team) == []


def test_dates_that_are_only_estimates() -> None:
    team = problem(TWO, weeks=4, holidays={"A": [], "B": []})
    days_off = replace(
        team.days_off,
        holidays={name: (PublicHoliday(day(3), "Eid al-Adha", estimated=True),) for name in "AB"},
        festivals={"C": (FestivalTime((day(9), day(10)), "hari-raya-haji", estimated=True),)},
    )
    estimated = replace(team, days_off=days_off)
    assert warned(estimated) == [
        "these dates are only estimates and may move: Eid al-Adha (4 July 2024); "
        "C's own festival (10–11 July 2024)"
    ]
    shown = replace(
        estimated,
        team=replace(team.team, settings=replace(team.team.settings, show_reasons=True)),
    )
    assert "hari-raya-haji (10–11 July 2024)" in warned(shown)[0]


def test_a_swap_that_is_not_agreed_counts_as_a_wish() -> None:
    asked = swap("A", 1, "B", 2, agreed=False)
    assert of_swaps(problem(swaps=(asked,))) == [
        "A's swap with B in 2024-W28 is not agreed yet, so it counts as a wish"
    ]
    assert of_swaps(problem(swaps=(swap("A", 1, "B", 2),))) == []
    assert of_swaps(problem(swaps=(swap("A", 9, "B", 10, agreed=False),))) == []


def of_swaps(asked: Problem) -> list[str]:
    """What is warned of swaps: the wish that they count as may also move where turns begin."""
    return [said for said in warned(asked) if "swap" in said]


def test_a_swap_of_a_week_that_rests_is_told() -> None:
    paused = replace(rotation("ABCD"), pauses=(Pause(week(1).first, week(1).last),))
    team = problem(paused, weeks=4, swaps=(swap("A", 1, "B", for_week=3),))
    told = [each for each in warnings_about(team) if "swap" in each]
    assert told == ["A's swap with B changes nothing in 2024-W28, in which r pauses"]
