"""The Cover sheet read back: who stands in for whom, on which dates."""

from __future__ import annotations

from pathlib import Path

from planner.domain import Cover, Team
from planner.errors import InputProblem
from planner.files.workbook.readback.book import Found
from planner.files.workbook.readback.typed import TypedSheet
from planner.files.workbook.text import plain
from planner.files.workbook.titles import COVER_HEADER

ENGINEER, FROM, UNTIL, STAND_IN, ROTATION, ROLE, NOTE = COVER_HEADER


def read_covers(
    path: Path, team: Team, sheet: Found
) -> tuple[tuple[Cover, ...], tuple[InputProblem, ...]]:
    """The covers in the order of their rows, and what is wrong with the others.

    Rotation and role may be left out: then the cover is for whatever the engineer does.
    """
    typed = TypedSheet(path, team, sheet, COVER_HEADER[:4])
    rotations = [rotation.name for rotation in team.rotations]
    known = [role for rotation in team.rotations for role in rotation.roles]
    roles = sorted({name for role in known for name in (role.name, role.shared)})
    covers = []
    for _ in typed.rows():
        engineer, stand_in = typed.engineer(ENGINEER), typed.engineer(STAND_IN)
        start, end = typed.date(FROM), typed.date(UNTIL)
        rotation = typed.known(ROTATION, rotations, "a rotation of this team", needed=False)
        role = typed.known(ROLE, roles, "a role of this team", needed=False)
        if start and end and end < start:
            typed.problem(UNTIL, typed.value(UNTIL), "lies before the first day")
        if engineer and engineer == stand_in:
            typed.problem(STAND_IN, stand_in, "cannot stand in for themselves")
        if start and end and not typed.problems:
            note = plain(typed.value(NOTE))
            found = Cover(engineer, start, end, stand_in, rotation, role, note, typed.source)
            covers.append(found)
    return (() if typed.problems else tuple(covers)), tuple(typed.problems)
