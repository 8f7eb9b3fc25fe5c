"""Windows of weeks: as many hold two weeks as a gap between the two falls short."""

from __future__ import annotations

from random import Random

from planner.rules.windows import _windows


def test_two_weeks_share_as_many_windows_as_their_gap_falls_short() -> None:
    chance = Random(1)
    for _ in range(300):
        weeks, begin = chance.randint(1, 9), chance.randint(-6, 2)
        kinds = [chance.randint(1, 7) for _ in range(3)]
        wanted = sorted(chance.choices(kinds, k=weeks), key=lambda n: chance.choice([n, kinds[0]]))
        found = list(_windows(wanted, begin, weeks))
        for first in range(begin, weeks):
            for last in range(max(first + 1, 0), weeks):
                asked = min(wanted[max(first, 0) : last + 1])
                both = sum(start <= first and last < end for start, end in found)
                assert both == max(0, asked - (last - first)), (wanted, begin, first, last)
