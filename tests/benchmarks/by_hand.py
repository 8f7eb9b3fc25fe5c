"""Planned rotas beside hand-made ones, as a table.

    python -m tests.benchmarks.by_hand            sixty random teams, two quarters each
    python -m tests.benchmarks.by_hand --keep     and write the table into README.md

Teams have four to thirteen people in four places, one role or two, vacations, wishes, real public
holidays and festivals, all from fixed seeds. The exit status is 1 unless the plans keep what
``PROMISES`` says.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from planner.domain import (
    DaysOff,
    DutyWeek,
    Engineer,
    Region,
    Role,
    Rota,
    Rotation,
    Team,
    Vacation,
    Wish,
)
from planner.domain.quarters import weeks_from
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from planner.rules import AIMS
from tests.benchmarks.hand_made import Turns, by_hand

TEAMS, WEEKS = 60, 26
FIRST = date(2024, 12, 30)
README = Path(__file__).parents[2] / "README.md"
PLACES = (
    (Region("MY", "KUL"), ("hari-raya-puasa",)),
    (Region("MY", "PNG"), ("chinese-new-year",)),
    (Region("MY", "SGR"), ("deepavali",)),
    (Region("GB", "ENG"), ("christmas",)),
    (Region("GB", "SCT"), ()),
)
PROMISES = {
    "same role again within half a cycle": 0.1,
    "any duty within half one's usual distance": 0.1,
    "weeks that same-role gaps fall short of a cycle": 1.5,
    "public-holiday days on duty": 0.5,
    "two weeks running": 1.0,
    "refused wishes": 1.0,
}
"""The rows: of each, planned is at most so many times as much as by hand, on the mean."""


@dataclass(frozen=True)
class Counted:
    """What is counted in one team's weeks: the rows of the table, in their order."""

    turns: int
    duties: int
    shortfall: int
    holidays: int
    running: int
    refused: int


def team_of(seed: int) -> Team:
    """A random team."""
    chance = random.Random(seed)
    names = [f"E{n:02}" for n in range(chance.randint(4, 13))]
    roles = ("primary", "secondary") if len(names) > 5 and chance.random() < 0.5 else ("primary",)
    people = [(name, *chance.choice(PLACES)) for name in names]
    team = Team(
        f"team-{seed}",
        f"Team {seed}",
        "Europe/London",
        tuple(Engineer(name, region, festivals=own) for name, region, own in people),
        (Rotation("on call", tuple(names), tuple(Role(role) for role in roles)),),
        aims=tuple(aim.NAME for aim in AIMS),
    )
    weeks = weeks_from(FIRST, WEEKS, team).weeks
    return replace(
        team,
        vacations=tuple(_vacations(names, chance)),
        wishes=tuple(
            Wish(name, week, "off")
            for name in names
            for week in sorted(chance.sample(weeks, chance.randint(0, 2)))
        ),
    )


def _vacations(names: Sequence[str], chance: random.Random) -> Iterator[Vacation]:
    """An absence each quarter, of up to a fortnight."""
    for name in names:
        for first in (0, 13):
            start = FIRST + timedelta(7 * first + chance.randrange(13 * 7))
            yield Vacation(name, start, start + timedelta(chance.randrange(1, 12)))


def beside(seed: int) -> tuple[Counted, Counted]:
    """One team: by hand, and planned."""
    team = team_of(seed)
    problem = assemble(team, weeks_from(FIRST, WEEKS, team), Rota())
    rota = plan(problem).rota
    planned = [
        [rota.holder(problem.duties[d]) or "" for d in problem.duties_in(week)]
        for week in problem.weeks
    ]
    hand = by_hand(team, problem.weeks)
    return (
        counted(team, problem.weeks, problem.days_off, hand),
        counted(team, problem.weeks, problem.days_off, planned),
    )


def counted(team: Team, weeks: Sequence[DutyWeek], days_off: DaysOff, turns: Turns) -> Counted:
    """Walk through the weeks and count, as anybody could with a pencil."""
    cycle, roles = len(team.engineers), len(turns[0])
    usual = int(cycle / roles + 0.5)
    same: list[int] = []
    any_role: list[int] = []
    holidays = refused = 0
    for engineer in team.engineers:
        name = engineer.name
        on_duty = [w for w, holders in enumerate(turns) if name in holders]
        any_role += [later - earlier for earlier, later in pairwise(on_duty)]
        for role in range(roles):
            own = [w for w, holders in enumerate(turns) if holders[role] == name]
            same += [later - earlier for earlier, later in pairwise(own)]
        days = {holiday.day for holiday in days_off.holidays.get(name, ())}
        holidays += sum(day in days for w in on_duty for day in weeks[w].days)
        wished = {wish.week for wish in team.wishes if wish.engineer == name}
        refused += sum(weeks[w] in wished for w in on_duty)
    return Counted(
        sum(gap < cycle // 2 + 1 for gap in same),
        sum(gap < usual // 2 + 1 for gap in any_role),
        sum(max(0, cycle - gap) for gap in same),
        holidays,
        sum(gap == 1 for gap in any_role),
        refused,
    )


Rows = dict[str, tuple[float, float]]


def means(pairs: Sequence[tuple[Counted, Counted]]) -> Rows:
    """Of each row, the means by hand and planned."""
    hand, planned = ([astuple(pair[n]) for pair in pairs] for n in (0, 1))
    return {
        row: (
            sum(each[n] for each in hand) / len(pairs),
            sum(each[n] for each in planned) / len(pairs),
        )
        for n, row in enumerate(PROMISES)
    }


def table(rows: Rows, teams: int) -> str:
    """The table as README.md has it."""
    lines = [f"| mean of {teams} teams of 4–13, {WEEKS} weeks | by hand | planned |"]
    lines.append("|---|---|---|")
    lines += [f"| {row} | {hand:.2f} | {planned:.2f} |" for row, (hand, planned) in rows.items()]
    return "\n".join(lines)


def broken(rows: Rows) -> list[str]:
    """The promises that the means do not keep."""
    return [
        f"{row}: {planned:.2f} is more than {PROMISES[row]:g} × {hand:.2f}"
        for row, (hand, planned) in rows.items()
        if planned > PROMISES[row] * hand
    ]


def in_readme(text: str, new: str) -> str:
    """README.md with the table in place of the one it has."""
    begin = text.index("| mean of ")
    return text[:begin] + new + text[text.index("\n\n", begin) :]


def main(arguments: Sequence[str]) -> int:
    """Print the table; say what is not kept."""
    teams = next((int(each) for each in arguments if each.isdigit()), TEAMS)
    rows = means([beside(seed) for seed in range(teams)])
    new = table(rows, teams)
    print(new)
    if "--keep" in arguments:
        text = README.read_text(encoding="utf-8")
        README.write_text(in_readme(text, new), encoding="utf-8")
    for line in broken(rows):
        print(line)
    return 1 if broken(rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
