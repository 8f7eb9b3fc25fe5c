"""Agreed: agreed swaps and locked duties stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.cells import Formula, Workings, joined, total
from planner.domain import Duty, Held, Rota, Swap
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Breach, Fact, Row, Said, Step
from planner.wording import from_file

NAME = "agreed"
STATEMENT = "Agreed swaps and locked duties stand."
SET_ASIDE = 90
WHOLE = False
ADDS_UP = False

_GIVEN_BY = {
    "swap": "an agreed swap gives",
    "lock": "a lock gives",
    "cover": "a stand-in for part of it leaves",
}
_TAKES = {
    "swap": "takes by agreed swap",
    "lock": "is locked as",
    "cover": "has a stand-in for part of",
}


def rows(problem: Problem) -> Iterator[Row]:
    """One row a fixed duty: that seat is taken."""
    for fixed in problem.fixed:
        seat = (problem.duty_index[fixed.duty], problem.engineer_index[fixed.engineer])
        fact = Fact(
            NAME,
            fixed.duty.week,
            fixed.engineer,
            fixed.duty,
            fixed.source,
            detail=fixed.because,
        )
        yield Row(fact, ((1, seat),), least=1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Fixed duties that somebody else holds."""
    for fixed in problem.fixed:
        holder = rota.holder(fixed.duty)
        if holder != fixed.engineer:
            why = _GIVEN_BY[fixed.because]
            message = (
                f"{fixed.duty.week}: {why} {fixed.duty.role} of {fixed.duty.rotation} to "
                f"{fixed.engineer}{from_file(fixed.source)}, but {holder or 'nobody'} holds it"
            )
            yield Breach(NAME, fixed.duty.week, fixed.engineer, message, fixed.duty)


def say(problem: Problem, fact: Fact) -> str:
    """Which duty is fixed, and by what."""
    assert fact.duty is not None
    verb = _TAKES[fact.detail]
    duty = f"{fact.duty.role} of {fact.duty.rotation}{from_file(fact.source)}"
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
    if fact.duty and fact.detail == "swap":
        for swap in problem.team.swaps:
            same = swap.agreed and fact.source == swap.source
            if same and _concerns(swap, fact.duty, fact.engineer):
                yield UndoSwap(swap)
    elif fact.duty and fact.detail == "lock":
        yield Unlock(Held(fact.duty, fact.engineer))


def _concerns(swap: Swap, duty: Duty, taker: str) -> bool:
    given = (swap.week, swap.partner) == (duty.week, taker)
    taken = (swap.for_week, swap.engineer) == (duty.week, taker)
    return (given or taken) and swap.seat == duty.seat


def can_be_broken(problem: Problem) -> bool:
    """Where swaps are agreed; the holder of a locked or partly covered cell is who stands in it."""
    return bool(problem.swapped)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """1 for each agreed swap that gives the duty to somebody else."""
    given = _given_by_swap(work, w, s)
    me = work.number(w, s)
    return total(me.is_not(number) for number in given) if given else None


def _given_by_swap(work: Workings, w: int, s: int) -> list[int]:
    """To whom agreed swaps give a duty, by number."""
    duty, fixed = work.facts.duties[w][s], work.facts.problem.fixed
    takers = (each.engineer for each in fixed if each.because == "swap" and each.duty == duty)
    return [work.facts.number(taker) for taker in takers]


def beside(work: Workings, w: int, s: int) -> Formula:
    """To whom it was given."""
    e = _given_by_swap(work, w, s)[0] - 1
    name = Formula(work.by_person("name").at(e), work.facts.names[e])
    return joined("an agreed swap gives this to ", name)
