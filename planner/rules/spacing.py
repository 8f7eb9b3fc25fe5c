"""Spacing: nobody's turn in a role comes back within half a cycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.cells import Block, Workings
from planner.domain import DutyWeek, Engineer, Role, Rota, Rotation, Seat
from planner.problem import Problem
from planner.rules import rhythm
from planner.rules.base import Convex, Parts
from planner.rules.short_gaps import ShortGaps
from planner.rules.wanted_gaps import WantedGaps, least
from planner.rules.windows import LinesLeftToPlanning

NAME = "spacing"
STATEMENT = (
    "Nobody's turn in a role comes back within half a cycle: the least total shortfall of gaps "
    "between successive holdings under ⌊N/2⌋ + 1 weeks, N as in rhythm (but for gaps beside an "
    "agreed swap or a lock); in turns, where these last several weeks."
)
MEANS = (
    "Weeks that are missing, all gaps together, until a role comes back only after half a cycle."
)
parts = Parts("weeks short of half a cycle")


def least_gaps(
    problem: Problem, rotation: Rotation, role: Role
) -> Iterator[tuple[Engineer, tuple[int, ...]]]:
    """Each member who may hold the role, and by planned turn, after how many turns they may well
    hold it again."""
    for engineer, every in rhythm.turns(problem, rotation, role):
        yield engineer, tuple(n // 2 + 1 for n in every)


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, role and as many weeks as a gap should have, the seats beyond one."""
    for rotation, role in problem.strands:
        lines = LinesLeftToPlanning(problem, rhythm.held_in(problem, rotation, role), by_turn=True)
        for engineer, wanted in least_gaps(problem, rotation, role):
            yield from lines.of(engineer.name).crowding(wanted)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The total of what gaps between successive holdings of a role fall short."""
    return (Fraction(sum(short for *_, short in hurried(problem, rota))),)


def hurried(problem: Problem, rota: Rota) -> Iterator[tuple[str, DutyWeek, int]]:
    """(engineer, week of the later duty, turns that are missing) of every gap that is too short."""
    stints = problem.stints
    for rotation, role in problem.strands:
        strand = Seat(rotation.name, role.shared)
        for engineer, wanted in least_gaps(problem, rotation, role):
            name = engineer.name
            before = problem.history.duties_of(name)
            past = [d for d in before if problem.team.strand(d.seat) == strand]
            held = [d for d in rota.duties_of(name) if problem.team.strand(d.seat) == strand]
            decided = {stints.opening(d) for d in held if (name, d) in problem.decided}
            last = stints.turns_held(past)[-1] if past else None
            for duty in held:
                if stints.opening(duty) in decided:
                    last = None
                elif stints.opens(duty) and not problem.swap_touches(duty):
                    begin, end = (
                        stints.number(rotation.name, (d or duty).week) for d in (last, duty)
                    )
                    enough = least(wanted, begin, end)
                    if last and end - begin < enough:
                        yield name, duty.week, enough - (end - begin)
                    last = duty


def live(work: Workings, part: int) -> str:
    """Weeks short of half a cycle."""
    return f"SUM({work.by_week('short of half a cycle', work.seats, _fill_short).whole})"


def _fill_short(work: Workings, short: Block) -> None:
    """By how many weeks each duty comes too early after its holder's last one in the role."""
    facts = work.facts
    for n, (rotation, role) in enumerate(facts.problem.strands):
        nobody = (0,) * len(facts.problem.stints.weeks(rotation.name))
        wanted_by = least_gaps(facts.problem, rotation, role)
        gaps = {one.name: wanted for one, wanted in wanted_by}
        by_number = {e: gaps.get(one.name, nobody) for e, one in enumerate(facts.engineers, 1)}
        wanted = WantedGaps(work, "half a cycle", n, by_number)
        wanted.write(work.roles)
        reach = wanted.most * rotation.turn
        turns_of = rotation.name if rotation.turn > 1 else ""
        ShortGaps(work, facts.strands[n], wanted, reach, turns_of).fill(short, f"last in {n}")
