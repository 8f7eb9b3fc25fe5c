"""Exchanges of duties that keep every rule, ranked: what swap to agree on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from planner.checking import Report, check
from planner.domain import Duty, Rota, Swap
from planner.problem import Problem
from planner.rules.back_to_back import agreed_exceptions
from planner.rules.base import Value

NEAR = 8
"""Weeks around the duty in which three-way exchanges are looked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """One duty that would change hands."""

    duty: Duty
    old: str
    new: str


@dataclass(frozen=True)
class Exchange:
    """Duties handed round among two or three people, and what that does to the aims.

    ``values`` are the aims' values with the exchange, ``differences`` the same less today's.
    ``running`` names who would be on call two weeks running, which only an agreed swap permits.
    ``preferred`` says that the team's way to cover asks for this one.
    """

    moves: tuple[Move, ...]
    values: tuple[Value, ...]
    differences: tuple[Value, ...]
    running: tuple[str, ...]
    preferred: bool

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(move.new for move in self.moves[:-1])

    def swaps(self) -> tuple[Swap, ...]:
        """The agreed swaps that carry it out: one for two people, three for three."""
        if len(self.moves) == 2:
            given, taken = self.moves
            return (_swap(given, taken.duty),)
        return tuple(_swap(move, None) for move in self.moves)


def _swap(move: Move, in_return: Duty | None) -> Swap:
    duty = move.duty
    week = in_return.week if in_return else None
    return Swap(move.old, duty.week, move.new, week, duty.rotation, duty.role, agreed=True)


def exchanges(
    problem: Problem, rota: Rota, given: Duty, as_of: date | None = None
) -> tuple[Exchange, ...]:
    """Every exchange of one duty for others of its role that breaks no rule anew, best first.

    With one partner, any week counts; three-way ones are looked for within eight weeks. Weeks
    that have begun by ``as_of`` and locked duties stay. Ranked by the team's way to cover, then
    by the aims in their order, then by how few people are concerned.
    """
    today = check(problem, rota)
    found = [
        exchange
        for moves in _moves(problem, rota, given, as_of)
        if (exchange := _judged(problem, rota, moves, today)) is not None
    ]
    return tuple(sorted(found, key=_rank))


def _moves(
    problem: Problem, rota: Rota, given: Duty, as_of: date | None
) -> Iterator[tuple[Move, ...]]:
    giver = rota.holder(given)
    assert giver is not None
    fixed = {one.duty for one in problem.fixed}
    others = [
        duty
        for duty in problem.duties
        if (duty.rotation, duty.role) == (given.rotation, given.role)
        and rota.holder(duty) not in (None, giver)
        and duty not in fixed
        and (as_of is None or duty.week.first > as_of)
    ]
    for second in others:
        partner = rota.holder(second)
        assert partner is not None
        if not _could(problem, partner, given):
            continue
        if _could(problem, giver, second):
            yield Move(given, giver, partner), Move(second, partner, giver)
        near = [duty for duty in others if abs(given.week.until(duty.week)) <= NEAR]
        for third in near if second in near else ():
            other = rota.holder(third)
            assert other is not None
            if (
                other != partner
                and _could(problem, other, second)
                and _could(problem, giver, third)
            ):
                yield (
                    Move(given, giver, partner),
                    Move(second, partner, other),
                    Move(third, other, giver),
                )


def _could(problem: Problem, name: str, duty: Duty) -> bool:
    """Whether nothing about the engineer alone forbids the duty."""
    engineer = problem.team.engineer(name)
    return (
        engineer.may_hold(problem.team.role_of(duty))
        and engineer.employed(duty.week)
        and not problem.team.away(name, duty.week)
    )


def _judged(
    problem: Problem, rota: Rota, moves: tuple[Move, ...], today: Report
) -> Exchange | None:
    """The exchange with what it does, or ``None`` if it breaks a rule that holds today."""
    after = rota.joined_with(Rota.of((move.duty, move.new) for move in moves))
    exchange = Exchange(moves, (), (), (), _preferred(problem, moves))
    swaps = (*problem.team.swaps, *exchange.swaps())
    agreed = replace(problem, team=replace(problem.team, swaps=swaps))
    report = check(agreed, after)
    if {breach.message for breach in report.breaches} - {b.message for b in today.breaches}:
        return None
    movers = {(move.new, move.duty.week) for move in moves}
    running = sorted(
        {
            name
            for name, later in agreed_exceptions(agreed, after)
            if (name, later.week) in movers or (name, later.week.later(-1)) in movers
        }
    )
    differences = tuple(
        replace(new, value=new.value - old.value)
        for new, old in zip(report.values, today.values, strict=True)
    )
    return replace(exchange, values=report.values, differences=differences, running=tuple(running))


def _preferred(problem: Problem, moves: tuple[Move, ...]) -> bool:
    """Whether it is the exchange with the next or the previous week that the team asks for."""
    step = {"next": 1, "previous": -1}.get(problem.team.settings.cover)
    return len(moves) == 2 and moves[0].duty.week.until(moves[1].duty.week) == step


def _rank(exchange: Exchange) -> tuple[bool, bool, list[Fraction], int, str]:
    values = [value.value for value in exchange.values]
    weeks = " ".join(str(move.duty) for move in exchange.moves)
    running = bool(exchange.running)
    return (not exchange.preferred, running, values, len(exchange.moves), weeks)
