"""Clashes in few lines: never more than where no fewer are looked for, and still clashes."""

from __future__ import annotations

import pytest

from planner.checking.clash import Clash, Member, line_of, said
from planner.model import Clock
from planner.model.clashes import _Search, find_clashes
from planner.problem import Problem
from tests.impasses import can_hold, impossible
from tests.model.test_outsiders import SEEDS, troubled
from tests.strategies import over


def lines_spared(found: Problem) -> int:
    """By how many lines all clashes are shorter, which must be some and minimal."""
    smallest, spared = _Search._smallest, 0

    def both(search: _Search, members: list[Member]) -> Clash:
        nonlocal spared
        before, clash = search._minimal(members), smallest(search, members)
        lines, most = (len(said(found, each.members)) for each in (clash, before))
        assert len({line_of(found, member.fact) for member in clash.members}) <= lines <= most
        assert clash.minimal
        assert not can_hold(row for member in clash.members for row in member.rows)
        spared += most - lines
        return clash

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Search, "_smallest", both)
        assert all(clash.minimal for clash in find_clashes(found, Clock(None)))
    return spared


def test_rotations_in_which_many_are_away() -> None:
    assert sum(lines_spared(troubled(seed)) for seed in SEEDS) >= 3, "lines that need not be said"


@over(impossible(), seeds=4, each=10)
def test_random_teams_that_have_no_rota(found: Problem) -> None:
    lines_spared(found)
