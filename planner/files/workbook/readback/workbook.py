"""A published workbook, read back with whatever people edited in it: what it says, and what of
that had to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import field
from datetime import datetime
from pathlib import Path

from planner.checking.finished_plan import Proof
from planner.domain import Cover, DutyWeek, Held, Rota, Team, Vacation
from planner.domain.quarters import Horizon
from planner.domain.week_facts import Recorded
from planner.errors import InputError, InputProblem
from planner.files.workbook import seats, titles
from planner.files.workbook.readback.book import Book, Found
from planner.files.workbook.readback.rota import RotaReading
from planner.files.workbook.readback.typed import Row, read_changes, read_covers, read_vacations
from planner.files.workbook.record import (
    find_planned_at,
    find_record,
    fingerprint,
    recorded_team,
)
from planner.files.workbook.snapshot import Snapshot
from planner.records import dataclass


@dataclass(frozen=True)
class Published:
    """What a workbook says.

    ``planned`` is the rota as it was written, ``None`` if that record is gone; ``edited`` says
    whether people changed anything since (also if that cannot be known). ``notes`` holds weeks
    that have one. ``covers`` are in the order of their rows. ``planned_at`` is when the workbook
    was written, to the minute, if it still says so. ``vacations`` are only those that people
    typed into it, ``changes`` the rows of that sheet, ``snapshot`` what the planner knew, and
    ``given`` among which rotas the proofs hold, ``facts`` those of its weeks, and ``former`` who
    held seats that the team has no longer, of roles that it still has.
    """

    rota: Rota
    locked: tuple[Held, ...]
    notes: Mapping[DutyWeek, str]
    horizon: Horizon
    planned: Rota | None
    inputs_fingerprint: str
    edited: bool
    proofs: tuple[Proof, ...]
    guesses: tuple[str, ...]
    covers: tuple[Cover, ...] = ()
    planned_at: datetime | None = None
    vacations: tuple[Vacation, ...] = ()
    changes: tuple[Row, ...] = ()
    snapshot: Snapshot = field(default_factory=Snapshot)
    given: str = ""
    facts: Recorded = field(default_factory=dict)
    former: Rota = field(default_factory=Rota)


def team_of(path: Path) -> str | None:
    """The key of the team whose rota a workbook is, as it records it, wherever it was copied to.

    Raises ``OutputError`` if the file is missing or no workbook.
    """
    with closing(Book(path)) as book:
        about = book.find(titles.ABOUT, (), titles.ABOUT_RECORD_NAME)
        return recorded_team(about.grid) if about else None


def read(path: Path, team: Team) -> Published:
    """Read a workbook of this team.

    Raises ``OutputError`` if the file is missing or no workbook; ``InputError`` naming file, sheet,
    cell and value of everything in it that cannot be understood.
    """
    with closing(Book(path)) as book:
        duties = seats.titles(team).values()
        wanted = (titles.WEEK, titles.STARTS, *duties, titles.LOCK, titles.NOTE)
        sheet = book.find(titles.ROTA, wanted, titles.ROTA_HEADER_NAME)
        if sheet is None:
            message = "has no sheet “Rota” nor one with its columns"
            hint = "Is it a rota that this planner wrote?"
            raise InputError([InputProblem(str(path), None, "", "", message, hint)])
        about = book.find(titles.ABOUT, (), titles.ABOUT_RECORD_NAME)
        record = find_record(about.grid, team) if about else None
        planned_at = find_planned_at(about.grid, team) if about else None
        rota = RotaReading(path, team, sheet, record, book)
        rota.rows()
        covers = read_covers(book, team, rota.problems)
        written = record.snapshot.absences if record else ()
        vacations = read_vacations(book, team, written, rota.problems)
        if rota.problems:
            raise InputError(rota.problems)
        edited = record is None or record.content != _fingerprint(book, sheet)
        holders = [(duty, who, duty.seat in team.roles) for duty, who in rota.holders.items()]
        return Published(
            Rota.of((duty, who) for duty, who, stands in holders if stands),
            tuple(Held(duty, rota.holders[duty]) for duty in sorted(rota.locked)),
            rota.notes,
            record.horizon if record else _horizon(rota),
            record.planned if record else None,
            record.inputs if record else "",
            edited,
            record.proofs if record else (),
            tuple(rota.guesses),
            covers,
            planned_at,
            vacations,
            read_changes(book, team),
            record.snapshot if record else Snapshot(),
            record.given if record else "",
            record.facts if record else {},
            Rota.of((duty, who) for duty, who, stands in holders if not stands),
        )


def _horizon(rota: RotaReading) -> Horizon:
    """From the first week to the last, where the record is gone."""
    first, last = min(rota.seen), max(rota.seen)
    weeks = tuple(first.later(number) for number in range(first.until(last) + 1))
    return Horizon(re.sub(r"^rota-|\.before-.*$", "", rota.path.stem), weeks)


def _fingerprint(book: Book, sheet: Found) -> str:
    sheets = [
        (sheet, titles.DERIVED),
        (book.find(titles.VACATIONS, titles.VACATIONS_HEADER), ()),
        (book.find(titles.COVER, titles.COVER_HEADER), ()),
    ]
    return fingerprint(
        (found.grid, found.header, left_out) if found else ((), 0, ()) for found, left_out in sheets
    )
