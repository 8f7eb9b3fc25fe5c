"""Why there is no rota and what could be done: clashes, repairs that were tried, in words.

A repair is steps that people could agree on; each kind of step stands with the rule that it bends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from planner.checking.clash import MOST_CLASHES, Clash, said
from planner.checking.report import breaches
from planner.domain import Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import fair_share, gaps, rule_of
from planner.rules.base import Breach, Step
from planner.wording import listed, weeks_listed

if TYPE_CHECKING:
    from planner.model.cheapest_repairs import WaysOut

MOST_REPAIRS = 5
PATIENCE = 20.0
"""Seconds that an explanation may take, unless less was asked for."""

TRIAL = 2.0
"""Seconds for making one repair as fair as can be; a rota is found long before."""


@dataclass(frozen=True)
class Repair:
    """Steps that together make the whole period solvable, tried and found to work.

    ``problem`` is the one with all steps carried out, ``rota`` one for it, as fair as was found.
    ``imbalance`` is that rota's sum of balance² over all roles together, ``least`` the least
    conceivable were nobody ever away.
    """

    steps: tuple[Step, ...]
    cost: int
    lines: tuple[str, ...]
    problem: Problem
    rota: Rota
    imbalance: Fraction
    least: Fraction


@dataclass(frozen=True)
class Explanation:
    """Independent clashes in the order of their weeks, and repairs, cheapest first.

    ``problem`` is that of the rotations that have none, without those that have nothing to do
    with them. ``cheapest`` says that there was time to prove that no cheaper ones were missed.
    """

    problem: Problem
    clashes: tuple[Clash, ...]
    repairs: tuple[Repair, ...]
    cheapest: bool


def explain(
    problem: Problem, time_limit: float | None = None, most_repairs: int = MOST_REPAIRS
) -> Explanation:
    """The facts that leave no rota, and the cheapest ways out, each tried.

    ``time_limit`` is in seconds; what is not found by then, or when somebody interrupts, is
    left out. A problem that has a rota has neither.
    """
    from planner.model import Clock
    from planner.model.cheapest_repairs import WaysOut
    from planner.model.clashes import find_clashes
    from planner.model.stuck import stuck_part

    clock = Clock(time_limit)
    with clock.until_interrupted():
        problem = stuck_part(problem, clock)
        found = find_clashes(problem, clock)
        if not found:
            return Explanation(problem, found, (), True)
        ways_out = WaysOut(problem, clock)
        repairs = tuple(islice(_repairs(problem, ways_out), most_repairs))
    return Explanation(problem, found, repairs, ways_out.proven)


def infeasible(problem: Problem, time_limit: float | None = None) -> InfeasibleError:
    """The error that says why there is no rota, with everything that is known for JSON."""
    limit = PATIENCE if time_limit is None else min(PATIENCE, time_limit)
    explanation = explain(problem, limit)
    return InfeasibleError(problem.team.name, _lines(explanation), _details(explanation))


def _repairs(problem: Problem, ways_out: WaysOut) -> Iterator[Repair]:
    least = _least_imbalance(problem)
    while (steps := ways_out.next()) is not None:
        repair = _tried(problem, steps, least, ways_out)
        if repair is None:
            ways_out.failed()
        else:
            ways_out.worked(steps)
            yield repair


def _tried(
    problem: Problem, steps: tuple[Step, ...], least: Fraction, ways_out: WaysOut
) -> Repair | None:
    """The repair with a fair rota, or ``None`` if it does not work after all."""
    from planner.model import Clock, Stage, Start, solve

    bent = _applied(problem, steps)
    stages = [Stage(fair_share)]
    if bent.may_stay_open:
        stages.insert(0, Stage(gaps))
    left = ways_out.clock.left
    limit = TRIAL if left is None else min(TRIAL, left)
    try:
        start = Start(any_of_the_best=True)
        rota = solve(bent, Clock(limit), lambda _: None, stages, start).rota
    except InfeasibleError:
        return None
    except TimeRanOutError:
        rota = ways_out.rota
    whole: Problem | None = problem
    for step in steps:
        whole = step.written(whole, bent, rota) if whole else None
    if whole is None:
        return None
    if any(not _excused(whole, breach) for breach in breaches(whole, rota)):
        return None
    cost = sum(step.cost(problem) for step in steps)
    lines = _said(problem, rota, steps)
    imbalance = fair_share.values(bent, rota)[-1]
    return Repair(steps, cost, lines, whole, rota, imbalance, least)


def _said(problem: Problem, rota: Rota, steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps in words, as ``rota`` would have them; each is told where the others are taken."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        others = _applied(problem, (other for other in steps if other is not step))
        before, what, after = step.said(others, rota)
        found.setdefault((before or what, after), []).append(what)
    return tuple(
        (f"{before}{listed(whats)}{after}" if before != whats[0] else before)
        for (before, after), whats in found.items()
    )


def _applied(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with steps carried out, one after the other."""
    for step in steps:
        problem = step.applied(problem)
    return problem


