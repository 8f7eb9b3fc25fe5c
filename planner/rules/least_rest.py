"""Least rest: so many hours at least from the end of one's duty to the begin of the next.

It is a matter of what people do: of a duty that somebody stands in for, each does a part. Duties of
which nobody holds two because they overlap are left to the rule about those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from planner.cells import Condition, Formula, Workings, total
from planner.cells.references import quoted, runs
from planner.cells.text import squeezed
from planner.domain import Duty, Rota
from planner.domain.times import Lasting
from planner.grouping import grouped
from planner.problem import Problem
from planner.problem.doing import doing
from planner.problem.oncall import Shift
from planner.problem.resting import REACH, least_rest, rest_between, rest_counts
from planner.records import dataclass
from planner.rules.at_once import by_rotation
from planner.rules.base import Breach, Fact, Row, Said, Step, of_holder
from planner.rules.on_duty import in_order, on_duty
from planner.wording import hours

NAME = "least rest"
STATEMENT = (
    "With least_rest: so many hours at least lie between the end of one of one's duties and the "
    "begin of the next, also across the quarter's edge; what stand-ins do is theirs."
)
SET_ASIDE = 12
WHOLE = False
ADDS_UP = False
beside = of_holder(" has too little rest")


@dataclass(frozen=True, slots=True)
class _Work:
    """When an engineer is at work who holds one of the ``planned`` duties, all of the rotation and
    week of ``duty``; or who is known to be, if there are none."""

    duty: Duty
    planned: tuple[int, ...]
    times: tuple[Lasting, ...]


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer and two rotations and weeks with too little rest between: at most one of
    their seats, or none beside what the engineer is known to do."""
    if problem.team.settings.least_rest is None:
        return
    whole = list(_planned(problem))
    near = list(_near(problem, combinations(whole, 2)))
    for e, engineer in enumerate(problem.engineers):
        own = list(_of_one(problem, engineer.name))
        pairs = [(work, other) for work in own for other in whole] + list(combinations(own, 2))
        partly = {d for work in own for d in work.planned}
        for one, other, rest in (*near, *_near(problem, pairs)):
            seats = [
                [(1, (d, e)) for d in work.planned if work in own or d not in partly]
                for work in (one, other)
            ]
            known = not (one.planned and other.planned)
            if known or all(seats):
                detail = (str(rest), one.duty.week.name, one.duty.rotation, other.duty.rotation)
                fact = Fact(NAME, other.duty.week, engineer.name, detail="\n".join(detail))
                yield Row(fact, tuple(seats[0] + seats[1]), most=int(not known))


def _planned(problem: Problem) -> Iterator[_Work]:
    for week in problem.weeks:
        for own in by_rotation(problem, week).values():
            duty = problem.duties[own[0]]
            yield _Work(duty, tuple(own), problem.team.times.of(duty))


def _of_one(problem: Problem, name: str) -> Iterator[_Work]:
    """What an engineer does of duties with stand-ins, and has done in the weeks before."""
    first = problem.weeks[0].later(-REACH)
    for duty in problem.history.duties_of(name):
        if duty.week >= first and duty not in problem.covered:
            yield _Work(duty, (), problem.team.times.of(duty))
    for duty, names in problem.covered.items():
        if duty.week >= first:
            parts = tuple(p for p in problem.team.times.of(duty) if names.get(p[0]) == name)
            holds = duty in problem.duty_index and problem.stood_in(duty, name)
            if holds or parts:
                yield _Work(duty, (problem.duty_index[duty],) if holds else (), parts)


