"""The rotations of ``team.toml`` with the engineers of ``engineers.csv``, who must fit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.domain import Engineer, Rotation
from planner.domain.rotations import Dated
from planner.files.team.choices import tidy
from planner.files.team.engineers import COLUMNS as ENGINEER_COLUMNS
from planner.files.team.engineers import People
from planner.files.team.reading import Reading
from planner.files.team.rotations import RotationEntry
from planner.files.team.team_toml import FILE as TEAM_FILE
from planner.files.team.values import BadValueError


def resolve_rotations(
    entries: Sequence[RotationEntry], people: People, reading: Reading
) -> tuple[Rotation, ...]:
    """The rotations with the members' names as the team spells them; only those that are sound."""
    found: list[Rotation] = []
    for entry in entries:
        cycle, dates = _cycle(entry, people, reading)
        if entry.sound and cycle:
            found.append(
                Rotation(
                    *(entry.name, cycle, entry.roles, dates),
                    *(entry.pauses, entry.hours, entry.turn),
                )
            )
    _check_seats(people.engineers, found, entries, reading)
    return tuple(found)


def _cycle(
    entry: RotationEntry, people: People, reading: Reading
) -> tuple[tuple[str, ...], tuple[Dated, ...]]:
    """The members in the order of their turns, and the dates of those that have some.

    Somebody may stand in a cycle several times if each has dates of its own; the first place
    counts.
    """
    if entry.cycle is None:
        return people.names.names, ()
    undated: set[str] = set()
    members: dict[str, list[Dated]] = {}
    for written in entry.cycle:
        try:
            name = people.names.require(tidy(written.member))
        except BadValueError as error:
            reading.refuse(error, TEAM_FILE, entry.cycle_row, "rotation.cycle", written.member)
            continue
        dated = written.since is not None or written.until is not None
        if name in undated or (name in members and not dated):
            reading.problem(
                TEAM_FILE,
                f"stands twice in the cycle of {entry.name}",
                row=entry.cycle_row,
                column="rotation.cycle",
                value=written.member,
                hint="Each member takes one turn; a “share” in engineers.csv makes turns rarer.",
            )
            continue
        members.setdefault(name, [])
        if dated:
            members[name].append(replace(written, member=name))
        else:
            undated.add(name)
    return tuple(members), tuple(each for dates in members.values() for each in dates)


def _check_seats(
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
                wanted = f" (levels: {', '.join(role.levels)})" if role.levels else ""
                reading.problem(
                    TEAM_FILE,
                    f"no member of {rotation.name} may hold this role{wanted}",
                    row=entry.row,
                    column="rotation.roles",
                    value=role.shared,
                    hint=f"See the columns “roles” and “level” of {ENGINEER_COLUMNS.file}.",
                )
        for member in members:
            if not any(member.may_hold(role) for role in rotation.roles):
                reading.notes.append(
                    f"{member.name} is a member of {rotation.name} but may hold none of its roles."
                )
    for engineer in engineers:
        if not any(engineer.name in rotation.cycle for rotation in rotations):
            reading.notes.append(f"{engineer.name} is a member of no rotation.")