def _excused(problem: Problem, breach: Breach) -> bool:
    """Whether the breach is a duty left open on purpose, or the doing of weeks that have begun."""
    begun = problem.settled.weeks
    past = breach.week in begun or (bool(begun) and rule_of(breach).ADDS_UP)
    return past or breach.left_open in problem.may_stay_open


def _least_imbalance(problem: Problem) -> Fraction:
    """The least sum of balance² conceivable over all roles together, were nobody ever away."""
    from planner.model import even_split

    together = len(fair_share.parts(problem)) - 1
    costs = [cost.cost for cost in fair_share.costs(problem, together, ())]
    split = even_split(costs, [len(problem.duties)] * len(costs), len(problem.duties))
    return split.value if split else Fraction(0)


def _lines(explanation: Explanation) -> Iterator[str]:
    clashes, repairs = explanation.clashes, explanation.repairs
    for clash in clashes:
        yield f"{weeks_listed(clash.weeks)}: these cannot all hold"
        yield from (f"  - {line}" for line in said(explanation.problem, clash.members))
        if not clash.minimal:
            yield "  (There was no time to find out whether fewer of them clash already.)"
    if len(clashes) == MOST_CLASHES:
        yield "There may be more clashes behind these."
    if not clashes:
        yield "There was no time to find out what clashes; raise --time-limit."
    if repairs:
        order = "cheapest first" if explanation.cheapest else "cheap ones first"
        yield f"Ways out, {order}; each was tried and gives a rota:"
    for number, repair in enumerate(repairs, start=1):
        yield from _numbered(number, repair.lines)
        yield f"     {_fairness(repair)}"


def _numbered(number: int, steps: Sequence[str]) -> Iterator[str]:
    for n, step in enumerate(steps):
        yield f"  {number}. {step}" if n == 0 else f"     and {step}"


def _fairness(repair: Repair) -> str:
    value = f"sum of balance² {float(repair.imbalance):.2f}"
    if repair.imbalance <= repair.least:
        return f"({value}: costs nothing in fairness)"
    return f"({value}; the best conceivable is {float(repair.least):.2f})"


def _details(explanation: Explanation) -> dict[str, Any]:
    """The explanation for JSON."""
    problem = explanation.problem
    return {
        "clashes": [
            {
                "weeks": [week.name for week in clash.weeks],
                "minimal": clash.minimal,
                "facts": [
                    {
                        "rule": member.fact.rule,
                        "week": member.fact.week.name if member.fact.week else None,
                        "engineer": member.fact.engineer or None,
                        "source": str(member.fact.source) if member.fact.source else None,
                        "message": said(problem, [member])[0],
                    }
                    for member in clash.members
                ],
            }
            for clash in explanation.clashes
        ],
        "repairs": [
            {
                "kinds": sorted({step.kind for step in repair.steps}),
                "steps": list(repair.lines),
                "cost": repair.cost,
                "imbalance": _amount(repair.imbalance),
                "least_imbalance": _amount(repair.least),
            }
            for repair in explanation.repairs
        ],
    }


def _amount(value: Fraction) -> dict[str, Any]:
    return {"number": float(value), "exact": str(value)}
