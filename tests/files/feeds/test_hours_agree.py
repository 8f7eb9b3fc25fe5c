"""At any instant of two years `who`, a calendar server, CSV and PagerDuty name the same people.

What they should say is told here by walking the clocks on the wall: which date and time it is
there, and whose week that date belongs to. Nothing of how the planner lays hours out is used.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
import vobject

from planner.domain import Cover, Duty, DutyWeek, Rota, Team
from planner.domain.quarters import week_of
from planner.files.exports.long_csv import to_csv
from planner.files.exports.pagerduty import custom_shifts, overrides, schedules
from planner.files.exports.timetable import Timetable
from planner.files.feeds.folder import write_feeds
from planner.files.published.rotas import InForce
from planner.files.team.folder import load_team
from planner.files.team.template import create
from planner.problem.oncall import OnCall
from tests.files.feeds.test_radicale import Calendar, calendar, server  # noqa: F401  fixtures

FIRST, WEEKS, TRIES = date(2024, 1, 1), 104, 10_000
KL, LONDON = ZoneInfo("Asia/Kuala_Lumpur"), ZoneInfo("Europe/London")
CHANGES = tuple(datetime(*day, 1, tzinfo=UTC) for day in
                ((2024, 3, 31), (2024, 10, 27), (2025, 3, 30), (2025, 10, 26)))  # fmt: skip
"""When London changes its clocks; Kuala Lumpur never does."""

Names = frozenset[tuple[str, str]]
"""(rotation, engineer) of everybody who is on call."""


def by_day(zone: ZoneInfo, begin: int, end: int) -> Callable[[datetime], date | None]:
    """The date of whose hours an instant is; nights belong to the date on which they begin."""

    def date_of(instant: datetime) -> date | None:
        wall = instant.astimezone(zone)
        if begin < end:
            return wall.date() if begin <= wall.hour < end else None
        if wall.hour >= begin:
            return wall.date()
        return wall.date() - timedelta(days=1) if wall.hour < end else None

    return date_of


def weekdays(instant: datetime) -> date | None:
    wall = instant.astimezone(LONDON)
    after = wall.weekday() > 0 or wall.hour >= 9
    before = wall.weekday() < 4 or (wall.weekday() == 4 and wall.hour < 18)
    return wall.date() if after and before else None


def weekends(instant: datetime) -> date | None:
    """Monday's small hours are Sunday's."""
    wall = instant.astimezone(LONDON)
    if weekdays(instant) is not None:
        return None
    return wall.date() - timedelta(days=wall.weekday() == 0)


NIGHTS = """
name = "Nights"
timezone = "Europe/London"
handover = "Monday 12:00"
[[rotation]]
name = "Days"
hours = "08:00 – 20:00"
cycle = ["Ana", "Ben", "Grace"]
[[rotation]]
name = "Nights"
hours = "20:00 – 08:00"
cycle = ["Tom", "Dewi", "Chitra", "Mei"]
"""
TEAMS = {
    "follow-the-sun": {"KL days": by_day(KL, 8, 20), "London days": by_day(LONDON, 8, 20)},
    "weekends": {"Weekdays": weekdays, "Weekends": weekends},
    "nights": {"Days": by_day(LONDON, 8, 20), "Nights": by_day(LONDON, 20, 8)},
}


def team_of(kind: str, folder: Path) -> Team:
    """A sample as ``rota init`` writes it, with accounts."""
    create(folder, "t", "weekends" if kind == "weekends" else "follow-the-sun")
    if kind == "nights":
        (folder / "t" / "team.toml").write_text(NIGHTS, encoding="utf-8")
        (folder / "t" / "pipelines.csv").unlink()
    team = load_team(folder / "t")
    people = (replace(each, accounts=(("pagerduty", f"P-{each.name}"),)) for each in team.engineers)
    return replace(team, engineers=tuple(people))


@dataclass(frozen=True)
class Laid:
    """Two years of a team's duties by turns, with some stand-ins."""

    team: Team
    holders: dict[tuple[str, DutyWeek], str]
    covers: tuple[Cover, ...]

    @property
    def timetable(self) -> Timetable:
        rota = Rota.of([(Duty(w, name, "primary"), who) for (name, w), who in self.holders.items()])
        return Timetable(
            self.team, rota.weeks, OnCall(self.team, rota, self.covers), InForce(rota, self.covers)
        )

    def expected(self, instant: datetime, hours: dict[str, Callable[..., date | None]]) -> Names:
        found = set()
        for rotation, date_of in hours.items():
            day = date_of(instant)
            holder = day and self.holders.get((rotation, week_of(day, 1)))
            for cover in self.covers if holder else ():
                if (cover.rotation, cover.engineer) == (rotation, holder):
                    holder = cover.stand_in if cover.start <= day <= cover.end else holder
            if holder:
                found.add((rotation, holder))
        return frozenset(found)


