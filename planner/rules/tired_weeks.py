"""Who is on duty two weeks running: the first part of rest.

Weeks of one turn, where turns last several, are not two; standing in for part of somebody's week
counts like a duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.references import runs
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.at_once import one_of
from planner.rules.base import AnyOf, Convex, Stated


def tiring(problem: Problem, duty: Duty) -> bool:
    """Whether a duty counts as work: the team still has its role, which is not restful."""
    known = problem.team.strand(duty.seat) in problem.team.strands
    return known and not problem.team.role_of(duty).restful


def costs(problem: Problem) -> Iterator[Convex | AnyOf]:
    """For each engineer and two weeks, one if both have a seat taken, but for one turn."""
    weeks = (problem.weeks[0].later(-1), *problem.weeks)
    ahead = {
        week: [d for d in problem.duties_in(week) if tiring(problem, problem.duties[d])]
        for week in weeks
        if week in problem.weeks and week not in problem.settled_weeks
    }
    planned = {week: _Busy(tuple(problem.duties[d] for d in own)) for week, own in ahead.items()}
    usual = {
        later: _apart(problem, planned.get(w, _Busy()), planned[later])
        for w, later in pairwise(weeks)
        if later in planned
    }
    sets = one_of(problem, problem.weeks)
    crowded = {week for week, of in zip(problem.weeks, sets, strict=True) if len(of) > 1}
    for e, engineer in enumerate(problem.engineers):
        stood_in = _stood_in(problem, engineer.name)
        each = [
            planned[week]
            if week in planned and week not in stood_in
            else _Busy(done=_done(problem, engineer.name, week, stood_in))
            for week in weeks
        ]
        for (week, later), (before, now) in zip(pairwise(weeks), pairwise(each), strict=True):
            if later in crowded or week in crowded:
                yield AnyOf(tuple(_ways(problem, e, before, now)))
                continue
            free = before is planned.get(week) and now is planned.get(later)
            for one, two in usual[later] if free else _apart(problem, before, now):
                terms = tuple(
                    [(1, (problem.duty_index[d], e)) for d in (*one.planned, *two.planned)]
                )
                yield Convex(terms, one.held + two.held, _beyond_one)


@dataclass(frozen=True, slots=True)
class _Busy:
    """What puts an engineer on duty in a week: any of the ``planned`` duties, or what is ``done``,
    where ``None`` is a duty of somebody else for whom the engineer stands in."""

    planned: tuple[Duty, ...] = ()
    done: tuple[Duty | None, ...] = ()

    @property
    def held(self) -> int:
        return int(bool(self.done))


def _ways(problem: Problem, e: int, earlier: _Busy, later: _Busy) -> Iterator[tuple[Stated, ...]]:
    """The ways to be on duty in both of two weeks, where one may hold several duties of either."""

    def each(busy: _Busy) -> list[tuple[Duty | None, tuple[Stated, ...]]]:
        planned = [(d, (((problem.duty_index[d], e), True),)) for d in busy.planned]
        return [*planned, *((done, ()) for done in busy.done)]

    for (before, held), (now, holds) in product(each(earlier), each(later)):
        if not (before and now and problem.stints.one(before, now)):
            yield held + holds


def _apart(problem: Problem, earlier: _Busy, later: _Busy) -> list[tuple[_Busy, _Busy]]:
    """What is too near in two weeks running: all of both, but for the weeks of one turn."""
    stints = problem.stints
    if not stints.several:
        return [(earlier, later)]

    def before(duty: Duty | None) -> _Busy:
        """What of the earlier week is no part of the duty's turn."""
        if duty is None:
            return earlier
        return _Busy(
            tuple(d for d in earlier.planned if not stints.one(d, duty)),
            tuple(d for d in earlier.done if d is None or not stints.one(d, duty)),
        )

    found: dict[_Busy, _Busy] = {}
    for duty in later.planned:
        rest = before(duty)
        found[rest] = _Busy((*found.get(rest, _Busy()).planned, duty))
    for done in later.done:
        rest = before(done)
        known = found.get(rest, _Busy())
        found[rest] = _Busy(known.planned, (*known.done, done))
    return list(found.items())


def _beyond_one(duties: int) -> Fraction:
    return Fraction(max(0, duties - 1))


def _done(
    problem: Problem, name: str, week: DutyWeek, stood_in: Mapping[DutyWeek, list[Duty | None]]
) -> tuple[Duty | None, ...]:
    """The tiring duties of a week that is past, and those in which the engineer stands in."""
    past = (*problem.history.duties_of(name), *problem.settled.duties_of(name))
    own = (d for d in past if d.week == week and tiring(problem, d))
    return (*own, *stood_in.get(week, ()))


def _stood_in(problem: Problem, name: str) -> dict[DutyWeek, list[Duty | None]]:
    """By week, the tiring duties with stand-ins of which the engineer does any part: ``None`` for
    one of somebody else."""
    found: dict[DutyWeek, list[Duty | None]] = {}
    for duty, names in problem.covered.items():
        if name in names.values() and tiring(problem, duty):
            own = problem.stood_in(duty, name)
            found.setdefault(duty.week, []).append(duty if own else None)
    return found


def tired(problem: Problem, rota: Rota) -> Iterator[tuple[str, DutyWeek]]:
    """(engineer, later week) of every two consecutive weeks with a duty in both, but for weeks of
    one turn."""
    for engineer in problem.engineers:
        name = engineer.name
        busy = {week: list(duties) for week, duties in _stood_in(problem, name).items()}
        for duty in (*problem.history.duties_of(name), *rota.duties_of(name)):
            if tiring(problem, duty):
                busy.setdefault(duty.week, []).append(duty)
        for week in problem.weeks:
            both = product(busy.get(week.later(-1), ()), busy.get(week, ()))
            if not all(d and other and problem.stints.one(d, other) for d, other in both):
                yield name, week


