"""What the product itself knows of the library's calendars: where they are wrong, where compared.

Its own corrections, with their sources, are rows of ``corrections.csv`` beside this file. An
``add`` is skipped where the library already has a holiday on that date, so that rows do no harm
once the library has caught up. Days in lieu are no corrections: they follow from a rule
(``in_lieu``).

Which published lists the calendar of a region was compared with, year by year, are rows of
``checked.csv``; ``tests/publicholidays/test_lists.py`` makes the comparisons again. A year without
a row, or whose row has no date, was not compared: its holidays are the library's word, and are
called unchecked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from planner.domain import Region
from planner.publicholidays import calendars
from planner.publicholidays.calendars import Label
from planner.records import dataclass

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Correction:
    """One date added to or removed from the calendar of one region.

    ``once``: declared for that year alone, not a date of the yearly list.
    """

    day: date
    region: Region
    change: str
    once: bool
    name: str
    source: str


def _rows(name: str) -> Iterator[tuple[dict[str, str], Region]]:
    """The rows of a file, each as often as it names regions, with one of them."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for subdivision in row["subdivisions"].split(";"):
                yield row, Region(row["country"], subdivision)


@lru_cache(maxsize=1)
def corrections() -> tuple[Correction, ...]:
    """Every correction, one for each region that its row names."""
    return tuple(
        Correction(
            date.fromisoformat(row["date"]),
            region,
            row["change"],
            row["once"] == "yes",
            row["name"],
            row["source"],
        )
        for row, region in _rows("corrections.csv")
    )


def corrected(
    region: Region, year: int, *, in_lieu: bool = True
) -> Mapping[date, tuple[Label, ...]]:
    """The public holidays of a region in a year after the product's own corrections."""
    days = dict(calendars.holidays_of(region, year, in_lieu=in_lieu))
    for correction in corrections():
        if correction.region != region or correction.day.year != year:
            continue
        if correction.change == "remove":
            days.pop(correction.day, None)
        elif correction.day not in days:
            days[correction.day] = (
                calendars.label(correction.name, region.country, year, once=correction.once),
            )
    return dict(sorted(days.items()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lists compared for one region and year, and when; empty if none was compared."""

    on: str
    lists: tuple[str, ...]


@lru_cache(maxsize=1)
def comparisons() -> Mapping[tuple[Region, int], Comparison]:
    """What is known of every region and year that the file names."""
    return {
        (region, year): Comparison(
            row["on"], tuple(each.strip() for each in row["lists"].split(";"))
        )
        for row, region in _rows("checked.csv")
        for year in range(int(row["first_year"]), int(row["last_year"]) + 1)
    }


def is_checked(region: Region, year: int) -> bool:
    """Whether the region's holidays of that year were compared with a published list."""
    found = comparisons().get((region, year))
    return found is not None and bool(found.on)
