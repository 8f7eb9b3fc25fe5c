"""Remarks: what a reader of a rota may want to know, though there is nothing to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.problem import Problem, ledger
from planner.rules import cycle
from planner.wording import listed, signed


def remarks_of(problem: Problem) -> tuple[str, ...]:
    """One sentence each."""
    return (*_where_turns_begin(problem), *_caught_up(problem))


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


def _caught_up(problem: Problem) -> Iterator[str]:
    """Who carries in more than counts in this plan, and what the ledger keeps."""
    owing = ledger.owed(problem, problem.duties)
    kept = []
    for strand in problem.team.strands:
        for name, carried in ledger.carried_in(problem, strand).items():
            rest = carried - ledger.counted(problem, strand)[name]
            if rest and owing[name]:
                kept.append(f"{name} {signed(rest)} {problem.team.title(strand)}")
    if kept:
        strand = next(iter(problem.team.strands))
        length = problem.stints.length(strand.rotation)
        most = ledger.counting(problem, strand, Fraction(10**6)) / length
        one, many = ("turn", "turns") if problem.stints.several else ("duty", "duties")
        duties = one if most == 1 else many
        yield (
            f"Of a balance carried in, {_plain(most)} {duties} a role counts in this plan "
            f"(catch_up); the ledger keeps the rest: {listed(kept)}"
        )


def _plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"
