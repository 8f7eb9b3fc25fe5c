"""CSV in long form: a row a shift, with instants on the team's clock and their offsets."""

from __future__ import annotations

import csv
import io

from planner.files.exports.timetable import Timetable
from planner.problem.oncall import local

HEADER = ("week", "start", "end", "rotation", "role", "engineer")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(timetable: Timetable) -> str:
    """The shifts, earliest first; an open duty's engineer is empty. Lines end with a line feed.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for shift in timetable.shifts:
        instants = (local(when, timetable.team).isoformat() for when in (shift.start, shift.end))
        names = (shift.duty.rotation, shift.duty.role, shift.engineer or "")
        writer.writerow((shift.duty.week.name, *instants, *map(_harmless, names)))
    return text.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
