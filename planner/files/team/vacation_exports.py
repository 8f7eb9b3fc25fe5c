"""Vacations as other programs export them: tables with header words of their own.

Personnel systems and calendars call the columns as they like, in English or German, save in the
encoding of the machine, and list people, columns and states that are none of the team's. Whatever
is not read is told in a note, with the reason; what looks like a slip is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from planner.domain import Vacation
from planner.files.team.calendars import entry_kinds
from planner.files.team.choices import fold
from planner.files.team.dates import DateStyle
from planner.files.team.people_named import Naming, question
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, Table, known_columns, read_records
from planner.files.team.vacation_settings import VacationSettings
from planner.files.team.vacations import is_kept, last_day, whole_kind

FILE = re.compile(r"vacations[-_ .(].*\.csv", re.IGNORECASE)
"""Names of CSV exports in a team folder: ``vacations-personio.csv``."""

_WORDS: Mapping[str, Sequence[str]] = {
    "engineer": (
        *("name", "employee", "employee name", "person", "full name", "member", "team member"),
        *("mitarbeiter", "mitarbeiterin", "mitarbeiter/in", "mitarbeiter:in", "mitarbeitende"),
    ),
    "first_name": ("first name", "given name", "vorname"),
    "last_name": ("last name", "surname", "family name", "nachname", "familienname"),
    "email": ("e-mail", "mail", "email address", "e-mail address", "e-mail-adresse", "work email"),
    "subject": ("subject", "betreff", "title", "titel"),
    "start": (
        *("start date", "from", "from date", "first day", "starts", "absence start"),
        *("von", "ab", "beginn", "beginnt am", "startdatum", "anfangsdatum", "erster tag"),
    ),
    "end": (
        *("end date", "until", "to", "to date", "last day", "ends", "absence end"),
        *("bis", "ende", "endet am", "enddatum", "letzter tag"),
    ),
    "end_time": ("end time", "endet um", "endzeit"),
    "kind": (
        *("type", "absence type", "leave type", "time off type", "category", "reason"),
        *("art", "typ", "abwesenheitsart", "abwesenheitstyp", "grund"),
    ),
    "logged": (
        *("created", "created at", "created on", "requested at", "requested on"),
        *("erstellt", "erstellt am", "beantragt am", "eingetragen am"),
    ),
    "note": ("comment", "comments", "notes", "kommentar", "bemerkung", "notiz"),
    "status": ("state", "approval", "approval status", "genehmigungsstatus"),
}
COLUMNS = Columns(
    "a vacation export",
    ("start", "end"),
    tuple(name for name in _WORDS if name not in ("start", "end")),
    {word: column for column, words in _WORDS.items() for word in words},
)
_WHO = ("engineer", "email", "last_name", "subject")

_REFUSED = (
    *("rejected", "declined", "cancelled", "canceled", "withdrawn", "deleted"),
    *("abgelehnt", "storniert", "zurückgezogen", "gelöscht"),
)
_PENDING = ("pending", "requested", "open", "beantragt", "offen", "ausstehend", "in genehmigung")
_GRANTED = ("", "approved", "accepted", "confirmed", "genehmigt", "bestätigt", "angenommen")
_MIDNIGHT = re.compile(r"0?0:00(:00)?|12:00(:00)? ?am", re.IGNORECASE)


def read_export(path: Path, naming: Naming, reading: Reading) -> list[Vacation]:
    """The team's vacations in a CSV export; what is not UTF-8 is read as Windows-1252 and told."""
    records = read_records(path, COLUMNS, reading, fallback="cp1252")
    if records is None:
        return []
    table = known_columns(path.name, records, COLUMNS, reading)
    return absences_of(table, path.name, naming, reading)


def dotted(reading: Reading) -> Reading:
    """The same reading, in which ``05.08.2024`` is 5 August unless the user says otherwise.

    With dots the day comes first, wherever dates are written so; with slashes it depends.
    """
    if reading.dates.date_format is not None:
        return reading
    return replace(reading, dates=DateStyle("DD.MM.YYYY", others_ambiguous=True))


