"""Why, and why not: each answer is confirmed by looking at every rota there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from planner.checking.clash import said
from planner.domain import Duty, Rota
from planner.errors import InfeasibleError
from planner.model import Clock, asking, solve
from planner.model.search import Answer as Found
from planner.model.search import search
from planner.planning.why import Answer, speaks_for, why, why_not
from planner.problem import Problem
from tests import oracle
from tests.build import away_week, lock, problem, rota, rotation, swap, text, wish
from tests.impasses import can_hold
from tests.strategies import over, tiny


def planned(of: Problem) -> Rota:
    return solve(of, Clock(None), lambda _: None).rota


def confirm(of: Problem, published: Rota, answer: Answer, possible: list[Rota]) -> None:
    """Compare an answer with the best of the rotas that the question leaves."""
    if answer.verdict == "impossible":
        assert possible == []
        assert answer.clash is not None
        assert answer.clash.minimal
        return
    before = oracle.score(of, published)
    after = min(oracle.score(of, one) for one in possible)
    if before == after:
        assert answer.verdict == "equal"
        return
    assert answer.verdict == "worse"
    assert answer.difference is not None
    amount = next(new - old for old, new in zip(before, after, strict=True) if new != old)
    assert answer.difference.proven
    assert answer.difference.amount == amount > 0
    assert oracle.score(of, answer.rota)[: len(before)] >= after


@over(tiny(), st.data(), seeds=20, each=10)
def test_every_answer_is_what_forcing_shows(of: Problem, data: DataObject) -> None:
    try:
        published = planned(of)
    except InfeasibleError:
        assume(False)
    duty = data.draw(st.sampled_from(of.duties))
    holder = published.holder(duty)
    others = [e.name for e in of.engineers if e.name != holder]
    engineer = data.draw(st.sampled_from(others))
    all_rotas = list(oracle.all_rotas(of))

    answer = why_not(of, published, duty, engineer)
    forced = [one for one in all_rotas if one.holder(duty) == engineer]
    confirm(of, published, answer, forced)
    if answer.clash is not None:
        rows = [row for member in answer.clash.members for row in member.rows]
        assert can_hold(rows), "only together with the engineer on the duty"

    if holder is not None:
        barred = [one for one in all_rotas if one.holder(duty) != holder]
        confirm(of, published, why(of, published, duty), barred)


def test_the_rule_in_the_way() -> None:
    team = problem(rotation("ABCD", "primary", "secondary"), vacations=(away_week("A", 2),))
    published = planned(team)
    duty = Duty(team.weeks[2], "r", "primary")
    answer = why_not(team, published, duty, "A")
    assert answer.verdict == "impossible"
    assert answer.clash is not None
    assert said(team, answer.clash.members) == ("A is away 15–21 July 2024",)


def test_a_lock_of_somebody_else_is_in_the_way() -> None:
    team = problem(weeks=4, locked=(lock(1, "B"),))
    answer = why_not(team, planned(team), Duty(team.weeks[1], "r", "primary"), "C")
    assert answer.clash is not None
    assert said(team, answer.clash.members) == (
        "2024-W28: r needs one primary",
        "2024-W28: B is locked as primary of r",
    )


def test_the_aim_that_would_get_worse_and_by_how_much() -> None:
    # Turns begin with B, so that none falls on the wish of C: B C D A. Put into the third week,
    # C's wish is refused, and the two weeks are exchanged.
    team = problem(weeks=4, wishes=(wish("C", 2),), aims=("fair-share", "wishes", "cycle"))
    published = planned(team)
    duty = Duty(team.weeks[2], "r", "primary")
    answer = why_not(team, published, duty, "C", whole=True)
    assert answer.verdict == "worse"
    assert answer.difference is not None
    assert (answer.difference.aim, answer.difference.amount) == ("wishes", 1)
    assert answer.difference.proven
    assert answer.rota is not None
    assert text(team, answer.rota) == "B D C A"


def test_why_the_holder_holds_it() -> None:
    team = problem(weeks=4, aims=("fair-share", "cycle"))
    answer = why(team, planned(team), team.duties[1])
    assert (answer.holder, answer.engineer, answer.verdict) == ("B", "B", "worse")
    assert answer.difference is not None
    # Without B in week 1 two of the four depart from the cycle.
    assert (answer.difference.aim, answer.difference.amount) == ("cycle", 2)
    assert list(speaks_for(team, team.duties[1], "B")) == ["It is B's turn in the team's cycle."]


def test_nobody_else_can() -> None:
    gone = tuple(away_week(name, 1) for name in "ACD")
    team = problem(weeks=4, vacations=gone)
    answer = why(team, planned(team), team.duties[1])
    assert answer.verdict == "impossible"
    assert answer.clash is not None
    assert said(team, answer.clash.members) == (
        "2024-W28: r needs one primary",
        "A is away 8–14 July 2024",
        "C is away 8–14 July 2024",
        "D is away 8–14 July 2024",
    )


def test_nothing_but_the_published_rota() -> None:
    # Edited: the cycle is A B C D, and the published rota departs from it.
    team = problem(weeks=4, aims=("fair-share", "cycle"))
    edited = rota(team, "B A C D")
    better = why_not(team, edited, team.duties[0], "A")
    assert better.verdict == "better"
    assert better.difference is not None
    assert (better.difference.aim, better.difference.amount) == ("cycle", 2)
    # With fair share alone any order is as good as any other.
    easy = problem(weeks=4, aims=("fair-share",))
    assert why_not(easy, rota(easy, "B A C D"), easy.duties[0], "A").verdict == "equal"


def test_who_holds_it_already_and_what_the_inputs_say() -> None:
    team = problem(weeks=4, swaps=(swap("A", 0, "C", 2),), wishes=(wish("C", 0, "on"),))
    published = planned(team)
    assert why_not(team, published, team.duties[0], "C").verdict == "holds"
    assert list(speaks_for(team, team.duties[0], "C")) == [
        "An agreed swap puts C there.",
        "C wishes for that week.",
    ]


def test_an_open_duty_is_asked_about_too() -> None:
    gone = tuple(away_week(name, 1) for name in "ABCD")
    team = problem(weeks=4, vacations=gone)
    published = rota(team, "A . C D")
    answer = why(team, published, team.duties[1])
    assert (answer.holder, answer.engineer, answer.verdict) == (None, "", "impossible")
    free = problem(weeks=4)
    assert why(free, rota(free, "A . C D"), free.duties[1]).verdict == "better"


def test_time_may_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    team = problem(weeks=4)
    published = planned(team)
    monkeypatch.setattr(asking, "search", lambda *_, **__: Found("unknown"))
    answer = why_not(team, published, team.duties[0], "C")
    assert (answer.verdict, answer.clash, answer.difference) == ("unknown", None, None)


def test_what_is_only_found_is_not_called_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back on the wish's week C is worse off by one; without a bound that is not known."""

    def hasty(*arguments: Any, **options: Any) -> Found:
        return replace(search(*arguments, **options), status="found", bound=float("-inf"))

    team = problem(weeks=4, wishes=(wish("C", 2),), aims=("wishes",))
    published = rota(team, "A B D C")
    monkeypatch.setattr(asking, "search", hasty)
    answer = why_not(team, published, Duty(team.weeks[2], "r", "primary"), "C")
    assert answer.difference is not None
    assert answer.difference.amount == 1
    assert not answer.difference.proven
    assert answer.verdict == "unknown"
