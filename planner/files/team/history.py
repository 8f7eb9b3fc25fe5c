"""``history.csv``: duty done before this tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.domain import Duty, Rota, Rotation, Seat
from planner.files.team.choices import Choices
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.grouping import grouped

COLUMNS = Columns("history.csv", ("week", "rotation", "role", "engineer"))


def read_history(
    path: Path, people: Choices, names: Choices, rotations: Sequence[Rotation], reading: Reading
) -> Rota:
    """Who held which duty; ``names`` are those of the rotations.

    Rows that name a role with several seats take its free ones, in their order.
    """
    seats = _seats(rotations)
    roles = {
        each.name: Choices(
            (name for role in each.roles for name in (role.name, role.shared)),
            f"a role of {each.name}",
        )
        for each in rotations
    }
    holders: dict[Duty, str] = {}
    first_rows: dict[Duty, int | None] = {}
    rows = read_csv(path, COLUMNS, reading).rows
    found = [(*held, row) for row in rows if (held := _held(row, people, names, roles))]
    # Who is given a seat of several has that one; the others have what is left.
    for said, engineer, row in sorted(found, key=lambda each: each[0].seat in seats):
        names_of_seats = seats.get(said.seat, (said.role,))
        alike = [Duty(said.week, said.rotation, name) for name in names_of_seats]
        own = [duty for duty in alike if holders.get(duty) == engineer]
        free = [duty for duty in alike if duty not in holders]
        duty = (*own, *free, alike[-1])[0]
        first = first_rows.setdefault(duty, row.source.row)
        if holders.setdefault(duty, engineer) != engineer:
            hint = "One duty has one holder: delete or correct one of the rows."
            if len(alike) > 1:
                hint = f"{said.role} has {len(alike)} seats: delete or correct one of the rows."
            row.problem("engineer", f"held the same duty as {holders[duty]} in row {first}", hint)
    return Rota.of(holders)


def _seats(rotations: Sequence[Rotation]) -> dict[Seat, list[str]]:
    """The seats of each role that has several, by rotation and the name that they share."""
    roles = ((rotation.name, role) for rotation in rotations for role in rotation.roles)
    return grouped((Seat(name, role.alike), role.name) for name, role in roles if role.alike)


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