def live(work: Workings) -> str:
    """Pairs of consecutive weeks."""
    tired, last = work.by_week("tired", work.people, _fill_tired), work.people - 1
    if work.facts.problem.stints.several:
        return f"SUM({two_running(work).whole})"
    later = f"{tired.at(0)}:{tired.at(work.weeks - 1, last)}"
    earlier = f"{tired.at(-1)}:{tired.at(work.weeks - 2, last)}"
    return f"SUMPRODUCT({later}*{earlier})"


def _fill_tired(work: Workings, tired: Block) -> None:
    """Whether each engineer has a tiring duty in each week, or stands in for some of one."""
    facts, names = work.facts, work.by_person("name")
    number, doing = work.by_week("number", work.seats), work.by_day("doing", work.seats)
    seats = tuple(s for s, (_, role) in enumerate(facts.seats) if not role.restful)
    before, values = _tired_before(facts), []
    for e, engineer in enumerate(facts.engineers):
        work.put(tired, -1, e, int(engineer.name in before))
    for w, held in enumerate(facts.held_by):
        on_duty = {name for s in seats for name in facts.doing[s][7 * w : 7 * w + 7]}
        holders = {held[s] for s in seats}
        people = enumerate(facts.names, start=1)
        values.append([int(e in holders or name in on_duty) for e, name in people])
    work.put_formulas(tired, _tired_texts(number, doing, names, seats), values)


@lru_cache(maxsize=64)
def _tired_texts(
    number: Block, doing: Block, names: Block, seats: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    """A row of formulas a week, one for each engineer."""

    def text(w: int, e: int) -> str:
        parts = [f"COUNTIF({number.across(w, a, b)},{e + 1})" for a, b in runs(seats)]
        days = (f"{doing.at(a, 7 * w)}:{doing.at(b, 7 * w + 6)}" for a, b in runs(seats))
        parts += [f"SUMPRODUCT(--({doing.seen(cells)}={names.at(e)}))" for cells in days]
        return f"--({'+'.join(parts) or '0'}>0)"

    return tuple(tuple(text(w, e) for e in range(names.rows)) for w in range(number.rows))


def _tired_before(facts: Facts) -> set[str]:
    """Who had a tiring duty in the week before the first."""
    problem = facts.problem
    before = problem.weeks[0].later(-1)
    names = [each.name for each in problem.engineers]
    return {name for name in names if _done(problem, name, before, _stood_in(problem, name))}


def two_running(work: Workings) -> Block:
    """Of each engineer and week, whether this and the one before are two."""
    return work.by_week("two running", work.people, _fill_two_running)


def _fill_two_running(work: Workings, running: Block) -> None:
    """Whether each engineer is tired this week and in the one before, but for weeks of one turn."""
    tired = work.by_week("tired", work.people, _fill_tired)
    for w in range(work.weeks):
        for e in range(work.people):
            text = f"{tired.at(w, e)}*{tired.at(w - 1, e)}"
            value = work.value(tired, w, e) == work.value(tired, w - 1, e) == 1
            for seats in _turns_that_go_on(work.facts, w):
                said, holds = _one_turn(work, w, e, seats)
                text, value = f"{text}*(1-{said})", value and not holds
            work.put(running, w, e, Formula(text, int(value)))


def _turns_that_go_on(facts: Facts, w: int) -> list[tuple[int, ...]]:
    """The seats of each tiring role of which a turn goes on from the week before."""
    firsts = [(seats, facts.duties[w][seats[0]]) for seats in facts.strands]
    one = facts.problem.stints.one
    return [
        s for s, duty in firsts if one(duty.later(-1), duty) and not facts.seats[s[0]][1].restful
    ]


def _one_turn(work: Workings, w: int, e: int, seats: tuple[int, ...]) -> tuple[str, bool]:
    """Whether an engineer holds the role in a week and the one before, and stands in for nobody of
    another role in either."""
    facts, number = work.facts, work.by_week("number", work.seats)
    doing, name = work.by_day("doing", work.seats), work.by_person("name").at(e)
    held = "*".join(
        f"(COUNTIF({number.across(n, seats[0], seats[-1])},{e + 1})>0)" for n in (w - 1, w)
    )
    others = [s for s, (_, role) in enumerate(facts.seats) if s not in seats and not role.restful]
    weeks = [n for n in (w - 1, w) if n >= 0]
    days = [
        f"SUMPRODUCT(--({doing.seen(f'{doing.at(a, 7 * n)}:{doing.at(b, 7 * n + 6)}')}={name}))"
        for a, b in runs(others)
        for n in weeks
    ]
    before = facts.held_before if w == 0 else facts.held_by[w - 1]
    holds = all(e + 1 in [row[s] for s in seats] for row in (before, facts.held_by[w]))
    busy = any(facts.names[e] in facts.doing[s][7 * n : 7 * n + 7] for s in others for n in weeks)
    if w == 0 and _tired_otherwise(facts, e, seats):
        return "0", False
    free = f"*({'+'.join(days)}=0)" if days else ""
    return f"{held}{free}", holds and not busy


def _tired_otherwise(facts: Facts, e: int, seats: tuple[int, ...]) -> bool:
    """Whether anything but such a role kept the engineer on duty in the week before the first."""
    problem, name = facts.problem, facts.engineers[e].name
    before = problem.weeks[0].later(-1)
    strand = problem.team.strand(problem.team.seats[seats[0]])
    done = _done(problem, name, before, _stood_in(problem, name))
    return any(duty is None or problem.team.strand(duty.seat) != strand for duty in done)
