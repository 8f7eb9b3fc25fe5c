"""``engineers.csv``: who is on the team, and the rotations in which they take turns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast, get_args

from planner.domain import Engineer, Level, Region, Rotation
from planner.domain.people import FINEST_SHARE, LEAST_SHARE, NO_ROLE, SHARE_HINT
from planner.domain.spelling import looks
from planner.domain.wallclock import parse_weekday
from planner.files.team.names import Known, fold, tidy
from planner.files.team.reading import Reading
from planner.files.team.rotations import RotationEntry
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.files.team.team_toml import FILE as TEAM_FILE
from planner.files.team.values import BadValueError
from planner.publicholidays import parse_country, parse_festival, parse_region

COLUMNS = Columns(
    "engineers.csv",
    ("name", "country", "subdivision"),
    (
        "email",
        "festivals",
        "level",
        "share",
        "joined",
        "left",
        "group",
        "roles",
        "accounts",
        "off_days",
    ),
)
_DECIMAL = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
_RATIO = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)


@dataclass(frozen=True)
class People:
    """The engineers whose rows are sound, and the names of all that have a row."""

    engineers: tuple[Engineer, ...]
    names: Known


def read_people(path: Path, roles: Known, reading: Reading) -> People:
    """Every engineer of the team, sorted by name; ``roles`` are those of all rotations."""
    table = read_csv(path, COLUMNS, reading)
    engineers: list[Engineer] = []
    written: list[str] = []
    first_rows: dict[str, tuple[str, int | None]] = {}
    for row in table.rows:
        name = row.needed("name")
        if name is None:
            continue
        if looks(name) in first_rows:
            other, number = first_rows[looks(name)]
            same = fold(other) == fold(name)
            message = "is on the team twice" if same else "looks the same as another engineer"
            hint = f"See row {number}; delete one of them, or name them apart."
            row.problem("name", message, hint)
            continue
        first_rows[looks(name)] = name, row.source.row
        written.append(name)
        if engineer := _engineer(name, row, roles):
            engineers.append(engineer)
    if table.complete and not table.rows:
        reading.problem(path.name, "names no engineer", hint="Add a row for each of them.")
    complete = table.complete and bool(written)
    names = Known(written, "an engineer of this team", complete=complete, people=True)
    return People(tuple(sorted(engineers, key=lambda e: e.name)), names)


def _engineer(name: str, row: Row, roles: Known) -> Engineer | None:
    before = len(row.reading.problems)
    region = _region(row)
    joined, left = row.date("joined"), row.date("left")
    if joined and left and left < joined:
        row.problem("left", f"is before the joining date {joined}", "Exchange or correct them.")
    email = row.read("email", _email) or ""
    festivals = row.read_each("festivals", parse_festival)
    level = cast(Level | None, row.choice("level", get_args(Level)))
    share = row.read("share", parse_share)
    held = _roles(row, roles)
    accounts = row.read_each("accounts", _account)
    off_days = row.read_each("off_days", parse_weekday)
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
    )


def _region(row: Row) -> Region | None:
    country = row.read("country", parse_country, needed=True)
    if country is None:
        return None
    try:
        return parse_region(country, row.text("subdivision"))
    except ValueError as error:
        source, text = row.source, row.text("subdivision")
        row.reading.refuse(error, source.file, source.row, "subdivision", text)
        return None


def _roles(row: Row, known: Known) -> tuple[str, ...]:
    """The roles that somebody may hold: all if the cell is empty, none if it says so."""
    if fold(row.text("roles")) == NO_ROLE:
        return (NO_ROLE,)
    return row.read_each("roles", known.require)


def parse_share(text: str) -> Fraction:
    """A share of duties, exactly: ``0.5``, ``50%`` or ``1/2``; above 0 and at most 1.

    Raises ``BadValueError``.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\N{FRACTION SLASH}", "/").strip()
    number = plain.removesuffix("%").rstrip()
    if match := _RATIO.fullmatch(plain):
        value = Fraction(int(match[1]), int(match[2])) if int(match[2]) else Fraction(0)
    elif match := _DECIMAL.fullmatch(number):
        value = Fraction(match[1].replace(",", ".")) / (100 if number != plain else 1)
    else:
        raise BadValueError("is not a share", "Write it as 0.5, 50% or 1/2.")
    if not 0 < value <= 1:
        raise BadValueError("is not a share above 0 and at most 1", SHARE_HINT)
    if value < LEAST_SHARE or value.denominator > FINEST_SHARE:
        hint = f"Write it with at most four decimals, and as {LEAST_SHARE} or more."
        raise BadValueError("is too fine a share", hint)
    return value


def _email(text: str) -> str:
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", text):
        raise BadValueError("is not an e-mail address", "Write one address, or leave it empty.")
    return text


def _account(text: str) -> tuple[str, str]:
    service, colon, identity = (part.strip() for part in text.partition(":"))
    if not (service and colon and identity):
        raise BadValueError("is not a service and an account", "Write it as pagerduty:PXXXX.")
    return service.casefold(), identity


def resolve_rotations(
    entries: Sequence[RotationEntry], people: People, reading: Reading
) -> tuple[Rotation, ...]:
    """The rotations with the members' names as the team spells them; only those that are sound."""
    found = []
    for entry in entries:
        cycle = _cycle(entry, people, reading)
        if entry.sound and cycle:
            found.append(Rotation(entry.name, cycle, entry.roles))
    return tuple(found)


def _cycle(entry: RotationEntry, people: People, reading: Reading) -> tuple[str, ...]:
    if entry.cycle is None:
        return people.names.names
    members: list[str] = []
    for written in entry.cycle:
        try:
            name = people.names.require(tidy(written))
        except BadValueError as error:
            reading.refuse(error, TEAM_FILE, entry.cycle_row, "rotation.cycle", written)
            continue
        if name in members:
            reading.problem(
                TEAM_FILE,
                f"stands twice in the cycle of {entry.name}",
                row=entry.cycle_row,
                column="rotation.cycle",
                value=written,
                hint="Each member takes one turn; a “share” in engineers.csv makes turns rarer.",
            )
            continue
        members.append(name)
    return tuple(members)
