"""How much of their time people are on duty, and a warning where that is too much.

Google's Site Reliability Engineering book (chapter 11) asks for at most a quarter of one's time,
the Ministry of Justice's technical guidance for nobody at half, and ideally at most 30 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from planner.domain import Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.wording import listed

HALF = Fraction(1, 2)
SOURCES = (
    "Google's SRE book asks for at most 25 % of one's time, "
    "the Ministry of Justice for at most 30 %"
)


@dataclass(frozen=True, slots=True)
class Load:
    """In how many of the weeks in which they are employed an engineer is on duty."""

    engineer: str
    on_duty: int
    weeks: int

    def above(self, most: Fraction) -> bool:
        """Whether it is more, and not only because weeks are whole: of 13 weeks, half are 7."""
        return self.on_duty > ceil(most * self.weeks)


def loads(problem: Problem, rota: Rota) -> tuple[Load, ...]:
    """Everybody's, by name; a week with two duties is one week."""
    found = []
    for engineer in problem.engineers:
        there = [week for week in problem.weeks if engineer.employed(week)]
        busy = {duty.week for duty in rota.duties_of(engineer.name)} & set(there)
        found.append(Load(engineer.name, len(busy), len(there)))
    return tuple(found)


def load_warnings(problem: Problem, rota: Rota) -> Iterator[str]:
    """One sentence where anybody is on duty in more weeks than half, or than the team's most."""
    asked = problem.team.settings.most_load
    most = min(HALF, Fraction(*asked)) if asked is not None else HALF
    above = [load for load in loads(problem, rota) if load.above(most)]
    if not above:
        return
    who = listed([f"{load.engineer} ({load.on_duty} of {load.weeks})" for load in above])
    if asked is not None and most < HALF:
        than = f"{asked[0]} in {asked[1]}, the most_load of team.toml"
        yield f"on duty in more of their weeks than {than}: {who}"
    else:
        yield f"on duty in more than half of their weeks: {who}. {SOURCES}; more people would help"
