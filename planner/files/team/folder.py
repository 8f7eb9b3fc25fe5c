"""Team folders: which there are, and one of them read whole into a :class:`Team`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from planner.domain import Rota, Team, Vacation
from planner.errors import OLDER_NAME_HINT, InputError, UsageError, did_you_mean
from planner.files.team import consistency, history, holiday_changes, pipelines, requests, team_toml
from planner.files.team import engineers as people
from planner.files.team import vacation_exports as absence_exports
from planner.files.team import vacations as absences
from planner.files.team.choices import Choices, fold
from planner.files.team.dates import DateStyle
from planner.files.team.fingerprint import fingerprint
from planner.files.team.people_named import Naming
from planner.files.team.reading import Reading
from planner.files.team.tables import Columns
from planner.files.team.team_toml import TeamFile
from planner.files.team.vacation_settings import VacationSettings
from planner.files.team.values import BadValueError

__all__ = ["fingerprint", "load_team", "load_team_with_notes", "team_folders"]

TABLES = (
    people.COLUMNS,
    absences.COLUMNS,
    requests.WISH_COLUMNS,
    requests.SWAP_COLUMNS,
    holiday_changes.COLUMNS,
    pipelines.COLUMNS,
    history.COLUMNS,
)
"""Every table that a team folder may hold, with its columns."""

REQUIRED = (team_toml.FILE, people.COLUMNS.file)
NOTHING_ELSE: Mapping[str, Path] = MappingProxyType({})
T = TypeVar("T")
_NAME_EXPORTS = "An export of vacations may be called vacations-….csv."
_OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")


def team_folders(inputs: Path, only: str | None = None) -> tuple[Path, ...]:
    """The team folders in ``inputs``, sorted by name: those with a team file or engineers.

    ``only`` asks for one team by its folder's name. Raises ``UsageError`` if there is no such
    folder, no team in it, or no team of that name.
    """
    if not inputs.is_dir():
        raise UsageError(
            f"There is no folder {inputs}. Make one with “rota init NAME”, or say with --inputs "
            "where the team folders are."
        )
    try:
        entries = sorted(inputs.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise UsageError(f"The folder {inputs} cannot be read ({error.strerror}).") from None
    folders = tuple(entry for entry in entries if _is_team(entry))
    if only is not None:
        return (_the_one(inputs, folders, only),)
    if not folders:
        raise UsageError(f"There is no team in {inputs}. {_where_teams_are(inputs)}")
    return folders


def _is_team(folder: Path) -> bool:
    try:
        hidden = folder.name.startswith(".")
        return not hidden and any((folder / name).is_file() for name in REQUIRED)
    except OSError:  # it may well be one, and whoever reads it says what is wrong
        return True


def _the_one(inputs: Path, folders: tuple[Path, ...], only: str) -> Path:
    exact = [folder for folder in folders if folder.name == only]
    alike = exact or [folder for folder in folders if fold(folder.name) == fold(only)]
    if len(alike) == 1:
        return alike[0]
    hint = did_you_mean(only, [folder.name for folder in folders])
    if only.strip() and Path(only).name == only and (inputs / only).is_dir():
        needed = " and ".join(REQUIRED)
        raise UsageError(f"The folder {inputs / only} is no team: it needs {needed}.")
    hint = hint if folders else _where_teams_are(inputs)
    raise UsageError(f"There is no team “{only}” in {inputs}. {hint}".rstrip())


def _where_teams_are(inputs: Path) -> str:
    if _is_team(inputs):
        return f"It is a team folder itself: use --inputs {inputs.resolve().parent}."
    return f"A team is a folder in it with {' and '.join(REQUIRED)}; “rota init NAME” makes one."


def load_team(
    folder: Path, date_format: str | None = None, instead: Mapping[str, Path] = NOTHING_ELSE
) -> Team:
    """The team in a folder, read and validated.

    ``date_format`` (``DD/MM/YYYY`` or ``%d/%m/%Y``) says how dates that are not ISO are meant;
    ``instead`` are files elsewhere that are read in the place of those of these names.
    Raises ``InputError`` with every problem of every file, ``UsageError`` for a bad
    ``date_format`` or a missing folder.
    """
    return load_team_with_notes(folder, date_format, instead)[0]


def load_team_with_notes(
    folder: Path,
    date_format: str | None = None,
    instead: Mapping[str, Path] = NOTHING_ELSE,
    through: date | None = None,
) -> tuple[Team, tuple[str, ...]]:
    """The team, and sentences about what the lead should know; raises as :func:`load_team`.

    Repeating entries of calendars are followed to ``through``, the last day that matters.
    """
    reading = Reading(DateStyle(date_format))
    if through is not None:
        reading = replace(reading, through=through)
    if not folder.is_dir():
        raise UsageError(f"There is no team folder {folder}.")
    try:
        files = dict(sorted({**_files(folder, reading), **instead}.items()))
    except OSError as error:
        hint = "Check that you may open it, or move it away."
        reading.problem(str(folder), f"cannot be read ({error.strerror})", hint=hint)
        raise InputError(reading.problems) from None
    _check_files(files, reading)
    team = _read(Path(os.path.abspath(folder)), files, reading)
    return team, tuple(dict.fromkeys(reading.notes))


def _files(folder: Path, reading: Reading) -> dict[str, Path]:
    """The folder's files by name, sorted; not hidden ones, nor the locks of open documents."""
    known = (team_toml.FILE, *(columns.file for columns in TABLES))
    found = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file() or path.is_symlink():
            found[path.name] = path
        elif path.name in known:
            what = "a folder" if path.is_dir() else "no plain file"
            reading.problem(path.name, f"is {what}", hint="Put a file in its place, or delete it.")
    return {name: path for name, path in found.items() if not name.startswith((".", "~$"))}


