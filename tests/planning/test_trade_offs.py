"""Who is owed after a re-plan, against enumeration: exactly those whom one more change helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.domain import Rota
from planner.planning.plan import plan
from planner.planning.replan import Replan, replan
from planner.planning.trade_offs import mend, owed
from planner.problem import Problem, ledger
from tests import build, oracle
from tests.planning.test_replan import best_answer, disturbed, standing
from tests.strategies import over


@st.composite
def reshuffled(draw: DrawFn) -> tuple[Problem, Rota, date | None]:
    """A disturbed rota of which people joined, left, came back or do another share by now."""
    problem, published, as_of = draw(disturbed())
    stays = [v for v in problem.team.vacations if draw(st.integers(0, 3))]
    problem = replace(problem, team=replace(problem.team, vacations=tuple(stays)))
    days = st.sampled_from([day for week in problem.weeks for day in week.days])
    engineers = []
    for engineer in problem.engineers:
        what = draw(st.sampled_from(["stays", "stays", "joins", "leaves", "share"]))
        if what == "joins":
            engineer = replace(engineer, joined=draw(days), left=None)
        elif what == "leaves":
            engineer = replace(engineer, left=draw(days), joined=None)
        elif what == "share":
            engineer = replace(engineer, share=draw(st.sampled_from([Fraction(1, 2), Fraction(1)])))
        engineers.append(engineer)
    team = replace(problem.team, engineers=tuple(engineers))
    return replace(problem, team=team), published, as_of


def fairness(problem: Problem, rota: Rota) -> list[Fraction]:
    fair = replace(problem, team=replace(problem.team, aims=("fair-share",)))
    return oracle.aim_values(fair, rota)["fair-share"]


def balance(problem: Problem, rota: Rota, name: str) -> Fraction:
    lines = ledger.accounts(problem, rota)
    return next(x.balance for x in lines if x.engineer == name and not x.role)


def helped(answer: Replan, choices: list[Rota]) -> dict[str, list[Fraction]]:
    """For whom any rota with one more change is better, and the best fair share that it brings."""
    problem, published, rota = answer.plan.problem, answer.published, answer.plan.rota
    *kept, few = standing(problem, published, rota)
    found: dict[str, list[Fraction]] = {}
    for choice in choices:
        *loss, changes = standing(problem, published, choice)
        now = fairness(problem, choice)
        if changes > few + 1 or loss != kept or now >= fairness(problem, rota):
            continue
        for engineer in problem.engineers:
            name = engineer.name
            more = len(choice.duties_of(name)) > len(rota.duties_of(name))
            before, after = balance(problem, rota, name), balance(problem, choice, name)
            if more and before < 0 and abs(after) < abs(before):
                found[name] = min(found.get(name, now), now)
    return found


@over(reshuffled(), seeds=20, each=11)
def test_owed_are_exactly_those_whom_one_more_change_would_help(
    case: tuple[Problem, Rota, date | None],
) -> None:
    problem, published, as_of = case
    answer, choices = best_answer(*case)
    if answer is None:
        return
    expected = {}
    if "fair-share" in problem.team.aims:
        expected = helped(answer, choices)
    told = owed(answer, as_of)
    assert {one.engineer for one in told} == expected.keys()
    parts = [v.part for v in answer.plan.report.values if v.aim == "fair-share"]
    for one in told:
        now, best = fairness(answer.plan.problem, answer.plan.rota), expected[one.engineer]
        if one.best:
            best = fairness(
                answer.plan.problem, replan(problem, published, as_of, spend=1).plan.rota
            )
        part = parts.index(one.before.part)
        assert (one.before.value, one.after.value) == (now[part], best[part])
        assert one.before.value != one.after.value
        assert now[:part] == best[:part]


def test_who_joins_a_full_rota_is_owed_the_week_that_one_more_change_would_give() -> None:
    published = plan(build.problem(build.rotation("ABCD"), weeks=12)).rota
    newcomer = build.engineer("E", joined=build.day(28))
    problem = build.problem(build.rotation("ABCDE"), weeks=12, engineers=[newcomer])
    answer = replan(problem, published, build.day(20))
    assert not answer.changes
    (one,) = owed(answer, build.day(20))
    assert (one.engineer, one.joined, one.held, one.best) == ("E", build.day(28), 0, True)
    # E owes 8 ÷ 5 of the weeks from 5 on; the others 1 + 8 ÷ 5 and have 3 each.
    assert one.short == Fraction(8, 5)
    assert one.before.value == Fraction(8, 5) ** 2 + 4 * Fraction(2, 5) ** 2
    assert one.after.value == 2 * Fraction(3, 5) ** 2 + 3 * Fraction(2, 5) ** 2
    assert [move.new for move in one.moves] == ["E"]


def test_nobody_is_owed_where_nothing_is_new() -> None:
    problem = build.problem(build.rotation("ABCD"), weeks=9)
    assert owed(replan(problem, plan(problem).rota), None) == ()


def test_a_rota_that_is_no_tighter_needs_no_mending() -> None:
    problem = build.problem(build.rotation("ABCD"), weeks=8, vacations=(build.away_week("B", 1),))
    published = plan(build.problem(build.rotation("ABCD"), weeks=8)).rota
    answer = replan(problem, published)
    assert answer.changes
    assert mend(answer, None) is None


def test_two_weeks_running_are_mended_by_what_few_more_changes_would_do() -> None:
    """A and E exchange, so E has weeks 0 and 1 and A has 3 and 4; two more mend that."""
    calm = build.problem(build.rotation("ABCDEF", "primary", "secondary"), weeks=9)
    published = build.rota(calm, "AD BE CF DA EB FC AD BE CF")
    away = (build.away_week("A", 0), build.away_week("E", 4))
    problem = replace(calm, team=replace(calm.team, vacations=away))
    answer = replan(problem, published)
    assert build.text(problem, answer.plan.rota) == "ED BE CF DA AB FC AD BE CF"
    before = (Fraction(0), Fraction(0))
    assert tuple(oracle.aim_values(problem, published)["rest"]) == before
    assert oracle.aim_values(problem, answer.plan.rota)["rest"][0] == 2
    found = mend(answer, None)
    assert found is not None
    assert (found.further, found.whole) == (2, True)
    assert len(found.answer.changes) == 4
    assert tuple(oracle.aim_values(problem, found.answer.plan.rota)["rest"]) == before
    one_more = replan(problem, published, spend=1).plan.rota
    assert tuple(oracle.aim_values(problem, one_more)["rest"]) > before
