"""A second opinion, written from the statements of the rules and aims alone.

It knows the planner's domain values and nothing of its ledger, rules or solver, walks dates and
names, and is slow. Where it and the planner differ, one of them has misread a statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain import Rota
from planner.problem import Problem
from tests.oracle.aims import VALUES
from tests.oracle.facts import Facts, Holders
from tests.oracle.rules import RULES

Values = dict[str, tuple[Fraction, ...]]


def broken(problem: Problem, rota: Rota) -> list[str]:
    """The names of the rules that the rota breaks."""
    facts = _facts(problem)
    strangers = [held for held in rota if held.duty not in facts.duties]
    holders = _holders(rota)
    names = [name for name, holds in RULES.items() if not holds(facts, holders, facts.weeks)]
    return ["unknown duty"] * bool(strangers) + names


def allowed(problem: Problem, rota: Rota) -> bool:
    return not broken(problem, rota)


def unfilled(problem: Problem, rota: Rota) -> int:
    """How many duties nobody holds."""
    return sum(rota.holder(duty) is None for duty in _facts(problem).duties)


def aim_values(problem: Problem, rota: Rota) -> Values:
    """Each aim of the team, in its order, with the value of each of its parts."""
    return _aim_values(_facts(problem), rota)


def all_rotas(problem: Problem) -> Iterator[Rota]:
    """Every rota that keeps every rule."""
    facts = _facts(problem)
    for holders in _grow(facts, {}, 0, list(RULES)):
        yield _rota(facts, holders)


def any_rotas(problem: Problem) -> Iterator[Rota]:
    """Every rota that keeps coverage and one duty, whatever else it breaks."""
    facts = _facts(problem)
    for holders in _grow(facts, {}, 0, ["coverage", "one duty"]):
        yield _rota(facts, holders)


def count_any_rotas(problem: Problem) -> int:
    """How many rotas ``any_rotas`` would give (an upper bound where roles are optional)."""
    facts, count = _facts(problem), 1
    for week in facts.weeks:
        free = len(problem.engineers)
        for duty in facts.duties_in(week):
            count *= max(free, 0) + facts.role(duty).optional
            free -= not facts.role(duty).optional
    return count


def best(problem: Problem) -> tuple[Fraction, ...] | None:
    """Fewest unfilled duties, then every part of every aim in order; ``None``: no rota at all."""
    facts = _facts(problem)
    scores = (_score(facts, rota) for rota in all_rotas(problem))
    return min(scores, default=None)


def score(problem: Problem, rota: Rota) -> tuple[Fraction, ...]:
    """What ``best`` compares."""
    return _score(_facts(problem), rota)


_latest: list[Facts] = []


def _facts(problem: Problem) -> Facts:
    """The facts of a problem; those of the latest problem are kept."""
    if not _latest or _latest[0].problem is not problem:
        _latest[:] = [Facts(problem)]
    return _latest[0]


def _score(facts: Facts, rota: Rota) -> tuple[Fraction, ...]:
    gaps = Fraction(sum(rota.holder(duty) is None for duty in facts.duties))
    values = _aim_values(facts, rota).values()
    return (gaps, *(value for parts in values for value in parts))


def _aim_values(facts: Facts, rota: Rota) -> Values:
    holders = _holders(rota)
    several = any(rotation.turn > 1 for rotation in facts.problem.team.rotations)
    aims = ("split turns",) * several + facts.problem.team.aims
    return {name: tuple(VALUES[name](facts, holders)) for name in aims}


def _holders(rota: Rota) -> Holders:
    return {held.duty: held.engineer for held in rota if held.engineer is not None}


def _rota(facts: Facts, holders: Holders) -> Rota:
    return Rota.of({duty: holders.get(duty) for duty in facts.duties})


def _grow(facts: Facts, so_far: Holders, done: int, rules: list[str]) -> Iterator[Holders]:
    """Week by week: every way to fill the next week that breaks none of the named rules yet."""
    if done == len(facts.weeks):
        yield so_far
        return
    duties = facts.duties_in(facts.weeks[done])
    several = facts.settings.one_duty == "no overlap"
    for filling in _fillings(facts, len(duties), several):
        pairs = zip(duties, filling, strict=True)
        grown = {**so_far, **{duty: who for duty, who in pairs if who is not None}}
        if all(RULES[name](facts, grown, facts.weeks[: done + 1]) for name in rules):
            yield from _grow(facts, grown, done + 1, rules)


def _fillings(facts: Facts, seats: int, several: bool) -> Iterator[tuple[str | None, ...]]:
    if seats == 0:
        yield ()
        return
    for rest in _fillings(facts, seats - 1, several):
        for name in (*facts.engineers, None):
            if name is None or several or name not in rest:
                yield (*rest, name)
