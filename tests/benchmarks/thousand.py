"""Many different team folders, the same ones every time:

    python -m tests.benchmarks.thousand FOLDER [HOW_MANY]

Four to eight engineers in Malaysia and the United Kingdom; vacations, festivals, wishes, part-time
shares, joiners and leavers, pipelines; a third have a quarter of history. One in fifty has a week
in which everybody is away, so that no rota can be.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from planner.domain.quarters import DutyWeek

FIRST, WEEKS = date(2024, 7, 1), 13
"""The third quarter of 2024, in which everybody is away now and then."""

REGIONS = {
    "Asia/Kuala_Lumpur": ("MY", ("KUL", "SGR", "PNG", "JHR", "SWK", "SBH", "KDH")),
    "Europe/London": ("GB", ("ENG", "SCT", "WLS", "NIR")),
}
NAMES = (
    "Aidil Aminah Aisling Alasdair Anjali Bronwen Choo Ciara Devi Dong Eilidh Farid Gareth Gwen "
    "Hafiz Ian Imran Jaya Kavitha Liam Mei Megan Nurul Owen Priya Ravi Rhys Rosnah Siew Spencer "
    "Suresh Thiru Wei William Yusof Zainab"
)
FESTIVALS = (
    *("hari-raya-haji", "deepavali", "wesak", "mid-autumn", "christmas", "chinese-new-year"),
)
IMPOSSIBLE = 50
"""One team in so many has a week in which everybody is away."""


def write_teams(folder: Path, how_many: int = 1000) -> None:
    """Write the folders ``team-0000`` …; each depends on its number alone."""
    for number in range(how_many):
        team = folder / f"team-{number:04d}"
        team.mkdir(parents=True)
        for name, text in files_of(number).items():
            (team / name).write_text(text, encoding="utf-8")


def files_of(number: int) -> dict[str, str]:
    """The files of one team, by name."""
    chance = random.Random(number)
    timezone = chance.choice(sorted(REGIONS))
    names = chance.sample(NAMES.split(), chance.randint(4, 8))
    roles = ["primary"] if chance.random() < 0.2 else ["primary", "secondary"]
    files = {
        "team.toml": _team(number, timezone, names, roles, chance),
        "engineers.csv": _table(
            "name,email,country,subdivision,festivals,level,share,joined,left",
            _engineers(number, names, timezone, chance),
        ),
        "vacations.csv": _table("engineer,start,end,kind", _vacations(number, names, chance)),
        "wishes.csv": _table("engineer,week,wish", _wishes(names, chance)),
        "pipelines.csv": _table(
            "pipeline,purpose,primary_owner,secondary_owner,rotation,deadline",
            [
                [f"Feed {n}", "Numbers for people", *chance.sample(names, 2), "Feeds", deadline]
                for n, deadline in enumerate(("daily 09:00 UTC", "monthly by 28"), start=1)
            ],
        ),
    }
    if chance.random() < 1 / 3:
        rows = _history(names, roles, chance)
        files["history.csv"] = _table("week,rotation,role,engineer", rows)
    return files


def _team(
    number: int, timezone: str, names: Sequence[str], roles: Sequence[str], chance: random.Random
) -> str:
    country, parts = REGIONS[timezone]
    rules = [f'cover = "{chance.choice(["next", "previous", "anyone"])}"']
    if len(names) >= 6 and chance.random() < 0.2:
        rules.append('back_to_back = "any role"')
    if len(names) >= 6 and len(roles) > 1 and chance.random() < 0.2:
        rules.append("mentoring = true")
    cycle = ", ".join(f'"{name}"' for name in names)
    seats = ", ".join(f'"{role}"' for role in roles)
    return (
        f'name = "Team {number}"\ntimezone = "{timezone}"\nhandover = "Monday 10:00"\n'
        f'business_days = "{country}/{chance.choice(parts)}"\n\n'
        f'[[rotation]]\nname = "Feeds"\ncycle = [{cycle}]\nroles = [{seats}]\n\n'
        "[rules]\n" + "\n".join(rules) + "\n"
    )


def _engineers(
    number: int, names: Sequence[str], timezone: str, chance: random.Random
) -> Iterator[Sequence[object]]:
    """Whoever bears a name that another team has is somebody else, with another address."""
    country, parts = REGIONS[timezone]
    for place, name in enumerate(names):
        festivals = ";".join(sorted(chance.sample(FESTIVALS, chance.choice([0, 1, 1, 2]))))
        level = "junior" if place and chance.random() < 0.2 else "senior"
        share = chance.choice(["", "", "", "", "0.5", "0.8"])
        joined = left = ""
        if place == len(names) - 1 and chance.random() < 0.1:
            joined = _day(chance, 40).isoformat()
        elif place == 3 and len(names) > 4 and chance.random() < 0.1:
            left = (FIRST + timedelta(days=60)).isoformat()
        address = f"{name.lower()}.{number}@example.com"
        part = chance.choice(parts)
        yield [name, address, country, part, festivals, level, share, joined, left]


def _vacations(
    number: int, names: Sequence[str], chance: random.Random
) -> Iterator[Sequence[object]]:
    for name in names:
        for _ in range(chance.choice([0, 1, 1, 2])):
            start = _day(chance, WEEKS * 7)
            end = start + timedelta(days=chance.choice([0, 1, 4, 4, 9]))
            yield [name, start, end, chance.choice(["annual", "annual", "annual", "sick"])]
    if number % IMPOSSIBLE == IMPOSSIBLE - 1:
        week = FIRST + timedelta(weeks=chance.randrange(1, WEEKS - 1))
        for name in names:
            yield [name, week, week + timedelta(days=2), "parental"]


def _wishes(names: Sequence[str], chance: random.Random) -> Iterator[Sequence[object]]:
    for name in names:
        weeks = sorted(chance.sample(range(WEEKS), chance.choice([0, 0, 1, 2])))
        for week in weeks:
            yield [name, DutyWeek(FIRST + timedelta(weeks=week)), chance.choice(["off", "on"])]


def _history(
    names: Sequence[str], roles: Sequence[str], chance: random.Random
) -> Iterator[Sequence[object]]:
    """The quarter before, each in turn, but for a few exchanges."""
    for week in range(WEEKS):
        start = week + (chance.random() < 0.1)
        for place, role in enumerate(roles):
            name = names[(start + place * len(names) // 2) % len(names)]
            yield [DutyWeek(FIRST + timedelta(weeks=week - WEEKS)), "Feeds", role, name]


def _day(chance: random.Random, days: int) -> date:
    return FIRST + timedelta(days=chance.randrange(days))


def _table(header: str, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> str:
    return "\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n"


if __name__ == "__main__":
    write_teams(Path(sys.argv[1]), *map(int, sys.argv[2:]))
