"""Absences, holidays and festivals against duties for part of a week or of a day."""

from __future__ import annotations

from dataclasses import replace

from planner.domain import Cover
from planner.domain.hours import DAY, Hours, Stretch
from planner.problem import Problem, ledger
from planner.rules import festivals, holidays, vacation
from tests import build

WEEKDAYS = Hours((Stretch(600, 4 * DAY + 1080),))
WEEKENDS = Hours((Stretch(4 * DAY + 1080, 7 * DAY + 600),))
NIGHTS = Hours(tuple(Stretch(DAY * n + 1200, DAY * n + 1920) for n in range(7)))


def problem(hours: Hours, **facts: object) -> Problem:
    return build.problem(replace(build.rotation("ABCD"), hours=hours), **facts)  # type: ignore


def test_an_absence_blocks_only_on_dates_that_the_duty_touches() -> None:
    saturday = (build.away("A", 5),)
    assert build.broken(vacation, problem(WEEKDAYS, vacations=saturday), "ABCD") == []
    assert build.broken(vacation, problem(WEEKENDS, vacations=saturday), "ABCD") == [(0, "A")]


def test_a_weekend_touches_the_monday_on_which_it_ends() -> None:
    monday = (build.away("A", 7),)
    assert build.broken(vacation, problem(WEEKENDS, vacations=monday), "ABCD") == [(0, "A")]
    assert build.broken(vacation, problem(NIGHTS, vacations=monday), "ABCD") == [(0, "A")]
    assert build.broken(vacation, problem(WEEKDAYS, vacations=monday), "ABCD") == []


def test_somebody_may_stand_in_for_the_night_that_touches_an_absence() -> None:
    """Away on Wednesday: both Tuesday's and Wednesday's night touch it."""
    asked = problem(NIGHTS, vacations=(build.away("A", 2),))

    def with_cover(first: int, last: int) -> Problem:
        cover = Cover("A", build.day(first), build.day(last), "B", "r", "primary")
        return replace(asked, covers=(cover,))

    assert build.broken(vacation, with_cover(2, 2), "ABCD") == [(0, "A")]
    assert build.broken(vacation, with_cover(1, 2), "ABCD") == []


def test_holidays_and_festivals_count_on_touched_dates() -> None:
    off = {"holidays": {"A": [5]}, "festivals": {"A": [("x", 4, 5)]}}
    assert build.values(holidays, problem(WEEKDAYS, **off), "ABCD")[0] == 0
    assert build.values(holidays, problem(WEEKENDS, **off), "ABCD")[0] == 1
    assert build.values(festivals, problem(WEEKDAYS, **off), "ABCD")[0] == 2
    assert build.values(festivals, problem(WEEKENDS, **off), "ABCD")[0] == 4
    mondays = {"holidays": {"A": [7], "B": [7]}}
    assert build.values(holidays, problem(NIGHTS, **mondays), "ABCD")[0] == 2


def test_a_stand_in_does_parts_of_what_the_duty_has() -> None:
    cover = Cover("A", build.day(5), build.day(6), "B", "r", "primary")
    asked = replace(problem(WEEKENDS), covers=(cover,))
    done = ledger.done(asked, build.rota(asked, "ACCD"), asked.duties)
    assert (done["A"] * 3, done["B"] * 3) == (1, 2)


def test_illness_on_other_dates_leaves_what_is_owed() -> None:
    ill = (build.away("A", 5, kind="sick"),)
    owed = {
        name: ledger.owed(asked, asked.duties[:1])["A"] * 4
        for name, asked in (
            ("weekdays", problem(WEEKDAYS, vacations=ill)),
            ("weekends", problem(WEEKENDS, vacations=ill)),
        )
    }
    assert owed == {"weekdays": 1, "weekends": 0}
