"""When nobody is on call by a team's own hours: grouped, and over changes of clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.checking.uncovered import uncovered
from planner.domain import DaysOff, Pipeline, Rotation, Team
from planner.domain.hours import DAY, Hours, Stretch
from planner.domain.quarters import weeks_from
from planner.domain.rotations import Pause
from planner.problem import Problem
from tests import build

LONDON, KL = "Europe/London", "Asia/Kuala_Lumpur"


def daily(begin: int, end: int, zone: str = "", days: range = range(7)) -> Hours:
    stretches = (Stretch(DAY * n + 60 * begin, DAY * n + 60 * end) for n in days)
    return Hours(tuple(stretches), zone)


def told(
    *hours: Hours | None,
    pipelines: tuple[Pipeline, ...] = (),
    start: date = date(2024, 1, 1),
    weeks: int = 52,
    pauses: tuple[Pause, ...] = (),
) -> tuple[str, ...]:
    rotations: list[Rotation] = [
        replace(build.rotation("ABCD", name=name), hours=each, pauses=pauses)
        for name, each in zip("rst", hours, strict=False)
    ]
    team: Team = replace(build.problem(*rotations).team, timezone=LONDON, pipelines=pipelines)
    horizon = weeks_from(start, weeks, team)
    return uncovered(Problem(team, horizon, DaysOff(horizon.first, horizon.last)))


def test_whole_weeks_leave_nothing() -> None:
    assert told(None) == ()
    assert told(None, daily(8, 20)) == ()


def test_hours_of_every_day_leave_the_nights() -> None:
    assert told(daily(8, 20)) == (
        f"Nobody is on call every day 20:00–08:00 {LONDON} in every week",
    )


def test_weekdays_leave_the_weekend_in_one_piece() -> None:
    weekdays = Hours((Stretch(600, 4 * DAY + 1080),))
    assert told(weekdays) == (f"Nobody is on call Fri 18:00 – Mon 10:00 {LONDON} in every week",)


def test_offices_that_move_their_clocks_apart() -> None:
    """09:00 in London is 17:00 in Kuala Lumpur in winter, 16:00 in summer."""
    assert told(daily(9, 26, LONDON), daily(9, 16, KL)) == (
        f"Nobody is on call every day 08:00–09:00 {LONDON} in every week of winter time ({LONDON})",
    )  # fmt: skip


def test_days_of_the_week_and_weeks_that_differ_are_named() -> None:
    found = told(daily(0, 24, days=range(5)), daily(9, 24, days=range(5, 7)))
    assert found == (f"Nobody is on call Sat and Sun 00:00–09:00 {LONDON} in every week",)


def test_hours_that_join_over_midnight_and_across_weeks_leave_nothing() -> None:
    assert told(daily(8, 20), daily(20, 32)) == ()


def test_pipelines_are_told_by_name_unless_for_office_hours_only() -> None:
    watched = (
        Pipeline("Profit", rotation="r; s", hours="24x7"),
        Pipeline("Growth", rotation="r", hours="office hours"),
        Pipeline("Jobs", rotation="r"),
        Pipeline("Nobody's"),
    )
    assert told(daily(8, 20), daily(20, 32), pipelines=watched) == (
        f"Nobody is on call for Jobs every day 20:00–08:00 {LONDON} in every week",
    )


def test_weeks_in_which_everything_rests_are_meant_so() -> None:
    pause = (Pause(date(2024, 1, 8), date(2024, 1, 14)),)
    found = told(daily(0, 24), weeks=4, pauses=pause)
    assert found == ()
