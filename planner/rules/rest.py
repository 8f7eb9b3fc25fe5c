"""Rest: in any role, the fewest people on duty two weeks running, and nobody again too soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise, product
from math import floor

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.references import runs
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem, ledger
from planner.rules.at_once import one_of
from planner.rules.base import AnyOf, Convex, Stated, Terms
from planner.rules.short_gaps import ShortGaps
from planner.rules.wanted_gaps import WantedGaps
from planner.rules.windows import Line

NAME = "rest"
STATEMENT = (
    "The fewest (engineer, two consecutive weeks) pairs with a duty in both, in any role (a role "
    "with restful = true does not count); then the least total shortfall of gaps between one's "
    "duties under ⌊M/2⌋ + 1 weeks, where one's duty comes every M weeks (but for gaps beside an "
    "agreed swap or a lock)."
)
MEANS = (
    "Times that somebody is on duty two weeks running; then weeks that are missing, all "
    "gaps together, to half of everybody's usual distance."
)


def parts(problem: Problem) -> Sequence[str]:
    """Weeks running; then gaps that are short for one who has a duty every M weeks."""
    return ("duties in two consecutive weeks", "weeks short of half one's usual distance")


def usual_distance(problem: Problem) -> dict[str, int]:
    """M, by engineer: planned weeks ÷ duties owed in them, rounded, halves up.

    Whoever owes nothing has none.
    """
    tiring = (duty for duty in problem.duties if not _restful(problem, duty))
    weeks = len(problem.weeks)
    return {
        name: floor(weeks / amount + Fraction(1, 2))
        for name, amount in ledger.owed(problem, tiring).items()
        if amount
    }


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex | AnyOf]:
    """For each engineer and two weeks, one if both have a seat taken; then for each engineer and
    as many weeks as a gap should have, the seats beyond one."""
    return _short_gaps(problem) if part else _two_running(problem)


def _short_gaps(problem: Problem) -> Iterator[Convex]:
    for name, distance in usual_distance(problem).items():
        line = Line.left_to_planning(problem, name, partial(_counts, problem))
        yield from line.crowding((distance // 2 + 1,) * len(problem.weeks))


def _two_running(problem: Problem) -> Iterator[Convex | AnyOf]:
    weeks = (problem.weeks[0].later(-1), *problem.weeks)
    tiring = {
        week: [d for d in problem.duties_in(week) if not _restful(problem, problem.duties[d])]
        for week in weeks
        if week in problem.weeks and week not in problem.settled_weeks
    }
    sets = one_of(problem, problem.weeks)
    crowded = {week for week, of in zip(problem.weeks, sets, strict=True) if len(of) > 1}
    for e, engineer in enumerate(problem.engineers):
        stood_in = _weeks_stood_in(problem, engineer.name)
        each: list[tuple[Terms, int]] = []
        for week in weeks:
            if week not in tiring:
                each.append(((), int(_on_duty(problem, engineer.name, week))))
            elif week in stood_in:
                each.append(((), 1))
            else:
                each.append((tuple([(1, (d, e)) for d in tiring[week]]), 0))
        for n, ((earlier, held_earlier), (later, held_later)) in enumerate(pairwise(each)):
            if weeks[n] in crowded or weeks[n + 1] in crowded:
                ways = product(_ways(earlier, held_earlier), _ways(later, held_later))
                yield AnyOf(tuple([before + after for before, after in ways]))
            else:
                yield Convex(earlier + later, held_earlier + held_later, _beyond_one)


def _ways(terms: Terms, held: int) -> list[tuple[Stated, ...]]:
    """The ways to be on duty in a week."""
    return [()] if held else [((seat, True),) for _, seat in terms]


def _beyond_one(duties: int) -> Fraction:
    return Fraction(max(0, duties - 1))


def _restful(problem: Problem, duty: Duty) -> bool:
    return problem.team.role_of(duty).restful


def _on_duty(problem: Problem, name: str, week: DutyWeek) -> bool:
    return week in _weeks_stood_in(problem, name) or any(
        duty.week == week and _known(problem, duty) and not _restful(problem, duty)
        for duty in (*problem.history.duties_of(name), *problem.settled.duties_of(name))
    )


def _weeks_stood_in(problem: Problem, name: str) -> set[DutyWeek]:
    """The weeks in which the engineer stands in for part of somebody's tiring duty."""
    return {
        duty.week
        for duty, names in problem.covered.items()
        if name in names.values() and _counts(problem, duty)
    }


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count the pairs of neighbouring duty weeks of each engineer; then what gaps fall short."""
    pairs = sum(1 for _ in tired(problem, rota))
    return Fraction(pairs), Fraction(sum(short for *_, short in hurried(problem, rota)))


def hurried(problem: Problem, rota: Rota) -> Iterator[tuple[str, DutyWeek, int]]:
    """(engineer, week of the later duty, weeks that are missing) of every gap that is too short."""
    for name, distance in usual_distance(problem).items():
        before = [duty for duty in problem.history.duties_of(name) if _counts(problem, duty)]
        planned = [duty for duty in rota.duties_of(name) if _counts(problem, duty)]
        decided = {duty.week for duty in planned if (name, duty) in problem.decided}
        last, enough = before[-1] if before else None, distance // 2 + 1
        for duty in planned:
            if duty.week in decided:
                last = None
            elif not problem.swap_touches(duty):
                gap = (duty.week.first - last.week.first).days // 7 if last else enough
                if gap < enough:
                    yield name, duty.week, enough - gap
                last = duty


def tired(problem: Problem, rota: Rota) -> Iterator[tuple[str, DutyWeek]]:
    """(engineer, later week) of every two consecutive weeks with a duty in both."""
    for engineer in problem.engineers:
        weeks = {
            duty.week
            for duty in (
                *problem.history.duties_of(engineer.name),
                *rota.duties_of(engineer.name),
            )
            if _counts(problem, duty)
        } | _weeks_stood_in(problem, engineer.name)
        for week in problem.weeks:
            if week in weeks and week.later(-1) in weeks:
                yield engineer.name, week


def _counts(problem: Problem, duty: Duty) -> bool:
    """Whether the duty is tiring."""
    return _known(problem, duty) and not _restful(problem, duty)


def _known(problem: Problem, duty: Duty) -> bool:
    """Whether the team still has the rotation and role of a past duty."""
    return problem.team.strand(duty.seat) in problem.team.strands


def live(work: Workings, part: int) -> str:
    """Pairs of consecutive weeks; then weeks short of half one's usual distance."""
    if part:
        short = work.by_week("short of half one's distance", work.seats, _fill_short)
        return f"SUM({short.whole})"
    tired, last = work.by_week("tired", work.people, _fill_tired), work.people - 1
    later = f"{tired.at(0)}:{tired.at(work.weeks - 1, last)}"
    earlier = f"{tired.at(-1)}:{tired.at(work.weeks - 2, last)}"
    return f"SUMPRODUCT({later}*{earlier})"