def _check_files(files: dict[str, Path], reading: Reading) -> None:
    known = [columns.file for columns in TABLES]
    tables = [n for n in files if n.lower().endswith(".csv") and n not in known]
    strangers = [name for name in tables if not absence_exports.FILE.fullmatch(name)]
    hints = {name: f"{did_you_mean(name, known)} {_NAME_EXPORTS}".strip() for name in strangers}
    for name, hint in hints.items():
        reading.problem(name, "is not a file of a team folder", hint=hint)
    for name in REQUIRED:
        if name not in files and not any(f"“{name}”" in hint for hint in hints.values()):
            near = [other for other in files if fold(other) == name]
            hint = f"Rename {near[0]}." if near else "“rota init NAME” writes a sample of it."
            reading.problem(name, "this file is missing", hint=hint)
    for name in files:
        if name.lower().endswith(_OTHER_SPREADSHEETS):
            reading.notes.append(f"{name} is not read; vacations may be in .csv, .xlsx or .ics.")


def _read(folder: Path, files: dict[str, Path], reading: Reading) -> Team:
    """All files, one after the other; raises ``InputError`` with all their problems."""
    path = files.get(team_toml.FILE)
    team_file = None if path is None else team_toml.read_team_file(path, reading)
    sound = team_file is not None
    told = team_file or TeamFile()  # so that the other files can still be checked
    reading = replace(
        reading,
        dates=reading.dates if team_file is None else told.dates,
        handover_weekday=told.handover_weekday,
        handover_time=told.handover_time,
        ignore_half_days=told.vacation_settings.half_days == "ignore",
        timezone=told.timezone,
    )
    roles = {role.shared for rotation in told.rotations for role in rotation.roles}
    known = Choices(roles, "a role of any rotation", complete=sound)
    path = files.get(people.COLUMNS.file)
    everybody = people.read_people(path, known, reading) if path else people.NOBODY
    rotations = consistency.resolve_rotations(told.rotations, everybody, reading)
    names = everybody.names
    renamed = {old: each.name for each in everybody.engineers for old in each.formerly}
    known_as = names.known_as(renamed, OLDER_NAME_HINT)
    whole = sound and len(rotations) == len(told.rotations)
    streams = Choices((r.name for r in rotations), "a rotation of this team", complete=whole)

    def table(columns: Columns, read: Callable[..., T], *known: object) -> T | tuple[()]:
        path = files.get(columns.file)
        return () if path is None else read(path, *known, reading)

    vacations = _vacations(files, everybody, told, reading)
    wishes = table(requests.WISH_COLUMNS, requests.read_wishes, names)
    swaps = table(requests.SWAP_COLUMNS, requests.read_swaps, names, rotations)
    changes = table(holiday_changes.COLUMNS, holiday_changes.read_holiday_changes)
    watched = table(pipelines.COLUMNS, pipelines.read_pipelines, streams)
    past = table(history.COLUMNS, history.read_history, known_as, streams, rotations)
    if reading.problems:
        raise InputError(reading.problems)
    return Team(
        key=folder.name,
        name=told.name,
        timezone=told.timezone,
        engineers=everybody.engineers,
        rotations=rotations,
        settings=told.settings,
        aims=told.aims,
        handover_weekday=told.handover_weekday,
        handover_time=told.handover_time,
        handover_on_holidays=told.handover_on_holidays,
        business_days=told.business_days,
        week_one=told.week_one,
        year_starts=told.year_starts,
        vacations=vacations,
        wishes=wishes,
        swaps=swaps,
        holiday_changes=changes,
        pipelines=watched,
        history=past or Rota(),
        folder=str(folder),
    )


def _vacations(
    files: dict[str, Path], everybody: people.People, told: TeamFile, reading: Reading
) -> tuple[Vacation, ...]:
    """From ``vacations.csv``, and from every export, workbook and calendar in the folder."""
    found: list[Vacation] = []
    names, engineers = everybody.names, everybody.engineers
    sound = names.complete and len(engineers) == len(names.names)
    naming = Naming(engineers, _vacation_settings(told, names, reading), sound)
    for name, path in files.items():
        if name == absences.COLUMNS.file:
            found += absences.read_vacations(path, names, absence_exports.dotted(reading))
        elif absence_exports.FILE.fullmatch(name):
            found += absence_exports.read_export(path, naming, reading)
        elif name.lower().endswith(".xlsx"):
            from planner.files.team.sheets import read_sheets  # few teams keep these or the next

            for sheet in read_sheets(
                path, absence_exports.COLUMNS, absence_exports.is_export, reading
            ):
                if set(sheet.columns) <= set(absences.COLUMNS.all) and not sheet.foreign:
                    found += absences.vacations_of(sheet, names)
                else:
                    found += absence_exports.absences_of(sheet, name, naming, reading)
        elif name.lower().endswith(".ics"):
            from planner.files.team.calendars.reading import read_calendar

            found += read_calendar(path, naming, reading)
    absences.note_half_days(reading)
    absences.note_odd_kinds(found, told.settings.owed_during, reading)
    return absences.merged(found)


def _vacation_settings(told: TeamFile, names: Choices, reading: Reading) -> VacationSettings:
    """The team's settings, with the engineers named in them as the team spells them."""
    whose = {}
    for said, name in told.vacation_settings.whose.items():
        try:
            whose[said] = names.require(name)
        except BadValueError as error:
            reading.refuse(error, team_toml.FILE, None, f"vacations.whose.{said}", name)
    return replace(told.vacation_settings, whose=whose)