def is_export(columns_found: Sequence[str | None]) -> bool:
    """Whether a header with these columns says who is away from when until when."""
    return set(COLUMNS.required) <= set(columns_found) and any(
        column in columns_found for column in _WHO
    )


def absences_of(table: Table, file: str, naming: Naming, reading: Reading) -> list[Vacation]:
    """The vacations of an export's rows; what is left out is told row by row."""
    if table.complete and not any(column in table.columns for column in _WHO):
        reading.problem(
            file,
            "says nowhere who is away",
            hint="It needs a column with names or e-mail addresses: employee, say, or email.",
        )
        return []
    asked: set[str] = set()
    return [vacation for row in table.rows for vacation in _vacations(row, naming, asked)]


def _vacations(row: Row, naming: Naming, asked: set[str]) -> Iterator[Vacation]:
    reading = row.reading
    left_out = _left_out(row, naming.settings)
    names = () if left_out else _whose(row, naming, asked)
    if left_out:
        reading.notes.append(f"{row.source}: {left_out}; it is not read.")
    if not names:
        return
    row = replace(row, reading=dotted(reading))
    start, end = row.date("start", needed=True), _end(row)
    if start is None or end is None:
        return
    if end < start:
        row.problem("end", f"is before the start {start}", "The end is the last day away.")
        return
    if fold(row.text("status")) in _PENDING:
        reading.notes.append(f"{row.source}: it is still {row.text('status')}, and counts.")
    for name in names:
        logged = row.date("logged")
        kind = whole_kind(row)
        vacation = Vacation(name, start, end, kind, logged, row.text("note"), row.source)
        if is_kept(vacation, row):
            yield vacation


def _left_out(row: Row, settings: VacationSettings) -> str:
    """Why a row is none of an absence; empty if it is one, or if that is a problem."""
    kind, status = fold(row.text("kind")), fold(row.text("status"))
    elsewhere = entry_kinds.BY_NAME[entry_kinds.ELSEWHERE].named_in(kind)
    if elsewhere and entry_kinds.ELSEWHERE not in settings.count:
        return f"“{row.text('kind')}” is no absence"
    if status in _REFUSED:
        return f"its status is {row.text('status')}"
    if status not in (*_GRANTED, *_PENDING):
        words = ", ".join(filter(None, _GRANTED[:3]))
        row.problem("status", "is a status that is not known", f"Write one such as {words}.")
    return ""


def _whose(row: Row, naming: Naming, asked: set[str]) -> tuple[str, ...]:
    """Whose absence it is; nobody's, with a note or a problem, if nobody's of the team.

    ``asked`` are the names that were asked about already.
    """
    email = fold(row.text("email"))
    if names := naming.by_email([email] if email else []):
        return names
    said, first = row.text("engineer"), row.text("first_name")
    last = row.text("last_name") or (said if first else "")
    spelt = [f"{first} {last}".strip()] if first else [said]
    spelt += [" ".join(reversed(part.split(",", 1))) for part in spelt if "," in part]
    for text in spelt:
        if found := naming.exactly(text):
            return (found,)
    subject = row.text("subject")
    named = {hit.engineer for hit in naming.hits(subject) if not hit.other}
    if named:
        return tuple(sorted(named))
    shown = spelt[0] or row.text("email") or subject
    if not shown:
        row.needed("engineer")
    elif naming.complete and (meant := naming.almost(shown)):
        if fold(shown) not in asked:
            asked.add(fold(shown))
            row.reading.notes.append(f"{row.source}: {question(shown, meant)}")
    elif naming.complete:
        row.reading.notes.append(f"{row.source}: “{shown}” is not in engineers.csv; not read.")
    return ()


def _end(row: Row) -> date | None:
    """The last day away. An end at midnight is the end of the day before."""
    end = last_day(row)
    if end is not None and _MIDNIGHT.fullmatch(row.text("end_time")):
        start = row.date("start")
        if start is not None and end > start:
            return end - timedelta(days=1)
    return end
