"""Festivals that engineers personally observe, wherever they live.

A festival is found by name on a calendar that has it, not on the engineer's own: an engineer
in Sarawak may keep Deepavali, which is no public holiday there. It lasts longer than the
holiday: ``before`` and ``after`` count the days kept free around its first day. They are rows of
``festivals.csv`` beside this file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from planner.domain import FestivalTime, Region
from planner.domain.validating import ensure_known
from planner.errors import did_you_mean
from planner.publicholidays import calendars, corrections
from planner.publicholidays.regions import plain
from planner.records import dataclass

FILE = Path(__file__).with_name("festivals.csv")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Festival:
    """``pattern`` finds its days on the calendar of ``region``: names drift between versions."""

    key: str
    name: str
    region: Region
    pattern: str
    before: int
    after: int
    aliases: tuple[str, ...]
    lunar: bool


def _read() -> tuple[Festival, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Festival(
                row["key"],
                row["name"],
                Region(row["country"], row["subdivision"]),
                row["pattern"],
                int(row["before"]),
                int(row["after"]),
                tuple(row["aliases"].split(";")),
                row["lunar"] == "yes",
            )
            for row in csv.DictReader(lines)
        )


_ALL = _read()
FESTIVALS: Mapping[str, Festival] = {festival.key: festival for festival in _ALL}

# Days given instead of or besides the festival's own do not begin it.
_NOT_ITS_OWN = re.compile(r"observed|in lieu|additional|replacement", re.IGNORECASE)


_KEY_OF = {
    plain(written): festival.key
    for festival in _ALL
    for written in (festival.key, festival.name, *festival.aliases)
}


def parse_festival(text: str) -> str:
    """The key of the festival that people mean: “Eid”, “Diwali”, “CNY”, “Xmas” …

    Raises ``ValueError`` with one sentence for people.
    """
    if key := _KEY_OF.get(plain(text)):
        return key
    written = [w for f in _ALL for w in (f.key, f.name, *f.aliases)]
    hint = did_you_mean(text.strip(), written, f"Known: {', '.join(sorted(FESTIVALS))}.")
    raise ValueError(f"“{text.strip()}” is not a festival that the calendars know. {hint}")


def festival_name(key: str) -> str:
    """The English name of a festival, for showing."""
    return FESTIVALS[key].name


def festival_times(key: str, first: date, last: date) -> tuple[FestivalTime, ...]:
    """Every occurrence of a festival that touches the dates, each one whole.

    Raises ``UsageError`` if there is no such festival, or the calendar that has it does not cover
    the dates.
    """
    ensure_known(key, FESTIVALS, "the festival", "one that the planner knows")
    festival = FESTIVALS[key]
    country = festival.region.country
    calendars.require_years(country, first, last)
    earliest, latest = calendars.covered_years(country)
    years = range(
        max(earliest, (first - festival.after * _DAY).year),
        min(latest, (last + festival.before * _DAY).year) + 1,
    )
    times = (time for year in years for time in _occurrences(key, year))
    return tuple(time for time in times if time.days[-1] >= first and time.days[0] <= last)


@lru_cache(maxsize=512)
def _occurrences(key: str, year: int) -> tuple[FestivalTime, ...]:
    """The occurrences whose first own day lies in a year: two of an Islamic one in 2033."""
    festival = FESTIVALS[key]
    pattern = re.compile(festival.pattern, re.IGNORECASE)
    days = corrections.corrected(festival.region, year, in_lieu=False)
    found: dict[date, bool] = {}
    for day, labels in days.items():
        own = [
            label
            for label in labels
            if pattern.search(label.name) and not _NOT_ITS_OWN.search(label.name)
        ]
        if own:
            found[day] = any(label.estimated for label in own)
    unsure = festival.lunar and year > calendars.GAZETTED_UNTIL
    return tuple(
        FestivalTime(
            tuple(day + n * _DAY for n in range(-festival.before, festival.after + 1)),
            key,
            estimated or unsure,
        )
        for day, estimated in sorted(found.items())
        if day - _DAY not in found
    )
