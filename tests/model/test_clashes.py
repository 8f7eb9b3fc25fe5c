"""Clashes: the facts alone are impossible, and possible as soon as any one of them goes."""

from __future__ import annotations

from planner.checking.clash import said
from planner.model import Clock
from planner.model.clashes import clash_with, find_clashes
from planner.problem import Problem
from planner.rules.base import Fact, Row
from planner.wording import weeks_listed
from tests.build import away, away_week, engineer, lock, problem, rotation, swap


def told(found: Problem) -> list[tuple[str, ...]]:
    return [said(found, clash.members) for clash in find_clashes(found, Clock(None))]


def test_a_week_in_which_too_many_are_away() -> None:
    short = problem(
        rotation("ABCD", "primary", "secondary"),
        weeks=13,
        vacations=(away_week("A", 3), away("B", 22, 36), away("C", 23), away_week("D", 7)),
    )
    assert told(short) == [
        (
            "2024-W30: r needs one primary and one secondary",
            "A is away 22–28 July 2024",
            "B is away 23 July – 6 August 2024",
            "C is away 24 July 2024",
            "2024-W30: D can hold only one duty",
        )
    ]


def test_who_was_on_call_last_week_and_nobody_from_outside() -> None:
    short = problem(
        rotation("ABCD", name="profit"),
        rotation("AB", name="growth"),
        weeks=2,
        history="AB",
        vacations=(away_week("A", 0),),
    )
    assert told(short) == [
        (
            "2024-W27: growth needs one primary",
            "A is away 1–7 July 2024",
            "2024-W27: B was primary of growth in 2024-W26",
        )
    ]


def test_fewer_turns_allowed_than_duties() -> None:
    short = problem(weeks=13, settings={"limits": (("primary", 3),)})
    assert told(short) == [
        (
            "2024-W27 to 2024-W39: r needs one primary",
            "A, B, C and D each may hold at most 3 primary duties (limits in team.toml)",
        )
    ]


def test_no_rest_for_anybody() -> None:
    short = problem(
        rotation("ABC", "primary", "secondary"), weeks=2, settings={"back_to_back": "any role"}
    )
    assert told(short) == [
        (
            "2024-W27 to 2024-W28: r needs one primary and one secondary",
            "A, B and C each cannot be on call in both 2024-W27 and 2024-W28",
        )
    ]


def test_facts_that_share_a_line_are_told_rather_than_fewer_lines_apart() -> None:
    short = problem(
        rotation("ABCD", "primary", "secondary"),
        weeks=3,
        vacations=(away_week("A", 2), away_week("C", 0), away_week("C", 1), away_week("D", 0)),
        settings={"back_to_back": "any role"},
    )
    # D may have either of these weeks, or the second and the third: that would take two lines more.
    assert told(short) == [
        (
            "2024-W27 to 2024-W28: r needs one primary and one secondary",
            "C is away 1–7 July 2024",
            "C is away 8–14 July 2024",
            "A, B and D each cannot be on call in both 2024-W27 and 2024-W28",
        )
    ]


def test_agreed_swaps_and_locks_that_cannot_stand() -> None:
    swapped = problem(weeks=4, swaps=(swap("A", 1, "B"),), vacations=(away_week("B", 1),))
    assert told(swapped) == [
        ("B is away 8–14 July 2024", "2024-W28: B takes by agreed swap primary of r")
    ]
    locked = problem(weeks=4, locked=(lock(1, "B"), lock(2, "B")))
    assert told(locked) == [
        (
            "B cannot be primary of r in both 2024-W28 and 2024-W29",
            "2024-W28 to 2024-W29: B is locked as primary of r",
        )
    ]


def test_a_junior_without_a_senior() -> None:
    people = [engineer(name, level="junior" if name in "AB" else "senior") for name in "ABC"]
    short = problem(
        rotation("ABC", "primary", "secondary"),
        weeks=1,
        engineers=people,
        settings={"mentoring": True},
        vacations=(away_week("C", 0),),
    )
    assert told(short) == [
        (
            "2024-W27: r needs one primary",
            "C is away 1–7 July 2024",
            "2024-W27: A, a junior, is primary only with a senior secondary",
            "2024-W27: B, a junior, is primary only with a senior secondary",
        )
    ]


def test_independent_clashes_are_all_found() -> None:
    away_twice = tuple(away_week(name, n) for n in (1, 4) for name in "ABC")
    short = problem(rotation("ABCD", "primary", "secondary"), weeks=6, vacations=away_twice)
    found = find_clashes(short, Clock(None))
    assert [weeks_listed(clash.weeks) for clash in found] == ["2024-W28", "2024-W31"]


def test_a_team_that_can_be_planned_has_none() -> None:
    assert find_clashes(problem(weeks=13), Clock(None)) == ()


def test_nothing_is_claimed_when_time_has_run_out() -> None:
    short = problem(weeks=13, settings={"limits": (("primary", 3),)})
    assert find_clashes(short, Clock(0.0)) == ()


def test_what_keeps_somebody_from_a_duty() -> None:
    free = problem(rotation("ABCD", "primary", "secondary"), vacations=(away_week("A", 2),))
    seat = (free.duty_index[free.duties[4]], free.engineer_index["A"])
    forced = Row(Fact("asked"), ((1, seat),), least=1)
    clash = clash_with(free, [forced], Clock(None))
    assert clash is not None
    assert said(free, clash.members) == ("A is away 15–21 July 2024",)
    other = Row(Fact("asked"), ((1, (seat[0], free.engineer_index["B"])),), least=1)
    assert clash_with(free, [other], Clock(None)) is None
