"""The product's own corrections of the library's calendars, with their sources.

They are rows of ``corrections.csv`` beside this file. An ``add`` is skipped where the library
already has a holiday on that date, so that rows do no harm once the library has caught up.
Days in lieu are no corrections: they follow from a rule (``in_lieu``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from planner.domain import Region
from planner.publicholidays import calendars
from planner.publicholidays.calendars import Label
from planner.records import dataclass

FILE = Path(__file__).with_name("corrections.csv")


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


@lru_cache(maxsize=1)
def corrections() -> tuple[Correction, ...]:
    """Every correction, one for each region that its row names."""
    import csv

    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Correction(
                date.fromisoformat(row["date"]),
                Region(row["country"], subdivision),
                row["change"],
                row["once"] == "yes",
                row["name"],
                row["source"],
            )
            for row in csv.DictReader(lines)
            for subdivision in row["subdivisions"].split(";")
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
