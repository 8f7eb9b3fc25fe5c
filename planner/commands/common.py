"""What the commands share: options, the weeks asked for, and reading the teams."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from planner import __version__
from planner.commands.completing import quarters, teams
from planner.commands.one_writer import finish_begun
from planner.commands.options import dated, named, placed
from planner.commands.saying import say
from planner.domain import Team
from planner.domain.quarters import Horizon, named_weeks, weeks_from
from planner.errors import InputError, OutputError, RotaError
from planner.files.team.folder import fingerprint, load_team_with_notes, team_folders
from planner.records import dataclass
from planner.reporting.documents import Document, json_text

if TYPE_CHECKING:
    from planner.files.published.rotas import Past

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")


team_option = named("--team", teams, "Only this team; the name of its folder.")
inputs_option = placed("--inputs", "Folder that holds one folder a team.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_FOLDERS: tuple[Any, ...] = (
    team_option,
    inputs_option,
    placed("--outputs", "Folder for the workbooks, one folder a team."),
    click.option(
        "--date-format",
        metavar="FORMAT",
        help="How dates such as 05/08/2024 are meant: %d/%m/%Y, say. ISO dates need none.",
    ),
)
_PERIOD: tuple[Any, ...] = (
    named(
        "--quarter",
        quarters,
        "A fiscal quarter: 2024Q3. Or weeks as files name them: 2025-W02+12.",
        "quarter_label",
    ),
    dated("--from", "Or: the first week …", "start"),
    click.option("--weeks", type=int, metavar="N", help="… and how many weeks."),
)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the teams and their rotas lie, the one ``team`` if only one is meant, and its dates."""

    team: str | None
    inputs: Path
    outputs: Path
    date_format: str | None

    def load(self, only: str | None = None) -> tuple[Loaded | Unreadable, ...]:
        """Read every team folder, or one; a bad one does not keep the others from being read.

        Raises ``RotaError`` if there is no such folder at all.
        """
        teams: list[Loaded | Unreadable] = []
        for folder in team_folders(self.inputs, only or self.team):
            try:
                teams.append(load_one(folder, self.date_format))
            except InputError as error:
                teams.append(Unreadable(folder.name, error))
        return tuple(teams)


def folder_options(command: Command) -> Command:
    """``--team``, ``--inputs``, ``--outputs`` and ``--date-format``, as ``folders``.

    Before the command runs, what an earlier one left unfinished is finished.
    """

    @wraps(command)
    def prepared(
        team: str | None, inputs: Path, outputs: Path, date_format: str | None, **options: Any
    ) -> Any:
        finish_begun(inputs, outputs, team)
        return command(folders=Folders(team, inputs, outputs, date_format), **options)

    return _with(_FOLDERS, cast(Command, prepared))


def week_options(command: Command) -> Command:
    """``--quarter``, ``--from`` and ``--weeks``, as they are."""
    return _with(_PERIOD, command)


def period_options(command: Command) -> Command:
    """``--quarter``, or ``--from`` with ``--weeks``: the ``period`` asked for, if any is."""

    @wraps(command)
    def prepared(
        quarter_label: str | None, start: date | None, weeks: int | None, **options: Any
    ) -> Any:
        return command(period=Period.asked(quarter_label, start, weeks), **options)

    return week_options(cast(Command, prepared))


