"""The ``[[rotation]]`` tables of ``team.toml``: members in the order of their turns, and roles."""

from __future__ import annotations

import re
from datetime import time, timedelta

from planner.domain import DEFAULT_KIND, PRIMARY, Level, Role, RoleWeeks
from planner.domain.hours import Hours
from planner.domain.people import NO_ROLE
from planner.domain.quarters import week_of
from planner.domain.rotations import MOST_WEEKS_A_TURN, Dated, Pause, Rotation
from planner.files.team import keys
from planner.files.team.choices import fold, one_of
from planner.files.team.dates import DateStyle
from planner.files.team.hours import read_hours
from planner.files.team.toml_values import TomlTable
from planner.files.team.values import BadValueError
from planner.records import dataclass

_WORKBOOK_COLUMNS = ("Week", "Starts", "Ends", "Holidays", "Away", "Problems", "Lock", "Note")


@dataclass(frozen=True, slots=True)
class RotationEntry:
    """A rotation as written: ``cycle`` is ``None`` where the file leaves it out.

    One that is not ``sound`` has problems that were noted.
    """

    name: str
    cycle: tuple[Dated, ...] | None
    roles: tuple[Role, ...]
    row: int | None
    cycle_row: int | None
    sound: bool = True
    pauses: tuple[Pause, ...] = ()
    hours: Hours | None = None
    turn: int = 1


def read_rotations(
    document: TomlTable, team_name: str, handover: tuple[int, time]
) -> tuple[RotationEntry, ...]:
    """The rotations of the file; where it names none, one with everybody in it."""
    tables = document.tables("rotation")
    if not tables and "rotation" not in document.data:
        return (RotationEntry(team_name, None, (Role(PRIMARY),), None, None),)
    entries: list[RotationEntry] = []
    for table in tables:
        before = len(table.reading.problems)
        table.check_keys(keys.ROTATION)
        name = table.text("name", team_name if len(tables) == 1 else "")
        if not name and "name" not in table.data:
            table.problem("name", "", "this rotation has no name", 'Write name = "…".')
        if any(fold(name) == fold(entry.name) for entry in entries):
            table.problem("name", name, "is the name of two rotations", "Rename one of them.")
        if table.data.get("cycle") == []:
            hint = "Name the members in the order of their turns, or leave the key out for all."
            table.problem("cycle", "", "the cycle has no members", hint)
        cycle = _cycle(table) if "cycle" in table.data else None
        roles = _roles(table)
        if ";" in name:
            hint = "A semicolon parts the names of rotations in pipelines.csv. Rename it."
            table.problem("name", name, "holds a semicolon", hint)
        pauses = _pauses(table, handover[0])
        hours = read_hours(table, *handover)
        turn = _turn(table)
        sound = bool(roles) and len(table.reading.problems) == before
        places = table.line(), table.line("cycle")
        entries.append(RotationEntry(name, cycle, roles, *places, sound, pauses, hours, turn))
    return tuple(entries)


def _cycle(rotation: TomlTable) -> tuple[Dated, ...]:
    """The members as written: a name, or a table with a name and dates."""
    written = rotation.data["cycle"]
    if not isinstance(written, list):
        return tuple(map(Dated, rotation.words("cycle", str)))
    found: list[Dated] = []
    for item in written:
        member = rotation.inner(item if isinstance(item, dict) else {"name": item}, "cycle")
        before = len(rotation.reading.problems)
        member.check_keys(keys.MEMBER)
        if "name" not in member.data:
            member.problem("name", "", "this member has no name", 'Write name = "…".')
        name, since, until = member.text("name"), member.day("since"), member.day("until")
        if since and until and until < since:
            member.problem("until", until, f"is before {since}", "Exchange or correct them.")
        if len(rotation.reading.problems) == before:
            found.append(Dated(name, since, until))
    return tuple(found)


def _turn(rotation: TomlTable) -> int:
    """How many weeks a turn lasts."""
    hint = f"Write how many duty weeks a turn lasts, 1 to {MOST_WEEKS_A_TURN}: turn = 2, say."
    turn = rotation.data.get("turn", 1)
    if not isinstance(turn, int) or isinstance(turn, bool):
        rotation.problem("turn", turn, "is not a whole number of weeks", hint)
    elif not 1 <= turn <= MOST_WEEKS_A_TURN:
        rotation.problem("turn", turn, "is not a number of weeks that a turn may last", hint)
    else:
        return turn
    return 1


