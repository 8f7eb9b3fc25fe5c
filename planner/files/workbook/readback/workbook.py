"""A published workbook, read back with whatever people edited in it: what it says, and what of
that had to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from planner.files.workbook.readback.changes import Row, read_changes
from planner.files.workbook.readback.cover import read_covers
from planner.files.workbook.readback.rota import RotaReading
from planner.files.workbook.readback.vacations import read_vacations
from planner.files.workbook.record import (
    Record,
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
    with Book(path) as book:
        about = book.find(titles.ABOUT, (), titles.ABOUT_RECORD_NAME)
        return recorded_team(about.grid) if about else None


def read(path: Path, team: Team) -> Published:
    """Read a workbook of this team.

    Raises ``OutputError`` if the file is missing or no workbook; ``InputError`` naming file, sheet,
    cell and value of everything in it that cannot be understood.
    """
    with Book(path) as book:
        wanted = (
            titles.WEEK,
            titles.STARTS,
            *seats.titles(team).values(),
            titles.LOCK,
            titles.NOTE,
        )
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
        problems: list[InputProblem] = []
        typed = _typed(path, team, book, record, problems)
        if rota.problems or problems:
            raise InputError([*rota.problems, *problems])
        edited = record is None or record.content != _fingerprint(book, sheet)
        return _published(rota, typed, edited, planned_at)


_Typed = tuple[tuple[Cover, ...], tuple[Vacation, ...], tuple[Row, ...]]
"""What people may type into the Cover, Vacations and Changes sheets."""


def _typed(
    path: Path, team: Team, book: Book, record: Record | None, problems: list[InputProblem]
) -> _Typed:
    """What was typed; what is wrong with it is added to ``problems``."""
    covers: tuple[Cover, ...] = ()
    vacations: tuple[Vacation, ...] = ()
    if sheet := book.find(titles.COVER, titles.COVER_HEADER):
        covers, wrong = read_covers(path, team, sheet)
        problems += wrong
    if sheet := book.find(titles.VACATIONS, titles.VACATIONS_HEADER):
        written = record.snapshot.absences if record else ()
        vacations, wrong = read_vacations(path, team, sheet, written)
        problems += wrong
    sheet = book.find(titles.CHANGES, titles.CHANGES_HEADER)
    return covers, vacations, read_changes(sheet) if sheet else ()


def _published(
    rota: RotaReading, typed: _Typed, edited: bool, planned_at: datetime | None
) -> Published:
    record = rota.record
    covers, vacations, changes = typed
    locked = tuple(Held(duty, rota.holders[duty]) for duty in sorted(rota.locked))
    held, roles = rota.holders.items(), rota.team.roles
    return Published(
        Rota.of((duty, who) for duty, who in held if duty.seat in roles),
        locked,
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
        changes,
        record.snapshot if record else Snapshot(),
        record.given if record else "",
        record.facts if record else {},
        Rota.of((duty, who) for duty, who in held if duty.seat not in roles),
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
