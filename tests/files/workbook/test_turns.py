"""Turns of several weeks, in the workbook: its formulas come to what ``rota check`` says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, seed
from hypothesis import strategies as st

from tests.build import MONDAY, away, engineer, lock, problem, rotation, swap
from tests.files.live import FEW, after_edits, agrees, by_hand, plans
from tests.files.typed import Typed
from tests.strategies import alike, in_turns, pausing, small

DUO = replace(rotation("ABCDE", "primary", "secondary"), turn=2)


@seed(5)
@FEW
@given(st.data())
def test_the_sheet_says_of_turns_what_rota_check_says(tmp_path_factory, data):
    kinds = (in_turns(small()), in_turns(alike(small())), pausing(in_turns(small())))
    made = [data.draw(plans(kind)) for kind in kinds]
    folder = tmp_path_factory.mktemp("turns")
    for said, published, report in after_edits(Typed(folder), made, folder, data):
        agrees(said, published, report)


def test_a_turn_that_changes_hands_is_flagged_in_the_sheet(tmp_path):
    of = problem(DUO, weeks=5, history="AC AC BD")
    assert not by_hand(tmp_path, of, "BD CE CE DA DA")
    assert by_hand(tmp_path, of, "CD DE DE AB AB")["whole turns"] == 1
    assert by_hand(tmp_path, of, "BD CE CD DA EB")["whole turns"] == 3


def test_so_is_a_typed_name_unless_somebody_is_away_or_it_is_locked(tmp_path):
    of = problem(DUO, weeks=4, vacations=(away("B", 15),))
    locked = replace(of, locked=(lock(3, "C"),))
    assert by_hand(tmp_path, of, "AC AC BD CD")["whole turns"] == 1
    assert by_hand(tmp_path, locked, "AD AD BE CE")["whole turns"] == 0
    assert by_hand(tmp_path, of, "AD AD BE CE")["whole turns"] == 1
    week = problem(DUO, weeks=4, vacations=(away("B", 22),))
    assert by_hand(tmp_path, week, "AD AD BE CE")["whole turns"] == 0


def test_swaps_and_the_weeks_around_them(tmp_path):
    of = problem(DUO, weeks=6, swaps=(swap("B", 3, "D"),))
    assert not by_hand(tmp_path, of, "AC AC BE DE CA CA")
    people = [engineer("B", left=away("B", 20).end)]
    gone = problem(DUO, weeks=4, engineers=people, history="AC AC BE")
    assert by_hand(tmp_path, gone, "BE CD CD EB")["whole turns"] == 0


def test_with_any_role_the_weeks_of_one_turn_are_not_two(tmp_path):
    rules = {"back_to_back": "any role"}
    of = problem(DUO, weeks=4, settings=rules)
    assert not by_hand(tmp_path, of, "AB AB CD CD")
    assert by_hand(tmp_path, of, "AB BA CD CD")["back-to-back"] == 2
    lone = problem(replace(rotation("ABC"), turn=2), weeks=4, history="C", settings=rules)
    assert not by_hand(tmp_path, lone, "A A B B")


def test_an_absence_is_exchanged_with_the_next_turn_in_the_sheet_too(tmp_path):
    of = problem(
        replace(rotation("ABCD"), turn=2),
        weeks=8,
        week_one=MONDAY,
        vacations=(away("A", 1), away("A", 8)),
        settings={"cover": "next"},
    )
    assert not by_hand(tmp_path, of, "B B A A C C D D")
