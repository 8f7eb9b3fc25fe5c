"""Stand-ins for sudden absence within a duty week: who takes those days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from planner.domain import PRIMARY, SECONDARY, Cover, Duty, Rota, Seat
from planner.problem import Problem, ledger
from planner.problem.doing import Doing, dates_done, doing
from planner.problem.resting import REACH, least_rest, rest_between, rest_counts
from planner.records import dataclass


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
    """Dates of one duty, both included, that ``engineer`` would do; candidates best first."""

    duty: Duty
    engineer: str
    start: date
    end: date
    candidates: tuple[Candidate, ...]

    def cover(self, stand_in: str, note: str = "") -> Cover:
        duty = self.duty
        return Cover(self.engineer, self.start, self.end, stand_in, duty.rotation, duty.role, note)


def needs(problem: Problem, rota: Rota, engineer: str, start: date, end: date) -> tuple[Need, ...]:
    """What the engineer does on these dates, as holder or as stand-in, and who else could.

    Nobody's other week is touched. The secondary comes first for a primary, then whom the
    team's way to cover names, then whoever has rested and done least; people with another duty
    on those dates, here or for another team, come after those who are free. Where the team keeps
    weeks of duty elsewhere free, nobody stands in on dates on which another team has them; where it
    asks for rest between duties, nobody does who would not have it.
    """
    on_duty = doing(problem.team, rota, problem.covers)
    found = []
    for duty in problem.duties:
        for first, last in _stretches(problem, duty, on_duty, engineer, start, end):
            candidates = _candidates(problem, rota, on_duty, duty, engineer, first, last)
            found.append(Need(duty, engineer, first, last, candidates))
    return tuple(found)


def left_alone(problem: Problem, rota: Rota, need: Need, stand_in: str) -> tuple[Need, ...]:
    """The other duties of those dates that the stand-in holds, and who else could take them.

    Where one person does two seats at once, the week has lost its second person.
    """
    cover = need.cover(stand_in)
    covered = replace(problem, covers=(*problem.covers, cover))
    found = needs(covered, rota, stand_in, need.start, need.end)
    return tuple(one for one in found if one.duty != need.duty and one.duty.week == need.duty.week)


def _stretches(
    problem: Problem, duty: Duty, on_duty: Doing, engineer: str, start: date, end: date
) -> Iterator[tuple[date, date]]:
    """The unbroken stretches of the engineer's own parts that touch a date from start to end."""
    names, first, last = on_duty.get(duty, {}), None, None
    for part in problem.team.parts(duty):
        touched = any(start <= day <= end for day in part.dates)
        if touched and names.get(part.day) == engineer:
            first, last = first or part.day, part.day
        elif first and last:
            yield first, last
            first = last = None
    if first and last:
        yield first, last


def _candidates(
    problem: Problem,
    rota: Rota,
    on_duty: Doing,
    duty: Duty,
    engineer: str,
    start: date,
    end: date,
) -> tuple[Candidate, ...]:
    parts = [part for part in problem.team.parts(duty) if start <= part.day <= end]
    days = sorted({day for part in parts for day in part.dates})
    balances = {a.engineer: a.balance for a in ledger.accounts(problem, rota) if not a.role}
    seconds = _holders(problem, rota, duty, SECONDARY)
    primary = problem.team.role_of(duty).shared == PRIMARY
    asked = _asked(problem, rota, duty)
    ranked = []
    for name in sorted(problem.team.rotation(duty.rotation).cycle):
        if name == engineer or not _free(problem, name, duty, days):
            continue
        if not _rests(problem, on_duty, name, duty, (start, end)):
            continue
        why, place = "", 2
        if primary and name in seconds:
            why, place = f"is secondary in {duty.week}", 0
        elif name == asked:
            why, place = f"holds the {problem.team.settings.cover} week", 1
        elsewhere = tuple(_elsewhere(problem, name, days))
        busy = (*(_busy(problem, on_duty, name, days) if place else ()), *elsewhere)
        off = _days_off(problem, name, days)
        tired = tuple(_neighbours(problem, rota, name, duty)) if place == 2 else ()
        against = tuple(dict.fromkeys((*busy, *off, *tired)))
        candidate = Candidate(name, why, against, balances[name])
        key = (bool(busy), place, len(off), len(tired), balances[name], name)
        ranked.append((key, candidate))
    return tuple(candidate for _, candidate in sorted(ranked, key=lambda one: one[0]))