def _fill_tired(work: Workings, tired: Block) -> None:
    """Whether each engineer has a tiring duty in each week, or stands in for some of one."""
    facts, names = work.facts, work.by_person("name")
    number, doing = work.by_week("number", work.seats), work.by_day("doing", work.seats)
    seats = [s for s, (_, role) in enumerate(facts.seats) if not role.restful]
    before = _tired_before(facts)
    for e in range(work.people):
        work.put(tired, -1, e, int(facts.engineers[e].name in before))
        for w in range(work.weeks):
            parts = [f"COUNTIF({number.across(w, a, b)},{e + 1})" for a, b in runs(seats)]
            days = (f"{doing.at(a, 7 * w)}:{doing.at(b, 7 * w + 6)}" for a, b in runs(seats))
            parts += [f"SUMPRODUCT(--({doing.seen(cells)}={names.at(e)}))" for cells in days]
            on_duty = any(
                facts.held_by[w][s] == e + 1 or facts.names[e] in facts.doing[s][7 * w : 7 * w + 7]
                for s in seats
            )
            work.put(tired, w, e, Formula(f"--({'+'.join(parts) or '0'}>0)", int(on_duty)))


def _tired_before(facts: Facts) -> set[str]:
    """Who had a tiring duty in the week before the first."""
    problem = facts.problem
    before = problem.weeks[0].later(-1)
    return {each.name for each in problem.engineers if _on_duty(problem, each.name, before)}


def _fill_short(work: Workings, short: Block) -> None:
    """By how many weeks each tiring duty comes too early after its holder's last one."""
    facts = work.facts
    seats = tuple(s for s, (_, role) in enumerate(facts.seats) if not role.restful)
    owed, enough = work.by_person("owed", work.roles), work.by_person("half one's distance")
    roles = [n for n, of_role in enumerate(facts.strands) if of_role[0] in seats]
    usual, wanted = usual_distance(facts.problem), {}
    for e, engineer in enumerate(facts.engineers):
        distance = usual.get(engineer.name)
        gap = distance // 2 + 1 if distance else 0
        wanted[e + 1] = (gap,) * work.weeks
        amount = "+".join(owed.at(e, n) for n in roles) or "0"
        every = f"INT(ROUND({work.weeks}/({amount}),9)+0.5)"
        text = f"IF(({amount})<0.000000001,0,INT({every}/2)+1)"
        work.put(enough, e, 0, Formula(text, gap))
    gaps = WantedGaps(work, "half one's distance", 0, wanted)
    # Who owes less by an absence that is typed may have to wait for any number of weeks.
    ShortGaps(work, seats, gaps, work.weeks).fill(short, "last tiring")
