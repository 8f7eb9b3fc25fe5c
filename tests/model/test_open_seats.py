"""What is worked out before any search: who may hold what, and which parts stand alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from planner.domain import Duty, Rota
from planner.model import open_seats
from planner.model.open_seats import ReducedProblem, seats_of
from planner.problem import Problem
from planner.problem.independent import Piece, apart
from tests import strategies
from tests.build import away_week, engineer, lock, problem, rota, rotation, week
from tests.strategies import beside_others, over, small


def people(reduced: ReducedProblem, duty: Duty) -> str:
    """Who may hold a duty, as far as single rows say."""
    d = reduced.problem.duty_index[duty]
    names = [reduced.problem.engineers[e].name for place, e in reduced.open if place == d]
    return "".join(names)


def test_seats_that_one_row_rules_out_are_not_open() -> None:
    team = problem(rotation("ABC"), weeks=2, vacations=(away_week("A", 0),), history="B")
    reduced = ReducedProblem(team)
    # A is away, B was primary the week before.
    assert people(reduced, team.duties[0]) == "C"
    assert people(reduced, team.duties[1]) == "ABC"


def test_rows_name_open_seats_alone() -> None:
    team = problem(rotation("ABC"), weeks=3, vacations=(away_week("A", 0),))
    reduced = ReducedProblem(team)
    assert {seat for row in reduced.rows for _, seat in row.terms} == set(reduced.open)


def test_duties_of_weeks_that_have_begun_are_settled() -> None:
    team = problem(rotation("ABC"), weeks=2)
    begun = Rota.of({team.duties[0]: "B"})
    reduced = ReducedProblem(replace(team, settled=begun))
    assert reduced.decided == {0}
    assert reduced.settled == set(seats_of(team, begun))
    assert people(reduced, team.duties[0]) == ""
    assert people(reduced, team.duties[1]) == "AC", "B would be on duty two weeks running"


def test_rotations_that_share_nobody_are_islands() -> None:
    team = problem(rotation("AB", name="r"), rotation("CD", name="s"), weeks=2)
    reduced = ReducedProblem(team)
    assert reduced.islands == 2
    by_duty = {(team.duties[d].rotation, island) for (d, _), island in reduced.island.items()}
    assert by_duty == {("r", 0), ("s", 1)}


def test_whoever_is_in_two_rotations_joins_them() -> None:
    team = problem(rotation("ABE", name="r"), rotation("CDE", name="s"), weeks=2)
    assert ReducedProblem(team).islands == 1


def test_a_rule_about_both_joins_rotations_that_share_nobody() -> None:
    homes = [engineer(name, group="hill" if name in "AD" else "") for name in "ABCDEF"]
    rotations = rotation("ABC", name="one"), rotation("DEF", name="two")
    alone = problem(*rotations, weeks=2, engineers=homes)
    assert ReducedProblem(alone).islands == 2
    together = replace(alone.team.settings, one_per_group=("on-call",))
    joined = replace(alone, team=replace(alone.team, settings=together))
    assert ReducedProblem(joined).islands == 1


def test_a_rota_is_allowed_where_every_row_holds() -> None:
    team = problem(rotation("ABC"), weeks=3, locked=(lock(1, "C"),))
    reduced = ReducedProblem(team)

    def allowed(text: str) -> bool:
        return reduced.allows(frozenset(seats_of(team, rota(team, text))))

    assert allowed("A C B")
    assert not allowed("A A B"), "two weeks running, and not as locked"
    assert not allowed("A B C"), "week 1 is C's"
    assert not allowed("A C ."), "nobody in week 2"
    assert week(1) == team.weeks[1]


def in_one_piece(team: Problem) -> list[Piece]:
    return [Piece(team, range(len(team.duties)), range(len(team.engineers)))]


KINDS = [
    strategies.in_groups,
    strategies.running_on,
    strategies.in_two_teams,
    strategies.alike,
    strategies.pausing,
    strategies.sharing_weeks,
    strategies.changing,
]


@over(
    beside_others(st.one_of(small(), *(kind(small()) for kind in KINDS))),
    seeds=4,
    each=20,
)
def test_rotations_that_share_nobody_state_the_rows_of_the_whole(team: Problem) -> None:
    team = replace(team, settled=Rota(team.locked[:1]))
    assert len(apart(team)) > 1
    found = ReducedProblem(team)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_seats, "pieces", in_one_piece)
        whole = ReducedProblem(team)
    assert found.open == whole.open
    assert found.island == whole.island
    stated = {(row.terms, row.least, row.most) for row in found.rows}
    of_whole = {(row.terms, row.least, row.most) for row in whole.rows}
    assert stated <= of_whole
    # With a lone duty a week, nothing is said of home groups that its own row does not say.
    for terms, least, most in of_whole - stated:
        assert not least
        assert any(set(terms) <= set(row.terms) and row.most == most for row in found.rows)
