"""At most one duty per engineer and week, over all rotations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain import DutyWeek
from planner.domain.hours import DAY, Hours, Stretch
from planner.domain.quarters import Horizon
from planner.problem import Problem
from planner.rules import one_duty
from tests.build import broken, problem, rota, rotation


def test_different_people_in_one_week() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, "AB BA") == []


def test_primary_and_secondary_at_once() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, "AB CC") == [(1, "C")]


def test_two_rotations_at_once() -> None:
    team = problem(rotation("AB"), rotation("AB", name="s"), weeks=2)
    assert broken(one_duty, team, "AB BA") == []
    assert broken(one_duty, team, "AB AA") == [(1, "A")]


def test_open_duties_are_nobodys() -> None:
    team = problem(rotation("ABC", "primary", "secondary"), weeks=2)
    assert broken(one_duty, team, ".. AB") == []


def test_the_same_person_in_different_weeks_is_another_rules_matter() -> None:
    assert broken(one_duty, problem(rotation("AB"), weeks=3), "A A A") == []


WEEKDAYS = Hours((Stretch(540, 4 * DAY + 1080),))
WEEKENDS = Hours((Stretch(4 * DAY + 1080, 7 * DAY + 540),))
EARLY = Hours((Stretch(480, 5 * DAY),))
NIGHTS = Hours(tuple(Stretch(DAY * n + 1200, DAY * n + 1920) for n in range(7)))


def of(one: Hours | None, other: Hours | None, history: str = "", **facts: Any) -> Problem:
    """A problem of two rotations of those hours whose duties may share a week."""
    return problem(
        replace(rotation("ABCD"), hours=one),
        replace(rotation("ABCD", name="s"), hours=other),
        weeks=3,
        history=history,
        settings={"one_duty": "no overlap"},
        **facts,
    )


def test_one_may_hold_the_weekdays_and_the_weekend_of_a_week() -> None:
    asked = of(WEEKDAYS, WEEKENDS)
    assert broken(one_duty, asked, "AA BB AC") == []
    assert allowed(asked, "AA BB AC")


def test_not_what_overlaps() -> None:
    """Weekdays overlap the nights of Monday to Thursday, and whole weeks everything."""
    for other in (NIGHTS, None):
        asked = of(WEEKDAYS, other)
        assert broken(one_duty, asked, "AA BC DB") == [(0, "A")]
        assert not allowed(asked, "AA BC DB")
        assert allowed(asked, "AB CD BA")


def test_nor_two_seats_of_one_rotation() -> None:
    team = problem(
        replace(rotation("ABC", "primary", "secondary"), hours=WEEKDAYS),
        weeks=2,
        settings={"one_duty": "no overlap"},
    )
    assert broken(one_duty, team, "AB CC") == [(1, "C")]
    assert not allowed(team, "AB CC")


def test_a_night_reaches_into_the_week_after() -> None:
    """Sunday's night ends on Monday at 08:00, the next week's days may begin at 07:00."""
    seven = Hours((Stretch(420, 5 * DAY),))
    assert allowed(of(EARLY, NIGHTS), "BA AB BA")
    asked = of(seven, NIGHTS)
    assert broken(one_duty, asked, "BA AB CD") == [(1, "A")]
    assert broken(one_duty, asked, "BA CB AD") == []
    assert not allowed(asked, "BA AB CD")
    assert allowed(asked, "BA CB AD")


def test_so_does_the_last_night_of_history() -> None:
    seven = Hours((Stretch(420, 5 * DAY),))
    asked = of(seven, NIGHTS, history="CA")
    assert broken(one_duty, asked, "AB CD DA") == [(0, "A"), (2, "D")]
    assert not allowed(asked, "AD BC AD")
    assert allowed(asked, "BA CD AB")


def test_clocks_of_two_zones_move_on_different_dates() -> None:
    """London's 17:00 is New York's 12:00; 13:00 in the weeks of March in which only New York has
    summer time."""
    london = Hours((Stretch(9 * 60, 17 * 60),), "Europe/London")
    york = Hours((Stretch(12 * 60, 17 * 60),), "America/New_York")
    asked = of(london, york)
    weeks = tuple(DutyWeek(date(2024, 3, 4)).later(n) for n in range(5))
    march = replace(asked, horizon=Horizon("t", weeks))
    assert broken(one_duty, march, "AA BB CC DD AA") == [(-16, "B"), (-15, "C"), (-14, "D")]


def allowed(of: Problem, written: str) -> bool:
    """Whether the rows of the rule allow a rota."""
    found = rota(of, written)
    taken = {(of.duty_index[h.duty], of.engineer_index[h.engineer or ""]) for h in found}
    return all(
        sum(factor for factor, seat in row.terms if seat in taken) <= (row.most or 0)
        for row in one_duty.rows(of)
    )
