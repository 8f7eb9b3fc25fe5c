"""Other answers to a re-plan: as good ones, and what further changes would buy."""

from __future__ import annotations

from typing import Any

import pytest

from planner.planning import alternatives as other_answers
from planner.planning.alternatives import alternatives, relief, trade_off
from planner.planning.plan import plan
from planner.planning.replan import Replan, replan
from planner.problem import Problem
from tests import build


def four(**facts: object) -> Problem:
    """A, B, C and D take turns for eight weeks."""
    return build.problem(build.rotation("ABCD"), weeks=8, **facts)  # type: ignore[arg-type]


def test_alternatives_change_equally_few_duties() -> None:
    published = plan(four()).rota
    problem = four(vacations=(build.away_week("B", 1),))
    answers = alternatives(problem, published, None, 5)
    rotas = {build.text(problem, answer.plan.rota) for answer in answers}
    assert len(rotas) == len(answers) > 1
    assert {len(answer.changes) for answer in answers} == {2}


def test_further_changes_are_offered_only_for_what_they_buy() -> None:
    published = plan(four()).rota
    holidays = {"A": [1]}
    problem = four(holidays=holidays)
    assert replan(problem, published).plan.rota == published
    first, *better = trade_off(problem, published, None, most=2)
    assert not first.changes
    assert len(better) == 1
    assert len(better[0].changes) == 2
    before, after = (
        {value.part: value.value for value in answer.plan.report.values}
        for answer in (first, better[0])
    )
    assert before["public-holiday days worked"] == 1
    assert after["public-holiday days worked"] == 0
    spent = replan(problem, published, spend=2)
    assert spent.plan.rota == better[0].plan.rota


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The seconds that each search was given, where each takes four by the clock."""
    now, given = [0.0], []

    def slow(*arguments: Any, time_limit: float | None = None, **options: Any) -> Replan:
        given.append(time_limit)
        now[0] += 4
        return replan(*arguments, **options)

    monkeypatch.setattr(other_answers, "monotonic", lambda: now[0])
    monkeypatch.setattr(other_answers, "replan", slow)
    return given


def test_a_time_limit_is_for_all_searches_together(limits: list[float | None]) -> None:
    published = plan(four()).rota
    problem = four(vacations=(build.away_week("B", 1),))
    assert len(alternatives(problem, published, None, 4, time_limit=10)) == 4
    assert limits == [10, 6, 2, other_answers.A_MOMENT]
    del limits[:]
    trade_off(problem, published, None, most=2, time_limit=10)
    assert limits == [10, 6, 2]


def test_relief_has_no_more_time_than_it_is_given(limits: list[float | None]) -> None:
    answer = replan(four(), plan(four()).rota)
    assert relief(answer, (), None, 3) is None
    assert limits == [3]
