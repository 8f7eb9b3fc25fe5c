"""What a few changes more would buy, where a re-plan leaves somebody owed or the rota tighter.

The fewest changes come first in a re-plan, so somebody who joined may hold nothing until the
next quarter, and a week may end up beside another one. Neither is done behind anybody's back:
who is owed, and what would mend the rota, is searched for and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from planner.checking.report import check
from planner.domain import Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.planning.moves import Move, moves_between
from planner.planning.replan import Replan, kept_stages, replan
from planner.problem import Problem, ledger
from planner.records import dataclass
from planner.rules import aims_of, fair_share, rest, spacing
from planner.rules.base import Fact, Row, Value
from planner.rules.changes import FewestChanges

if TYPE_CHECKING:
    from planner.model import Clock

MENDS = 3
"""The most further changes that are tried to mend rest and spacing."""

EASE = (rest.NAME, spacing.NAME)
"""The aims about a person's own time: that duties do not come close together."""


@dataclass(frozen=True)
class Owed:
    """Somebody whom one more change would bring nearer to what they owe.

    ``short`` is by how many duties the answer gives them less than that, over all roles, and
    ``held`` how many they have. ``before`` and ``after`` are the first part of the fair share that
    would differ; ``moves`` are what would be otherwise. ``best``: this is what serves
    the team's aims best, so that spending one more change brings just this.
    """

    engineer: str
    joined: date | None
    held: int
    short: Fraction
    before: Value
    after: Value
    moves: tuple[Move, ...]
    best: bool


@dataclass(frozen=True)
class Mend:
    """So many further changes bring rest and spacing back to what they were before.

    Each of them if ``whole``, otherwise taken together in the team's order.
    """

    further: int
    answer: Replan
    whole: bool


def owed(
    answer: Replan, as_of: date | None, spend: int = 0, time_limit: float | None = None
) -> tuple[Owed, ...]:
    """Whom one more change would help, and what it would do; whoever is owed most comes first.

    Helped is who gets nearer to what they owe, by holding more, while the fair share of all
    gets better and is still no worse than the published rota's.
    """
    from planner.model import Clock

    problem = answer.plan.problem
    waiting = _waiting(problem, answer.plan.rota) if fair_share in aims_of(problem.team) else []
    if not waiting:
        return ()
    clock = Clock(time_limit)
    with clock.until_interrupted():
        return tuple(_owed(answer, waiting, as_of, spend, clock))


def _owed(
    answer: Replan,
    waiting: list[tuple[str, Fraction]],
    as_of: date | None,
    spend: int,
    clock: Clock,
) -> Iterator[Owed]:
    problem, now = answer.plan.problem, answer.plan.rota
    try:
        best = replan(
            problem, answer.published, as_of, spend=spend + 1, time_limit=clock.left, explain=False
        ).plan.rota
    except (InfeasibleError, TimeRanOutError):
        return
    fairer = _fairer(problem, best, now)
    if aims_of(problem.team)[0] is fair_share and not fairer:
        return  # no change more makes it fairer, for whomever
    for name, short in waiting:
        if fairer and _helped(problem, now, best, name):
            yield _told(answer, best, name, short, best=True)
            continue
        rota = _best_for(answer, name, short, spend, clock)
        if rota is not None and _fairer(problem, rota, now):
            yield _told(answer, rota, name, short, best=False)


def mend(
    answer: Replan, as_of: date | None, spend: int = 0, time_limit: float | None = None
) -> Mend | None:
    """The fewest further changes with which rest and spacing are no worse than before, if few do.

    Where one stays worse, but what comes before it in the team's order gets better than it was,
    that makes up for it. ``None`` where they are no worse as it is.
    """
    from planner.model import Clock

    problem = answer.plan.problem
    before = _ease(problem, answer.published)
    if not answer.changes or _no_worse(_ease(problem, answer.plan.rota), before):
        return None
    clock = Clock(time_limit)
    with clock.until_interrupted():
        return _mend(answer, as_of, spend, before, clock)


