"""Exchanges of duties that keep every rule, ranked: what swap to agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from operator import attrgetter

from planner.checking.report import Report, aim_values, breaches, check
from planner.domain import Duty, DutyWeek, Rota, Swap
from planner.errors import InfeasibleError, TimeRanOutError
from planner.problem import Problem, ledger
from planner.records import dataclass
from planner.rules.back_to_back import agreed_exceptions
from planner.rules.base import Value

NEAR = 8
"""Weeks around the duty in which three-way exchanges are looked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """One duty that would change hands."""

    duty: Duty
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Exchange:
    """Duties handed round among a few people, and what that does to the aims.

    ``moves`` begin with the duty given away. ``swaps`` are the agreed swaps that carry it out;
    where they are not all of the moves, the ``further`` ones make room for them. ``values`` are
    the aims' values with the exchange before anybody has agreed to it, since rest and spacing
    leave out the gaps beside an agreed swap, and whoever chooses wants to see them;
    ``differences`` are the same less today's. ``running`` names
    who would be on call two weeks running, which only an agreed swap permits. ``preferred`` says
    that the team's way to cover asks for this one. ``balance`` is what who takes it has done too
    much or too little, over all roles, where nothing is taken in return.
    """

    moves: tuple[Move, ...]
    swaps: tuple[Swap, ...]
    values: tuple[Value, ...]
    differences: tuple[Value, ...]
    running: tuple[str, ...]
    preferred: bool
    balance: Fraction | None = None

    @property
    def partner(self) -> str:
        """Who takes the duty."""
        return str(self.moves[0].new)

    @property
    def pair(self) -> bool:
        """Whether two people who swap are at the heart of it."""
        return len({frozenset((swap.engineer, swap.partner)) for swap in self.swaps}) == 1

    @property
    def further(self) -> tuple[Move, ...]:
        """What the swaps do not say."""
        said = [(swap.week, swap.engineer, swap.partner) for swap in self.swaps]
        for swap in self.swaps:
            said += [(swap.for_week, swap.partner, swap.engineer)] if swap.for_week else []
        return tuple(m for m in self.moves if (m.duty.week, m.old, m.new) not in said)


def exchanges(
    problem: Problem, rota: Rota, given: Duty, as_of: date | None = None
) -> tuple[Exchange, ...]:
    """Every exchange of one duty for others of its role that breaks no rule anew, best first.

    With one partner, any week counts; three-way ones are looked for within eight weeks. Where turns
    last several weeks, whole ones are exchanged too. Weeks that have begun by ``as_of`` and fixed
    duties stay. Ranked by the team's way to cover, then
    by the aims in their order, then by how few people are concerned.
    """
    today = check(problem, rota)
    found = [
        exchange
        for moves in (
            *_moves(problem, rota, given, as_of),
            *_whole_turns(problem, rota, given, as_of),
        )
        if (exchange := _judged(problem, rota, moves, _swaps(moves), today)) is not None
    ]
    return ranked(found)


def gifts(problem: Problem, rota: Rota, given: Duty) -> tuple[Exchange, ...]:
    """To whom a duty could be given with nothing in return, whoever owes most first."""
    today, giver = check(problem, rota), rota.holder(given)
    assert giver is not None
    owing = {a.engineer: a.balance for a in ledger.accounts(problem, rota) if not a.role}
    found = []
    for name in sorted(problem.team.rotation(given.rotation).cycle):
        if name != giver and not problem.availability.why_not(name, given):
            moves = (Move(given, giver, name),)
            gift = _judged(problem, rota, moves, (_swap(moves[0], None),), today)
            if gift is not None:
                found.append(replace(gift, balance=owing[name]))
    return tuple(sorted(found, key=lambda gift: (owing[gift.partner], gift.partner)))


def with_partner(
    problem: Problem,
    rota: Rota,
    given: Duty,
    partner: str,
    back: DutyWeek | None = None,
    as_of: date | None = None,
    time_limit: float | None = None,
) -> Exchange | None:
    """The exchange with one partner that moves the fewest other duties to make room for it.

    For a partner who already holds another role in one of the weeks, say. ``back`` is the week
    to be taken in return; without one it is chosen, if the fair share asks for any. ``None`` if
    there is no such exchange.
    """
    from planner.planning.replan import replan

    giver = rota.holder(given)
    assert giver is not None
    seat = given.seat
    swap = Swap(giver, given.week, partner, back, *seat, agreed=True)
    try:
        answer = replan(
            _agreeing(problem, [swap]), rota, as_of, time_limit=time_limit, explain=False
        )
    except (InfeasibleError, TimeRanOutError):
        return None
    moves = [Move(change.duty, change.old, change.new) for change in answer.changes]
    strand = problem.team.strand(seat)

    def same_role(duty: Duty) -> bool:
        return problem.team.strand(duty.seat) == strand

    moves.sort(key=lambda move: (move.duty != given, not same_role(move.duty)))
    returned = (m.duty for m in moves if (m.old, m.new) == (partner, giver))
    same = [duty.week for duty in returned if same_role(duty)]
    if back is None and same:
        swap = replace(swap, for_week=same[0])
    return _judged(problem, rota, tuple(moves), (swap,), check(problem, rota))


