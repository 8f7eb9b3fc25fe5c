"""What a few changes more would buy, where a re-plan leaves somebody owed or the rota tighter.

The fewest changes come first in a re-plan, so somebody who joined may hold nothing until the
next quarter, and a week may end up beside another one. Neither is done behind anybody's back:
who is owed, and what would mend the rota, is searched for and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from planner.checking.report import check
from planner.domain import Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.planning.exchange import Move
from planner.planning.replan import Replan, kept_stages, replan
from planner.problem import Problem, ledger
from planner.records import dataclass
from planner.rules import aims_of, fair_share, rest, spacing
from planner.rules.base import Fact, Row, Value
from planner.rules.changes import FewestChanges, changed

if TYPE_CHECKING:
    from planner.model import Clock, Stage

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
    now = _Standing.of(problem, answer.plan.rota)
    if fair_share not in aims_of(problem.team) or not now.waiting:
        return ()
    clock = Clock(time_limit)
    with clock.until_interrupted():
        return tuple(_owed(answer, now, as_of, spend, clock))


@dataclass(frozen=True)
class _Standing:
    """How a rota treats its people: the fair share of all, what each holds, and the balances."""

    rota: Rota
    fair: tuple[Fraction, ...]
    held: dict[str, int]
    balance: dict[str, Fraction]

    @staticmethod
    def of(problem: Problem, rota: Rota) -> _Standing:
        together = [line for line in ledger.accounts(problem, rota) if not line.role]
        held = {line.engineer: len(rota.duties_of(line.engineer)) for line in together}
        balance = {line.engineer: line.balance for line in together}
        return _Standing(rota, tuple(fair_share.values(problem, rota)), held, balance)

    @property
    def waiting(self) -> list[str]:
        """Who is more than half a duty short, so that one more brings them nearer; most first."""
        short = [(owed, name) for name, owed in self.balance.items() if owed < -Fraction(1, 2)]
        return [name for _, name in sorted(short)]

    def helps(self, name: str, before: _Standing) -> bool:
        """Whether somebody holds more than before, and is nearer to what they owe."""
        nearer = abs(self.balance[name]) < abs(before.balance[name])
        return self.held[name] > before.held[name] and nearer


def _owed(
    answer: Replan, now: _Standing, as_of: date | None, spend: int, clock: Clock
) -> Iterator[Owed]:
    from planner.model import Stage

    problem = answer.plan.problem
    try:
        other = replan(
            problem, answer.published, as_of, spend=spend + 1, time_limit=clock.left, explain=False
        )
    except (InfeasibleError, TimeRanOutError):
        return
    best = _Standing.of(problem, other.plan.rota)
    fairer = best.fair < now.fair
    if aims_of(problem.team)[0] is fair_share and not fairer:
        return  # no change more makes it fairer, for whomever
    stages = [*kept_stages(problem, answer.published), Stage(fair_share)]
    for name in now.waiting:
        if clock.left == 0:
            return  # what is found in no time would be nothing
        if fairer and best.helps(name, now):
            yield _told(answer, now, best, name, best=True)
            continue
        rota = _best_for(answer, name, now, stages, spend, clock)
        then = _Standing.of(problem, rota) if rota is not None else now
        if then.fair < now.fair:
            yield _told(answer, now, then, name, best=False)


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


def _best_for(
    answer: Replan,
    name: str,
    now: _Standing,
    stages: Sequence[Stage],
    spend: int,
    clock: Clock,
) -> Rota | None:
    """The fairest rota with one more change in which the engineer holds more than now."""
    from planner.model import Start, solve

    problem, published = answer.plan.problem, answer.published
    ahead = [d for d, duty in enumerate(problem.duties) if duty not in problem.settled]
    e = problem.engineer_index[name]
    begun = sum(held.engineer == name for held in problem.settled)
    held = now.held[name] - begun
    most = held + ceil(-2 * now.balance[name]) - 1  # with more, they would be further off than now
    more = Row(Fact("owed"), tuple((1, (d, e)) for d in ahead), least=held + 1, most=most)
    allowed = int(answer.changes_proof.value) + spend + 1
    few = FewestChanges(published).at_most(problem, allowed)
    start = Start(published, rows=(more, few), any_of_the_best=True)
    try:
        return solve(problem, clock, lambda _: None, stages, start).rota
    except (InfeasibleError, TimeRanOutError):
        return None


def _told(answer: Replan, now: _Standing, then: _Standing, name: str, best: bool) -> Owed:
    problem = answer.plan.problem
    values = zip(fair_share.parts(problem), now.fair, then.fair, strict=True)
    part, before, after = next(each for each in values if each[1] != each[2])
    joined = problem.team.engineer(name).joined
    moves = (
        Move(duty, now.rota.holder(duty), then.rota.holder(duty))
        for duty in changed(problem, now.rota, then.rota)
    )
    return Owed(
        name,
        joined if joined is not None and joined >= problem.horizon.first else None,
        len([duty for duty in now.rota.duties_of(name) if duty in problem.duty_index]),
        -now.balance[name],
        Value(fair_share.NAME, part, before),
        Value(fair_share.NAME, part, after),
        tuple(moves),
        best,
    )
