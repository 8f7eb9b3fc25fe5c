"""The choice among equally good rotas is the same, alone or at the end of another search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from planner.domain import Rota
from planner.errors import InfeasibleError
from planner.model import Clock, solve
from planner.model.asking import Asking
from planner.model.descent import Descent
from planner.problem import Problem
from tests.build import problem, rotation
from tests.strategies import over, small


@contextmanager
def chosen_alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Descent, "_with_choice", lambda *_: None)
        yield


def rota(asked: Problem) -> Rota | None:
    try:
        return solve(asked, Clock(None), lambda _: None).rota
    except InfeasibleError:
        return None


@over(small(), seeds=2, each=12)
def test_a_search_of_its_own_chooses_the_same(asked: Problem) -> None:
    found = rota(asked)
    with chosen_alone():
        assert rota(asked) == found


def test_a_small_team_needs_no_search_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, searched = problem(rotation("ABCD", "primary"), weeks=6), []
    own = Asking.preferred
    monkeypatch.setattr(Asking, "preferred", lambda *given: searched.append(given) or own(*given))
    with chosen_alone():
        found = rota(asked)
    assert len(searched) == 1
    assert rota(asked) == found
    assert len(searched) == 1
