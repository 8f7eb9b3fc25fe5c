"""Later parts are asked for their floor in the same search, and made least if that fails."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from types import ModuleType

import pytest

from planner.model import Clock, Stage, solve
from planner.model.asking import Asking
from planner.model.batch import Batch
from planner.model.curve import Curve
from planner.model.measuring import measure
from planner.model.posting import at_floor
from planner.model.pricing import Count, Price
from planner.problem import Problem
from planner.rules import rest, wishes
from planner.rules.base import Assignment
from tests.build import problem, rotation, wish


def searches(asked: Problem, *aims: ModuleType) -> tuple[list[Batch], list[Fraction]]:
    """What the solver is asked for, and the values of all parts, each of them proven."""
    told: list[Batch] = []
    own = Asking.about
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asking, "about", lambda self, *a: told.append(a[0]) or own(self, *a))
        found = solve(asked, Clock(None), lambda _: None, [Stage(aim) for aim in aims])
    assert all(proof.value == proof.bound for proof in found.proofs)
    return told, [proof.value for proof in found.proofs]


def test_what_is_hoped_for_is_settled_in_the_same_search() -> None:
    asked = problem(rotation("ABCDE"), weeks=8, wishes=(wish("A", 0), wish("B", 2, "on")))
    (only,), values = searches(asked, wishes, rest)
    assert values == [0, 0, 0]
    assert {part.name for part in only.hopes} == {f"rest, {name}" for name in rest.parts(asked)}


def test_what_is_hoped_for_in_vain_is_made_least_in_the_next() -> None:
    wished = (wish("A", 0, "on"), wish("A", 2, "on"))
    asked = problem(rotation("ABCDE"), weeks=8, wishes=wished)
    (first, second), values = searches(asked, wishes, rest)
    assert values == [0, 0, 1]
    assert len(first.hopes) == 2
    assert [part.name for part in second.goals] == [f"rest, {rest.parts(asked)[1]}"]
    assert not second.hopes


@pytest.mark.parametrize("seed", range(20))
def test_no_rota_costs_more_than_the_span(seed: int) -> None:
    chance = random.Random(seed)
    seats = [(d, e) for d in range(4) for e in range(3)]
    price = Price(counts=[_count(chance, seats) for _ in range(chance.randint(1, 5))])
    measured = measure(price, closely=True)
    most = max(price.value(taken) for taken in _rotas())
    assert (most - price.floor) * measured.scale <= measured.span
    loose = sum(count.curve.reach for count in price.counts)
    assert measured.span <= loose * measured.scale


def test_the_span_of_windows_is_far_below_the_sum_of_them() -> None:
    windows = [tuple((1, (d, e)) for d in (n, n + 1)) for n in range(3) for e in range(3)]
    curve = Curve((Fraction(0), Fraction(0), Fraction(100)))
    price = Price(counts=[Count(terms, 0, 0, curve) for terms in windows])
    assert (
        measure(price, closely=True).span == 600
    )  # not 900: two duties in two windows, two in one


def _count(chance: random.Random, seats: list[Assignment]) -> Count:
    """A convex cost of a few seats, which may fall before it rises."""
    terms = tuple((chance.choice([1, 1, 2]), s) for s in chance.sample(seats, chance.randint(1, 5)))
    best, by = chance.choice([0, 0, 1, 2]), Fraction(500, chance.choice([1, 3]))
    levels = [by * (n - best) ** 2 for n in range(sum(factor for factor, _ in terms) + 1)]
    return Count(terms, 0, 0, Curve(tuple(levels)))


def _rotas() -> Iterator[frozenset[Assignment]]:
    for holders in product((None, 0, 1, 2), repeat=4):
        yield frozenset((d, e) for d, e in enumerate(holders) if e is not None)


def test_a_hope_has_two_values() -> None:
    curve = Curve((Fraction(1, 3), Fraction(0), Fraction(2, 3)))
    price = Price(Fraction(2), counts=[Count(((1, (0, 0)), (1, (1, 0))), 0, 0, curve)])
    hope = at_floor(price, switch=7)
    assert (hope.at_least(0), hope.at_least(1)) == (2, 2 + Fraction(1, 3))
    assert hope.most(price.floor) == hope.low
