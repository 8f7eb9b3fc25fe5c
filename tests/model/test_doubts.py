"""A solver that is wrong about a rota that exists is not believed: a plainer search decides."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from planner.model import asking
from planner.model.search import Answer, Options, search
from planner.planning.plan import plan
from planner.problem import Problem
from tests import oracle
from tests.build import away_week, engineer, problem, rotation, wish

Lie = Callable[[Answer, bool], Answer]
"""What is said instead of an answer; the second is whether a rota was known before."""


def team() -> Problem:
    """Shares that leave no even split, so that several searches are made."""
    shares = {"A": "1/3", "B": "4/5", "C": "3/4", "D": "1/2", "E": "1"}
    return problem(
        rotation("ABCDE", "primary", "secondary"),
        weeks=6,
        engineers=[engineer(name, share=Fraction(share)) for name, share in shares.items()],
        vacations=(away_week("A", 1, "sick"), away_week("E", 2), away_week("C", 4, "sick")),
        wishes=(wish("B", 3), wish("D", 5)),
    )


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> Callable[[Lie], None]:
    """From then on, every search but a plain one tells what the lie makes of its answer."""

    def begin(lie: Lie) -> None:
        known: list[bool] = []

        def told(model: Any, clock: Any, minimise: Any, options: Options, **more: Any) -> Answer:
            answer = search(model, clock, minimise, options, **more)
            if options.plain:
                return answer
            answer, before = lie(answer, bool(known)), bool(known)
            if answer.taken is not None and not before:
                known.append(True)
            return answer

        monkeypatch.setattr(asking, "search", told)

    return begin


def denied(answer: Answer, known: bool) -> Answer:
    return Answer("infeasible") if known else answer


def denied_at_once(answer: Answer, known: bool) -> Answer:
    return Answer("infeasible")


def proven_too_high(answer: Answer, known: bool) -> Answer:
    if not known or answer.taken is None:
        return answer
    return Answer("optimal", answer.taken, answer.bound + 2**30)


@pytest.mark.parametrize("lie", [denied, denied_at_once, proven_too_high])
def test_what_a_known_rota_contradicts_is_asked_again(
    lying: Callable[[Lie], None], lie: Lie
) -> None:
    honest = plan(team())
    lying(lie)
    found = plan(team())
    assert oracle.score(team(), found.rota) == oracle.score(team(), honest.rota)
    assert found.proven
    assert [said for said in found.warnings if "the solver denied a rota that exists" in said]
