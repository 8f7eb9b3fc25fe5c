"""``engineers.csv``: who is on the team, and the rotations in which they take turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from planner.domain import Engineer, Level, Rotation
from planner.domain.rotations import Dated
from planner.domain.spelling import looks
from planner.domain.wallclock import parse_weekday
from planner.files.team.choices import Choices, fold, tidy
from planner.files.team.dated_rows import with_stages
from planner.files.team.engineer_cells import (
    parse_account,
    parse_email,
    parse_share,
    read_region,
    read_roles,
)
from planner.files.team.reading import Reading
from planner.files.team.rotations import RotationEntry
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.files.team.team_toml import FILE as TEAM_FILE
from planner.files.team.values import BadValueError
from planner.publicholidays import parse_festival
from planner.records import dataclass

COLUMNS = Columns(
    "engineers.csv",
    ("name", "country", "subdivision"),
    (
        *("email", "festivals", "level", "share", "joined", "left", "group", "roles"),
        *("accounts", "off_days", "since", "formerly"),
    ),
)


@dataclass(frozen=True)
class People:
    """The engineers whose rows are sound, and the names of all that have a row."""

    engineers: tuple[Engineer, ...]
    names: Choices


MOST = 1_000
"""Rows of people that one team may have."""


def read_people(path: Path, roles: Choices, reading: Reading) -> People:
    """Every engineer of the team, sorted by name; ``roles`` are those of all rotations."""
    table = read_csv(path, COLUMNS, reading)
    if len(table.rows) > MOST:
        hint = "Give each team a folder of its own."
        reading.problem(
            path.name, f"has {len(table.rows):,} rows, and may have {MOST:,}", hint=hint
        )
        return People((), Choices((), "an engineer", complete=False))
    engineers: list[Engineer] = []
    first_rows: dict[str, tuple[str, Row]] = {}
    further: dict[str, list[Row]] = {}
    for row in table.rows:
        name = row.needed("name")
        if name is None:
            continue
        other, first = first_rows.setdefault(looks(name), (name, row))
        if first is row:
            if row.text("since"):
                hint = "Only further rows of a name have a date; the first says what held before."
                row.problem("since", "is a date in the first row of somebody", hint)
        elif fold(other) != fold(name):
            hint = f"See row {first.source.row}; delete one of them, or name them apart."
            row.problem("name", "looks the same as another engineer", hint)
        elif not row.text("since"):
            hint = f"See row {first.source.row}; delete one of them, or say “since” when it holds."
            row.problem("name", "is on the team twice", hint)
        else:
            further.setdefault(other, []).append(row)
    written = [name for name, _ in first_rows.values()]
    for name, row in first_rows.values():
        if engineer := _engineer(name, row, roles):
            engineers.append(with_stages(engineer, further.get(name, ()), roles))
    _check_formerly(engineers, reading)
    if table.complete and not table.rows:
        reading.problem(path.name, "names no engineer", hint="Add a row for each of them.")
    complete = table.complete and bool(written)
    names = Choices(written, "an engineer of this team", complete=complete, people=True)
    return People(tuple(sorted(engineers, key=lambda e: e.name)), names)


def _engineer(name: str, row: Row, roles: Choices) -> Engineer | None:
    before = len(row.reading.problems)
    region = read_region(row)
    joined, left = row.date("joined"), row.date("left")
    if joined and left and left < joined:
        row.problem("left", f"is before the joining date {joined}", "Exchange or correct them.")
    email = row.read("email", parse_email) or ""
    festivals = row.read_each("festivals", parse_festival)
    level: Level | None = row.choice("level", Level)
    share = row.read("share", parse_share)
    off_days = row.read_each("off_days", parse_weekday)
    held = read_roles(row, roles)
    formerly = row.read_each("formerly", tidy)
    accounts = row.read_each("accounts", parse_account)
    if region is None or len(row.reading.problems) > before:
        return None
    return Engineer(
        name=name,
        region=region,
        email=email,
        festivals=tuple(sorted(set(festivals))),
        level=level,
        share=Fraction(1) if share is None else share,
        joined=joined,
        left=left,
        group=row.text("group"),
        roles=tuple(sorted(set(held))),
        accounts=tuple(sorted(set(accounts))),
        off_days=tuple(sorted(set(off_days))),
        formerly=formerly,
    )


def _check_formerly(engineers: Sequence[Engineer], reading: Reading) -> None:
    """Nobody bears, or bore, the name that another bears or bore."""
    whose = {fold(engineer.name): engineer.name for engineer in engineers}
    for engineer in engineers:
        for old in engineer.formerly:
            other = whose.setdefault(fold(old), engineer.name)
            if other != engineer.name or fold(old) == fold(engineer.name):
                hint = "Each earlier name belongs to one person, whose row it stands in."
                message = f"is the name of {other}"
                reading.problem(COLUMNS.file, message, column="formerly", value=old, hint=hint)


def resolve_rotations(
    entries: Sequence[RotationEntry], people: People, reading: Reading
) -> tuple[Rotation, ...]:
    """The rotations with the members' names as the team spells them; only those that are sound."""
    found = []
    for entry in entries:
        cycle, dates = _cycle(entry, people, reading)
        if entry.sound and cycle:
            found.append(
                Rotation(
                    *(entry.name, cycle, entry.roles, dates),
                    *(entry.pauses, entry.hours, entry.turn),
                )
            )
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
