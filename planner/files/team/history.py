"""``history.csv``: duty done before this tool."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planner.domain import Duty, Rota
from planner.errors import OLDER_NAME_HINT
from planner.files.team.choices import Choices
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv

COLUMNS = Columns("history.csv", ("week", "rotation", "role", "engineer"))


def read_history(
    path: Path, people: Choices, rotations: Choices, roles: Mapping[str, Choices], reading: Reading
) -> Rota:
    """Who held which duty; ``roles`` are those of each rotation, by its name."""
    people = people.hinting(OLDER_NAME_HINT)
    holders: dict[Duty, str] = {}
    first_rows: dict[Duty, int | None] = {}
    for row in read_csv(path, COLUMNS, reading).rows:
        found = _held(row, people, rotations, roles)
        if found is None:
            continue
        duty, engineer = found
        first = first_rows.setdefault(duty, row.source.row)
        if holders.setdefault(duty, engineer) != engineer:
            row.problem(
                "engineer",
                f"held the same duty as {holders[duty]} in row {first}",
                "One duty has one holder: delete or correct one of the rows.",
            )
    return Rota.of(holders)


def _held(
    row: Row, people: Choices, rotations: Choices, roles: Mapping[str, Choices]
) -> tuple[Duty, str] | None:
    week = row.week("week", needed=True)
    rotation = row.read("rotation", rotations.require, needed=True)
    engineer = row.read("engineer", people.require, needed=True)
    if rotation is not None and rotation in roles:
        role = row.read("role", roles[rotation].require, needed=True)
    else:
        role = row.needed("role")
    if not (week and rotation and role and engineer):
        return None
    return Duty(week, rotation, role), engineer