def _near(
    problem: Problem, pairs: Iterable[tuple[_Work, _Work]]
) -> Iterator[tuple[_Work, _Work, int]]:
    """Of these pairs, in the order of their weeks, those with too little rest, and the minutes."""
    least = least_rest(problem)
    for pair in pairs:
        one, other = sorted(pair, key=lambda work: work.duty.week)
        near = one.duty.week.until(other.duty.week) <= REACH and (one.planned or other.planned)
        if near and rest_counts(problem, one.duty, other.duty):
            rest = rest_between(one.times, other.times)
            if rest < least:
                yield one, other, max(0, rest // timedelta(minutes=1))


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Walk everybody's time on duty, and see how long each stretch is after those before it."""
    asked = problem.team.settings.least_rest
    if asked is None:
        return
    least, first = timedelta(minutes=asked), problem.weeks[0]
    before = problem.history.within([first.later(-n) for n in range(1, REACH + 1)])
    found: dict[tuple[Duty, Duty], tuple[timedelta, str]] = {}
    for name, shifts in on_duty(problem, before.joined_with(rota), problem.covers):
        recent: list[Shift] = []
        for shift in shifts:
            recent = [other for other in recent if shift.start - other.end < least]
            for other in recent:
                pair = in_order(problem, other.duty, shift.duty)
                here = (shift.start - other.end, name)
                found[pair] = min(here, found.get(pair, here))
            recent.append(shift)
    for (earlier, later), (rest, name) in sorted(found.items()):
        if later.week in problem.weeks and rest_counts(problem, earlier, later):
            said = hours(max(0, rest // timedelta(minutes=1)))
            message = (
                f"{later.week}: {name} has {said} of rest between {_said(earlier, later)} and "
                f"{later.role} of {later.rotation}, less than {hours(asked)}"
            )
            yield Breach(NAME, later.week, name, message, later)


def _said(duty: Duty, later: Duty) -> str:
    week = f" in {duty.week}" if duty.week != later.week else ""
    return f"{duty.role} of {duty.rotation}{week}"


def say(problem: Problem, fact: Fact) -> str:
    """Between which duties there is too little rest."""
    rest, before, one, other = fact.detail.split("\n")
    there = "" if before == str(fact.week) else f" in {before}"
    least = hours(problem.team.settings.least_rest or 0)
    return (
        f"{fact.week}: {fact.engineer} cannot be on duty for {one}{there} and for {other}: "
        f"{hours(int(rest))} of rest lie between, less than {least} (least_rest in team.toml)"
    )


@dataclass(frozen=True, slots=True)
class LowerRest(Step):
    """The team asks for no more rest than there is between two duties."""

    minutes: int

    kind = "less rest"

    def cost(self, problem: Problem) -> int:
        return 5 if self.minutes else 6

    def applied(self, problem: Problem) -> Problem:
        settings = replace(problem.team.settings, least_rest=self.minutes or None)
        return replace(problem, team=replace(problem.team, settings=settings))

    def said(self, problem: Problem, rota: Rota) -> Said:
        least = hours(problem.team.settings.least_rest or 0)
        if not self.minutes:
            return "", f"leave least_rest ({least}) out of team.toml", ""
        return "", f"lower least_rest from {least} to {hours(self.minutes)} in team.toml", ""


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """The team may ask for less rest."""
    yield LowerRest(int(row.fact.detail.split("\n")[0]))


def can_be_broken(problem: Problem) -> bool:
    """Where the team asks for it."""
    return problem.team.settings.least_rest is not None


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """Before how many earlier duties there is too little rest for whoever does this one."""
    facts, duty = work.facts, work.facts.duties[w][s]
    found = [
        _same(work, (v, t), (w, s))
        for v in range(max(0, w - REACH), w + 1)
        for t, other in enumerate(facts.duties[v])
        if (v, t) < (w, s) and rest_counts(facts.problem, other, duty)
    ]
    found += _after_the_past(work, w, s) if w < REACH else []
    told = [each for each in found if each is not None]
    return total(each.number for each in told) if told else None


def _same(work: Workings, one: tuple[int, int], other: tuple[int, int]) -> Condition | None:
    """Whether anybody does parts of two duties between which there is too little rest."""
    facts, doing_by_day = work.facts, work.by_day("doing", work.seats)
    (v, t), (w, s) = one, other
    near = _parts_near(facts.problem, facts.duties[v][t], facts.duties[w][s])
    shifts = grouped((7 * (w - v) + b - a, 7 * v + a) for a, b in near)
    texts, same = [], False
    for shift, days in sorted(shifts.items()):
        for first, last in runs(sorted(set(days))):
            here, there = (
                doing_by_day.seen(
                    f"{doing_by_day.at(seat, first + n)}:{doing_by_day.at(seat, last + n)}"
                )
                for seat, n in ((t, 0), (s, shift))
            )
            texts.append(f'SUMPRODUCT(({here}={there})*({here}<>""))')
            same |= any(
                facts.doing[t][d] and facts.doing[t][d] == facts.doing[s][d + shift]
                for d in range(first, last + 1)
            )
    return Condition(f"{'+'.join(texts)}>0", same) if texts else None


def _parts_near(problem: Problem, one: Duty, other: Duty) -> Iterator[tuple[int, int]]:
    """The parts of two duties with too little rest between, by their dates from the first of the
    week of each."""
    least, times = least_rest(problem), problem.team.times
    for day, begin, end in times.of(one):
        for other_day, other_begin, other_end in times.of(other):
            if max(other_begin - end, begin - other_end) < least:
                yield (day - one.week.first).days, (other_day - other.week.first).days


def _after_the_past(work: Workings, w: int, s: int) -> list[Condition]:
    """The same of what was done in the weeks before the first, duty by duty."""
    facts, block = work.facts, work.by_day("doing", work.seats)
    problem, duty = facts.problem, facts.duties[w][s]
    past = problem.history.within([problem.weeks[0].later(-n) for n in range(1, REACH + 1)])
    found = []
    for before, names in doing(problem.team, past, problem.covers).items():
        near = _parts_near(problem, before, duty) if rest_counts(problem, before, duty) else ()
        tests = [(names.get(before.week.first + timedelta(days=a)), 7 * w + b) for a, b in near]
        known = [(squeezed(name), d) for name, d in tests if name]
        if known:
            same = [f"({block.seen(block.at(s, d))}={quoted(name)})" for name, d in known]
            text = "+".join(["0", *same])  # a condition alone is no number
            found.append(Condition(f"{text}>0", any(facts.doing[s][d] == n for n, d in known)))
    return found
