"""What a re-plan minimises: departures from the published rota, and whom they disturb.

Each is built like an aim, around the rota that people already rely on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import ClassVar

from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import AnyOf, Fact, Linear, Parts, Row


@dataclass(frozen=True)
class FewestChanges:
    """Duties whose holder differs from the published rota's."""

    published: Rota

    NAME: ClassVar[str] = "changes"
    STATEMENT: ClassVar[str] = "The fewest duties change hands."
    parts = Parts("duties changed")

    def costs(self, problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear]:
        """One for each duty that its published holder does not keep."""
        for d in _ahead(problem):
            yield _change(problem, self.published, d)

    def at_most(self, problem: Problem, count: int) -> Row:
        """That so many duties change hands, and no more."""
        each = [_change(problem, self.published, d) for d in _ahead(problem)]
        terms = tuple(term for one in each for term in one.terms)
        return Row(Fact(self.NAME), terms, most=count - sum(one.base for one in each))

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        return (Fraction(len(changed(problem, self.published, rota))),)


@dataclass(frozen=True)
class ShortNotice:
    """Changes of weeks that begin before a date."""

    published: Rota
    until: date

    NAME: ClassVar[str] = "notice"
    STATEMENT: ClassVar[str] = "The fewest changes start within the team's notice."
    parts = Parts("changes at short notice")

    def costs(self, problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear]:
        """As for all changes, in the weeks that begin too soon."""
        for d in _ahead(problem):
            if problem.duties[d].week.first < self.until:
                yield _change(problem, self.published, d)

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        soon = [d for d in changed(problem, self.published, rota) if d.week.first < self.until]
        return (Fraction(len(soon)),)


@dataclass(frozen=True)
class FewestPeople:
    """Engineers who gain or lose a duty."""

    published: Rota

    NAME: ClassVar[str] = "people"
    STATEMENT: ClassVar[str] = "The fewest engineers are touched by a change."
    parts = Parts("engineers touched")

    def costs(self, problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[AnyOf]:
        """One for each engineer with a seat that is no longer, or newly, theirs."""
        holders = [self.published.holder(duty) for duty in problem.duties]
        for e, engineer in enumerate(problem.engineers):
            newly = [(((d, e), holder != engineer.name),) for d, holder in enumerate(holders)]
            yield AnyOf(tuple(newly))

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        touched = set()
        for duty in changed(problem, self.published, rota):
            touched |= {self.published.holder(duty), rota.holder(duty)}
        return (Fraction(len(touched & set(problem.engineer_index))),)


@dataclass(frozen=True)
class CoverAsAgreed:
    """Absences from published duties that are not exchanged with the neighbouring week."""

    published: Rota

    NAME: ClassVar[str] = "cover"
    STATEMENT: ClassVar[str] = (
        "Of the published duties whose holder is away, the most are exchanged with the holder of "
        "the following (“next”) or preceding (“previous”) week."
    )
    parts = Parts("absences covered otherwise")

    def costs(
        self, problem: Problem, part: int, found: Sequence[Fraction]
    ) -> Iterator[Linear | AnyOf]:
        """One for each absence unless both seats of the exchange are taken."""
        for d, duty in enumerate(problem.duties):
            away = self._absent_holder(problem, duty)
            if away is None:
                continue
            other = self._neighbour(problem, duty)
            partner = self.published.holder(other) if other else None
            if other is None or partner in (None, away):
                yield Linear((), base=1)
            else:
                there = (problem.duty_index[other], problem.engineer_index[away])
                here = (d, problem.engineer_index[str(partner)])
                yield AnyOf((((here, False),), ((there, False),)))

    def _absent_holder(self, problem: Problem, duty: Duty) -> str | None:
        holder = self.published.holder(duty)
        known = holder in problem.engineer_index
        return holder if holder and known and problem.team.away_on(holder, duty) else None

    def _neighbour(self, problem: Problem, duty: Duty) -> Duty | None:
        step = {"next": 1, "previous": -1}.get(problem.team.settings.cover)
        if step is None:
            return None
        other = duty.later(step * problem.stints.length(duty.rotation))
        held = self.published.holder(other) in problem.engineer_index
        return other if held and other in problem.duty_index else None

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        missed = 0
        for duty in problem.duties:
            away = self._absent_holder(problem, duty)
            if away is not None:
                other = self._neighbour(problem, duty)
                partner = self.published.holder(other) if other else None
                exchanged = partner != away and rota.holder(duty) == partner
                missed += not (other and exchanged and rota.holder(other) == away)
        return (Fraction(missed),)


def changed(problem: Problem, published: Rota, rota: Rota) -> tuple[Duty, ...]:
    """The planned duties whose holders differ, in order."""
    return tuple(d for d in problem.duties if published.holder(d) != rota.holder(d))


def _ahead(problem: Problem) -> Iterator[int]:
    """The duties that can still change hands."""
    return (d for d, duty in enumerate(problem.duties) if duty not in problem.settled)


def _change(problem: Problem, published: Rota, d: int) -> Linear:
    """One unless the published holder keeps the duty, or an open duty stays open."""
    holder = published.holder(problem.duties[d])
    if holder is None:
        return Linear(tuple((1, (d, e)) for e in range(len(problem.engineers))))
    if holder not in problem.engineer_index:
        return Linear((), base=1)
    return Linear(((-1, (d, problem.engineer_index[holder])),), base=1)
