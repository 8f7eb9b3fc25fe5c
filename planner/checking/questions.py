"""What the planner asks and tells about facts of the past: undated ones, and debts too large."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain import Duty, Rotation
from planner.problem import Problem, ledger
from planner.rules import cycle
from planner.wording import listed, signed

_MUCH = 2
"""Duties owed from the past that are more than chance."""


def questions_about(problem: Problem) -> Iterator[str]:
    """One sentence each; none keeps a rota from being planned."""
    yield from _history_within(problem)
    yield from _where_turns_begin(problem)
    for rotation in problem.team.rotations:
        yield from _new_members(problem, rotation)
    yield from _caught_up(problem)


def _history_within(problem: Problem) -> Iterator[str]:
    """Rows of history.csv that lie in the planned weeks."""
    for held in problem.team.history:
        if held.duty in problem.duty_index and held in problem.locked:
            title = problem.team.title(held.duty.seat)
            yield (
                f"history.csv gives {held.duty.week} {title} to {held.engineer}; it lies in the "
                "planned weeks and stands"
            )


def _where_turns_begin(problem: Problem) -> Iterator[str]:
    """A first plan whose cycle does not begin with the first member, and why."""
    if cycle.NAME not in problem.team.aims:
        return
    for name, turns in problem.turns.items():
        first, *_ = problem.team.rotation(name).cycle
        if turns.free and turns.start != first:
            some = f"only {turns.clashes} of them fall" if turns.clashes > 1 else "only one falls"
            yield (
                f"The turns of {name} begin with {turns.start}: then "
                f"{some if turns.clashes else 'none falls'} on an absence, an “off” wish or an own "
                "festival"
            )


def _new_members(problem: Problem, rotation: Rotation) -> Iterator[str]:
    """Members without dates who owe much of weeks that no workbook recorded, and held nothing."""
    own = problem.membership.own_weeks
    duties = [
        held.duty
        for held in problem.history
        if held.duty.rotation == rotation.name and held.duty.week not in own
    ]
    strand, roles = problem.team.strand, dict.fromkeys(role.shared for role in rotation.roles)
    duties = [duty for duty in duties if strand(duty.seat).role in roles]
    holding = {
        (held.engineer, strand(held.duty.seat).role)
        for held in problem.history
        if held.duty.rotation == rotation.name
    }
    owed = ledger.owed(problem, duties)
    this = "this rotation" if len(problem.team.rotations) == 1 else rotation.name
    for name in rotation.cycle:
        if rotation.dates_of(name):
            continue
        engineer = problem.team.engineer(name)
        since = problem.weeks[0].first
        if not any((name, role) in holding for role in roles):
            if owed[name] >= _MUCH:
                first = engineer.joined or duties[0].week.first
                yield (
                    f"{name} owes {_amount(owed[name])} duties {_years(first.year, duties)} and "
                    f"has held none. New to {this}? Write "
                    f'{{ name = "{name}", since = {since} }} in its cycle'
                )
            continue
        for role in roles:
            theirs = [duty for duty in duties if strand(duty.seat).role == role]
            owing = ledger.owed(problem, theirs)[name] if theirs else Fraction(0)
            if owing >= _MUCH and (name, role) not in holding and not engineer.stages:
                yield (
                    f"{name} owes {_amount(owing)} duties as {role} "
                    f"{_years(theirs[0].week.first.year, theirs)} and has held none. New to the "
                    f"role? Say in the first row of {name} in engineers.csv which roles they held, "
                    f"and add a further row with roles and since = {since}"
                )


def _years(first: int, duties: list[Duty]) -> str:
    last = duties[-1].week.last.year
    return f"in {last}" if first == last else f"from {first} to {last}"


def _caught_up(problem: Problem) -> Iterator[str]:
    """Who carries in more than counts in this plan, and what the ledger keeps."""
    owing = ledger.owed(problem, problem.duties)
    kept = []
    for strand in problem.team.strands:
        for name, carried in ledger.carried_in(problem, strand).items():
            rest = carried - ledger.counting(problem, carried)
            if rest and owing[name]:
                kept.append(f"{name} {signed(rest)} {problem.team.title(strand)}")
    if kept:
        most = ledger.counting(problem, Fraction(10**6))
        duties = "duty" if most == 1 else "duties"
        yield (
            f"Of a balance carried in, {_plain(most)} {duties} a role counts in this plan "
            f"(catch_up); the ledger keeps the rest: {listed(kept)}"
        )


def _plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"


def _amount(value: Fraction) -> str:
    return f"{float(value):.1f}"
