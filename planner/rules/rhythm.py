"""Rhythm: one week in N, at an even distance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import floor

from planner.cells import Block, Formula, Workings
from planner.domain import Engineer, Role, Rota, Rotation, Seat
from planner.problem import Problem
from planner.rules.base import Convex, Parts
from planner.rules.wanted_gaps import Wanted, WantedGaps, least
from planner.rules.windows import Kind, Lines

NAME = "rhythm"
STATEMENT = (
    "For an engineer whose turn comes every N weeks (N = sum of shares ÷ own share, of a role "
    "with several seats ÷ their number, rounded), nobody holds the same role again within N − 1 "
    "weeks; the least total shortfall. Where a turn lasts several weeks, these are turns."
)
MEANS = (
    "Weeks that are missing, all gaps together, until a role comes back only after a whole round."
)
parts = Parts("weeks too close together")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, role and N consecutive weeks, the seats taken beyond one."""
    for rotation, role in problem.strands:
        lines = Lines(problem, held_in(problem, rotation, role), by_turn=True)
        for engineer, wanted in turns(problem, rotation, role):
            yield from lines.of(engineer.name).crowding(wanted)


def held_in(problem: Problem, rotation: Rotation, role: Role) -> Kind:
    """What tells the duties of a role from others."""
    strand = Seat(rotation.name, role.shared)
    return lambda duty: problem.team.strand(duty.seat) == strand


def members(problem: Problem, rotation: Rotation, role: Role) -> Sequence[Engineer]:
    """Those whose turn in the role comes, by name."""
    return problem.availability.members(Seat(rotation.name, role.name))


def turns(
    problem: Problem, rotation: Rotation, role: Role
) -> Iterator[tuple[Engineer, tuple[int, ...]]]:
    """Each member who may hold the role, and N by planned turn: every how many turns theirs comes.

    A turn is a week, or as many as the rotation says. The team is as it stands in these weeks on
    average: joiners and leavers count for the weeks in which they are there, each with the share of
    the week. Halves round up.
    """
    strength = _per_seat(problem, rotation, role)
    for engineer in members(problem, rotation, role):
        yield engineer, _every(problem, rotation, engineer, strength)


def _every(
    problem: Problem, rotation: Rotation, engineer: Engineer, strength: Fraction
) -> tuple[int, ...]:
    weeks = problem.stints.weeks(rotation.name)
    shares = [engineer.at(week).share.as_integer_ratio() for week in weeks]
    by_share = {share: floor(strength / Fraction(*share) + Fraction(1, 2)) for share in {*shares}}
    return tuple(by_share[share] for share in shares)


def _per_seat(problem: Problem, rotation: Rotation, role: Role) -> Fraction:
    """How many full shares are there on average, for each of the seats of a role."""
    shares = Counter(
        now.share.as_integer_ratio()
        for member in members(problem, rotation, role)
        for week in problem.weeks
        if member.employed(week)
        and (now := member.at(week)).may_hold(role)
        and (not rotation.dates or rotation.has(member.name, week))
    )
    together = sum((times * Fraction(*share) for share, times in shares.items()), Fraction(0))
    return together / len(problem.weeks) / len(rotation.alike(role))


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The total of what each gap between successive holdings falls short of N turns."""
    shortfall, stints = 0, problem.stints
    for rotation, role in problem.strands:
        strand = Seat(rotation.name, role.shared)
        for engineer, wanted in turns(problem, rotation, role):
            past, held = (
                [d for d in known.duties_of(engineer.name) if problem.team.strand(d.seat) == strand]
                for known in (problem.history, rota)
            )
            duties = [*stints.turns_held(past), *filter(stints.opens, held)]
            for earlier, later in pairwise(duties):
                if later.week in problem.weeks:
                    begin, end = (stints.number(rotation.name, d.week) for d in (earlier, later))
                    shortfall += max(0, least(wanted, begin, end) - (end - begin))
    return (Fraction(shortfall),)


def live(work: Workings, part: int) -> str:
    """Weeks too close together."""
    return f"SUM({work.by_week('too close', work.seats, _fill_too_close).whole})"


def _fill_too_close(work: Workings, close: Block) -> None:
    """By how many weeks or turns each duty comes too early after the last one of its holder."""
    facts = work.facts
    gap, number = work.by_week("gap", work.seats), work.by_week("number", work.seats)
    stints = facts.problem.stints
    for n, (rotation, role) in enumerate(facts.problem.strands):
        nobody = (0,) * len(stints.weeks(rotation.name))
        of_role = {e.name: wanted for e, wanted in turns(facts.problem, rotation, role)}
        by_number = {e: of_role.get(one.name, nobody) for e, one in enumerate(facts.engineers, 1)}
        every = WantedGaps(work, "every", n, by_number)
        every.write(work.roles)
        numbers = tuple(stints.number(rotation.name, week) for week in facts.problem.weeks)
        texts = _texts(number, gap, every.where, numbers, facts.strands[n])
        for w, turn in enumerate(numbers):
            for s, text in zip(facts.strands[n], texts[w], strict=True):
                held, since = facts.held_by[w][s], work.value(gap, w, s)
                assert isinstance(since, int)
                value = max(0, every.value(held, turn, since) - since) if held else 0
                work.put(close, w, s, Formula(text, value))


@lru_cache(maxsize=64)
def _texts(
    number: Block, gap: Block, every: Wanted, turns: tuple[int, ...], seats: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    """A row of formulas a week, the number of whose turn is given, one for each seat of a role."""

    def text(w: int, s: int) -> str:
        cell = number.at(w, s)
        wanted = every.formula(cell, turns[w], gap.at(w, s))
        return f"IF({cell}=0,0,MAX(0,{wanted}-{gap.at(w, s)}))"

    return tuple(tuple(text(w, s) for s in seats) for w in range(number.rows))
