"""What all readers of a team folder share: how dates are meant, and where problems go.

Readers go on after a problem, so that one run names every problem of every file.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, time, timedelta

from planner.errors import ONE_MORE, InputProblem
from planner.files.team.dates import DateStyle
from planner.files.team.values import BadValueError
from planner.records import dataclass

AHEAD = timedelta(days=3 * 366)
"""How far from today repeats are followed where nobody says which weeks matter."""

LISTED = 1_000
"""So many problems are noted down; of more, only that there is one."""


@dataclass(frozen=True)
class Reading:
    """One reading of one team folder; ``problems`` and ``notes`` fill up as it goes.

    Notes are things that the team lead should know and that keep nothing from working.
    Whatever repeats is followed to ``through``, the end of the weeks that matter. ``half_days``
    are absences of half a day, told once for all files.
    """

    dates: DateStyle = field(default_factory=DateStyle)
    handover_weekday: int = 1
    handover_time: time = time(10, 0)
    timezone: str = "UTC"
    through: date = field(default_factory=lambda: date.today() + AHEAD)
    problems: list[InputProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    half_days: list[str] = field(default_factory=list)
    ignore_half_days: bool = False

    def problem(
        self,
        file: str,
        message: str,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        hint: str = "",
    ) -> None:
        """Note down a problem; ``message`` continues a sentence that begins with the value."""
        full = len(self.problems) >= LISTED
        problem = ONE_MORE if full else InputProblem(file, row, column, value, message, hint)
        self.problems.append(problem)

    def refuse(
        self, error: ValueError, file: str, row: int | None, column: str, value: str
    ) -> None:
        """Note down that a value could not be understood, as the parser's error says."""
        if len(self.problems) >= LISTED:
            self.problems.append(ONE_MORE)
            return
        if isinstance(error, BadValueError):
            message, hint = error.message, error.hint
        else:  # in two parts, without the value, which is shown before them anyway
            about_the_value = str(error).removeprefix(f"“{value}”").strip()
            message, _, hint = about_the_value.partition(". ")
            if value and about_the_value == str(error):
                message = f"is wrong: {message}"
            message, hint = message.rstrip("."), hint.strip()
        self.problem(file, message, row=row, column=column, value=value, hint=hint)
