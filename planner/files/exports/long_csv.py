"""CSV in long form: a row a shift, with instants on the team's clock and their offsets.

For Excel it begins with a byte-order mark, which tells Excel that it is in UTF-8, and its times
are local ones without an offset, which Excel takes for date-times of its own.
"""

from __future__ import annotations

import csv
import io

from planner.files.exports.timetable import Timetable
from planner.problem.oncall import local

HEADER = ("week", "start", "end", "rotation", "role", "engineer")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


def to_csv(timetable: Timetable, *, excel: bool = False) -> str:
    """The shifts, earliest first; an open duty's engineer is empty. Lines end with a line feed.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK if excel else "")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for shift in timetable.shifts:
        begins, ends = (local(when, timetable.team) for when in (shift.start, shift.end))
        instants = [f"{w:%Y-%m-%d %H:%M:%S}" if excel else w.isoformat() for w in (begins, ends)]
        names = (shift.duty.rotation, shift.duty.role, shift.engineer or "")
        harmless = (f"'{name}" if name.startswith(_FORMULA) else name for name in names)
        writer.writerow((shift.duty.week.name, *instants, *harmless))
    return text.getvalue()
