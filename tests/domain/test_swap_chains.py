"""Duties that agreed swaps hand on: who has them in the end, and rows that make no sense."""

from __future__ import annotations

from dataclasses import replace

from planner.domain import Duty, Source, Swap
from planner.domain.swap_chains import handings, in_turn
from tests import build


def swaps(*rows: tuple[str, str, int | None], agreed: bool = True) -> list[Swap]:
    """(giver, taker, week in return) of week 1, one row below the other."""
    return [
        replace(build.swap(old, 1, new, back, agreed=agreed), source=Source("swaps.csv", row))
        for row, (old, new, back) in enumerate(rows, start=2)
    ]


def holder(*rows: tuple[str, str, int | None]) -> str | None:
    chain = in_turn(handings(swaps(*rows))[Duty(build.week(1), "r", "primary")])
    return chain[-1].new if chain else None


def test_a_duty_received_may_be_handed_on() -> None:
    assert holder(("A", "B", None)) == "B"
    assert holder(("A", "B", None), ("B", "C", None)) == "C"
    assert holder(("A", "B", None), ("B", "C", None), ("C", "D", None)) == "D"


def test_and_given_back() -> None:
    assert holder(("A", "B", None), ("B", "A", None)) == "A"


def test_rows_in_another_order_make_the_same_chain() -> None:
    assert holder(("B", "C", None), ("A", "B", None)) == "C"


def test_what_is_taken_in_return_is_handed_on_too() -> None:
    found = handings(swaps(("A", "B", 3)))
    (back,) = found[Duty(build.week(3), "r", "primary")]
    assert (back.old, back.new, back.column) == ("B", "A", "for_week")


def test_one_duty_does_not_go_to_two_people() -> None:
    assert holder(("A", "B", None), ("A", "C", None)) is None
    assert holder(("A", "B", None), ("C", "D", None)) is None


def test_the_same_said_twice_is_said_once() -> None:
    assert holder(("A", "B", None), ("A", "B", None)) == "B"


def test_what_is_not_agreed_hands_on_nothing() -> None:
    assert handings(swaps(("A", "B", None), agreed=False)) == {}


def test_the_planner_fixes_the_last_holder_alone() -> None:
    team_swaps = tuple(swaps(("A", "B", None), ("B", "C", None)))
    problem = build.problem(build.rotation("ABCD"), weeks=4, swaps=team_swaps)
    (fixed,) = problem.fixed
    assert (fixed.engineer, str(fixed.source)) == ("C", "swaps.csv row 3")
    assert problem.swapped == {("C", build.week(1))}
