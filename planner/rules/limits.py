"""Limits: nobody exceeds the most duties of a role, of a kind or of any role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.cells import Cells, Facts, Formula, Workings, count, lift, total, when
from planner.cells.references import runs
from planner.domain import ANY_ROLE, Duty, DutyWeek, Limit, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Breach, Fact, Row, Said, Step, of_holder

NAME = "limits"
STATEMENT = (
    "Nobody exceeds the most duties of a role, of a kind or of any role that the team sets: in the "
    "planned weeks, or in every window of so many weeks (earlier weeks counted)."
)
SET_ASIDE = 50
WHOLE = False
ADDS_UP = True
beside = of_holder(" is above the limit")


def rows(problem: Problem) -> Iterator[Row]:
    """One row a limit and engineer, over all the seats it counts; or one for every window.

    Windows end with a planned week. What history has put into one leaves so much less for it.
    """
    for limit in problem.team.settings.limits:
        counted = [
            (d, duty.week) for d, duty in enumerate(problem.duties) if _counts(problem, limit, duty)
        ]
        for e, engineer in enumerate(problem.engineers):
            fact = Fact(NAME, engineer=engineer.name, detail=_detail(limit))
            if limit.within is None:
                if len(counted) > limit.most:
                    yield Row(fact, tuple((1, (d, e)) for d, _ in counted), most=limit.most)
                continue
            for week in problem.weeks:
                first = week.later(1 - limit.within)
                inside = [d for d, when in counted if first <= when <= week]
                left = max(0, limit.most - _before(problem, limit, engineer.name, first))
                if len(inside) > left:
                    terms = tuple((1, (d, e)) for d in inside)
                    yield Row(replace(fact, week=week), terms, most=left)


def _counts(problem: Problem, limit: Limit, duty: Duty) -> bool:
    role = problem.team.role_of(duty)
    return limit.name in (ANY_ROLE, role.shared, role.kind)


def _before(problem: Problem, limit: Limit, name: str, first: DutyWeek) -> int:
    """Counted duties that history gives the engineer from that week on."""
    duties = problem.history.duties_of(name)
    return sum(duty.week >= first and _counted_then(problem, limit, duty) for duty in duties)


def _counted_then(problem: Problem, limit: Limit, duty: Duty) -> bool:
    """Whether a past duty counts; its seat may be one that the team no longer has."""
    strand = problem.team.strand(duty.seat)
    known = strand in problem.team.strands
    kind = problem.team.role_of(duty).kind if known else ""
    return limit.name in (ANY_ROLE, strand.role, kind)


def _detail(limit: Limit) -> str:
    return f"{limit.most}|{limit.within or ''}|{limit.name}"


def _limit_of(fact: Fact) -> Limit:
    most, within, name = fact.detail.split("|")
    return Limit(name, int(most), int(within) if within else None)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Engineers with more duties than a limit allows; the place is the first duty too many.

    Of a window it is each duty with which too many lie in the weeks that end with its own.
    """
    for limit in problem.team.settings.limits:
        for engineer in problem.engineers:
            name = engineer.name
            own = [duty for duty in rota.duties_of(name) if duty.week in problem.weeks]
            counted = [
                duty
                for duty in own
                if limit.name == ANY_ROLE
                or problem.team.role_of(duty).shared == limit.name
                or problem.team.role_of(duty).kind == limit.name
            ]
            if limit.within is not None:
                past = [d for d in problem.history.duties_of(name) if _is_past(problem, limit, d)]
                yield from _too_near([*past, *counted], limit, name, len(past))
            elif len(counted) > limit.most:
                duty = counted[limit.most]
                held = f"{name} holds {_duties(limit, len(counted))}"
                message = f"{duty.week}: {held}, but at most {limit.most} are allowed"
                yield Breach(NAME, duty.week, name, message, duty)


def _is_past(problem: Problem, limit: Limit, duty: Duty) -> bool:
    strand = problem.team.strand(duty.seat)
    if limit.name in (ANY_ROLE, strand.role):
        return True
    return strand in problem.team.strands and problem.team.role_of(duty).kind == limit.name


