"""``rota fetch``: calendars from the addresses in ``team.toml``, copied into the team's folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from planner.commands.common import (
    inputs_option,
    json_option,
    team_option,
    tell_each,
)
from planner.commands.one_writer import sole_writer
from planner.commands.options import seconds
from planner.commands.saying import say
from planner.errors import InputError
from planner.files.fetch.addresses import said
from planner.files.fetch.into_folder import Copied, copied_into, downloaded, left_over
from planner.files.team.folder import team_folders
from planner.files.team.reading import Reading
from planner.files.team.team_toml import FILE, read_team_file
from planner.records import dataclass
from planner.reporting.documents import Document
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

    key: str
    feeds: tuple[Copied, ...]


DOCUMENT = Document("fetch", Shape[Fetched](Column("feeds", lambda done: done.feeds, many(FEED))))


@click.command()
@team_option
@inputs_option
@seconds("--timeout", "How long each calendar may take.", 30)
@json_option
def fetch(team: str | None, inputs: Path, timeout: float, as_json: bool) -> int:
    """Copy the calendars that team.toml names under [vacations] feeds into the team's folder.

    All of a team's calendars are copied, or none. This is the only command that uses the
    network: everything else reads the copies.
    """
    asked = (
        (folder.name, partial(_fetched, folder, timeout)) for folder in team_folders(inputs, team)
    )
    return tell_each(DOCUMENT, asked, _text, as_json)


def _text(found: Fetched) -> str | None:
    if not found.feeds:
        return None
    return f"{click.style(found.key, bold=True)}\n\n{Table(FEED, found.feeds).text()}"


def _fetched(folder: Path, seconds: float) -> Fetched:
    addresses = _addresses(folder)
    for path in left_over(folder, addresses):
        say(f"{folder.name}: {path.name} comes from no address in team.toml; it is still read.")
    if not addresses:
        say(f'{folder.name}: team.toml names no calendars: [vacations] feeds = ["https://…"].')
        return Fetched(folder.name, ())
    answers = downloaded(folder, addresses, seconds)
    with sole_writer(folder, folder):  # only now: nobody waits for the network
        return Fetched(folder.name, copied_into(folder, answers))


def _addresses(folder: Path) -> tuple[str, ...]:
    """The feeds of a team; what is wrong in its other files is no matter here."""
    reading = Reading()
    told = read_team_file(folder / FILE, reading)
    if reading.problems:
        raise InputError(reading.problems)
    return () if told is None else told.feeds
