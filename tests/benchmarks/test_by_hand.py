"""Planned beside hand-made; run on demand:

python -m pytest tests/benchmarks/test_by_hand.py -q
"""

from __future__ import annotations

from itertools import pairwise

from tests.benchmarks import by_hand
from tests.benchmarks.hand_made import by_hand as made_by_hand


def test_plans_keep_what_is_promised_and_readme_says_so() -> None:
    rows = by_hand.means([by_hand.beside(seed) for seed in range(by_hand.TEAMS)])
    assert by_hand.broken(rows) == []
    assert by_hand.table(rows, by_hand.TEAMS) in by_hand.README.read_text(encoding="utf-8")


def test_by_hand_nobody_holds_a_week_of_absence_or_two_roles() -> None:
    for seed in range(by_hand.TEAMS):
        team = by_hand.team_of(seed)
        weeks = by_hand.weeks_from(by_hand.FIRST, by_hand.WEEKS, team).weeks
        turns = made_by_hand(team, weeks)
        assert all(len(set(holders)) == len(holders) for holders in turns)
        assert not [
            w for w, holders in enumerate(turns) if any(team.away(n, weeks[w]) for n in holders)
        ]


def test_without_absences_it_is_the_cycle() -> None:
    team = by_hand.replace(by_hand.team_of(0), vacations=())
    weeks = by_hand.weeks_from(by_hand.FIRST, by_hand.WEEKS, team).weeks
    turns = made_by_hand(team, weeks)
    cycle = team.rotations[0].cycle
    assert all(cycle[(cycle.index(a[0]) + 1) % len(cycle)] == b[0] for a, b in pairwise(turns))
