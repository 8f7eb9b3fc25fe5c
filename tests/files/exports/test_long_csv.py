"""CSV in long form."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from planner.files.exports.long_csv import to_csv
from tests.build import rotation
from tests.duty import at, cover, timetable

TWO = rotation("ABCD", "primary", "secondary")


def test_a_row_a_shift_with_instants_and_offsets() -> None:
    found = timetable("AB C.", TWO, covers=[cover("B", 4, 6, "D")])
    assert to_csv(found) == (
        "week,start,end,rotation,role,engineer\n"
        "2024-W27,2024-07-01T10:00:00+01:00,2024-07-08T10:00:00+01:00,r,primary,A\n"
        "2024-W27,2024-07-01T10:00:00+01:00,2024-07-05T10:00:00+01:00,r,secondary,B\n"
        "2024-W27,2024-07-05T10:00:00+01:00,2024-07-08T10:00:00+01:00,r,secondary,D\n"
        "2024-W28,2024-07-08T10:00:00+01:00,2024-07-15T10:00:00+01:00,r,primary,C\n"
        "2024-W28,2024-07-08T10:00:00+01:00,2024-07-15T10:00:00+01:00,r,secondary,\n"
    )


def test_offsets_follow_the_clock() -> None:
    found = timetable(" ".join("ABCD" * 5))
    row = to_csv(found).splitlines()[17]
    assert row == "2024-W43,2024-10-21T10:00:00+01:00,2024-10-28T10:00:00+00:00,r,primary,A"


def test_reading_the_instants_back_gives_the_shifts() -> None:
    found = timetable(" ".join(["AB", "CD", "BA"] * 14), TWO, timezone="America/New_York")
    rows = list(csv.DictReader(io.StringIO(to_csv(found))))
    assert [(at(row["start"]), at(row["end"]), row["engineer"]) for row in rows] == [
        (shift.start, shift.end, shift.engineer) for shift in found.shifts
    ]
    assert all(datetime.fromisoformat(row["start"]).utcoffset() is not None for row in rows)


def test_commas_and_quotes_survive_and_nothing_becomes_a_formula() -> None:
    odd = rotation("AB", 'primary, "first"', name="=1+1")
    (row,) = csv.DictReader(io.StringIO(to_csv(timetable("A", odd))))
    assert row["role"] == 'primary, "first"'
    assert row["rotation"] == "'=1+1"


def test_for_excel_times_are_local_date_times_and_a_mark_comes_first() -> None:
    found = timetable(" ".join("ABCD" * 5))
    text = to_csv(found, excel=True)
    assert text.startswith("\ufeffweek,")
    assert text.splitlines()[17] == "2024-W43,2024-10-21 10:00:00,2024-10-28 10:00:00,r,primary,A"
    assert text.count("\ufeff") == 1
