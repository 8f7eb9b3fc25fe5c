"""What the planner asks about facts of the past: undated ones, and rows of weeks to come."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain import Duty, Rotation
from planner.problem import Problem, ledger

_MUCH = 2
"""Duties owed from the past that are more than chance."""


def questions_about(problem: Problem) -> Iterator[str]:
    """One sentence each; none keeps a rota from being planned."""
    yield from _history_within(problem)
    for rotation in problem.team.rotations:
        yield from _new_members(problem, rotation)


def _history_within(problem: Problem) -> Iterator[str]:
    """Rows of history.csv that lie in the planned weeks."""
    for held in problem.team.history:
        if held.duty in problem.duty_index and held in problem.locked:
            title = problem.team.title(held.duty.seat)
            yield (
                f"history.csv gives {held.duty.week} {title} to {held.engineer}; it lies in the "
                "planned weeks and stands"
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
    by_role = {role: [d for d in duties if strand(d.seat).role == role] for role in roles}
    owed_by_role = {role: ledger.owed(problem, theirs) for role, theirs in by_role.items()}
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
        for role, theirs in by_role.items():
            owing = owed_by_role[role][name]
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


def _amount(value: Fraction) -> str:
    return f"{float(value):.1f}"
