"""Random teams with fine fractions: shares of a third or two sevenths, illness, uneven history.

Their balances have denominators of ten digits and more, which the solver cannot hold exactly.
"""

from __future__ import annotations

import random
from fractions import Fraction

from planner.domain import Role, Rotation
from planner.problem import Problem
from tests.build import away, engineer, problem, rotation

SHARES = ("1", "1", "1/2", "1/3", "3/4", "4/5", "2/7", "5/9", "13/20")
KINDS = ("annual", "parental", "sick", "sick")


def fine_team(seed: int) -> Problem:
    """Four to ten people in up to three rotations, for two to six weeks."""
    chance = random.Random(seed)
    count = chance.randint(4, 10)
    names = "ABCDEFGHIJ"[:count]
    weeks = chance.randint(2, 6)
    streams = tuple(_streams(names, chance))
    return problem(
        *streams,
        weeks=weeks,
        engineers=[engineer(name, share=Fraction(chance.choice(SHARES))) for name in names],
        vacations=tuple(
            away(chance.choice(names), start, start + chance.randint(0, 12), chance.choice(KINDS))
            for start in sorted(
                chance.randint(-28, 7 * weeks) for _ in range(chance.randint(1, count))
            )
        ),
        history=" ".join(_history(names, streams, chance) for _ in range(chance.randint(0, 5))),
    )


def _streams(names: str, chance: random.Random) -> list[Rotation]:
    many = chance.randint(1, max(1, min(3, len(names) // 3)))
    left, found = len(names) - 1, []
    for n in range(many):
        roles: list[str | Role] = ["primary"]
        if left >= 2 * (many - n) and chance.random() < 0.6:
            roles.append(Role("secondary", optional=chance.random() < 0.3))
        left -= len(roles)
        order = "".join(chance.sample(names, len(names)))
        found.append(rotation(order, *roles, name="rst"[n]))
    return found


def _history(names: str, streams: tuple[Rotation, ...], chance: random.Random) -> str:
    """One week, in which most duties were held."""
    pool = chance.sample(names, len(names))
    seats = sum(len(stream.roles) for stream in streams)
    return "".join(pool.pop() if pool and chance.random() < 0.8 else "-" for _ in range(seats))
