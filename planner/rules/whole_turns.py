"""Whole turns: where a turn lasts several weeks, whoever begins it holds all of it.

People may split one: by an agreed swap of one of its weeks, or by a lock. An absence splits one
that has begun; one still to come goes to somebody who is there in all of its weeks, if anybody is:
that is the aim :mod:`.split_turns`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.cells import Cells, Condition, Formula, Workings, at, joined, lift, total, when
from planner.cells.text import squeezed
from planner.domain import Duty, DutyWeek, Engineer, Rota, Swap
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import eligibility
from planner.rules.base import Breach, Fact, Row, Said, Step, Terms
from planner.wording import listed

NAME = "whole turns"
STATEMENT = (
    "Where a turn lasts several weeks, whoever holds one of them holds the next one too, also "
    "across the quarter's edge: unless they are away then or may not hold it, an agreed swap gives "
    "either week away, the later one is locked, or nobody holds it."
)
SET_ASIDE = 20
WHOLE = False
ADDS_UP = False


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer and two weeks of one turn: whoever has an earlier seat has a later one,
    or these are not all taken. Where nobody may break off, the seats of both weeks are the same."""
    for duty, week in problem.stints.going_on.items():
        if problem.stints.locked(duty):
            continue
        seats = problem.team.alike(duty)
        fact = Fact(NAME, duty.week, duty=duty)
        breaks_off = [not may_go_on(problem, one, duty) for one in problem.engineers]
        may_be_open = problem.team.role_of(duty).optional or any(
            each in problem.may_stay_open
            for each in (*seats, *(seat.later(duty.week.until(week)) for seat in seats))
        )
        for e in range(len(problem.engineers)):
            earlier, held = earlier_seats(problem, week, duty, e)
            if not (earlier or held):
                continue
            if not may_be_open and not any(breaks_off):
                later = tuple((problem.duty_index[each], e) for each in seats)
                yield Row(fact, (*earlier, *((-1, seat) for seat in later)), most=-held)
                if earlier:
                    back = tuple((-1, seat) for _, seat in earlier)
                    yield Row(fact, (*back, *((1, seat) for seat in later)), most=0)
            elif not breaks_off[e]:
                others = tuple(
                    (1, (problem.duty_index[each], other))
                    for each in seats
                    for other in range(len(problem.engineers))
                    if other != e
                )
                yield Row(fact, earlier + others, most=len(seats) - held)


def may_go_on(problem: Problem, engineer: Engineer, duty: Duty) -> bool:
    """Whether nothing about the engineer alone stands in the way of the later duty."""
    return (
        problem.team.could_hold(engineer, duty)
        and engineer.employed(duty.week)
        and (
            not problem.team.away_on(engineer.name, duty)
            or bool(problem.stood_in(duty, engineer.name))
        )
    )


