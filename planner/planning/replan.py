"""Re-planning: as much of the published rota as can be kept, and proof that it is.

The order is: rules, no optional duty more open, no more turns split and fair share no worse than
the published rota has them under today's inputs, fewest duties changed, the team's way to cover,
fewest changes at short notice, the team's own aims in their order, and last the fewest engineers
touched: one person is not made to take over all that another leaves, only so that fewer are spoken
to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.checking.finished_plan import Plan, Proof
from planner.checking.remarks import remarks_of
from planner.checking.report import Report, breaches, check
from planner.checking.warnings import warnings_of
from planner.domain import Duty, DutyWeek, Rota
from planner.errors import DisagreementError, InfeasibleError
from planner.planning.infeasible import infeasible
from planner.problem import Problem
from planner.problem.kept_in_pauses import with_kept_in_pauses
from planner.records import dataclass
from planner.rules import agreed, aims_of, fair_share, open_duties, rule_of, split_turns
from planner.rules.base import Breach, Goal
from planner.rules.changes import CoverAsAgreed, FewestChanges, FewestPeople, ShortNotice, changed
from planner.wording import from_file

if TYPE_CHECKING:
    from planner.model import Stage

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A duty that changes hands, and the fact behind it.

    ``cause`` is that fact in a word: the rule that forbids the old holder, or ``swap``, ``lock``,
    ``open``, ``return`` (it goes with another change), ``aims``, ``fair`` and ``pause`` (there is
    no such duty any more). ``breach`` is where the published rota breaks that rule.
    """

    duty: Duty
    old: str | None
    new: str | None
    why: str
    cause: str = ""
    breach: Breach | None = None


@dataclass(frozen=True)
class Replan:
    """A new plan beside the published rota.

    ``changes_proof`` says how many duties had to change and what is proven of it;
    ``needs_cover`` are frozen duties whose holders are away: nobody's week is moved for them.
    ``overtaken`` are agreed swaps of frozen weeks that the rota does not show.
    """

    plan: Plan
    published: Rota
    settled: Rota
    changes: tuple[Change, ...]
    changes_proof: Proof
    disturbance: tuple[Proof, ...]
    needs_cover: tuple[Breach, ...]
    overtaken: tuple[Breach, ...] = ()


def frozen(problem: Problem, published: Rota, as_of: date | None) -> Rota:
    """The duties of weeks that have begun, which stay as published; none if the last one has.

    A quarter that is over is planned as if it had not begun.
    """
    weeks = _begun(problem, as_of)
    begun = [duty for duty in problem.duties if duty.week in weeks]
    return Rota.of((duty, published.holder(duty)) for duty in begun)


def _begun(problem: Problem, as_of: date | None) -> tuple[DutyWeek, ...]:
    if as_of is None or as_of > problem.horizon.last:
        return ()
    return tuple(week for week in problem.weeks if week.first <= as_of)


def replan(
    problem: Problem,
    published: Rota,
    as_of: date | None = None,
    *,
    spend: int = 0,
    excluded: tuple[Rota, ...] = (),
    time_limit: float | None = None,
    progress: Progress | None = None,
    explain: bool = True,
) -> Replan:
    """The rota that changes fewest of the published duties and is no less fair.

    ``problem.locked`` are duties that people locked. ``spend`` lets so many further changes
    serve the team's aims, ``excluded`` rotas are not wanted. Raises ``InfeasibleError`` if there
    is no rota, with what clashes if ``explain``.
    """
    from planner.model import Clock, Start, solve

    problem = with_kept_in_pauses(problem, published, _begun(problem, as_of))
    # As far as it speaks of today's duties; others count as open.
    known = Rota.of((duty, published.holder(duty)) for duty in problem.duties)
    settled = frozen(problem, known, as_of)
    problem = replace(problem, settled=settled).with_facts_of(settled.weeks)
    clock = Clock(time_limit)
    stages = _stages(problem, known, as_of if settled else None, spend)
    start = Start(known, excluded, any_of_the_best=True)
    try:
        with clock.until_interrupted():
            solution = solve(problem, clock, progress or (lambda _: None), stages, start)
    except InfeasibleError as error:
        raise infeasible(problem, clock.left) if explain else error from None
    report = check(problem, solution.rota)
    # What frozen weeks break (or use up of a limit) is reported, not repaired; anything else
    # would be a fault of the solver.
    begun = {held.duty.week for held in settled}
    ahead = [breach for breach in report.breaches if breach.week not in begun]
    faults = [breach for breach in ahead if not (settled and rule_of(breach).ADDS_UP)]
    if faults:
        raise DisagreementError(tuple(f"{b.rule}: {b.message}" for b in faults))
    by_part = {(proof.aim, proof.part): proof for proof in solution.proofs}
    proofs = tuple(
        replace(by_part[value.aim, value.part], value=value.value) for value in report.values
    )
    warnings = (*warnings_of(problem, solution.rota), *solution.doubts)
    given, remarks = _given(spend), remarks_of(problem)
    plan = Plan(problem, solution.rota, report, proofs, warnings, clock.spent, given, remarks)
    stated = {FewestChanges.NAME, CoverAsAgreed.NAME, ShortNotice.NAME, FewestPeople.NAME}
    disturbance = tuple(proof for proof in solution.proofs if proof.aim in stated)
    counted = next(proof for proof in disturbance if proof.aim == FewestChanges.NAME)
    return Replan(
        plan,
        known,
        settled,
        (*_resting(problem, published), *_changes(problem, known, solution.rota, spend)),
        counted,
        disturbance,
        tuple(_needs_cover(report, settled, as_of)),
        tuple(b for b in agreed.breaches(problem, solution.rota) if b.duty in settled),
    )


