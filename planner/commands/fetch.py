"""``rota fetch``: calendars from the addresses in ``team.toml``, copied into the team's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from planner.commands.common import folders_of, json_option
from planner.commands.completing import teams
from planner.commands.saying import say
from planner.errors import InputError, RotaError
from planner.files.fetch.addresses import said
from planner.files.fetch.into_folder import Copied, left_over
from planner.files.fetch.into_folder import fetch as fetch_all
from planner.reporting.documents import Document, json_text
from planner.reporting.kinds import COUNT, PATH, one_of
from planner.reporting.table import Column, Shape, Table, many

FEED = Shape[Copied](
    Column("address", lambda each: said(each.address), heading="From"),
    Column("path", lambda each: each.path, PATH, "To"),
    Column("status", lambda each: each.status, one_of("new", "changed", "unchanged"), "Is"),
    Column("bytes", lambda each: each.size, COUNT, "Bytes"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one team's folder now holds."""

    feeds: tuple[Copied, ...]


DOCUMENT = Document("fetch", Shape[Fetched](Column("feeds", lambda done: done.feeds, many(FEED))))


@click.command()
@click.option(
    "--team", metavar="NAME", shell_complete=teams, help="Only this team; the name of its folder."
)
@click.option(
    "--inputs",
    type=click.Path(path_type=Path),
    default="inputs",
    show_default=True,
    help="Folder that holds one folder a team.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="How long each calendar may take.",
)
@json_option
def fetch(team: str | None, inputs: Path, timeout: float, as_json: bool) -> int:
    """Copy the calendars that team.toml names under [vacations] feeds into the team's folder.

    All of a team's calendars are copied, or none. This is the only command that uses the
    network: everything else reads the copies.
    """
    entries, highest = [], 0
    for folder in folders_of(inputs, team):
        found: Fetched | RotaError
        try:
            found = _fetched(folder, timeout)
        except RotaError as error:
            say(f"{folder.name}: {error.complaint}")
            found = error
        status = found.exit_status if isinstance(found, RotaError) else 0
        highest = max(highest, status)
        if as_json:
            entries.append(json_text(DOCUMENT.entry(folder.name, found, status=status)))
        elif isinstance(found, Fetched) and found.feeds:
            click.echo(
                f"{click.style(folder.name, bold=True)}\n\n{Table(FEED, found.feeds).text()}\n"
            )
    if as_json:
        click.echo(DOCUMENT.text(entries))
    return highest


def _fetched(folder: Path, seconds: float) -> Fetched:
    addresses = _addresses(folder)
    for path in left_over(folder, addresses):
        say(f"{folder.name}: {path.name} comes from no address in team.toml; it is still read.")
    if not addresses:
        say(f'{folder.name}: team.toml names no calendars: [vacations] feeds = ["https://…"].')
        return Fetched(())
    return Fetched(fetch_all(folder, addresses, seconds))


def _addresses(folder: Path) -> tuple[str, ...]:
    """The feeds of a team; what is wrong in its other files is no matter here."""
    from planner.files.team.reading import Reading
    from planner.files.team.team_toml import FILE, read_team_file

    reading = Reading()
    told = read_team_file(folder / FILE, reading)
    if reading.problems:
        raise InputError(reading.problems)
    return () if told is None else told.feeds