def earlier_seats(problem: Problem, week: DutyWeek, duty: Duty, e: int) -> tuple[Terms, int]:
    """The engineer's seats of the role in the earlier week; those held, if it is past."""
    if week in problem.weeks:
        there = (each.later(duty.week.until(week)) for each in problem.team.alike(duty))
        return tuple((1, (problem.duty_index[each], e)) for each in there), 0
    held = problem.stints.past_holders(duty, week)
    return (), int(problem.engineers[e].name in held)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Whoever held the week before in a turn that others hold now, though they might."""
    known = {engineer.name for engineer in problem.engineers}
    for duty, week in problem.stints.going_on.items():
        taken = known.issuperset(rota.holder(each) for each in problem.team.alike(duty))
        role = problem.team.role_of(duty).shared
        for name in broken_off(problem, rota, week, duty):
            if taken and there(problem, name, duty) and not problem.stints.locked(duty):
                message = (
                    f"{duty.week}: {name}, {role} of {duty.rotation} in {week}, does not finish "
                    "the turn"
                )
                yield Breach(NAME, duty.week, name, message, duty)


def broken_off(problem: Problem, rota: Rota, week: DutyWeek, duty: Duty) -> list[str]:
    """Who of the team held the role in the week before and does not now."""
    before = _held_before(problem, rota, week, duty)
    now = [rota.holder(each) for each in problem.team.alike(duty)]
    return [name for name in before if name in problem.engineer_index and name not in now]


def _held_before(
    problem: Problem, rota: Rota, week: DutyWeek, duty: Duty
) -> tuple[str | None, ...]:
    if week not in problem.weeks:
        return problem.stints.past_holders(duty, week)
    seats = (each.later(duty.week.until(week)) for each in problem.team.alike(duty))
    return tuple(rota.holder(each) for each in seats)


def there(problem: Problem, name: str, duty: Duty) -> bool:
    """Whether somebody is a member who may hold the duty, is on the team and not away then."""
    rotation, role = problem.team.rotation(duty.rotation), problem.team.role_of(duty)
    person, week = problem.team.engineer(name), duty.week
    begun = person.joined is None or person.joined <= week.first
    stays = person.left is None or week.last <= person.left
    days = set(problem.team.dates(duty)) - problem.stood_in(duty, name)
    own = problem.team.vacations_of(name)
    away = any(v.start <= day <= v.end for v in own for day in days)
    holds = rotation.has(name, week) and person.at(week).may_hold(role)
    return begun and stays and holds and not away


def say(problem: Problem, fact: Fact) -> str:
    """That one person holds both weeks; and who, if the first is past."""
    duty = fact.duty
    week = problem.stints.week_before(duty) if duty else None
    assert duty is not None
    assert week is not None
    role = f"{problem.team.role_of(duty).shared} of {duty.rotation}"
    seats = [each.later(duty.week.until(week)) for each in problem.team.alike(duty)]
    held = problem.stints.past_holders(duty, week) or [problem.settled.holder(s) for s in seats]
    names = listed([name for name in held if name])
    if names:
        return f"{duty.week}: {names}, {role} in {week}, has not finished the turn"
    return f"whoever is {role} in {week} is so in {duty.week} too (turn in team.toml)"


@dataclass(frozen=True, slots=True)
class SplitTurn(Step):
    """A turn changes hands within: by an agreed swap, ``giver`` leaves the later week to
    ``taker``. Who that is follows from the rota."""

    duty: Duty
    giver: str = ""
    taker: str = ""

    kind = "turn split"

    def cost(self, problem: Problem) -> int:
        return 3

    def taken(self, problem: Problem, rota: Rota) -> Step | None:
        """A search cut short may give such leave for nothing."""
        week = problem.stints.week_before(self.duty)
        assert week is not None
        gone = broken_off(problem, rota, week, self.duty)
        before = _held_before(problem, rota, week, self.duty)
        holders = [rota.holder(duty) for duty in problem.team.alike(self.duty)]
        new = [name for name in holders if name and name not in before]
        return replace(self, giver=gone[0], taker=new[0]) if gone and new else None

    def applied(self, problem: Problem) -> Problem:
        swap = Swap(self.giver, self.duty.week, self.taker, None, *self.duty.seat, agreed=True)
        return replace(problem, team=replace(problem.team, swaps=(*problem.team.swaps, swap)))

    def said(self, problem: Problem, rota: Rota) -> Said:
        what = f"{self.duty.role} of {self.duty.rotation} in {self.duty.week}"
        about = f"{self.giver}, whose turn goes on, agrees to give "
        return about, f"{what} to {self.taker}", " (an agreed swap in swaps.csv)"


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """People may agree to split it."""
    if row.fact.duty is not None:
        yield SplitTurn(row.fact.duty)


def can_be_broken(problem: Problem) -> bool:
    """Where turns last several weeks."""
    return problem.stints.several


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """1 where whoever held the seat the week before holds none of the role now, though all are
    taken by others and they might go on."""
    seats = work.facts.strand(s)
    week = work.facts.problem.stints.going_on.get(work.facts.duties[w][seats[0]])
    before = None if week is None else earlier(work, w, s, week)
    if before is None:
        return None
    gone = total(work.number(w, t).is_(before) for t in seats).is_(0)
    full = total(work.number(w, t).is_(0) for t in seats).is_(0)
    free = total(locked(work, w, t) for t in seats).is_(0)
    return when(before.is_(0), 0, gone & full & free & going_on(work, before, w, s))


def earlier(work: Workings, w: int, s: int, week: DutyWeek) -> Formula | None:
    """The number of whoever held a seat in an earlier week; nothing if nobody of the team did."""
    facts = work.facts
    if week in facts.problem.weeks:
        return work.number(facts.problem.weeks.index(week), s)
    held = facts.problem.stints.past_holders(facts.duties[w][s], week)
    numbers = [n for name in held if name and (n := facts.number(squeezed(name)))]
    place = facts.strand(s).index(s)
    return lift(numbers[place]) if place < len(numbers) else None


def locked(work: Workings, w: int, s: int) -> Formula:
    """1 for a locked duty."""
    block = work.by_week("locked", work.seats)
    return Formula(block.at(w, s), work.value(block, w, s))


def going_on(work: Workings, number: Formula, w: int, s: int) -> Condition:
    """Whether the engineer of that number is not away from a duty and might hold it."""
    shape = work.facts.shape(s)
    counts = Cells(work.away_of(shape).down(w), work.facts.away_by_shape[shape][w])
    return at(counts, number).is_(0) & eligibility.objections(work, number, w, s).is_(0)


def beside(work: Workings, w: int, s: int) -> Formula:
    """Whose turn goes on."""
    first = work.facts.duties[w][work.facts.strand(s)[0]]
    week = work.facts.problem.stints.going_on[first]
    number = earlier(work, w, s, week)
    assert number is not None
    names = Cells(work.by_person("name").down(), work.facts.names)
    return joined("the turn of ", at(names, number), " goes on")