def _holders(problem: Problem, rota: Rota, duty: Duty, role: str) -> list[str | None]:
    """Who holds a role of the duty's rotation in its week."""
    seats = problem.team.strands.get(Seat(duty.rotation, role), ())
    return [rota.holder(seat.in_week(duty.week)) for seat in seats]


def _asked(problem: Problem, rota: Rota, duty: Duty) -> str | None:
    """Whom the team's way to cover names: the holder of the next or of the previous week."""
    step = {"next": 1, "previous": -1}.get(problem.team.settings.cover)
    if step is None:
        return None
    near = duty.later(step)
    return rota.holder(near) or problem.history.holder(near)


def _free(problem: Problem, name: str, duty: Duty, days: list[date]) -> bool:
    """Whether the engineer may hold the role, is employed, and neither away nor replaced then."""
    engineer, availability = problem.team.engineer(name), problem.availability
    replaced = any(
        c.engineer == name and c.start <= d <= c.end for c in problem.covers for d in days
    )
    member = engineer in availability.members(duty.seat)
    never = problem.team.settings.other_teams == "never"
    clash = never and any(_elsewhere(problem, name, days))
    return member and availability.there_on(engineer, days) and not (replaced or clash)


def _rests(
    problem: Problem, on_duty: Doing, name: str, duty: Duty, dates: tuple[date, date]
) -> bool:
    """Whether enough rest lies between the parts of the duty that begin on these dates and what
    else the engineer does."""
    least, times = least_rest(problem), problem.team.times
    parts = [part for part in times.of(duty) if dates[0] <= part[0] <= dates[1]]
    past = problem.history.within([duty.week.later(n) for n in range(-REACH, 1)])
    for other, names in (*doing(problem.team, past, problem.covers).items(), *on_duty.items()):
        near = least and abs(other.week.until(duty.week)) <= REACH
        if near and rest_counts(problem, other, duty):
            own = [part for part in times.of(other) if names.get(part[0]) == name]
            if rest_between(parts, own) < least:
                return False
    return True


def _busy(problem: Problem, on_duty: Doing, name: str, days: list[date]) -> Iterator[str]:
    """The duties that the engineer does on any of the dates."""
    for duty, names in on_duty.items():
        if not set(days).isdisjoint(dates_done(problem.team, duty, names, name)):
            yield f"is {duty.role} of {duty.rotation} then"


def _elsewhere(problem: Problem, name: str, days: list[date]) -> Iterator[str]:
    """The other teams for which the engineer is on duty on any of the dates."""
    teams = (e.team for e in problem.elsewhere if e.engineer == name and {*e.days} & {*days})
    yield from (f"is on duty for {team} then" for team in dict.fromkeys(teams))


def _days_off(problem: Problem, name: str, days: list[date]) -> tuple[str, ...]:
    """Public holidays and own festivals of the engineer on the days."""
    holidays = len(problem.days_off.counted(name).intersection(days))
    times = problem.days_off.festivals.get(name, ())
    festivals = len({day for time in times for day in time.days} & set(days))
    found = []
    if festivals:
        found.append("has an own festival then")
    if holidays:
        found.append("has a public holiday then")
    return tuple(found)


def _neighbours(problem: Problem, rota: Rota, name: str, duty: Duty) -> Iterator[str]:
    """Duties in the weeks before and after, with which the stand-in would get no rest."""
    for held in (*problem.history.duties_of(name), *rota.duties_of(name)):
        if abs(duty.week.until(held.week)) == 1:
            yield f"is {held.role} in {held.week}"
