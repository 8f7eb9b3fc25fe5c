"""What sheets, columns and cells are called, for those who write them and those who read them.

Readers need no more than this of the modules that write, which load openpyxl.
"""

from __future__ import annotations

MARK = b"as rota wrote it"
"""The comment of a workbook's archive until another program saves it."""

ROTA, COVER, CHANGES, VACATIONS, ABOUT = "Rota", "Cover", "Changes", "Vacations", "About"

WEEK, STARTS, ENDS = "Week", "Starts", "Ends"
HOLIDAYS, AWAY, PROBLEMS, LOCK, NOTE = "Holidays", "Away", "Problems", "Lock", "Note"
DERIVED = (STARTS, ENDS, HOLIDAYS, AWAY, PROBLEMS)
"""Columns of the Rota sheet that follow from the others and from the inputs: not read back."""

ROTA_HEADER_NAME, ABOUT_RECORD_NAME = "RotaHeader", "AboutRecord"
ENGINEERS_NAME = "Engineers"
"""Defined names: they follow their cells wherever people move them."""

COVER_HEADER = ("Engineer", "From", "Until", "Covered by", "Rotation", "Role", "Note")
CHANGES_HEADER = ("Week", "Duty", "Old", "New", "Why", "When")
NO_CHANGES = "Nothing has changed since this rota was planned."
"""What the Changes sheet said while it was empty, before empty sheets were left out."""
VACATIONS_HEADER = ("Engineer", "Start", "End", "Kind", "Logged", "Note")
UNSAID = "away"
"""What the Vacations sheet says of a kind that the team does not show."""
USUAL_KIND = "annual"
"""What kind a vacation is that was typed without one."""


def column_name(number: int) -> str:
    """The defined name of the number-th column of the Rota sheet as it was written."""
    return f"RotaColumn{number}"


LOCK_WORDS = frozenset({"all", "yes", "y", "x", "true", "1", "lock", "locked", "✓"})
"""What people write in the Lock column for every duty of the week."""

CANNOT_CHECK = "cannot be checked"
NOT_CHECKED = "Some rules cannot be checked"
"""What is said where an engine fails at a formula."""

ALL_HOLD = "All rules hold"
"""What the banner says of a rota that breaks no rule."""