def _given(spend: int) -> str:
    """Among which rotas the aims are proven."""
    if spend:
        return f"those that change at most {spend} more of the published duties than must change"
    return "those that disturb the published rota as little"


def kept_stages(problem: Problem, published: Rota) -> list[Stage]:
    """What comes before the fewest changes: no more open, no more turns split and no less fair
    than published."""
    from planner.model import Stage

    aims = aims_of(problem.team)
    kept: list[Goal] = [aim for aim in (open_duties, split_turns, fair_share) if aim in aims]
    return [Stage(aim, tuple(aim.values(problem, published))) for aim in kept]


def _stages(problem: Problem, published: Rota, as_of: date | None, spend: int) -> Sequence[Stage]:
    from planner.model import Stage

    aims, stages = aims_of(problem.team), kept_stages(problem, published)
    changes = FewestChanges(published)
    if spend:
        stages.append(Stage(changes, allowance=spend))
        stages += [Stage(aim) for aim in aims]
        return [*stages, Stage(changes)]
    stages.append(Stage(changes))
    if problem.team.settings.cover != "anyone":
        stages.append(Stage(CoverAsAgreed(published)))
    if problem.team.settings.notice is not None and as_of is not None:
        until = as_of + timedelta(days=problem.team.settings.notice)
        stages.append(Stage(ShortNotice(published, until)))
    return [*stages, *(Stage(aim) for aim in aims), Stage(FewestPeople(published))]


def _needs_cover(report: Report, settled: Rota, as_of: date | None) -> Iterator[Breach]:
    """Frozen duties that are left undone on a day that is still to come."""
    for breach in report.breaches:
        if as_of and breach.duty in settled and any(day >= as_of for day in breach.undone):
            yield breach


def _resting(problem: Problem, published: Rota) -> Iterator[Change]:
    """Published duties of weeks in which their rotation now rests."""
    for held in published:
        duty = held.duty
        known = duty.seat in problem.team.roles and duty.week in problem.weeks
        gone = known and duty not in problem.duty_index
        if gone and held.engineer and problem.team.rotation(duty.rotation).rests(duty.week):
            yield Change(duty, held.engineer, None, f"{duty.rotation} pauses", "pause")


def _changes(problem: Problem, published: Rota, rota: Rota, spend: int) -> Iterator[Change]:
    """Every change with the fact behind it: its own, or else that of the change it goes with."""
    duties = changed(problem, published, rota)
    broken = breaches(problem, published)
    own = {duty: _reason(problem, published, rota, duty, broken) for duty in duties}
    causes, stint = [str(duty.week) for duty in duties if own[duty]], problem.stints.one
    for duty in duties:
        reason = own[duty]
        turn = [str(other.week) for other in duties if own[other] and stint(other, duty)]
        if reason is None and turn:
            reason = f"the same turn as {', '.join(turn)}", "turn", None
        elif reason is None and causes:
            reason = f"in return for {', '.join(dict.fromkeys(causes))}", "return", None
        elif reason is None and spend:
            reason = "serves the aims better", "aims", None
        elif reason is None:
            reason = "keeps the fair share", "fair", None
        yield Change(duty, published.holder(duty), rota.holder(duty), *reason)


def _reason(
    problem: Problem, published: Rota, rota: Rota, duty: Duty, broken: tuple[Breach, ...]
) -> tuple[str, str, Breach | None] | None:
    """What forbids the published holder or asks for the new one: in full, in a word, and where."""
    for fixed in problem.fixed:
        if fixed.engineer == rota.holder(duty) and duty in problem.places(fixed):
            what = "agreed swap" if fixed.because == "swap" else "locked"
            return what + from_file(fixed.source), fixed.because, None
    old = published.holder(duty)
    if old is None:
        return "was open", "open", None
    for breach in broken:
        if breach.duty == duty or (breach.engineer == old and breach.week == duty.week):
            return breach.message.removeprefix(f"{duty.week}: "), breach.rule, breach
    theirs = [breach for breach in broken if breach.engineer == old]
    if theirs:  # The rule may break in another week: of two running, or the first above a limit.
        holders = {held.duty: held.engineer for held in published}
        left = breaches(problem, Rota.of({**holders, duty: None}))
        for breach in theirs:
            if breach not in left:
                return breach.message, breach.rule, breach
    return None
