"""The shortcuts that make large teams fast change no value: without them, the same is proven."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from planner.checking.finished_plan import Proof
from planner.errors import InfeasibleError
from planner.model import Clock, batch, one_objective, open_seats, solve
from planner.model import search as searching
from planner.model.sharing import Sharing
from planner.problem import Problem
from tests.model.test_open_seats import in_one_piece
from tests.strategies import beside_others, in_turns, over, small, tiny


@contextmanager
def the_long_way() -> Iterator[None]:
    """Everything in one piece, part by part, with no arithmetic before the search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_seats, "_islands", lambda seats, rows: dict.fromkeys(seats, 0))
        patch.setattr(open_seats, "pieces", in_one_piece)
        patch.setattr(one_objective, "MOST", 1)
        patch.setattr(batch, "narrowed", lambda model, price, value: price)
        patch.setattr(Sharing, "shares", lambda *_: None)
        patch.setattr(searching, "SMALL", 0)
        yield


def proofs(problem: Problem) -> tuple[Proof, ...] | None:
    try:
        return solve(problem, Clock(None), lambda _: None).proofs
    except InfeasibleError:
        return None


def same_both_ways(problem: Problem) -> None:
    found = proofs(problem)
    with the_long_way():
        assert proofs(problem) == found
    assert found is None or all(proof.proven for proof in found)


@over(tiny(), seeds=4, each=25)
def test_tiny_teams(problem: Problem) -> None:
    same_both_ways(problem)


@over(small(), seeds=3, each=12)
def test_small_teams(problem: Problem) -> None:
    same_both_ways(problem)


@over(beside_others(in_turns(tiny())), seeds=2, each=12)
def test_tiny_teams_with_turns_of_several_weeks_beside_others(problem: Problem) -> None:
    same_both_ways(problem)
