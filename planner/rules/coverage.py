"""Coverage: every duty is held by exactly one engineer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.cells import Condition, Formula, Workings, joined, lift, when
from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Breach, Fact, Row, Said, Step
from planner.wording import OPEN_WORDS

NAME = "coverage"
STATEMENT = "Every duty is held by exactly one engineer; an optional role by at most one."
SET_ASIDE = 100
WHOLE = False
ADDS_UP = False


def rows(problem: Problem) -> Iterator[Row]:
    """One row a duty: all its seats together are one."""
    for d, duty in enumerate(problem.duties):
        terms = tuple((1, (d, e)) for e in range(len(problem.engineers)))
        spared = problem.team.role_of(duty).optional or duty in problem.may_stay_open
        least = 0 if spared else 1
        yield Row(Fact(NAME, duty.week, duty=duty), terms, least, 1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Required duties that nobody, or nobody of the team, holds."""
    known = {engineer.name for engineer in problem.engineers}
    for duty in problem.duties:
        holder = rota.holder(duty)
        if holder is None:
            if not problem.team.role_of(duty).optional:
                message = f"{duty.week}: nobody is {duty.role} of {duty.rotation}"
                yield Breach(NAME, duty.week, "", message, duty, problem.team.dates(duty))
        elif holder not in known:
            message = f"{duty.week}: {holder}, {duty.role} of {duty.rotation}, is not in the team"
            yield Breach(NAME, duty.week, holder, message, duty, problem.team.dates(duty))


def say(problem: Problem, fact: Fact) -> str:
    """The duty that somebody must hold."""
    assert fact.duty is not None
    verb = "may have" if problem.team.role_of(fact.duty).optional else "needs"
    return f"{fact.week}: {fact.duty.rotation} {verb} one {fact.duty.role}"


@dataclass(frozen=True, slots=True)
class LeaveOpen(Step):
    """A duty stays open."""

    duty: Duty

    kind = "duty left open"
    plain = True

    def cost(self, problem: Problem) -> int:
        roles = problem.team.rotation(self.duty.rotation).roles
        last = len(roles) - 1
        return 12 * (1 + last - [role.name for role in roles].index(self.duty.role))

    def applied(self, problem: Problem) -> Problem:
        return replace(problem, may_stay_open=problem.may_stay_open | {self.duty})

    def said(self, problem: Problem, rota: Rota) -> Said:
        duty = self.duty
        return f"leave {duty.role} of {duty.rotation} open in ", str(duty.week), " (--allow-gaps)"


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """A required duty may stay open."""
    if row.fact.duty and row.least:
        yield LeaveOpen(row.fact.duty)


def can_be_broken(problem: Problem) -> bool:
    """By every team."""
    return True


def flag(work: Workings, w: int, s: int) -> Formula | Condition | None:
    """1 where nobody of the team holds a duty that runs; optional ones may say that it is open."""
    if not work.facts.runs[w][s]:
        return None
    nobody, holder = work.number(w, s).is_(0), work.holder(w, s)
    if not work.facts.seats[s][1].optional:
        return nobody
    said_open = holder.is_("")
    for word in OPEN_WORDS:
        said_open |= holder.is_(word)
    return when(nobody, when(said_open, 0, 1), 0)


def beside(work: Workings, w: int, s: int) -> Formula:
    """Nobody, or who is a stranger."""
    holder = work.holder(w, s)
    return when(holder.is_(""), "nobody", joined(holder, lift(" is not in the team")))
