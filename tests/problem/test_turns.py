"""Whose turn each week is: where a plan begins in the cycle, and whom turns skip."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain import Role
from planner.domain.rotations import Dated
from planner.domain.week_facts import WeekFacts
from planner.problem import Problem
from tests.build import away_week, day, engineer, problem, rotation, swap, week, wish


def turns(of: Problem, role: str = "primary") -> str:
    stream = of.team.rotations[0]
    return "".join(of.turn(stream, stream.role(role), w) for w in of.weeks)


def recorded(of: Problem, **names: str) -> Problem:
    """The problem after weeks −1, −2 … whose turns were recorded: ``w1="A"``."""
    facts = {week(-int(n[1:])): WeekFacts(turns={"r": name}) for n, name in names.items()}
    return replace(of, recorded=facts)


def test_a_first_plan_begins_with_the_first_listed() -> None:
    assert turns(problem(weeks=6)) == "ABCDAB"
    assert problem(weeks=6).turns["r"].free


@pytest.mark.parametrize(
    ("facts", "begins"),
    [
        ({"vacations": (away_week("A", 0),)}, "B"),
        # Begun with B, week 0 would be an off week and week 1, C's, an absence.
        ({"vacations": (away_week("A", 0), away_week("C", 1)), "wishes": (wish("B", 0),)}, "C"),
        ({"festivals": {"A": [("feast", 3, 3)]}}, "B"),
        ({"wishes": (wish("A", 0, "on"),)}, "A"),
    ],
)
def test_it_begins_where_the_fewest_turns_fall_on_days_off(
    facts: dict[str, Any], begins: str
) -> None:
    assert turns(problem(weeks=4, **facts))[0] == begins


def test_a_turn_that_an_agreed_swap_hands_on_is_no_clash() -> None:
    agreed = (swap("B", 1, "D", 3),)
    team = problem(weeks=8, vacations=(away_week("B", 1),), swaps=agreed)
    assert turns(team) == "ABCDABCD"
    # Without the swap the absence would move the start.
    assert turns(problem(weeks=4, vacations=(away_week("B", 1),))) != "ABCD"


def test_a_swapped_week_that_would_not_be_its_givers_is_a_clash() -> None:
    assert turns(problem(weeks=4, swaps=(swap("A", 1, "C", 3),)))[1] == "A"


def test_the_other_roles_days_off_count_too() -> None:
    pair = rotation("ABCD", "primary", "secondary")
    # Begun with A, C is secondary in week 0.
    team = problem(pair, weeks=1, vacations=(away_week("C", 0),))
    assert (turns(team), turns(team, "secondary")) == ("B", "D")


def test_turns_walk_on_from_the_last_recorded_week() -> None:
    assert turns(recorded(problem(weeks=3), w1="C", w2="B")) == "DAB"
    # A gap of a week: its turn was D's.
    assert turns(recorded(problem(weeks=3), w2="C")) == "ABC"


def test_a_recorded_turn_counts_for_more_than_history() -> None:
    team = problem(weeks=3, history="A B C D")
    assert turns(team) == "ABC"
    assert turns(recorded(team, w1="B")) == "CDA"


def test_who_had_the_last_turn_and_left_the_cycle_is_passed_over() -> None:
    assert turns(recorded(problem(weeks=3), w1="X", w2="C")) == "ABC"


def test_turns_skip_who_is_not_in_the_rotation_that_week() -> None:
    people = [engineer("B", joined=day(14)), engineer("D", left=day(20))]
    # B comes with week 2; D is gone after it.
    team = recorded(problem(weeks=8, engineers=people), w1="D")
    assert turns(team) == "ACDABCAB"


def test_turns_skip_members_by_their_own_dates() -> None:
    stream = rotation("ABCD")
    dated = replace(stream, dates=(Dated("D", until=day(13)), Dated("B", since=day(14))))
    # B comes and D goes with week 2.
    assert turns(problem(dated, weeks=8)) == "ACABCABC"


def test_company_weeks_go_to_the_next_who_is_there() -> None:
    people = [engineer("B", joined=day(21)), engineer("D", left=day(20))]
    # By number A B C D A B C D; in week 1 B is not there yet, in weeks 3 and 7 D is gone.
    team = problem(weeks=8, engineers=people, week_one=day(0))
    assert turns(team) == "ACCAABCA"


def test_a_second_role_is_half_of_those_who_are_there_behind() -> None:
    pair = rotation("ABCDE", "primary", "secondary")
    gone = [engineer("E", left=day(-1))]
    team = problem(pair, weeks=4, engineers=gone)
    assert (turns(team), turns(team, "secondary")) == ("ABCD", "CDAB")
    own = rotation("ABCDE", "primary", Role("secondary", offset=1))
    assert turns(problem(own, weeks=4, engineers=gone), "secondary") == "DABC"


def test_a_replanned_rota_keeps_the_phase_it_was_published_with() -> None:
    away = (away_week("C", 0),)
    published = {week(0): WeekFacts(turns={"r": "C"})}
    team = replace(problem(weeks=4, vacations=away), as_published=published)
    assert turns(team) == "CDAB"
    assert not team.turns["r"].free


def test_a_published_rota_keeps_its_phase_whatever_becomes_of_earlier_ones() -> None:
    published = {week(0): WeekFacts(turns={"r": "C"})}
    # The week before was D's when this rota was planned, and has become A's since.
    team = replace(recorded(problem(weeks=4), w1="A"), as_published=published)
    assert turns(team) == "CDAB"


def test_a_published_phase_outlasts_the_member_with_whom_it_began() -> None:
    published = {week(n): WeekFacts(turns={"r": name}) for n, name in enumerate("XBCDXB")}
    team = replace(problem(weeks=6, vacations=(away_week("D", 0),)), as_published=published)
    assert turns(team) == "ABCDAB"
    assert not team.turns["r"].free
