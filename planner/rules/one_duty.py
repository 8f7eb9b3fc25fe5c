"""One duty: at most one duty per engineer and week, over all rotations.

A team whose duties are parts of a week may say ``one_duty = "no overlap"``. Then only duties whose
times overlap exclude each other, those of neighbouring weeks too: a night may reach into the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from planner.cells import Condition, Facts, Formula, Workings, count, total, when
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.problem.oncall import Shift
from planner.rules.at_once import by_rotation, one_of, several
from planner.rules.base import Breach, Fact, Row, never_bent, of_holder
from planner.rules.on_duty import in_order, on_duty

NAME = "one duty"
STATEMENT = (
    "At most one duty per engineer and week, over all rotations; with one_duty = “no overlap”, no "
    "two duties whose times overlap."
)
SET_ASIDE = 60
WHOLE = False
ADDS_UP = False
bends = never_bent  # nobody can be in two places
beside = of_holder(" has two duties at once")


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer and set of a week's duties that overlap, which mostly are all of them: at
    most one of their seats; and one for those of two weeks that do."""
    for week, sets in zip(problem.weeks, one_of(problem, problem.weeks), strict=True):
        for duties in sets:
            if len(duties) > 1:
                for e, engineer in enumerate(problem.engineers):
                    terms = tuple((1, (d, e)) for d in duties)
                    yield Row(Fact(NAME, week, engineer.name), terms, most=1)
    if several(problem):
        yield from _rows_of_neighbours(problem)


def _rows_of_neighbours(problem: Problem) -> Iterator[Row]:
    """The same for duties of two weeks; those of the week before the first are known."""
    first, people = problem.weeks[0], problem.engineer_index
    past = [h for h in problem.history if h.duty.week == first.later(-1)]
    for week in problem.weeks:
        earlier = _by_rotation(problem, week.later(-1))
        for duty, now in _by_rotation(problem, week).items():
            for other, before in earlier.items():
                if problem.team.times.overlap(other, duty):
                    for e, engineer in enumerate(problem.engineers):
                        fact = Fact(NAME, week, engineer.name, duty, detail=other.rotation)
                        yield Row(fact, tuple((1, (d, e)) for d in (*before, *now)), most=1)
            for held in past if week == first else ():
                name = held.engineer or ""
                if name in people and problem.team.times.overlap(held.duty, duty):
                    fact = Fact(NAME, week, name, duty, detail=held.duty.rotation)
                    yield Row(fact, tuple((1, (d, people[name])) for d in now), most=0)


def _by_rotation(problem: Problem, week: DutyWeek) -> dict[Duty, list[int]]:
    """The duties of a week, those of one rotation by the first of them."""
    return {problem.duties[own[0]]: own for own in by_rotation(problem, week).values()}


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Engineers with several duties in one week; or, where only their times count, duties that are
    done at the same time as another one."""
    if several(problem):
        yield from _overlapping(problem, rota)
        return
    tally = Counter((held.duty.week, held.engineer) for held in rota if held.engineer)
    for (week, name), duties in sorted(tally.items()):
        if duties > 1 and week in problem.weeks:
            message = f"{week}: {name} holds {duties} duties at once"
            yield Breach(NAME, week, name or "", message)


def _overlapping(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Walk everybody's time on duty: whatever begins before something else has ended."""
    before = problem.history.within([problem.weeks[0].later(-1)])
    for name, shifts in on_duty(problem, before.joined_with(rota)):
        at_once: dict[Duty, set[Duty]] = {}
        running: list[Shift] = []
        for shift in shifts:
            running = [other for other in running if other.end > shift.start]
            for other in running:
                earlier, later = in_order(problem, other.duty, shift.duty)
                at_once.setdefault(later, set()).add(earlier)
            running.append(shift)
        for duty, others in sorted(at_once.items()):
            for each in sorted(others) if duty.week in problem.weeks else ():
                message = (
                    f"{duty.week}: {name} is {duty.role} of {duty.rotation} and, at the same time, "
                    f"{each.role} of {each.rotation}"
                )
                yield Breach(NAME, duty.week, name, message, duty)


def say(problem: Problem, fact: Fact) -> str:
    """Who cannot be in two places."""
    if fact.duty is not None:
        before = fact.duty.week.later(-1)
        times = f"in {before} and for {fact.duty.rotation} in {fact.week}, whose times overlap"
        return f"{fact.engineer} cannot be on duty for {fact.detail} {times}"
    once = " at the same time" if several(problem) else ""
    return f"{fact.week}: {fact.engineer} can hold only one duty{once}"


def can_be_broken(problem: Problem) -> bool:
    """Where there are several duties a week, or duties of two weeks overlap."""
    return len(problem.seats) > 1 or several(problem)


def flag(work: Workings, w: int, s: int) -> Formula:
    """1 at the first of several duties of one engineer, −1 at the others; where only their times
    count, with how many earlier ones a duty overlaps, −1 at those of its week."""
    me = work.number(w, s)
    if several(work.facts.problem):
        return when(me.is_(0), 0, _overlaps(work, w, s, me))
    first = when(count(work.numbers(w, 0, s), me).is_(1), 1, -1)
    return when(me.is_(0), 0, when(count(work.numbers(w), me).over(1), first, 0))


def _overlaps(work: Workings, w: int, s: int, me: Formula) -> Formula:
    facts, duty = work.facts, work.facts.duties[w][s]

    def same(week: int) -> Iterator[tuple[int, Condition]]:
        """The seats of a week whose duties overlap this one, and whether the holder is the same."""
        for t, other in enumerate(facts.duties[week]):
            if other != duty and facts.problem.team.times.overlap(other, duty):
                yield t, me.is_(work.number(week, t))

    here, before = [*same(w)], [*same(w - 1)] if w else []
    earlier = total(each for _, each in [*before, *(seat for seat in here if seat[0] < s)])
    if w == 0:
        earlier += work.of(me, f"at the time of {duty.rotation}", partial(_before, duty))
    later = total(each for t, each in here if t > s)
    return when(earlier.over(0), earlier, when(later.over(0), -1, 0))


def _before(duty: Duty, facts: Facts) -> Sequence[int]:
    """How many duties of the week before the first overlap this one, by engineer."""
    week, history = duty.week.later(-1), facts.problem.history
    past = [[d for d in history.duties_of(e.name) if d.week == week] for e in facts.engineers]
    return [sum(facts.problem.team.times.overlap(d, duty) for d in own) for own in past]
