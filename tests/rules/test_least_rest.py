"""So many hours at least lie between the end of one's duty and the begin of the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.domain import Cover
from planner.domain.hours import DAY, Hours, Stretch
from planner.problem import Problem
from planner.rules import least_rest
from tests.build import broken, day, problem, rota, rotation

WEEKDAYS = Hours((Stretch(540, 4 * DAY + 1080),))
WEEKENDS = Hours((Stretch(4 * DAY + 1080, 7 * DAY + 540),))
SATURDAYS = Hours((Stretch(5 * DAY + 540, 6 * DAY),))
DAYS = Hours(tuple(Stretch(DAY * n + 480, DAY * n + 1200) for n in range(5)))
NIGHTS = Hours(tuple(Stretch(DAY * n + 1200, DAY * n + 1920) for n in range(7)))


def of(
    one: Hours | None,
    other: Hours | None,
    least: int | None = 11 * 60,
    one_duty: str = "no overlap",
    **facts: Any,
) -> Problem:
    return problem(
        replace(rotation("ABCD"), hours=one),
        replace(rotation("ABCD", name="s"), hours=other),
        weeks=3,
        settings={"one_duty": one_duty, "least_rest": least},
        **facts,
    )


def agreed(asked: Problem, written: str) -> list[tuple[int | None, str]]:
    """Where a rota breaks the rule; its rows say likewise whether it does at all."""
    found = rota(asked, written)
    taken = {(asked.duty_index[h.duty], asked.engineer_index[h.engineer or ""]) for h in found}
    kept = all(
        sum(factor for factor, seat in row.terms if seat in taken) <= (row.most or 0)
        for row in least_rest.rows(asked)
    )
    places = broken(least_rest, asked, written)
    assert kept == (not places)
    return places


def test_a_weekend_follows_the_weekdays_without_rest() -> None:
    assert agreed(of(WEEKDAYS, WEEKENDS), "AA BC DB") == [(0, "A")]
    assert agreed(of(WEEKDAYS, WEEKENDS, None), "AA BC DB") == []


def test_a_saturday_that_begins_fifteen_hours_later_does_not() -> None:
    """Friday 18:00 to Saturday 09:00."""
    assert agreed(of(WEEKDAYS, SATURDAYS), "AA BC CB") == []
    assert agreed(of(WEEKDAYS, SATURDAYS, 15 * 60), "AA BC CB") == []
    assert agreed(of(WEEKDAYS, SATURDAYS, 15 * 60 + 1), "AA BC CB") == [(0, "A")]


def test_the_weekend_before_counts() -> None:
    """It ends on Monday at 09:00, when the weekdays begin."""
    assert agreed(of(WEEKDAYS, WEEKENDS), "AB BC CD") == [(1, "B"), (2, "C")]


def test_so_does_history() -> None:
    assert agreed(of(WEEKDAYS, WEEKENDS, history="DA"), "AB CD BA") == [(0, "A")]
    assert agreed(of(WEEKDAYS, WEEKENDS, history="AD"), "AB CD BA") == []


def test_days_and_nights_of_a_week_leave_too_little() -> None:
    """They do not overlap: nights begin as days end."""
    assert agreed(of(DAYS, NIGHTS), "AA BC DB") == [(0, "A")]


def test_whole_weeks_running_leave_none() -> None:
    asked = problem(rotation("ABCD"), weeks=3, settings={"least_rest": 60})
    assert agreed(asked, "AAB") == [(1, "A")]
    assert agreed(asked, "ABA") == []


def test_the_weeks_of_one_turn_are_one_spell_on_duty() -> None:
    whole = replace(rotation("ABCD"), turn=2)
    asked = problem(whole, weeks=4, settings={"least_rest": 11 * 60})
    assert agreed(asked, "A A B B") == []
    assert agreed(asked, "A B B A") == [(2, "B")], "the second week of a turn, and the next turn"


def test_up_to_a_week_of_rest_reaches_over_a_week() -> None:
    """Seven days lie between a whole week and the next but one."""
    asked = problem(rotation("ABCD"), weeks=3, settings={"least_rest": 7 * DAY})
    assert agreed(asked, "ABA") == []
    part = of(WEEKENDS, SATURDAYS, 5 * DAY + 1)
    assert agreed(part, "AB CA DC") == [(1, "A"), (2, "C")]
    assert agreed(of(SATURDAYS, WEEKENDS, 6 * DAY), "AB CB DC") == [(1, "B"), (2, "C")]


def test_what_overlaps_in_one_week_is_another_rules_matter() -> None:
    assert agreed(of(None, WEEKENDS), "AA BC DB") == []
    assert agreed(of(None, WEEKENDS), "AB BC CD") == [(1, "B"), (2, "C")]


def test_without_no_overlap_it_means_what_it_says() -> None:
    """Nights that reach into the week after: the days there overlap them, and no other rule says
    so. Nor does one count two duties of a week once only."""
    seven = Hours((Stretch(420, 5 * DAY),))
    asked = of(seven, NIGHTS, 60, "a week")
    assert agreed(asked, "BA AB CD") == [(1, "A")]
    assert agreed(of(DAYS, NIGHTS, 60, "a week"), "AA BC DB") == [(0, "A")]


def test_who_stands_in_rests_too() -> None:
    """D stands in for A's Sunday, and holds the weekdays that follow; on Saturday all is well."""

    def with_cover(first: int, last: int) -> Problem:
        cover = Cover("A", day(first), day(last), "D", "s", "primary")
        return replace(of(WEEKDAYS, WEEKENDS), covers=(cover,))

    assert agreed(with_cover(6, 6), "BA DC AB") == [(1, "D")]
    assert agreed(with_cover(5, 5), "BA DC AB") == []


