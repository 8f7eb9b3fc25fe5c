"""``engineers.csv``: who is on the team, and what changes of them from a date on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from planner.domain import Engineer, Level, Region
from planner.domain.people import FINEST_SHARE, LEAST_SHARE, NO_ROLE, SHARE_HINT, Stage
from planner.domain.spelling import looks
from planner.domain.wallclock import parse_weekday
from planner.files.team.choices import Choices, fold, tidy
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.files.team.values import BadValueError
from planner.publicholidays import parse_country, parse_festival, parse_region
from planner.records import dataclass

_DECIMAL = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
_RATIO = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)
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


NOBODY = People((), Choices((), "an engineer", complete=False))
"""Stands for a file that cannot be read."""


_UNDATED = ("email", "festivals", "joined", "left", "accounts", "off_days", "formerly")
"""What a further row cannot change."""

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
        return NOBODY
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
            engineers.append(_with_stages(engineer, further.get(name, ()), roles))
    _check_formerly(engineers, reading)
    if table.complete and not table.rows:
        reading.problem(path.name, "names no engineer", hint="Add a row for each of them.")
    complete = table.complete and bool(written)
    names = Choices(written, "an engineer of this team", complete=complete, people=True)
    return People(tuple(sorted(engineers, key=lambda e: e.name)), names)


def _engineer(name: str, row: Row, roles: Choices) -> Engineer | None:
    before = len(row.reading.problems)
    region = _region(row)
    joined, left = row.date("joined"), row.date("left")
    if joined and left and left < joined:
        row.problem("left", f"is before the joining date {joined}", "Exchange or correct them.")
    email = row.read("email", _email) or ""
    festivals = row.read_each("festivals", parse_festival)
    level: Level | None = row.choice("level", Level)
    share = row.read("share", parse_share)
    off_days = row.read_each("off_days", parse_weekday)
    held = _roles(row, roles)
    formerly = row.read_each("formerly", tidy)
    accounts = row.read_each("accounts", _account)
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


def _with_stages(engineer: Engineer, rows: Sequence[Row], roles: Choices) -> Engineer:
    """The engineer of the first row, with what later rows say of the weeks after their dates.

    A row holds from the first whole duty week after its date in the column ``since``; empty cells
    keep what the row before says.
    """
    dated: dict[date, Row] = {}
    for row in rows:
        since = row.date("since")
        if since in dated:
            row.problem("since", f"is the date of row {dated[since].source.row} too", "Keep one.")
        elif since is not None:
            dated[since] = row
        for column in _UNDATED:
            if row.text(column):
                row.problem(column, "does not change with a date", "Write it in the first row.")
    facts = (engineer.region, engineer.level, engineer.share, engineer.group, engineer.roles)
    before = Stage(date.min, *facts)
    stages = []
    for since in sorted(dated):
        before = _stage(before, since, dated[since], roles)
        stages.append(before)
    return replace(engineer, stages=tuple(stages))


def _stage(before: Stage, since: date, row: Row, roles: Choices) -> Stage:
    placed = row.text("country") or row.text("subdivision")
    region = _region(row, before.region.country) if placed else None
    level: Level | None = row.choice("level", Level)
    share = row.read("share", parse_share)
    return Stage(
        since,
        region or before.region,
        level or before.level,
        before.share if share is None else share,
        row.text("group") or before.group,
        tuple(sorted(set(_roles(row, roles)))) if row.text("roles") else before.roles,
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


def _region(row: Row, usual: str = "") -> Region | None:
    """Where somebody lives; ``usual`` is the country of a row that names none."""
    named = row.text("country") or not usual
    country = row.read("country", parse_country, needed=True) if named else usual
    if country is None:
        return None
    try:
        return parse_region(country, row.text("subdivision"))
    except ValueError as error:
        source, text = row.source, row.text("subdivision")
        row.reading.refuse(error, source.file, source.row, "subdivision", text)
        return None


def _roles(row: Row, known: Choices) -> tuple[str, ...]:
    """The roles that somebody may hold: all if the cell is empty or says so, or none."""
    if fold(row.text("roles")) == "all" and known.find("all") is None:
        return ()
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
    """One e-mail address. Raises ``BadValueError``."""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", text):
        raise BadValueError("is not an e-mail address", "Write one address, or leave it empty.")
    return text


def _account(text: str) -> tuple[str, str]:
    """A service and an account there. Raises ``BadValueError``."""
    service, colon, identity = (part.strip() for part in text.partition(":"))
    if not (service and colon and identity):
        raise BadValueError("is not a service and an account", "Write it as pagerduty:PXXXX.")
    return service.casefold(), identity
