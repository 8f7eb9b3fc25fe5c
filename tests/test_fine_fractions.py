"""Nothing that exists is denied, and nothing proven is wrong, however fine the fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from planner.errors import InfeasibleError
from planner.planning.plan import plan
from tests import oracle
from tests.fine_teams import fine_team
from tests.plain_model import PlainModel, UnfinishedError

TEAMS, MANY_TEAMS = 300, 3000
EACH = 30
CONFIRMED = 5
"""Every fifth team is planned by the second model too."""
ODD = (878,)
"""Where the objective as a float came out as another than that of the solution."""
NINE_PLACES = Fraction(1, 10**9)


@pytest.mark.parametrize("start", range(0, TEAMS, EACH))
def test_plans_are_proven_and_a_second_model_finds_the_same(start: int) -> None:
    _all_are_proven(range(start, start + EACH))


@pytest.mark.parametrize("seed", ODD)
def test_so_are_those_of_which_the_solver_told_a_wrong_bound(seed: int) -> None:
    _all_are_proven([seed])


@pytest.mark.long
@pytest.mark.parametrize("start", range(TEAMS, MANY_TEAMS, EACH))
def test_so_are_many_more(start: int) -> None:
    _all_are_proven(range(start, start + EACH))


def _all_are_proven(seeds: Sequence[int]) -> None:
    for seed in seeds:
        problem = fine_team(seed)
        second = PlainModel(problem, seconds=5.0)
        try:
            found = plan(problem)
        except InfeasibleError:
            assert not second.can_be_kept(), seed
            continue
        assert found.proven, seed
        assert not [said for said in found.warnings if "denied" in said], seed
        assert oracle.broken(problem, found.rota) == [], seed
        values = oracle.aim_values(problem, found.rota)
        proofs = [proof for proof in found.proofs if proof.aim in values]
        counted = [value for parts in values.values() for value in parts]
        assert [(p.value, p.bound) for p in proofs] == [(v, v) for v in counted], seed
        if seed % CONFIRMED == 0:
            _confirm(second, values["fair-share"], seed)


def _confirm(second: PlainModel, reached: Sequence[Fraction], seed: int) -> None:
    """No rota is fairer, wherever the second model finishes."""
    try:
        _, *fairest = second.fair_share()
    except UnfinishedError:
        return
    assert all(
        abs(one - other) < NINE_PLACES for one, other in zip(fairest, reached, strict=True)
    ), seed
