"""Where several parts at once are too much for a glance, each is settled by itself, as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import pytest

from planner.domain import Rota
from planner.errors import InfeasibleError
from planner.model import Clock, solve
from planner.model.asking import Asking
from planner.model.descent import GLANCE
from planner.model.search import Answer
from planner.problem import Problem
from tests.strategies import over, small


@contextmanager
def too_much_at_once(efforts: list[float]) -> Iterator[None]:
    """Searches for several parts end without an answer, and their limits are noted."""
    own = Asking.about

    def about(self: Any, batch: Any, known: Any, options: Any) -> Answer:
        if len(batch.parts) == 1:
            return own(self, batch, known, options)
        efforts.append(options.effort)
        return Answer("unknown")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asking, "about", about)
        yield


def planned(asked: Problem) -> tuple[Rota, list[Fraction]] | None:
    try:
        found = solve(asked, Clock(None), lambda _: None)
    except InfeasibleError:
        return None
    assert all(proof.value == proof.bound for proof in found.proofs)
    return found.rota, [proof.value for proof in found.proofs]


@over(small(), seeds=2, each=12)
def test_one_by_one_finds_the_same_proven_rota(asked: Problem) -> None:
    efforts: list[float] = []
    with too_much_at_once(efforts):
        found = planned(asked)
    assert found == planned(asked)
    assert all(effort <= GLANCE for effort in efforts), "a small team is not searched at length"
