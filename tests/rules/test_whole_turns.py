"""Turns of several weeks, kept whole; and what counts in them instead of weeks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.domain import Role, Rota
from planner.domain.rotations import Pause
from planner.domain.week_facts import WeekFacts
from planner.errors import FactError
from planner.model import enumerate_rotas
from planner.planning.plan import plan
from planner.problem import Problem, ledger
from planner.rules import (
    back_to_back,
    cycle,
    rest,
    rhythm,
    spacing,
    split_turns,
    whole_turns,
)
from planner.rules.changes import CoverAsAgreed
from planner.rules.rest import usual_distance
from tests.build import (
    MONDAY,
    away,
    away_week,
    broken,
    day,
    engineer,
    lock,
    problem,
    rota,
    rotation,
    swap,
    text,
    values,
    week,
)


def turning(cycle: str = "ABCD", *roles: str | Role, turn: int = 2, **facts: Any) -> Problem:
    return problem(replace(rotation(cycle, *roles), turn=turn), **facts)


def starts(of: Problem) -> list[int]:
    """The planned weeks with which a turn begins, by number."""
    return [n for n, w in enumerate(of.weeks) if of.stints.begin("r", w) == w]


def test_a_turn_lasts_a_whole_number_of_weeks() -> None:
    for turn in (0, -1, 27, "2", 1.5):
        with pytest.raises(FactError):
            turning(turn=turn)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settings",
    [{"most_running": 1}, {"limits": (("primary", 1),)}, {"limits": (("any role", 1, 2),)}],
)
def test_rules_that_let_nobody_hold_a_turn_are_refused(settings: Any) -> None:
    with pytest.raises(FactError, match="lasts 2 weeks"):
        turning(settings=settings)
    assert turning(turn=1, settings=settings)


def test_a_turn_has_one_holder() -> None:
    of = turning(weeks=4)
    assert broken(whole_turns, of, "A A B B") == []
    assert broken(whole_turns, of, "A B B C") == [(1, "A"), (3, "B")]
    assert broken(whole_turns, of, "A . B B") == []


def test_a_turn_begun_is_finished() -> None:
    of = turning(weeks=3, history="A A B B C")
    assert starts(of) == [1]
    assert broken(whole_turns, of, "C D D") == []
    assert broken(whole_turns, of, "D D D") == [(0, "C")]
    assert text(of, plan(of).rota) == "C D D"


def test_whoever_is_away_does_not_finish_it() -> None:
    of = turning(weeks=3, history="A A B B C", vacations=(away_week("C", 0),))
    assert broken(whole_turns, of, "D A A") == []
    assert values(split_turns, of, "D A A") == [1]
    gone = turning(weeks=1, history="A A B", engineers=[engineer("B", left=day(-1))])
    assert broken(whole_turns, gone, "C") == []


def test_an_absence_moves_the_whole_turn_where_it_can() -> None:
    of = turning(weeks=4, vacations=(away("A", 8), away("B", 1), away("B", 15)))
    assert values(split_turns, of, "A C D D") == [1]
    found = plan(of)
    one, two, three, four = text(of, found.rota).split()
    assert found.report.values[0].value == 0
    assert (one, three) == (two, four)
    assert one in "CD"


def test_two_share_a_turn_if_nobody_is_there_for_all_of_it() -> None:
    of = turning("AB", weeks=2, vacations=(away("A", 8), away("B", 1)))
    assert text(of, plan(of).rota) == "A B"
    assert plan(of).report.values[0].value == 1


def test_of_a_swapped_week_the_rest_stays_with_the_giver() -> None:
    of = turning(weeks=4, swaps=(swap("A", 1, "C"),))
    assert broken(whole_turns, of, "B C D D") == []
    assert values(split_turns, of, "B C D D") == [1]
    assert values(split_turns, of, "A C D D") == [0]
    assert text(of, plan(of).rota).startswith("A C ")
    first = turning(weeks=4, swaps=(swap("A", 0, "C"),))
    assert text(first, plan(first).rota).startswith("C A ")


def test_a_whole_turn_may_be_swapped() -> None:
    of = turning(weeks=8, swaps=(swap("A", 0, "C", 4), swap("A", 1, "C", 5)))
    assert text(of, plan(of).rota) == "C C B B A A D D"
    assert values(split_turns, of, "C C B B A A D D") == [0]


def test_past_swaps_leave_the_rest_to_the_giver() -> None:
    of = turning(weeks=3, history="A A B B D", swaps=(swap("C", -1, "D"),))
    assert text(of, plan(of).rota).startswith("C ")


def test_a_lock_may_split_a_turn() -> None:
    of = turning(weeks=4, locked=[lock(1, "C")])
    assert broken(whole_turns, of, "A C D D") == []
    assert values(split_turns, of, "A C D D") == [1]
    assert text(of, plan(of).rota).startswith("C C ")
    first = turning(weeks=4, locked=[lock(0, "C")])
    assert broken(whole_turns, first, "C A D D") == [(1, "C")]


def test_seats_alike_are_one_role() -> None:
    of = turning("ABCDEF", *Role("triage").seats(2), weeks=2)
    assert broken(whole_turns, of, "AB BA") == []
    assert broken(whole_turns, of, "AB AC") == [(1, "B")]
    assert broken(whole_turns, of, "AB CD") == [(1, "A"), (1, "B")]
    assert {text(of, found) for found in enumerate_rotas(of)} >= {"AB AB", "AB BA"}


def test_turns_are_counted_by_the_calendar_through_pauses() -> None:
    paused = replace(rotation("ABCD"), turn=2, pauses=(Pause(day(7), day(13)),))
    of = problem(paused, weeks=4)
    assert starts(of) == [0, 2]
    assert text(of, plan(of).rota) == "A B B"


def test_where_turns_begin() -> None:
    assert starts(turning(weeks=5)) == [0, 2, 4]
    assert starts(turning(weeks=5, turn=3)) == [0, 3]
    assert starts(turning(weeks=5, week_one=week(-3).first)) == [1, 3]
    assert starts(turning(weeks=5, history="A B C D A B C")) == [0, 2, 4]
    assert starts(turning(weeks=5, history="A A B B C")) == [1, 3]
    assert starts(turning(weeks=5, turn=3, history="A A A B")) == [2]
    assert starts(turning(weeks=5, history="A")) == [0, 2, 4]


def recorded(of: Problem, begun: int, turn: int) -> Problem:
    facts = {week(-1): WeekFacts(begun={"r": (week(begun), turn)})}
    return replace(of, recorded=facts)


def test_a_workbook_records_where_turns_began() -> None:
    of = turning(weeks=5, history="A A B B")
    assert starts(recorded(of, -1, 2)) == [1, 3]
    assert starts(recorded(of, -2, 2)) == [0, 2, 4]
    assert starts(recorded(of, -1, 3)) == [0, 2, 4], "another length begins anew"
    assert of.facts()[week(1)].begun == {"r": (week(0), 2)}
    assert turning(turn=1).facts()[week(1)].begun == {}


def test_cycle_goes_from_turn_to_turn() -> None:
    of = turning("ABC", "primary", "secondary", weeks=6)
    assert values(cycle, of, "AC AC BA BA CB CB") == [0]
    assert values(cycle, of, "AC BA CB AC BA CB")[0] > 4
    begun = turning("ABC", weeks=3, history="A A B")
    assert values(cycle, begun, "B C C") == [0]
    numbered = turning("ABC", weeks=4, week_one=MONDAY)
    assert values(cycle, numbered, "A A B B") == [0]


def test_an_absence_is_exchanged_with_the_next_turn() -> None:
    of = turning(
        weeks=8,
        week_one=MONDAY,
        vacations=(away("A", 1), away("A", 8)),
        settings={"cover": "next"},
    )
    assert values(cycle, of, "B B A A C C D D") == [4, 0]
    found = plan(of).rota
    assert text(of, found) == "B B A A C C D D"
    published = rota(of, "A A B B C C D D")
    assert CoverAsAgreed(published).values(of, found) == (0,)


def test_rhythm_and_spacing_count_turns() -> None:
    of = turning(weeks=8)
    assert values(rhythm, of, "A A B B C C D D") == [0]
    assert values(rhythm, of, "A A B B C C A A") == [1]
    assert values(spacing, of, "A A B B C C A A") == [0]
    assert values(spacing, of, "A A B B A A C C") == [1]
    begun = turning(weeks=3, history="A A B B C")
    assert values(rhythm, begun, "C A A") == [1], "A is back after three turns"
    assert values(spacing, begun, "C B B") == [1]


def test_a_turn_is_no_two_weeks_running() -> None:
    of = turning(weeks=4)
    assert values(rest, of, "A A B B") == [0, 0]
    assert values(rest, of, "A A A A")[0] == 1
    assert broken(back_to_back, of, "A A A B") == [(2, "A")]
    assert broken(back_to_back, of, "A A B B") == []
    two = turning("ABCD", "primary", "secondary", settings={"back_to_back": "any role"})
    assert broken(back_to_back, two, "AB AB CD CD") == []
    assert broken(back_to_back, two, "AB BA CD CD") == [(1, "A"), (1, "B")]
    assert values(rest, two, "AB BA CD CD")[0] == 2


def test_rest_counts_from_turn_to_turn() -> None:
    of = turning(weeks=8)
    assert usual_distance(of) == dict.fromkeys("ABCD", 8)
    assert values(rest, of, "A A B B A A C C") == [0, 1]


def test_turns_of_different_lengths_side_by_side() -> None:
    long = replace(rotation("ABCD", name="long"), turn=2)
    of = problem(long, rotation("ABCD", name="short"), weeks=4)
    assert values(rest, of, "AB AC DB DC")[0] == 0
    assert values(rest, of, "AC AB BD BA")[0] == 1, "short, then long"
    assert broken(whole_turns, of, "AB BA CD CD") == [(1, "A")]
    found = plan(of)
    assert found.proven
    assert whole(found.rota, "long")


def whole(found: Rota, of_rotation: str) -> bool:
    held = [h.engineer for h in found if h.duty.rotation == of_rotation]
    return all(held[n] == held[n + 1] for n in range(0, len(held) - 1, 2))


def test_what_is_owed_stays_in_weeks() -> None:
    of = turning(weeks=4)
    assert ledger.owed(of, of.duties) == dict.fromkeys("ABCD", Fraction(1))


def test_of_an_optional_role_half_the_weeks_is_most_and_limits_count_weeks() -> None:
    lone = Role("primary", optional=True)
    of = turning("A", lone, weeks=8)
    assert ledger.owed(of, of.duties) == {"A": 4}
    off = {"back_to_back": "off", "most_running": 4}
    assert ledger.owed(turning("A", lone, weeks=9, settings=off), of.duties) == {
        "A": Fraction(16, 3)
    }
    limited = turning(weeks=4, settings={"limits": (("any role", 2),)})
    assert text(limited, plan(limited).rota) == "A A B B"


def test_fair_share_is_proven_where_turns_are_uneven() -> None:
    of = turning("ABCD", weeks=13)
    found = plan(of)
    counts = sorted(len(found.rota.duties_of(name)) for name in "ABCD")
    assert found.proven
    assert counts in ([2, 3, 4, 4], [3, 2, 4, 4])
