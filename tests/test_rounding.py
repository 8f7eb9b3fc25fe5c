"""Costs too fine for the solver's whole numbers are rounded first, and still proven exactly."""

from __future__ import annotations

import pytest
from hypothesis import assume

from planner.model import measuring
from planner.planning.plan import plan
from planner.problem import Problem
from tests import oracle
from tests.strategies import over, tiny


@pytest.fixture(autouse=True)
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let searches count no further than 64, so that most costs are rounded at first."""
    monkeypatch.setattr(measuring, "LARGEST", 2**6)


@over(tiny(), seeds=3, each=11)
def test_rounding_costs_nothing(problem: Problem) -> None:
    best = oracle.best(problem)
    assume(best is not None)
    found = plan(problem)
    assert found.proven
    assert oracle.score(problem, found.rota) == best
