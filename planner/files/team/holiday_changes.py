"""``holidays.csv``: the team's own corrections of the public holidays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.domain import HolidayChange, Region
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.publicholidays import parse_country, parse_region

COLUMNS = Columns("holidays.csv", ("date", "country", "change"), ("subdivision", "name", "source"))


def read_holiday_changes(path: Path, reading: Reading) -> tuple[HolidayChange, ...]:
    """Every change once, sorted by date and region; none is both added and removed."""
    found: set[HolidayChange] = set()
    seen: dict[tuple[date, Region], tuple[str, int | None]] = {}
    for row in read_csv(path, COLUMNS, reading).rows:
        change = _change(row)
        if change is None:
            continue
        found.add(change)
        kind, first = seen.setdefault((change.day, change.region), (change.change, row.source.row))
        if kind != change.change:
            row.problem("change", f"contradicts row {first} about the same date", "Delete one.")
    return tuple(sorted(found))


def _change(row: Row) -> HolidayChange | None:
    day = row.date("date", needed=True)
    country = row.read("country", parse_country, needed=True)
    region = None if country is None else Region(country, "")
    if country is not None and row.text("subdivision"):
        region = row.read("subdivision", lambda text: parse_region(country, text))
    change = row.choice("change", ("add", "remove"), needed=True)
    if day is None or region is None or change is None:
        return None
    return HolidayChange(day, region, change, row.text("name"), row.text("source"))
