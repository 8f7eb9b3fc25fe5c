"""Rest: in any role, the fewest people on duty two weeks running, and nobody again too soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from math import floor

from planner.cells import Block, Formula, Workings
from planner.domain import DutyWeek, Rota
from planner.grouping import grouped
from planner.problem import Problem, ledger
from planner.rules import tired_weeks
from planner.rules.base import AnyOf, Convex, Parts
from planner.rules.short_gaps import ShortGaps
from planner.rules.tired_weeks import tiring
from planner.rules.wanted_gaps import WantedGaps
from planner.rules.windows import LinesLeftToPlanning

NAME = "rest"
STATEMENT = (
    "The fewest (engineer, two consecutive weeks) pairs with a duty in both, in any role (a role "
    "with restful = true does not count); then the least total shortfall of gaps between one's "
    "duties under ⌊M/2⌋ + 1 weeks, where one's duty comes every M weeks (but for gaps beside an "
    "agreed swap or a lock). A turn of several weeks is one duty, from its first week."
)
MEANS = (
    "Times that somebody is on duty two weeks running; then weeks that are missing, all "
    "gaps together, to half of everybody's usual distance."
)
parts = Parts("duties in two consecutive weeks", "weeks short of half one's usual distance")


def usual_distance(problem: Problem) -> dict[str, int]:
    """M, by engineer: planned weeks ÷ turns owed in them, rounded, halves up.

    A turn is a duty, or as many as the rotation says. Whoever owes nothing has none.
    """
    turns: dict[str, Fraction] = {}
    counted = (duty for duty in problem.duties if tiring(problem, duty))
    by_length = grouped((problem.stints.length(duty.rotation), duty) for duty in counted)
    for length, duties in by_length.items():
        for name, amount in ledger.owed(problem, duties).items():
            turns[name] = turns.get(name, Fraction(0)) + amount / length
    weeks = len(problem.weeks)
    return {n: floor(weeks / owed + Fraction(1, 2)) for n, owed in turns.items() if owed}


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex | AnyOf]:
    """For each engineer and two weeks, one if both have a seat taken, but for those of one turn;
    then for each engineer and as many weeks as a gap should have, the seats beyond one."""
    return _short_gaps(problem) if part else tired_weeks.costs(problem)


def _short_gaps(problem: Problem) -> Iterator[Convex]:
    lines = LinesLeftToPlanning(problem, partial(tiring, problem))
    for name, distance in usual_distance(problem).items():
        yield from lines.of(name).crowding((distance // 2 + 1,) * len(problem.weeks))


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count the pairs of neighbouring duty weeks of each engineer; then what gaps fall short."""
    pairs = sum(1 for _ in tired_weeks.tired(problem, rota))
    return Fraction(pairs), Fraction(sum(short for *_, short in hurried(problem, rota)))


def hurried(problem: Problem, rota: Rota) -> Iterator[tuple[str, DutyWeek, int]]:
    """(engineer, week of the later duty, weeks that are missing) of every gap that is too short."""
    stints = problem.stints
    for name, distance in usual_distance(problem).items():
        before = [duty for duty in problem.history.duties_of(name) if tiring(problem, duty)]
        planned = [duty for duty in rota.duties_of(name) if tiring(problem, duty)]
        decided = {stints.opening(duty) for duty in planned if (name, duty) in problem.decided}
        last, enough = stints.turns_held(before)[-1] if before else None, distance // 2 + 1
        for duty in sorted(planned, key=lambda duty: (stints.opening(duty), duty)):
            if stints.opening(duty) in decided:
                last = None
            elif stints.opens(duty) and not problem.swap_touches(duty):
                gap = (duty.week.first - last.week.first).days // 7 if last else enough
                if gap < enough:
                    yield name, duty.week, enough - gap
                last = duty


def live(work: Workings, part: int) -> str:
    """Pairs of consecutive weeks; then weeks short of half one's usual distance."""
    if part:
        short = work.by_week("short of half one's distance", work.seats, _fill_short)
        return f"SUM({short.whole})"
    return tired_weeks.live(work)


def _fill_short(work: Workings, short: Block) -> None:
    """By how many weeks each tiring duty comes too early after its holder's last one."""
    facts = work.facts
    seats = tuple(s for s, (_, role) in enumerate(facts.seats) if not role.restful)
    owed, enough = work.by_person("owed", work.roles), work.by_person("half one's distance")
    turns = {n: facts.seats[of_role[0]][0].turn for n, of_role in enumerate(facts.strands)}
    roles = {
        n: f"/{turns[n]}" if turns[n] > 1 else ""
        for n, of_role in enumerate(facts.strands)
        if of_role[0] in seats
    }
    usual, wanted = usual_distance(facts.problem), {}
    for e, engineer in enumerate(facts.engineers):
        distance = usual.get(engineer.name)
        gap = distance // 2 + 1 if distance else 0
        wanted[e + 1] = (gap,) * work.weeks
        amount = "+".join(owed.at(e, n) + by for n, by in roles.items()) or "0"
        every = f"INT(ROUND({work.weeks}/({amount}),9)+0.5)"
        text = f"IF(({amount})<0.000000001,0,INT({every}/2)+1)"
        work.put(enough, e, 0, Formula(text, gap))
    gaps = WantedGaps(work, "half one's distance", 0, wanted)
    # Who owes less by an absence that is typed may have to wait for any number of weeks.
    ShortGaps(work, seats, gaps, work.weeks).fill(short, "last tiring")
