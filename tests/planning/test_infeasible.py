"""Impasses explained: repairs that were tried, their order and price, and what people read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from planner.checking.clash import said
from planner.checking.report import check
from planner.domain import Duty, Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.model import asking
from planner.model.search import Answer
from planner.planning.infeasible import Explanation, explain, infeasible
from planner.planning.plan import plan
from planner.problem import Problem
from planner.wording import weeks_listed
from tests.build import away, away_week, engineer, lock, problem, rotation, swap, text
from tests.impasses import EVERY, can_hold, impossible
from tests.strategies import in_groups, over, tiny


def lines(explanation: Explanation) -> list[tuple[str, ...]]:
    """What is offered; where a vacation could go, for example, hangs on the rota found."""
    return [
        tuple(re.sub(r", to \S+ for example", "", line) for line in repair.lines)
        for repair in explanation.repairs
    ]


@over(impossible(), seeds=20, each=10)
def test_every_impasse_has_minimal_clashes_and_a_repair_that_works(found: Problem) -> None:
    has_minimal_clashes_and_a_repair(found)


@over(impossible(in_groups(tiny(EVERY))), seeds=5, each=10)
def test_so_has_that_of_home_groups_that_keep_apart(found: Problem) -> None:
    has_minimal_clashes_and_a_repair(found)


def test_facts_of_a_clash_of_home_groups() -> None:
    # A was on call the week before; B and C are of the same group, and D is away.
    people = [engineer(name, group="x") for name in "ABC"]
    short = problem(
        weeks=3,
        engineers=people,
        history="A",
        settings={"group_gap": ("on-call",)},
        vacations=(away_week("D", 0),),
    )
    (clash,) = explain(short).clashes
    assert said(short, clash.members) == (
        "2024-W27: r needs one primary",
        "D is away 1–7 July 2024",
        "2024-W27: A was primary of r in 2024-W26",
        "2024-W27: nobody else of x may follow A in a role of kind on-call",
    )


def has_minimal_clashes_and_a_repair(found: Problem) -> None:
    explanation = explain(found, most_repairs=1)
    assert explanation.clashes
    for clash in explanation.clashes:
        assert clash.minimal
        assert not can_hold(row for member in clash.members for row in member.rows)
        for left_out in clash.members:
            rest = [member for member in clash.members if member is not left_out]
            assert can_hold(row for member in rest for row in member.rows)
    (repair,) = explanation.repairs
    gaps = repair.problem.may_stay_open
    broken = [b for b in check(repair.problem, repair.rota).breaches if b.duty not in gaps]
    assert broken == []
    assert repair.cost == sum(step.cost(found) for step in repair.steps) > 0


def test_ways_out_of_a_week_in_which_too_many_are_away() -> None:
    short = problem(
        rotation("ABCD", "primary", "secondary"),
        weeks=13,
        vacations=(away_week("A", 3), away("B", 22, 36), away("C", 23)),
    )
    explanation = explain(short)
    assert lines(explanation) == [
        ("C holds primary of r in 2024-W30, D stands in on 24 July 2024",),
        ("move C's 24 July 2024 out of 2024-W30",),
        ("move B's 23–28 July 2024 out of 2024-W30",),
        ("leave secondary of r open in 2024-W30 (--allow-gaps)",),
        ("leave primary of r open in 2024-W30 (--allow-gaps)",),
    ]
    costs = [repair.cost for repair in explanation.repairs]
    assert costs == sorted(costs)
    assert explanation.cheapest
    for repair in explanation.repairs[:3]:
        assert plan(repair.problem).report.holds
        assert repair.imbalance == repair.least == 1


def test_a_limit_is_raised_by_no_more_than_it_takes() -> None:
    # 13 weeks, four people: 3 turns each are 12; the limit must be 4.
    short = problem(weeks=13, settings={"limits": (("primary", 2),)})
    assert lines(explain(short))[0] == (
        "raise the limit of primary duties from 2 to 4 in team.toml",
    )


def test_one_agreed_exception_to_back_to_back() -> None:
    short = problem(rotation("AB"), weeks=2, vacations=(away_week("B", 1),))
    assert plan(short)
    short = problem(rotation("AB"), weeks=3, vacations=(away_week("B", 1), away_week("B", 2)))
    first = explain(short).repairs[0]
    assert first.lines == (
        "A agrees to be on call two weeks running, as primary of r in 2024-W29 "
        "(an agreed swap in swaps.csv)",
    )
    assert text(short, first.rota) == "B A A"
    assert plan(first.problem).report.holds


def test_swaps_and_locks_that_cannot_stand_are_taken_back() -> None:
    sick = away("B", 7, 13, "sick")
    swapped = problem(weeks=4, swaps=(swap("A", 1, "B"),), vacations=(sick,))
    assert lines(explain(swapped)) == [("undo the swap of A with B in 2024-W28",)]
    locked = problem(weeks=4, locked=(lock(1, "B"),), vacations=(sick,))
    assert lines(explain(locked)) == [("unlock primary of r in 2024-W28 (B)",)]


def test_a_swap_undone_no_longer_excuses_two_weeks_running() -> None:
    # Only B is there in both weeks; A's swap with B excuses that, but A is away and cannot take
    # week 2 in return.
    gone = (away_week("A", 0), away("A", 7, 20, "sick"), away_week("C", 0), away_week("C", 1))
    swapped = problem(rotation("ABC"), weeks=3, swaps=(swap("A", 1, "B", 2),), vacations=gone)
    explanation = explain(swapped)
    first = explanation.repairs[0]
    assert [step.kind for step in first.steps] == ["swap undone", "two weeks running"]
    for repair in explanation.repairs:
        assert all(b.rule == "coverage" for b in check(repair.problem, repair.rota).breaches)


def test_illness_is_not_moved_but_single_days_are_covered() -> None:
    short = problem(
        rotation("AB"), weeks=1, vacations=(away("A", 0, 4, "sick"), away("B", 1, 1, "sick"))
    )
    assert lines(explain(short)) == [("leave primary of r open in 2024-W27 (--allow-gaps)",)]
    short = problem(
        rotation("ABC"),
        weeks=1,
        vacations=(
            away("A", 0, 4, "sick"),
            away("B", 1, 1, "sick"),
            away("C", 3, 4, "sick"),
        ),
    )
    assert lines(explain(short))[0] == (
        "B holds primary of r in 2024-W27, C stands in on 2 July 2024",
    )


def test_several_clashes_are_repaired_together() -> None:
    twice = tuple(away_week(name, n) for n in (1, 4) for name in "ABC")
    short = problem(rotation("ABCD", "primary", "secondary"), weeks=6, vacations=twice)
    explanation = explain(short)
    assert len(explanation.clashes) == 2
    assert {len(repair.steps) for repair in explanation.repairs} == {2}


def test_weeks_that_have_begun_are_past_explaining() -> None:
    gone = (away_week("A", 0), away_week("A", 2), away_week("B", 2))
    team = problem(rotation("AB"), weeks=3, vacations=gone)
    begun = replace(team, settled=Rota.of([(team.duties[0], "A")]))
    explanation = explain(begun)
    assert [weeks_listed(clash.weeks) for clash in explanation.clashes] == ["2024-W29"]
    assert {repair.rota.holder(team.duties[0]) for repair in explanation.repairs} == {"A"}
    assert ("leave primary of r open in 2024-W29 (--allow-gaps)",) in lines(explanation)


def test_what_people_read() -> None:
    short = problem(rotation("AB"), weeks=3, vacations=(away_week("A", 1), away("B", 7, 9)))
    assert str(infeasible(short)) == (
        "Team: no rota can satisfy the rules.\n"
        "  2024-W28: these cannot all hold\n"
        "    - 2024-W28: r needs one primary\n"
        "    - A is away 8–14 July 2024\n"
        "    - B is away 8–10 July 2024\n"
        "  Ways out, cheapest first; each was tried and gives a rota:\n"
        "    1. move B's 8–10 July 2024 out of 2024-W28, to 2024-W27 for example\n"
        "       (sum of balance² 0.50: costs nothing in fairness)\n"
        "    2. move A's 8–14 July 2024 out of 2024-W28, to 2024-W27 for example\n"
        "       (sum of balance² 0.50: costs nothing in fairness)\n"
        "    3. leave primary of r open in 2024-W28 (--allow-gaps)\n"
        "       (sum of balance² 0.50: costs nothing in fairness)"
    )


def test_what_programs_read() -> None:
    short = problem(rotation("AB"), weeks=3, vacations=(away_week("A", 1), away("B", 7, 9)))
    details = infeasible(short).details
    assert [fact["message"] for fact in details["clashes"][0]["facts"]] == [
        "A is away 8–14 July 2024",
        "B is away 8–10 July 2024",
        "2024-W28: r needs one primary",
    ]
    assert details["repairs"][0] == {
        "kinds": ["vacation moved"],
        "steps": ["move B's 8–10 July 2024 out of 2024-W28, to 2024-W27 for example"],
        "cost": 6,
        "imbalance": {"number": 0.5, "exact": "1/2"},
        "least_imbalance": {"number": 0.5, "exact": "1/2"},
    }


def test_planning_says_why_it_cannot() -> None:
    short = problem(rotation("AB"), weeks=3, vacations=(away_week("A", 1), away_week("B", 1)))
    with pytest.raises(InfeasibleError, match="A is away 8–14 July 2024"):
        plan(short)


def test_time_that_runs_out_is_not_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "search", lambda *_, **__: Answer("unknown"))
    with pytest.raises(TimeRanOutError) as stopped:
        plan(problem(weeks=4))
    assert stopped.value.exit_status == 4


def test_gaps_only_where_they_must_be() -> None:
    fine = plan(problem(weeks=4), allow_gaps=True)
    assert fine.report.holds
    assert fine.problem.may_stay_open == frozenset()
    gone = (away_week("A", 1), away("B", 8))
    short = problem(rotation("ABC", "primary", "secondary"), weeks=3, vacations=gone)
    found = plan(short, allow_gaps=True)
    assert [(b.rule, b.duty) for b in found.report.breaches] == [
        ("coverage", Duty(short.weeks[1], "r", "secondary"))
    ]
    assert found.warnings[0] == "2024-W28: nobody is secondary of r: this duty stays open"
    assert found.proven


def test_gaps_do_not_help_where_agreed_duties_clash() -> None:
    locked = problem(weeks=4, locked=(lock(1, "B"),), vacations=(away_week("B", 1),))
    with pytest.raises(InfeasibleError, match="B is locked as primary of r"):
        plan(locked, allow_gaps=True)