def _pauses(rotation: TomlTable, handover_weekday: int) -> tuple[Pause, ...]:
    """When the rotation rests; one in which no whole duty week lies would change nothing."""
    dates = rotation.reading.dates
    found = rotation.words("pauses", lambda text: _pause(text, dates))
    resting = Rotation("resting", ("nobody",), (Role(PRIMARY),), pauses=found)
    for pause in found:
        days = (pause.end - pause.start).days + 1
        touched = (pause.start + timedelta(n) for n in range(0, days, 7))
        weeks = [week_of(day, handover_weekday) for day in (*touched, pause.end)]
        if not any(resting.rests(week) for week in weeks):
            first = weeks[0]
            rotation.problem(
                "pauses",
                f"{pause.start}..{pause.end}",
                "holds no whole duty week",
                f"Duty weeks are paused whole: {first} is {first.first}..{first.last}.",
            )
    return found


def _pause(text: str, dates: DateStyle) -> Pause:
    """``2024-12-23..2025-01-05``"""
    start, between, end = re.sub(r"\s*(\.\.+|…|–|\bto\b)\s*", "..", text).partition("..")
    if not between or not start or not end:
        hint = "Write the first and the last day as 2024-12-23..2025-01-05."
        raise BadValueError("is not a pause from one date to another", hint)
    first, last = dates.read(start), dates.read(end)
    if last < first:
        raise BadValueError(f"ends before it begins: {last} is before {first}", "Exchange the two.")
    return Pause(first, last)


def _roles(rotation: TomlTable) -> tuple[Role, ...]:
    if "roles" in rotation.data and "role" in rotation.data:
        rotation.problem(
            "roles",
            "",
            "roles are given twice, as a list and as [[rotation.role]]",
            "Keep one of the two.",
        )
    if "role" in rotation.data:
        roles = tuple(seat for table in rotation.tables("role") for seat in _seats(table))
        key = "role"
    else:
        roles = _listed(rotation) if "roles" in rotation.data else (Role(PRIMARY),)
        key = "roles"
    if not roles and not rotation.data.get(key):
        hint = f'Write roles = ["{PRIMARY}"], or leave the key out.'
        rotation.problem(key, "", "a rotation needs at least one role", hint)
    seen: set[str] = set()
    for said in [name for role in roles for name in _names(role)]:
        if fold(said) in seen:
            hint = "Rename one; of several seats, write { name = “…”, seats = 2 }."
            rotation.problem(key, said, "is a role twice in one rotation", hint)
        if fold(said) in map(fold, _WORKBOOK_COLUMNS):
            message = "is the name of another column of the workbook"
            rotation.problem(key, said, message, "Give the role another name.")
        if fold(said) == NO_ROLE:
            message = "says in engineers.csv that somebody holds no role"
            rotation.problem(key, said, message, "Give the role another name.")
        seen.add(fold(said))
    return roles


def _names(role: Role) -> tuple[str, ...]:
    """What nothing else may be called: its name and, once, what it shares with seats alike."""
    first = role.alike and role.name == f"{role.alike} 1"
    return (role.alike, role.name) if first else (role.name,)


def _listed(rotation: TomlTable) -> tuple[Role, ...]:
    """The roles as written: a name, or a table with a name and more."""
    written = rotation.data["roles"]
    if not isinstance(written, list) or not any(isinstance(item, dict) for item in written):
        return rotation.words("roles", Role)
    found: list[Role] = []
    for item in written:
        if isinstance(item, dict | str):
            data = item if isinstance(item, dict) else {"name": item}
            found += _seats(rotation.inner(data, "roles"))
        else:
            hint = 'Write it in quotes, or as { name = "triage", seats = 2 }.'
            rotation.problem("roles", item, "is not a role", hint)
    return tuple(found)


def _seats(table: TomlTable) -> tuple[Role, ...]:
    """A role as many times as it has seats."""
    number, most = table.whole("seats", 1, least=1) or 1, keys.MOST_SEATS
    if number > most:
        hint = f"A role has {most} seats at most; several roles may have more."
        table.problem("seats", number, "are more than are planned", hint)
        number = 1
    role = _role(table)
    return role.seats(number) if role else ()


def _role(table: TomlTable) -> Role | None:
    table.check_keys(keys.ROLE)
    name = table.text("name")
    if not name and "name" not in table.data:
        table.problem("name", "", "this role has no name", 'Write name = "…".')
    role = Role(
        name=name or "(unnamed)",
        kind=table.text("kind", DEFAULT_KIND),
        weeks=table.choice("weeks", RoleWeeks, "every"),
        optional=table.flag("optional", False),
        levels=table.words("levels", lambda text: one_of(text, Level)),
        offset=table.whole("offset", None),
        restful=table.flag("restful", False),
    )
    return role if name else None
