"""Which published lists the calendar of a region was compared with, year by year.

They are rows of ``checked.csv`` beside this file; ``tests/publicholidays/test_lists.py`` makes
the comparisons again. A year without a row, or whose row has no date, was not compared: its
holidays are the library's word, and are called unchecked.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from planner.domain import Region
from planner.records import dataclass

FILE = Path(__file__).with_name("checked.csv")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lists compared for one region and year, and when; empty if none was compared."""

    on: str
    lists: tuple[str, ...]


@lru_cache(maxsize=1)
def comparisons() -> Mapping[tuple[Region, int], Comparison]:
    """What is known of every region and year that the file names."""
    import csv

    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (Region(row["country"], subdivision), year): Comparison(
                row["on"], tuple(each.strip() for each in row["lists"].split(";"))
            )
            for row in csv.DictReader(lines)
            for subdivision in row["subdivisions"].split(";")
            for year in range(int(row["first_year"]), int(row["last_year"]) + 1)
        }


def is_checked(region: Region, year: int) -> bool:
    """Whether the region's holidays of that year were compared with a published list."""
    found = comparisons().get((region, year))
    return found is not None and bool(found.on)