def _with(options: Sequence[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


NO_PERIOD = click.UsageError("Give --quarter, such as 2024Q3, or --from with --weeks.")


@dataclass(frozen=True, slots=True)
class Period:
    """Which weeks were asked for; a team's calendar turns it into duty weeks."""

    quarter: str | None
    start: date | None
    weeks: int | None

    def __post_init__(self) -> None:
        ranged = (self.start is not None, self.weeks is not None)
        if self.quarter and any(ranged):
            raise click.UsageError("Give either --quarter or --from with --weeks, not both.")
        if not self.quarter and not all(ranged):
            raise NO_PERIOD

    @classmethod
    def asked(cls, quarter: str | None, start: date | None, weeks: int | None) -> Period | None:
        """What the options say; none if they say nothing."""
        nothing = quarter is None and start is None and weeks is None
        return None if nothing else cls(quarter, start, weeks)

    @property
    def ends_by(self) -> date | None:
        """A day by which its last week is over, whatever the team's calendar."""
        if self.start is not None and self.weeks is not None:
            with suppress(OverflowError):
                return self.start + timedelta(weeks=self.weeks + 1)
            return None
        year = re.search(r"\d{4}", self.quarter or "", re.ASCII)
        return date(int(year[0]) + 2, 1, 31) if year and year[0] < "9997" else None

    def horizon(self, team: Team) -> Horizon:
        """The duty weeks of the period in the team's calendar."""
        if self.quarter:
            return named_weeks(self.quarter, team)
        assert self.start is not None
        assert self.weeks is not None
        return weeks_from(self.start, self.weeks, team)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A team as read; ``notes`` are what its lead should know about the reading."""

    team: Team
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.team.key


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A team folder that cannot be used, and why: whoever asks for the team meets the error."""

    key: str
    error: InputError

    @property
    def team(self) -> Team:
        raise self.error


def load_one(folder: Path, date_format: str | None, period: Period | None = None) -> Loaded:
    """Read a team folder; raises ``InputError`` with all its problems.

    What repeats is followed to the end of the period, if one is known.
    """
    team, notes = load_team_with_notes(
        folder, date_format, through=period.ends_by if period else None
    )
    return Loaded(team, tuple(notes))


def tell_teams(
    document: Document[Result],
    teams: Iterable[Loaded | Unreadable],
    work: Callable[[Team], Result],
    text: Callable[[Result], str | None],
    as_json: bool,
    status: Callable[[Result], int] = lambda _: 0,
) -> int:
    """Do a command's work for every team, and tell what comes of it, as :func:`tell_each` does."""

    def of_team(read: Loaded | Unreadable) -> Result:
        return work(read.team)

    asked = ((read.key, partial(of_team, read)) for read in teams)
    return tell_each(document, asked, text, as_json, status)


def tell_each(
    document: Document[Result],
    asked: Iterable[tuple[str, Callable[[], Result]]],
    text: Callable[[Result], str | None],
    as_json: bool,
    status: Callable[[Result], int] = lambda _: 0,
) -> int:
    """Do some work for each team, by the team's name, and tell what comes of it.

    Text is told team by team, and errors as they come; JSON as one document. The exit status
    given back is the highest.
    """
    entries, highest = [], 0
    for key, work in asked:
        found: Result | RotaError
        try:
            found = work()
        except (RotaError, OSError) as error:
            found = error if isinstance(error, RotaError) else refused(error)
            say(f"{key}: {found.complaint}")
        code = found.exit_status if isinstance(found, RotaError) else status(found)
        highest = max(highest, code)
        if as_json:
            entries.append(json_text(document.entry(key, found, status=code)))
        elif not isinstance(found, RotaError) and (told := text(found)) is not None:
            click.echo(told + "\n")
    if as_json:
        click.echo(document.text(entries))
    return highest


def refused(error: OSError) -> OutputError:
    """What the system refuses, as an error of the team that it is about."""
    what = f"{error.filename} " if error.filename else "a file "
    return OutputError(f"{what}cannot be read or written: {error.strerror or error}.")


def fingerprint_of(team: Team, past: Past) -> str:
    """A hash of all that a plan depends on: the team's files, earlier duties, and the program."""
    duties = [(str(held.duty), held.engineer) for held in past.rota]
    covers = [(c.engineer, c.stand_in, str(c.start), str(c.end), c.role) for c in past.covers]
    text = json.dumps([__version__, fingerprint(team), duties, covers])
    return hashlib.sha256(text.encode()).hexdigest()
