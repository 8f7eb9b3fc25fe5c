"""Vacations: ``vacations.csv``, and sheets of ``.xlsx`` files that have its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from planner.domain import UNTIL_FURTHER_NOTICE, Vacation
from planner.domain.absence_kinds import ANNUAL, KINDS
from planner.errors import did_you_mean
from planner.files.team.calendars import entry_kinds
from planner.files.team.choices import Choices, fold
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, Table, read_csv
from planner.grouping import grouped
from planner.wording import listed, span

_NO_END = frozenset(
    ("", "open", "ongoing", "tbc", "tbd", "unknown", "until further notice", "offen", "unbekannt")
)
"""What stands in an end that nobody knows yet."""
COLUMNS = Columns("vacations.csv", ("engineer", "start", "end"), ("kind", "logged", "note"))


def read_vacations(path: Path, people: Choices, reading: Reading) -> list[Vacation]:
    """The vacations of a CSV file, be it saved by a spreadsheet in the machine's own encoding."""
    return vacations_of(read_csv(path, COLUMNS, reading, fallback="cp1252"), people)


def vacations_of(table: Table, people: Choices) -> list[Vacation]:
    """The vacations of a table; what is wrong with a row is noted as a problem."""
    return [vacation for row in table.rows if (vacation := _vacation(row, people))]


def _vacation(row: Row, people: Choices) -> Vacation | None:
    engineer = row.read("engineer", people.require, needed=True)
    start, end = row.date("start", needed=True), last_day(row)
    logged = row.date("logged")
    if start and end and end < start:
        row.problem("end", f"is before the start {start}", "The end is the last day away.")
        return None
    if engineer is None or start is None or end is None:
        return None
    vacation = Vacation(engineer, start, end, whole_kind(row), logged, row.text("note"), row.source)
    return vacation if is_kept(vacation, row) else None


def last_day(row: Row) -> date | None:
    """The last day of an absence; one that has no end yet lasts until further notice."""
    if fold(row.text("end")).strip("-–—?. ") in _NO_END and row.text("start"):
        return UNTIL_FURTHER_NOTICE
    return row.date("end", needed=True)


def whole_kind(row: Row) -> str:
    """The kind of a row, without what it says of half a day."""
    return entry_kinds.without_half(row.text("kind")) or ANNUAL


def is_kept(vacation: Vacation, row: Row) -> bool:
    """Whether an absence counts, being half a day or not; tells of one that has no end."""
    reading = row.reading
    if vacation.end == UNTIL_FURTHER_NOTICE:
        reading.notes.append(
            f"{row.source}: {vacation.engineer} is away {span(vacation.start, vacation.end)}; "
            "fill in the end once it is known."
        )
    said = f"{row.text('kind')} {row.text('note')}"
    if vacation.start != vacation.end or not entry_kinds.is_half(said):
        return True
    reading.half_days.append(f"{row.source} ({vacation.engineer}, {vacation.start})")
    return not reading.ignore_half_days


def merged(vacations: Iterable[Vacation]) -> tuple[Vacation, ...]:
    """Every vacation once, sorted by engineer and dates.

    The same one may stand in several files: the earliest known date of logging and the first
    note and source count.
    """
    found: dict[tuple[object, ...], Vacation] = {}
    for vacation in sorted(vacations, key=_order):
        key = (vacation.engineer, vacation.start, vacation.end, vacation.kind)
        first = found.setdefault(key, vacation)
        logged = min(filter(None, (first.logged, vacation.logged)), default=None)
        found[key] = replace(first, logged=logged, note=first.note or vacation.note)
    return tuple(found.values())


def _order(vacation: Vacation) -> tuple[object, ...]:
    plain = attrgetter("engineer", "start", "end", "kind", "note")(vacation)
    return (*plain, str(vacation.source))


def note_odd_kinds(
    vacations: Iterable[Vacation], owed_during: Iterable[str], reading: Reading
) -> None:
    """Ask about kinds that are not known, since the kind decides what a person owes."""
    known = sorted({*KINDS, *owed_during})
    in_order = sorted(vacations, key=_order)
    odd = grouped((vacation.kind, vacation) for vacation in in_order if vacation.kind not in known)
    for kind, found in sorted(odd.items()):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        meant = did_you_mean(kind, known, "")
        hint = f" {meant}" if meant else ""
        people = sorted({vacation.engineer for vacation in found})
        owed = ", ".join(f'"{word}"' for word in (*owed_during, kind))
        owe = "owes" if len(people) == 1 else "owe"
        reading.notes.append(
            f"{found[0].source}{more}: is “{kind}” annual leave?{hint} The planner does not know "
            f"this kind, so it lowers what {listed(people)} {owe}. If the duties are to be done "
            "in other weeks instead, write “annual”, or under [rules] "
            f"owed_during = [{owed}]; if not, write “other”."
        )


def note_half_days(reading: Reading) -> None:
    """Tell once, for all files, what becomes of half days."""
    if not reading.half_days:
        return
    more = len(reading.half_days) - 1
    shown = reading.half_days[0] + (f" and {more} more" if more else "")
    if reading.ignore_half_days:
        reading.notes.append(f"Half days are left out: {shown}.")
    else:
        reading.notes.append(
            f"Half days block their weeks: {shown}. "
            'half_days = "ignore" under [vacations] in team.toml leaves them out.'
        )
