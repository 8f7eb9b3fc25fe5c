"""Eligibility: only members, in roles they may hold, between joining and leaving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.cells import Facts, Formula, Workings, when
from planner.domain import Duty, DutyWeek, Engineer, Role, Rota, Rotation, Seat
from planner.grouping import grouped
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, never_bent, of_holder

NAME = "eligibility"
STATEMENT = (
    "Only members of the rotation, in roles they may hold, between their joining and leaving dates."
)
SET_ASIDE = 70
WHOLE = True
ADDS_UP = False
bends = never_bent  # nothing that is agreed within the hour
beside = of_holder(" may not hold this")

_EVER = date(1900, 1, 1), date(9999, 12, 31)
"""The first and last day that spreadsheets know."""


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer and role never allowed, and one a week not employed: no seat."""
    by_seat = grouped((duty.seat, d) for d, duty in enumerate(problem.duties))
    for e, engineer in enumerate(problem.engineers):
        for rotation, role in problem.seats:
            duties = by_seat.get(Seat(rotation.name, role.name), [])
            barred: dict[str, list[int]] = {}
            if duties and not (engineer.stages or rotation.dates):
                barred = {_barred(engineer, rotation, role, problem.weeks[0]): duties}
            else:
                for d in duties:
                    reason = _barred(engineer, rotation, role, problem.duties[d].week)
                    barred.setdefault(reason, []).append(d)
            for reason, own in barred.items():
                if reason and own == duties:
                    fact = Fact(NAME, engineer=engineer.name, detail=reason)
                    yield Row(fact, tuple((1, (d, e)) for d in own), most=0)
                elif reason:
                    for d in own:
                        fact = Fact(NAME, problem.duties[d].week, engineer.name, detail=reason)
                        yield Row(fact, ((1, (d, e)),), most=0)
        for week in problem.weeks:
            if not engineer.employed(week):
                fact = Fact(NAME, week, engineer.name, detail=_dates(engineer))
                terms = tuple((1, (d, e)) for d in problem.duties_in(week))
                yield Row(fact, terms, most=0)


def _barred(engineer: Engineer, rotation: Rotation, role: Role, week: DutyWeek) -> str:
    """Why the engineer may not hold the role that week; empty if they may."""
    engineer = engineer.at(week)
    if not rotation.has(engineer.name, week):
        return f"is not a member of {rotation.name}{_then(engineer, rotation)}"
    if engineer.roles and role.shared not in engineer.roles:
        return f"does not hold the role {role.shared}"
    if role.levels and engineer.level not in role.levels:
        return f"is not {' or '.join(role.levels)}, as {role.shared} of {rotation.name} must be"
    return ""


def _then(engineer: Engineer, rotation: Rotation) -> str:
    """When the engineer is one, if the cycle gives dates."""
    spans = []
    for dated in rotation.dates_of(engineer.name):
        begin = [f"from {dated.since}"] if dated.since else []
        end = [f"until {dated.until}"] if dated.until else []
        spans.append(" ".join(begin + end))
    return f", but {' and '.join(spans)}" if spans else ""


def _dates(engineer: Engineer) -> str:
    parts = []
    if engineer.joined is not None:
        parts.append(f"joins on {engineer.joined}")
    if engineer.left is not None:
        parts.append(f"leaves on {engineer.left}")
    return " and ".join(parts)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Duties whose holder may not hold them, or not in that week."""
    people = {engineer.name: engineer for engineer in problem.engineers}
    for held in rota:
        engineer = people.get(held.engineer or "")
        if engineer is not None and held.duty.week in problem.weeks:
            for reason in _objections(problem, engineer, held.duty):
                message = f"{held.duty.week}: {engineer.name} {reason}"
                duty, week = held.duty, held.duty.week
                here = engineer.employed(week)
                why = "no longer in that seat" if here else "not on the team then"
                told = f"you are {why}", f"whoever had it is {why}"
                yield Breach(
                    NAME, week, engineer.name, message, duty, problem.team.dates(duty), *told
                )


def _objections(problem: Problem, engineer: Engineer, duty: Duty) -> Iterator[str]:
    rotation = problem.team.rotation(duty.rotation)
    barred = _barred(engineer, rotation, rotation.role(duty.role), duty.week)
    if barred:
        yield barred
    first, last = duty.week.first, duty.week.last
    if (engineer.joined and first < engineer.joined) or (engineer.left and engineer.left < last):
        yield _dates(engineer)


def say(problem: Problem, fact: Fact) -> str:
    """Why this engineer may not hold it."""
    when = f"{fact.week}: " if fact.week else ""
    return f"{when}{fact.engineer} {fact.detail}"


def can_be_broken(problem: Problem) -> bool:
    """Where there is anybody who may not hold some role, or is not there all the time."""
    return any(engineer.joined or engineer.left for engineer in problem.engineers) or any(
        _barred(engineer, rotation, role, week)
        for engineer in problem.engineers
        for rotation, role in problem.seats
        for week in problem.weeks
        if problem.weeks[problem.alike(week)] == week
    )


def flag(work: Workings, w: int, s: int) -> Formula:
    """1 for a barred role, and 1 for a week before joining or after leaving."""
    number = work.number(w, s)
    return when(number.is_(0), 0, objections(work, number, w, s))


def objections(work: Workings, number: Formula, w: int, s: int) -> Formula:
    """The same of the engineer of that number, which is not 0."""
    week = work.facts.problem.weeks[w]

    def barred(facts: Facts) -> Sequence[int]:
        rotation, role = facts.seats[s]
        people = facts.engineers
        return [int(bool(_barred(engineer, rotation, role, week))) for engineer in people]

    alike = work.facts.problem.alike(week)
    name = f"barred from {s + 1}" + (f" since {alike + 1}" if alike else "")
    first = Formula(work.by_week("first").at(w), week.first)
    last = Formula(work.by_week("last").at(w), week.last)
    begin, end = _EVER
    early = work.of(number, "joined", lambda f: [e.joined or begin for e in f.engineers])
    late = work.of(number, "left", lambda f: [e.left or end for e in f.engineers])
    return work.of(number, name, barred) + (early.over(first) | late.under(last))
