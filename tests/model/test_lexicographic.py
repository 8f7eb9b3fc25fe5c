"""The aims in order: one answer whatever the seed, honest progress, time left for every aim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from planner.checking.report import breaches
from planner.model import Clock, asking, lexicographic, search, solve
from planner.model.batch import Part
from planner.model.curve import Curve
from planner.model.descent import Descent
from planner.model.open_seats import ReducedProblem
from planner.model.pricing import Count, Price
from planner.model.search import Answer, Options
from planner.model.seats import SeatModel
from planner.model.sharing import Sharing
from planner.problem import Problem
from tests.benchmarks.instances import Size, problem_of
from tests.build import away_week, problem, rotation, text, wish


def busy(weeks: int = 8) -> Problem:
    """Two rotations that share nobody, with absences and wishes in both."""
    return problem(
        rotation("ABCD", "primary", "secondary", name="r"),
        rotation("EFGHI", "primary", "secondary", name="s"),
        weeks=weeks,
        vacations=(away_week("A", 1), away_week("B", 3), away_week("E", 2), away_week("F", 6)),
        wishes=(wish("C", 2), wish("D", 4), wish("G", 5), wish("H", 1)),
        holidays={"A": [9, 20], "C": [9, 33], "E": [2, 20], "H": [20, 41]},
    )


def test_a_small_team_has_one_answer_whatever_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    team = problem(rotation("ABCDEFG"), weeks=9, aims=("fair-share",))
    rotas = set()
    for seed in range(1, 9):
        monkeypatch.setattr(search, "SEED", seed)
        rotas.add(text(team, solve(team, Clock(None), lambda _: None).rota))
    assert len(rotas) == 1


def test_stopped_before_the_first_search_there_still_is_a_rota() -> None:
    clock = Clock(None)
    clock.stop()
    found = solve(busy(), clock, lambda _: None)
    assert breaches(busy(), found.rota) == ()
    assert not all(proof.proven for proof in found.proofs)


def test_progress_tells_values_and_bounds_of_the_whole_team(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On the way, no value is below the last one, and no bound above it; parts to come grow few."""
    monkeypatch.setattr(lexicographic, "PATIENCE", 0.0)
    team, told = problem_of(Size(20, 26, 2)), []
    found = solve(team, Clock(None), told.append)
    final = {f"{proof.aim}, {proof.part}": proof.value for proof in found.proofs}
    moved = [message.rsplit(": ", 1) for message in told if ", at best " in message]
    assert told[0] == f"fair-share, R0: primary: searching; {len(found.proofs) - 1} more to come"
    assert len(moved) > 3
    for name, amounts in moved:
        value, bound = (Fraction(part) for part in amounts.split(";")[0].split(", at best "))
        assert float(bound) - 1e-4 <= float(final[name]) <= float(value) + 1e-4, (name, amounts)
    parts = [f"{proof.aim}, {proof.part}" for proof in found.proofs]
    left = [(name, amounts.split("; ")[1]) for name, amounts in moved if ";" in amounts]
    assert left
    for name, said in left:
        ahead = len(parts) - 1 - parts.index(name)
        assert said == (f"{ahead} more to come" if ahead else "the last")


def test_every_aim_is_left_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches that use up all that they are given, and prove nothing."""
    team = problem_of(Size(12, 26))
    clock = Clock(60)
    left, given = [60.0], []
    monkeypatch.setattr(Clock, "left", property(lambda _: left[0]))

    def slow(model: Any, _: Clock, minimise: Any, options: Options, **more: Any) -> Answer:
        seconds = options.on(clock)
        assert seconds is not None
        given.append(seconds)
        left[0] -= seconds
        found = search.search(model, clock, minimise, Options(seconds=5), **more)
        return Answer("found", found.taken, float("-inf"))

    monkeypatch.setattr(asking, "search", slow)
    found = solve(team, clock, lambda _: None)
    assert not all(proof.proven for proof in found.proofs)
    assert len(given) > 5
    assert min(given) > 0.5, given
    assert left[0] >= 0


def test_costs_too_fine_for_one_number_are_exact_after_narrowing() -> None:
    """Balances in fractions of great primes, over counts whose far ends cost much.

    Rounded, they fit because the far ends are ruled out first; so must the exact ones.
    """
    reduced = ReducedProblem(problem(rotation("ABC"), weeks=60, aims=()))
    seats = [[seat for seat in reduced.open if seat[1] == e] for e in range(3)]
    starts = [Fraction(-19 * p - 7, p) for p in (999_999_937, 998_244_353, 1_000_000_007)]

    def price(costs: Sequence[Callable[[int], Fraction]]) -> Price:
        counts = []
        for own, cost in zip(seats, costs, strict=True):
            levels = tuple(cost(n) for n in range(len(own) + 1))
            counts.append(Count(tuple((1, seat) for seat in own), 0, 0, Curve(levels)))
        return Price(counts=counts)

    even = price([lambda n: Fraction(abs(n - 20))] * 3)
    fine = price([lambda n, s=s: (s + n) ** 2 + 10**7 * max(0, abs(n - 20) - 2) for s in starts])
    island = Descent(SeatModel(reduced), Sharing(reduced), Clock(None), lambda *_: None)
    island.posted.sharing.shares = lambda *_: None  # type: ignore[method-assign]
    bounds = island.settle([Part("even", even, allowance=2)], 1)
    bounds += island.settle([Part("fine", fine)], 0)
    assert island.taken is not None
    values = [count.curve.levels for count in fine.counts]
    least = min(
        values[0][a] + values[1][b] + values[2][60 - a - b]
        for a, b in product(range(18, 23), repeat=2)
        if abs(a - 20) + abs(b - 20) + abs(40 - a - b) <= 2
    )
    assert bounds[1] == fine.value(island.taken) == least