def ranked(found: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """The exchanges, best first."""
    return tuple(sorted(found, key=_rank))


def _moves(
    problem: Problem, rota: Rota, given: Duty, as_of: date | None
) -> Iterator[tuple[Move, ...]]:
    giver = rota.holder(given)
    assert giver is not None
    why_not = problem.availability.why_not
    others = [
        (duty, str(rota.holder(duty)))
        for duty in _free(problem, given, as_of)
        if duty.week != given.week and rota.holder(duty) not in (None, giver)
    ]
    for second, partner in others:
        if why_not(partner, given):
            continue
        if not why_not(giver, second):
            yield Move(given, giver, partner), Move(second, partner, giver)
        near = [each for each in others if abs(given.week.until(each[0].week)) <= NEAR]
        for third, other in near if (second, partner) in near else ():
            possible = not (why_not(other, second) or why_not(giver, third))
            if other != partner and possible:
                yield (
                    Move(given, giver, partner),
                    Move(second, partner, other),
                    Move(third, other, giver),
                )


def _free(problem: Problem, given: Duty, as_of: date | None) -> Iterator[Duty]:
    """The duties of a role that may change hands."""
    # What somebody received in a swap they may swap on; locks and stand-ins hold a duty in place.
    fixed = {one.duty for one in problem.fixed if one.because != "swap"}
    strand = problem.team.strand
    for duty in problem.duties:
        begun = as_of is not None and duty.week.first <= as_of
        if strand(duty.seat) == strand(given.seat) and duty not in fixed and not begun:
            yield duty


def _whole_turns(
    problem: Problem, rota: Rota, given: Duty, as_of: date | None
) -> Iterator[tuple[Move, ...]]:
    """The giver's turn for each one of as many weeks, as far as they are still to come."""
    giver, turns = str(rota.holder(given)), dict[tuple[str, DutyWeek], list[Duty]]()
    for duty in _free(problem, given, as_of):
        name, begin = rota.holder(duty), problem.stints.begin(duty.rotation, duty.week)
        if name is not None:
            turns.setdefault((name, begin), []).append(duty)
    mine = turns.get((giver, problem.stints.begin(given.rotation, given.week)), [])
    for (name, _), theirs in turns.items() if len(mine) > 1 else ():
        if name == giver or len(theirs) != len(mine):
            continue
        moves = [Move(duty, giver, name) for duty in mine]
        moves += [Move(duty, name, giver) for duty in theirs]
        if not any(problem.availability.why_not(str(m.new), m.duty) for m in moves):
            yield tuple(sorted(moves, key=lambda m: (m.old != giver, m.duty != given, m.duty)))


def _swaps(moves: tuple[Move, ...]) -> tuple[Swap, ...]:
    """The agreed swaps that say the same: one for two people, or one a week; three for three."""
    given = [move for move in moves if move.old == moves[0].old]
    taken = [move for move in moves if move.new == moves[0].old]
    if len(given) + len(taken) == len(moves) and len(given) == len(taken):
        one_by_one = (sorted(moves, key=attrgetter("duty")) for moves in (given, taken))
        return tuple(_swap(one, other.duty.week) for one, other in zip(*one_by_one, strict=True))
    return tuple(_swap(move, None) for move in moves)


def _swap(move: Move, for_week: DutyWeek | None) -> Swap:
    duty = move.duty
    old, new = str(move.old), str(move.new)
    return Swap(old, duty.week, new, for_week, duty.rotation, duty.role, agreed=True)


def _agreeing(problem: Problem, swaps: Iterable[Swap]) -> Problem:
    return replace(problem, team=replace(problem.team, swaps=(*problem.team.swaps, *swaps)))


def _judged(
    problem: Problem,
    rota: Rota,
    moves: tuple[Move, ...],
    swaps: tuple[Swap, ...],
    today: Report,
) -> Exchange | None:
    """The exchange with what it does, or ``None`` if it breaks a rule that holds today."""
    after = rota.joined_with(Rota.of((move.duty, move.new) for move in moves))
    agreed = _agreeing(problem, swaps)
    broken = {breach.message for breach in today.breaches}
    if any(breach.message not in broken for breach in breaches(agreed, after)):
        return None
    # Not of ``agreed``: the gaps that the swap makes are to be seen.
    values = aim_values(problem, after)
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
        for new, old in zip(values, today.values, strict=True)
    )
    preferred = _preferred(problem, moves)
    return Exchange(moves, swaps, values, differences, tuple(running), preferred)


def _preferred(problem: Problem, moves: tuple[Move, ...]) -> bool:
    """Whether it is the exchange with the next or the previous week that the team asks for."""
    step = {"next": 1, "previous": -1}.get(problem.team.settings.cover)
    if step is None:
        return False
    given = moves[0]
    weeks = step * problem.stints.length(given.duty.rotation)
    if len(moves) == 2:
        alike = problem.team.alike(given.duty)
        return moves[1] in [Move(each.later(weeks), given.new, given.old) for each in alike]
    returned = {Move(m.duty.later(weeks), m.new, m.old) for m in moves if m.old == given.old}
    return returned == {m for m in moves if m.old != given.old}


def _rank(exchange: Exchange) -> tuple[bool, int, bool, list[Fraction], int, str]:
    values = [value.value for value in exchange.values]
    weeks = " ".join(str(move.duty) for move in exchange.moves)
    further, running = len(exchange.further), bool(exchange.running)
    return (not exchange.preferred, further, running, values, len(exchange.moves), weeks)
