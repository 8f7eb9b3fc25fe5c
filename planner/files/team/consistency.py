"""What must fit together between ``team.toml`` and ``engineers.csv``."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain import Engineer, Role, Rotation
from planner.files.team.engineers import COLUMNS as ENGINEER_COLUMNS
from planner.files.team.reading import Reading
from planner.files.team.rotations import RotationEntry
from planner.files.team.team_toml import FILE as TEAM_FILE


def check_seats(
    engineers: Sequence[Engineer],
    rotations: Sequence[Rotation],
    entries: Sequence[RotationEntry],
    reading: Reading,
) -> None:
    """Every role needs a member who may hold it; members without any role are told in notes.

    Says nothing while either file has problems of its own.
    """
    if any(p.file in (TEAM_FILE, ENGINEER_COLUMNS.file) for p in reading.problems):
        return
    by_name = {engineer.name: engineer for engineer in engineers}
    for rotation, entry in zip(rotations, entries, strict=True):
        members = [by_name[name] for name in rotation.cycle]
        for role in {role.shared: role for role in rotation.roles}.values():
            if not any(member.may_hold(role) for member in members):
                _nobody(rotation, role, entry.row, reading)
        for member in members:
            if not any(member.may_hold(role) for role in rotation.roles):
                reading.notes.append(
                    f"{member.name} is a member of {rotation.name} but may hold none of its roles."
                )
    for engineer in engineers:
        if not any(engineer.name in rotation.cycle for rotation in rotations):
            reading.notes.append(f"{engineer.name} is a member of no rotation.")


def _nobody(rotation: Rotation, role: Role, row: int | None, reading: Reading) -> None:
    wanted = f" (levels: {', '.join(role.levels)})" if role.levels else ""
    reading.problem(
        TEAM_FILE,
        f"no member of {rotation.name} may hold this role{wanted}",
        row=row,
        column="rotation.roles",
        value=role.shared,
        hint=f"See the columns “roles” and “level” of {ENGINEER_COLUMNS.file}.",
    )
