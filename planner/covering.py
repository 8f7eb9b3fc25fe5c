"""Stand-ins for sudden absence within a duty week: who takes those days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from planner import ledger
from planner.domain import PRIMARY, SECONDARY, Cover, Duty, Rota
from planner.problem import Problem


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could stand in. ``why`` says what speaks for them, ``but`` what against.

    ``balance`` is theirs over all roles: above zero, they have done more than a fair share.
    """

    engineer: str
    why: str
    but: tuple[str, ...]
    balance: Fraction


@dataclass(frozen=True)
class Need:
    """Days of one duty, both included, for which a stand-in is sought; candidates best first."""

    duty: Duty
    holder: str
    start: date
    end: date
    candidates: tuple[Candidate, ...]

    def cover(self, stand_in: str, note: str = "") -> Cover:
        duty = self.duty
        return Cover(self.holder, self.start, self.end, stand_in, duty.rotation, duty.role, note)


def needs(problem: Problem, rota: Rota, engineer: str, start: date, end: date) -> tuple[Need, ...]:
    """The engineer's duties on these days, each with everybody who could stand in.

    Nobody's other week is touched. The secondary comes first for a primary, then whom the
    team's way to cover names, then whoever has done least; people on another duty that week
    come after those who are free.
    """
    found = []
    for duty in rota.duties_of(engineer):
        first, last = max(start, duty.week.first), min(end, duty.week.last)
        if duty in problem.duty_index and first <= last:
            candidates = _candidates(problem, rota, duty, engineer, first, last)
            found.append(Need(duty, engineer, first, last, candidates))
    return tuple(found)


def _candidates(
    problem: Problem, rota: Rota, duty: Duty, holder: str, start: date, end: date
) -> tuple[Candidate, ...]:
    days = [start + timedelta(n) for n in range((end - start).days + 1)]
    balances = {a.engineer: a.balance for a in ledger.accounts(problem, rota) if not a.role}
    second = rota.holder(Duty(duty.week, duty.rotation, SECONDARY))
    asked = _asked(problem, rota, duty)
    ranked = []
    for name in sorted(problem.team.rotation(duty.rotation).cycle):
        if name == holder or not _free(problem, name, duty, days):
            continue
        why, place = "", 2
        if duty.role == PRIMARY and name == second:
            why, place = f"is secondary in {duty.week}", 0
        elif name == asked:
            why, place = f"holds the {problem.team.settings.cover} week", 1
        busy = [d for d in rota.duties_of(name) if d.week == duty.week] if place else []
        off = _days_off(problem, name, days)
        candidate = Candidate(name, why, (*_busy(busy), *off), balances[name])
        ranked.append(((bool(busy), place, len(off), balances[name], name), candidate))
    return tuple(candidate for _, candidate in sorted(ranked, key=lambda one: one[0]))


def _asked(problem: Problem, rota: Rota, duty: Duty) -> str | None:
    """Whom the team's way to cover names: the holder of the next or of the previous week."""
    step = {"next": 1, "previous": -1}.get(problem.team.settings.cover)
    if step is None:
        return None
    near = Duty(duty.week.later(step), duty.rotation, duty.role)
    return rota.holder(near) or problem.history.holder(near)


def _free(problem: Problem, name: str, duty: Duty, days: list[date]) -> bool:
    """Whether the engineer may hold the role, is employed and not away on any of the days."""
    engineer = problem.team.engineer(name)
    absences = problem.team.vacations_of(name)
    away = any(v.start <= day <= v.end for v in absences for day in days)
    employed = all(
        (engineer.joined or day) <= day and day <= (engineer.left or day) for day in days
    )
    return engineer.may_hold(problem.team.role_of(duty)) and employed and not away


def _busy(duties: list[Duty]) -> tuple[str, ...]:
    return tuple(f"is {duty.role} of {duty.rotation} that week" for duty in duties)


def _days_off(problem: Problem, name: str, days: list[date]) -> tuple[str, ...]:
    """Public holidays and own festivals of the engineer on the days."""
    holidays = sum(h.day in days for h in problem.days_off.holidays.get(name, ()))
    times = problem.days_off.festivals.get(name, ())
    festivals = len({day for time in times for day in time.days} & set(days))
    found = []
    if festivals:
        found.append("has an own festival then")
    if holidays:
        found.append("has a public holiday then")
    return tuple(found)
