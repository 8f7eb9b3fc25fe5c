"""The Vacations sheet read back: what people typed below what the planner had written."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from planner.domain import Team, Vacation
from planner.errors import InputProblem
from planner.files.workbook.readback.book import Found
from planner.files.workbook.readback.typed import TypedSheet
from planner.files.workbook.snapshot import Absence, absence
from planner.files.workbook.text import fold, plain
from planner.files.workbook.titles import UNSAID, USUAL_KIND, VACATIONS_HEADER

ENGINEER, START, END, KIND, LOGGED, NOTE = VACATIONS_HEADER


def read_vacations(
    path: Path, team: Team, sheet: Found, written: Collection[Absence]
) -> tuple[tuple[Vacation, ...], tuple[InputProblem, ...]]:
    """The rows that people typed, in their order, and what is wrong with others.

    ``written`` are the absences that the planner put there. A row that was written, or that the
    inputs hold by now, is none of people's.
    """
    known = {absence(vacation) for vacation in team.vacations} | set(written)
    typed = TypedSheet(path, team, sheet, VACATIONS_HEADER[:3])
    found = []
    for _ in typed.rows():
        engineer = typed.engineer(ENGINEER)
        start, end = typed.date(START), typed.date(END)
        logged = typed.date(LOGGED, needed=False)
        if start and end and end < start:
            typed.problem(END, typed.value(END), f"lies before the start {start}")
        kind = fold(typed.value(KIND))
        if start and end and not typed.problems:
            shown = kind in ("", UNSAID)
            vacation = Vacation(
                engineer,
                start,
                end,
                USUAL_KIND if shown else kind,
                logged,
                plain(typed.value(NOTE)),
                typed.source,
            )
            found.append(vacation)
    new = tuple(vacation for vacation in found if absence(vacation) not in known)
    return (() if typed.problems else new), tuple(typed.problems)
