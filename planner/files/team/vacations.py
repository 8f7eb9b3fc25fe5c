"""Vacations: ``vacations.csv``, and sheets of ``.xlsx`` files that have its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from planner.domain import Vacation
from planner.domain.absence_kinds import ANNUAL, KINDS
from planner.errors import did_you_mean
from planner.files.team.names import Known
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, Table, read_csv
from planner.wording import listed

COLUMNS = Columns("vacations.csv", ("engineer", "start", "end"), ("kind", "logged", "note"))


def read_vacations(path: Path, people: Known, reading: Reading) -> list[Vacation]:
    """The vacations of a CSV file, be it saved by a spreadsheet in the machine's own encoding."""
    return vacations_of(read_csv(path, COLUMNS, reading, fallback="cp1252"), people)


def vacations_of(table: Table, people: Known) -> list[Vacation]:
    """The vacations of a table; what is wrong with a row is noted as a problem."""
    return [vacation for row in table.rows if (vacation := _vacation(row, people))]


def _vacation(row: Row, people: Known) -> Vacation | None:
    engineer = row.read("engineer", people.require, needed=True)
    start, end = row.date("start", needed=True), row.date("end", needed=True)
    logged = row.date("logged")
    if start and end and end < start:
        row.problem("end", f"is before the start {start}", "The end is the last day away.")
        return None
    if engineer is None or start is None or end is None:
        return None
    kind = row.text("kind") or ANNUAL
    return Vacation(engineer, start, end, kind, logged, row.text("note"), row.source)


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


def _order(vacation: Vacation) -> tuple[str, str, str, str, str, str]:
    return (
        vacation.engineer,
        vacation.start.isoformat(),
        vacation.end.isoformat(),
        vacation.kind,
        vacation.note,
        str(vacation.source),
    )


def note_odd_kinds(
    vacations: Iterable[Vacation], owed_during: Iterable[str], reading: Reading
) -> None:
    """Ask about kinds that are not known, since the kind decides what a person owes."""
    known = sorted({*KINDS, *owed_during})
    odd: dict[str, list[Vacation]] = {}
    for vacation in sorted(vacations, key=_order):
        if vacation.kind not in known:
            odd.setdefault(vacation.kind, []).append(vacation)
    for kind, found in sorted(odd.items()):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        meant = did_you_mean(kind, known)
        hint = f" {meant}" if meant.startswith("Did you mean") else ""
        people = sorted({vacation.engineer for vacation in found})
        owe = "owes" if len(people) == 1 else "owe"
        reading.notes.append(
            f"{found[0].source}{more}: is “{kind}” annual leave?{hint} The planner does not know "
            f"this kind, so it lowers what {listed(people)} {owe}. If the duties are to be done "
            "in other weeks instead, write “annual”, or under [rules] "
            f"owed_during = [{_owed(owed_during, kind)}]; if not, write “other”."
        )


def _owed(owed_during: Iterable[str], kind: str) -> str:
    return ", ".join(f'"{word}"' for word in (*owed_during, kind))