def test_of_a_holder_counts_what_nobody_else_does() -> None:
    """A holds the weekend of week 0 and the weekdays of week 1; B does Sunday in A's place."""
    sunday = Cover("A", day(6), day(6), "B", "s", "primary")
    asked = of(WEEKDAYS, WEEKENDS)
    assert agreed(asked, "CA AB BC") == [(1, "A"), (2, "B")]
    assert agreed(replace(asked, covers=(sunday,)), "CA AB DC") == []


def test_a_stand_in_of_the_weeks_before_is_known() -> None:
    sunday = Cover("A", day(-1), day(-1), "B", "s", "primary")
    asked = replace(of(WEEKDAYS, WEEKENDS, history="CA"), covers=(sunday,))
    assert agreed(asked, "AC DB CA") == []
    assert agreed(asked, "BC AD CB") == [(0, "B")]


def test_an_hour_is_lost_as_summer_time_begins() -> None:
    """Between Saturday 22:00 and Sunday 08:00 lie ten hours; on 31 March 2024, nine."""
    late = Hours((Stretch(5 * DAY + 600, 5 * DAY + 1320),), "Europe/London")
    soon = Hours((Stretch(6 * DAY + 480, 6 * DAY + 960),), "Europe/London")
    asked = of(late, soon, 600)
    weeks = tuple(week.later(-14) for week in asked.weeks)
    spring = replace(asked, horizon=replace(asked.horizon, weeks=weeks))
    assert agreed(asked, "AA BB CC") == []
    assert agreed(spring, "AA BB CC") == [(-14, "A")]


def test_what_is_said() -> None:
    asked = of(WEEKDAYS, WEEKENDS)
    (breach,) = least_rest.breaches(asked, rota(asked, "CA AB CD"))
    assert breach.message == (
        "2024-W28: A has 0 hours of rest between primary of s in 2024-W27 and primary of r, "
        "less than 11 hours"
    )
    said = {least_rest.say(asked, row.fact) for row in least_rest.rows(asked)}
    assert (
        "2024-W27: A cannot be on duty for r and for s: 0 hours of rest lie between, less than "
        "11 hours (least_rest in team.toml)"
    ) in said
    assert (
        "2024-W28: A cannot be on duty for s in 2024-W27 and for r: 0 hours of rest lie between, "
        "less than 11 hours (least_rest in team.toml)"
    ) in said
