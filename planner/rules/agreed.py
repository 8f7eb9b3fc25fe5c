"""Agreed: agreed swaps and locked duties stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.cells import Formula, Workings, joined, total
from planner.domain import Duty, Held, Rota, Swap
from planner.problem import Fixed, Problem
from planner.records import dataclass
from planner.rules.base import Breach, Fact, Row, Said, Step, Terms
from planner.wording import from_file, listed

NAME = "agreed"
STATEMENT = "Agreed swaps and locked duties stand."
SET_ASIDE = 90
WHOLE = False
ADDS_UP = False

_GIVEN_UP = "given up"
_GIVEN_BY = {
    "swap": "an agreed swap gives",
    "lock": "a lock gives",
    "cover": "a stand-in for part of it leaves",
}
_TAKES = {
    "swap": "takes by agreed swap",
    "lock": "is locked as",
    "cover": "has a stand-in for part of",
    _GIVEN_UP: "gives away by agreed swap",
}


def rows(problem: Problem) -> Iterator[Row]:
    """One row a fixed duty: that seat is taken, or of seats that are alike one of them. Who gave
    such a duty away takes none."""
    for fixed in problem.fixed:
        yield Row(_fact(fixed, fixed.because), _seats(problem, fixed), least=1)
    for fixed in problem.given_up:
        yield Row(_fact(fixed, _GIVEN_UP), _seats(problem, fixed), most=0)


def _fact(fixed: Fixed, detail: str) -> Fact:
    return Fact(NAME, fixed.duty.week, fixed.engineer, fixed.duty, fixed.source, detail)


def _seats(problem: Problem, fixed: Fixed) -> Terms:
    e = problem.engineer_index[fixed.engineer]
    return tuple((1, (problem.duty_index[duty], e)) for duty in problem.places(fixed))


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Fixed duties that somebody else holds."""
    for fixed in problem.fixed:
        places = problem.places(fixed)
        holders = [rota.holder(duty) for duty in places]
        if fixed.engineer not in holders:
            why, role = _GIVEN_BY[fixed.because], _role(problem, fixed.duty, fixed.because)
            names = listed([holder or "nobody" for holder in holders])
            message = (
                f"{fixed.duty.week}: {why} {role} of {fixed.duty.rotation} to "
                f"{fixed.engineer}{from_file(fixed.source)}, but {names} "
                f"{'holds' if len(places) == 1 else 'hold'} it"
            )
            yield Breach(NAME, fixed.duty.week, fixed.engineer, message, fixed.duty)
    for fixed in problem.given_up:
        for duty in problem.places(fixed):
            if rota.holder(duty) == fixed.engineer:
                source = f" ({fixed.source})" if fixed.source else ""
                role = f"{_role(problem, duty, 'swap')} of {duty.rotation}"
                message = (
                    f"{duty.week}: {fixed.engineer} gave {role} away by agreed swap{source}, but "
                    "holds it"
                )
                yield Breach(NAME, duty.week, fixed.engineer, message, duty)


def _role(problem: Problem, duty: Duty, because: str) -> str:
    """Swaps speak of a role, locks and stand-ins of a seat."""
    return problem.team.role_of(duty).shared if because in ("swap", _GIVEN_UP) else duty.role


def say(problem: Problem, fact: Fact) -> str:
    """Which duty is fixed, and by what."""
    assert fact.duty is not None
    verb = _TAKES[fact.detail]
    role = _role(problem, fact.duty, fact.detail)
    duty = f"{role} of {fact.duty.rotation}{from_file(fact.source)}"
    return f"{fact.week}: {fact.engineer} {verb} {duty}"


@dataclass(frozen=True, slots=True)
class UndoSwap(Step):
    """An agreed swap is taken back."""

    swap: Swap

    kind = "swap undone"
    plain = True

    def cost(self, problem: Problem) -> int:
        return 6

    def applied(self, problem: Problem) -> Problem:
        swaps = tuple(swap for swap in problem.team.swaps if swap != self.swap)
        return replace(problem, team=replace(problem.team, swaps=swaps))

    def said(self, problem: Problem, rota: Rota) -> Said:
        swap = self.swap
        who = f"{swap.engineer} with {swap.partner}"
        return "", f"undo the swap of {who} in {swap.week}{from_file(swap.source)}", ""


@dataclass(frozen=True, slots=True)
class Unlock(Step):
    """A locked duty is given back to planning."""

    held: Held

    kind = "lock lifted"
    plain = True

    def cost(self, problem: Problem) -> int:
        return 6

    def applied(self, problem: Problem) -> Problem:
        return replace(problem, locked=tuple(h for h in problem.locked if h != self.held))

    def said(self, problem: Problem, rota: Rota) -> Said:
        duty = self.held.duty
        what = f"{duty.role} of {duty.rotation} in {duty.week} ({self.held.engineer})"
        return "unlock ", what, ""


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """A swap may be undone and a lock lifted."""
    fact = row.fact
    if fact.duty and fact.detail in ("swap", _GIVEN_UP):
        for swap in problem.team.swaps:
            same = swap.agreed and fact.source == swap.source
            if same and _concerns(problem, swap, fact):
                yield UndoSwap(swap)
    elif fact.duty and fact.detail == "lock":
        yield Unlock(Held(fact.duty, fact.engineer))


def _concerns(problem: Problem, swap: Swap, fact: Fact) -> bool:
    """Whether the swap gives the duty to whom the fact is about, or takes it from them."""
    one, other = swap.partner, swap.engineer
    if fact.detail == _GIVEN_UP:
        one, other = other, one
    about = (fact.week, fact.engineer)
    team, duty = problem.team, fact.duty
    same = duty is not None and team.strand(swap.seat) == team.strand(duty.seat)
    return same and about in ((swap.week, one), (swap.for_week, other))


def can_be_broken(problem: Problem) -> bool:
    """Where swaps are agreed; the holder of a locked or partly covered cell is who stands in it."""
    return bool(problem.swapped)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """1 for each agreed swap that gives the duty to somebody else; of seats that are alike at the
    first, and at whichever has its holder although they gave it away."""
    given, me = _given_by_swap(work, w, s), work.number(w, s)
    seats = work.facts.strand(s)
    if len(seats) == 1:
        return total(me.is_not(number) for number in given) if given else None
    left = [me.is_(number) for number in _given_up(work, w, s)]
    if s == seats[0]:
        held = (total(work.number(w, t).is_(number) for t in seats) for number in given)
        left += [times.is_(0) for times in held]
    return total(left) if left else None


def _given_up(work: Workings, w: int, s: int) -> list[int]:
    """Who gave the duty, or one alike, away by an agreed swap, by number."""
    duty, problem = work.facts.duties[w][s], work.facts.problem
    givers = (each.engineer for each in problem.given_up if duty in problem.places(each))
    return [work.facts.number(giver) for giver in givers]


def _given_by_swap(work: Workings, w: int, s: int) -> list[int]:
    """To whom agreed swaps give a duty, by number."""
    duty, problem = work.facts.duties[w][s], work.facts.problem
    swaps = (each for each in problem.fixed if each.because == "swap")
    takers = (each.engineer for each in swaps if duty in problem.places(each))
    return [work.facts.number(taker) for taker in takers]


def beside(work: Workings, w: int, s: int) -> Formula:
    """To whom it was given."""
    given = _given_by_swap(work, w, s)
    if not given:
        return joined(work.holder(w, s), " gave this away by agreed swap")
    e = given[0] - 1
    name = Formula(work.by_person("name").at(e), work.facts.names[e])
    return joined("an agreed swap gives this to ", name)
