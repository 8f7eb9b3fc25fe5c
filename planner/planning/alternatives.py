"""Other answers to a re-plan: equally good ones, and what further changes would buy.

``time_limit`` is in seconds, for all searches of one question together.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from time import monotonic

from planner.domain import Duty, Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.planning.replan import Replan, replan
from planner.problem import Problem
from planner.rules import fair_share

A_MOMENT = 0.01
"""The least that a search is given, in seconds: what it finds by then counts."""


class _Time:
    """What is left of a limit, from now on; ``None`` is no limit."""

    def __init__(self, limit: float | None) -> None:
        self._end = None if limit is None else monotonic() + limit

    @property
    def left(self) -> float | None:
        return None if self._end is None else max(A_MOMENT, self._end - monotonic())


def alternatives(
    problem: Problem,
    published: Rota,
    as_of: date | None,
    count: int,
    time_limit: float | None = None,
) -> tuple[Replan, ...]:
    """Up to ``count`` different answers that change equally few duties, the best one first."""
    found: list[Replan] = []
    time = _Time(time_limit)
    while len(found) < count:
        shown = tuple(answer.plan.rota for answer in found)
        try:
            answer = replan(
                problem,
                published,
                as_of,
                excluded=shown,
                time_limit=time.left,
                explain=not found,
            )
        except (InfeasibleError, TimeRanOutError):
            if not found:
                raise
            break
        if found and not _as_good(answer, found[0]):
            break
        found.append(answer)
    return tuple(found)


def _as_good(answer: Replan, best: Replan) -> bool:
    """Whether an answer changes no more duties and is as fair."""

    def fairness(one: Replan) -> list[Fraction]:
        return [proof.value for proof in one.plan.proofs if proof.aim == fair_share.NAME]

    few = answer.changes_proof.value == best.changes_proof.value
    targets = fair_share.values(best.plan.problem, best.published)
    limits = [max(t, v) for t, v in zip(targets, fairness(best), strict=False)]
    return few and all(v <= limit for v, limit in zip(fairness(answer), limits, strict=False))


def trade_off(
    problem: Problem,
    published: Rota,
    as_of: date | None,
    most: int = 6,
    time_limit: float | None = None,
) -> tuple[Replan, ...]:
    """What each further change would buy: one answer for every number of changes that helps.

    The first answer changes as few duties as can be; each later one is the best with more.
    """
    time = _Time(time_limit)
    frontier = [replan(problem, published, as_of, time_limit=time.left)]
    for further in range(1, most + 1):
        try:
            answer = replan(problem, published, as_of, spend=further, time_limit=time.left)
        except TimeRanOutError:
            break
        if _values(answer) < _values(frontier[-1]):
            frontier.append(answer)
    return tuple(frontier)


def relief(
    answer: Replan, duties: Collection[Duty], as_of: date | None, time_limit: float | None
) -> Replan | None:
    """What two more changes would make of an answer, if that is better and moves such a duty."""
    problem, rota = answer.plan.problem, answer.plan.rota
    try:
        better = replan(problem, rota, as_of, spend=2, time_limit=time_limit)
    except TimeRanOutError:
        return None
    moves = any(change.duty in duties for change in better.changes)
    return better if moves and _values(better) < _values(answer) else None


def _values(answer: Replan) -> list[Fraction]:
    return [value.value for value in answer.plan.report.values]