def laid_out(kind: str, folder: Path) -> Laid:
    team, chance = team_of(kind, folder), Random(7)
    weeks = [DutyWeek(FIRST + timedelta(weeks=n)) for n in range(WEEKS)]
    holders = {
        (rotation.name, week): rotation.cycle[n % len(rotation.cycle)]
        for rotation in team.rotations
        for n, week in enumerate(weeks)
    }
    covers = []
    for rotation, week in chance.sample(sorted(holders), 25):
        first = chance.randint(0, 5)
        start, end = (week.first + timedelta(days=n) for n in (first, chance.randint(first, 6)))
        cycle = team.rotation(rotation).cycle
        holder = holders[rotation, week]
        stand_in = cycle[(cycle.index(holder) + 1) % len(cycle)]
        covers.append(Cover(holder, start, end, stand_in, rotation, "primary"))
    return Laid(team, holders, tuple(covers))


class Lookup:
    """Who is on call, of stretches (start, end, rotation, engineer)."""

    def __init__(self, stretches: Iterable[tuple[datetime, datetime, str, str]]) -> None:
        self.by_rotation: dict[str, list[tuple[datetime, datetime, str]]] = {}
        for start, end, rotation, name in sorted(stretches):
            self.by_rotation.setdefault(rotation, []).append((start, end, name))

    def at(self, instant: datetime) -> Names:
        found = set()
        for rotation, stretches in self.by_rotation.items():
            place = bisect_right(stretches, instant, key=lambda stretch: stretch[0]) - 1
            if place >= 0 and instant < stretches[place][1]:
                found.add((rotation, stretches[place][2]))
        return frozenset(found)


def from_server(calendar: Calendar, feed: Path) -> Lookup:  # noqa: F811
    """The whole feed put on a server, and what it gives back read by another library."""
    calendar.patience = 300  # for two years in one go
    kind = {"Content-Type": "text/calendar; charset=utf-8"}
    status, said = calendar.request("PUT", "", feed.read_bytes(), **kind)
    assert status in (201, 204), said
    status, data = calendar.request("GET", "")
    assert status == 200
    events = vobject.readOne(data.decode()).vevent_list
    found = []
    for event in events:
        said = event.summary.value
        if said.startswith("On call: "):
            name, _, seat = said.removeprefix("On call: ").partition(" (")
            span = event.dtstart.value, event.dtend.value
            found.append((*span, seat.removesuffix(": primary)"), name))
    return Lookup(found)


def from_csv(timetable: Timetable) -> Lookup:
    rows = csv.DictReader(io.StringIO(to_csv(timetable)))
    return Lookup(
        (*(datetime.fromisoformat(row[key]) for key in ("start", "end")), row["rotation"],
         row["engineer"]) for row in rows
    )  # fmt: skip


def from_pagerduty(timetable: Timetable, version: int) -> Lookup:
    found = []
    for schedule in schedules(timetable):
        if version == 3:
            for shift in custom_shifts(schedule)["custom_shifts"]:
                user = shift["assignments"][0]["member"]["user_id"]
                found.append((shift["start_time"], shift["end_time"], schedule.rotation, user))
        else:
            for shift in overrides(schedule)["overrides"]:
                user = shift["user"]["id"]
                found.append((shift["start"], shift["end"], schedule.rotation, user))
    return Lookup(
        (datetime.fromisoformat(start), datetime.fromisoformat(end), rotation, user[2:])
        for start, end, rotation, user in found
    )


def instants() -> list[datetime]:
    """Anywhere in two years, and many about the changes of clocks and about full hours."""
    chance = Random(20)
    begin = datetime.combine(FIRST, time(12), tzinfo=UTC)
    minutes = (7 * WEEKS - 2) * 24 * 60
    found = [begin + timedelta(minutes=chance.randrange(minutes)) for _ in range(TRIES - 2000)]
    found += [
        change + timedelta(minutes=chance.randint(-36 * 60, 36 * 60))
        for change in CHANGES
        for _ in range(250)
    ]
    found += [
        when.replace(minute=0) - timedelta(seconds=chance.randint(0, 1)) for when in found[:1000]
    ]
    return found


@pytest.mark.parametrize("kind", TEAMS)
def test_everything_names_the_same_people_at_any_instant(
    kind: str,
    tmp_path: Path,
    calendar: Calendar,  # noqa: F811
) -> None:
    laid = laid_out(kind, tmp_path)
    timetable = laid.timetable
    write_feeds(timetable, tmp_path / "feeds")
    feeds = from_server(calendar, tmp_path / "feeds" / "team.ics")
    sources = {
        "feeds": feeds.at,
        "csv": from_csv(timetable).at,
        "PagerDuty": from_pagerduty(timetable, 3).at,
        "PagerDuty, version 2": from_pagerduty(timetable, 2).at,
        "who": lambda when: frozenset(
            (s.duty.rotation, s.engineer or "") for s in timetable.on_call.at(when)
        ),
    }
    numbers = set()
    for instant in instants():
        expected = laid.expected(instant, TEAMS[kind])
        numbers.add(len(expected))
        for name, at in sources.items():
            assert at(instant) == expected, (name, instant)
    assert numbers == {"follow-the-sun": {0, 1, 2}}.get(kind, {1}), "gaps and overlaps"