def _too_near(duties: Sequence[Duty], limit: Limit, name: str, first: int) -> Iterator[Breach]:
    assert limit.within is not None
    for n in range(first, len(duties)):
        duty = duties[n]
        near = [
            d for d in duties[: n + 1] if (duty.week.first - d.week.first).days < 7 * limit.within
        ]
        if len(near) > limit.most:
            held = f"{name} holds {_duties(limit, len(near))} in {limit.within} weeks"
            message = f"{duty.week}: {held}, but at most {limit.most} are allowed"
            yield Breach(NAME, duty.week, name, message, duty)


def _duties(limit: Limit, number: int) -> str:
    """``3 primary duties``; with any role ``3 duties``."""
    kind = "" if limit.name == ANY_ROLE else f"{limit.name} "
    return f"{number} {kind}dut{'y' if number == 1 else 'ies'}"


def say(problem: Problem, fact: Fact) -> str:
    """Who may hold how many of what, and in how many weeks."""
    limit = _limit_of(fact)
    kind = "" if limit.name == ANY_ROLE else f"{limit.name} "
    window = f" in any {limit.within} weeks" if limit.within else ""
    return (
        f"{fact.engineer} may hold at most {limit.most} {kind}duties{window} (limits in team.toml)"
    )


@dataclass(frozen=True, slots=True)
class RaiseLimit(Step):
    """A limit of the team is raised."""

    name: str
    by: int

    kind = "limit raised"

    @property
    def after(self) -> Step | None:
        return RaiseLimit(self.name, self.by - 1) if self.by > 1 else None

    def cost(self, problem: Problem) -> int:
        return 4 * self.by

    def applied(self, problem: Problem) -> Problem:
        settings = problem.team.settings
        raised = tuple(
            limit._replace(most=limit.most + self.by) if limit.name == self.name else limit
            for limit in settings.limits
        )
        team = replace(problem.team, settings=replace(settings, limits=raised))
        return replace(problem, team=team)

    def said(self, problem: Problem, rota: Rota) -> Said:
        limit = next(each for each in problem.team.settings.limits if each.name == self.name)
        window = f" in {limit.within}" if limit.within else ""
        old, new = f"{limit.most}{window}", f"{limit.most + self.by}{window}"
        what = "duties" if self.name == ANY_ROLE else f"{self.name} duties"
        return "", f"raise the limit of {what} from {old} to {new} in team.toml", ""


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """The limit may be raised, one by one."""
    for by in range(1, 1 + max(0, len(row.terms) - (row.most or 0))):
        yield RaiseLimit(_limit_of(row.fact).name, by)


def can_be_broken(problem: Problem) -> bool:
    """Where the team sets any."""
    return bool(problem.team.settings.limits)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """Of the limits, how many this duty is the first to exceed, or does within its window; −1 at
    duties further above one of all weeks."""
    facts, me = work.facts, work.number(w, s)
    firsts, further = [], []
    for limit in facts.settings.limits:
        seats = [
            t
            for t, (_, role) in enumerate(facts.seats)
            if limit.name in (ANY_ROLE, role.shared, role.kind)
        ]
        if s not in seats:
            continue
        since = 0 if limit.within is None else max(0, w - limit.within + 1)
        done = total(count(cells, me) for cells in _up_to(work, w, s, seats, since))
        if limit.within is None:
            firsts.append(done.is_(limit.most + 1))
            further.append(done.over(limit.most + 1))
        else:
            firsts.append((done + _earlier(work, me, w, limit)).over(limit.most))
    if not firsts:
        return None
    return when(me.is_(0), 0, when(total(firsts).over(0), total(firsts), lift(0) - total(further)))


def _up_to(work: Workings, w: int, s: int, seats: list[int], since: int) -> Iterator[Cells]:
    """The cells of these seats from a week on, and of this week as far as this seat."""
    for first, last in runs(seats) if w > since else ():
        yield work.numbers(w - 1, first, last, since=since)
    for first, last in runs(t for t in seats if t <= s):
        yield work.numbers(w, first, last)


def _earlier(work: Workings, me: Formula, w: int, limit: Limit) -> Formula:
    """Counted duties of the window in the time before the first week."""
    within = limit.within or 0
    if w >= within - 1:
        return lift(0)
    first = work.facts.problem.weeks[w].later(1 - within)

    def known(facts: Facts) -> list[int]:
        return [_before(facts.problem, limit, each.name, first) for each in facts.engineers]

    return work.of(me, f"{limit.name}, {limit.most} in {within}, before {first}", known)