def _mend(
    answer: Replan, as_of: date | None, spend: int, before: list[Fraction], clock: Clock
) -> Mend | None:
    problem = answer.plan.problem
    now, making_up = _ease(problem, answer.plan.rota), None
    for further in range(1, MENDS + 1):
        try:
            other = replan(
                problem, answer.published, as_of, spend=spend + further, time_limit=clock.left
            )
        except (InfeasibleError, TimeRanOutError):
            break
        then = _ease(problem, other.plan.rota)
        if _no_worse(then, before):
            return Mend(further, other, whole=True)
        if making_up is None and then <= before < now:
            making_up = Mend(further, other, whole=False)
    return making_up


def _ease(problem: Problem, rota: Rota) -> list[Fraction]:
    return [v.value for v in check(problem, rota).values if v.aim in EASE]


def _no_worse(values: list[Fraction], before: list[Fraction]) -> bool:
    return all(new <= old for new, old in zip(values, before, strict=True))


def _waiting(problem: Problem, rota: Rota) -> list[tuple[str, Fraction]]:
    """Who is more than half a duty short, so that one more brings them nearer; most first."""
    together = [line for line in ledger.accounts(problem, rota) if not line.role]
    short = [(line.engineer, -line.balance) for line in together if -line.balance > Fraction(1, 2)]
    return sorted(short, key=lambda each: (-each[1], each[0]))


def _fair(problem: Problem, rota: Rota) -> tuple[Fraction, ...]:
    return tuple(fair_share.values(problem, rota))


def _fairer(problem: Problem, one: Rota, other: Rota) -> bool:
    return _fair(problem, one) < _fair(problem, other)


def _helped(problem: Problem, now: Rota, rota: Rota, name: str) -> bool:
    def standing(of: Rota) -> tuple[int, Fraction]:
        lines = ledger.accounts(problem, of)
        balance = next(x.balance for x in lines if x.engineer == name and not x.role)
        return len(of.duties_of(name)), abs(balance)

    (held, off), (held_now, off_now) = standing(rota), standing(now)
    return held > held_now and off < off_now


def _best_for(answer: Replan, name: str, short: Fraction, spend: int, clock: Clock) -> Rota | None:
    """The fairest rota with one more change in which the engineer holds more than now."""
    from planner.model import Stage, Start, solve

    problem, published = answer.plan.problem, answer.published
    ahead = [d for d, duty in enumerate(problem.duties) if duty not in problem.settled]
    e = problem.engineer_index[name]
    begun = sum(held.engineer == name for held in problem.settled)
    held = len(answer.plan.rota.duties_of(name)) - begun
    most = held + ceil(2 * short) - 1  # with more than these, they would be further off than now
    more = Row(Fact("owed"), tuple((1, (d, e)) for d in ahead), least=held + 1, most=most)
    allowed = int(answer.changes_proof.value) + spend + 1
    few = FewestChanges(published).at_most(problem, allowed)
    stages = [*kept_stages(problem, published), Stage(fair_share)]
    start = Start(published, rows=(more, few), any_of_the_best=True)
    try:
        return solve(problem, clock, lambda _: None, stages, start).rota
    except (InfeasibleError, TimeRanOutError):
        return None


def _told(answer: Replan, rota: Rota, name: str, short: Fraction, best: bool) -> Owed:
    problem = answer.plan.problem
    parts = fair_share.parts(problem)
    values = zip(parts, _fair(problem, answer.plan.rota), _fair(problem, rota), strict=True)
    part, before, after = next(each for each in values if each[1] != each[2])
    joined = problem.team.engineer(name).joined
    return Owed(
        name,
        joined if joined is not None and joined >= problem.horizon.first else None,
        len([duty for duty in answer.plan.rota.duties_of(name) if duty in problem.duty_index]),
        short,
        Value(fair_share.NAME, part, before),
        Value(fair_share.NAME, part, after),
        moves_between(problem, answer.plan.rota, rota),
        best,
    )
