"""``rota export``: published rotas for calendars, alerting, scripts and wikis.

``--format ics`` writes feeds into ``outputs/<team>/feeds`` (or ``--out``/<team>): ``team.ics``,
one file an engineer, one a role. The other formats go to stdout, or with ``--out`` into files
there: ``<team>.csv``, ``<team>.md``, ``<team>.json``, and ``<team>-<role>.pagerduty.json``, each
of which is the body of one request.

With ``--json`` one document is printed; in it, what is JSON itself is JSON too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import folder_options, json_option, load_teams, tell_teams
from planner.commands.instants import parse_instant
from planner.commands.saying import say
from planner.domain import Team
from planner.domain.quarters import quarter
from planner.reporting.documents import Document
from planner.reporting.kinds import PATH, TEXTS, Kind, maybe, one_of
from planner.reporting.table import Column, Shape, many
from planner.wording import moment

if TYPE_CHECKING:
    from planner.files.exports.pagerduty import Overrides
    from planner.files.exports.timetable import Timetable

FORMATS = ("ics", "pagerduty", "csv", "json", "markdown")


@dataclass(frozen=True, slots=True)
class File:
    """What is exported: written to ``path`` already if that is given."""

    name: str
    content: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one team; ``remarks`` are what its lead should know."""

    form: str
    timetable: Timetable
    files: tuple[File, ...]
    remarks: tuple[str, ...]


def _content(file: File) -> Any:
    """What would otherwise go to stdout: as text, or as the JSON that it is."""
    if file.path is not None:
        return None
    return json.loads(file.content) if file.name.endswith(".json") else file.content


FILE = Shape[File](
    Column("name", lambda file: file.name),
    Column("path", lambda file: file.path, maybe(PATH)),
    Column("content", _content, maybe(Kind({"type": ["string", "object"]}))),
)
DOCUMENT = Document(
    "export",
    Shape[Exported](
        Column("format", lambda done: done.form, one_of(*FORMATS)),
        Column("remarks", lambda done: done.remarks, TEXTS),
        Column("files", lambda done: done.files, many(FILE)),
    ),
)


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--quarter", "label", metavar="Q", help="One fiscal quarter: 2024Q3. Else all.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files, instead of stdout; of feeds, instead of outputs/<team>/feeds.",
)
@click.option(
    "--since",
    metavar="WHEN",
    help="For pagerduty, which takes nothing in the past: leave out what ended by then (or now).",
)
@folder_options
@json_option
def export(
    form: str,
    label: str | None,
    out: Path | None,
    since: str | None,
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    as_json: bool,
) -> int:
    """Export published rotas: calendar feeds, PagerDuty overrides, CSV, JSON or Markdown.

    Feeds follow from the ones that lie in their folder: events are updated, never doubled, and
    a duty moved away stays in that engineer's own feed as cancelled.
    """
    if since is not None and form != "pagerduty":
        raise click.UsageError("--since is for --format pagerduty.")
    loaded = load_teams(inputs, team, date_format)
    if len(loaded) > 1 and out is None and not as_json and form in ("pagerduty", "csv"):
        raise click.UsageError(f"{form} on stdout is for one team: give --team, or --out.")
    shown = []

    def work(known: Team) -> Exported:
        shown.append(_export(known, form, outputs, label, out, since))
        for remark in shown[-1].remarks:
            say(f"{known.key}: {remark}")
        return shown[-1]

    status = tell_teams(DOCUMENT, loaded, work, lambda _: None, as_json)
    if not as_json:
        _print(form, shown)
    return status


def _export(
    team: Team, form: str, outputs: Path, label: str | None, out: Path | None, since: str | None
) -> Exported:
    from planner.files.exports.timetable import timetable

    found = timetable(outputs, team, None if label is None else quarter(label, team))
    remarks = list(_remarks(found))
    if form == "ics":
        files = _feeds(found, outputs / team.key / "feeds" if out is None else out / team.key)
    else:
        files, more = _texts(form, found, since)
        remarks += more
        if out is not None:
            files = _written(files, out)
    return Exported(form, found, files, tuple(remarks))


def _remarks(timetable: Timetable) -> Iterator[str]:
    from planner.problem.oncall import idle_covers

    yield from timetable.standing.guesses
    for cover in idle_covers(timetable.on_call.rota, timetable.on_call.covers):
        if any(cover.start <= week.last and week.first <= cover.end for week in timetable.weeks):
            yield (
                f"{cover.source}: {cover.engineer} does no such duty from {cover.start} until "
                f"{cover.end}, so {cover.stand_in} covers nothing."
            )


def _feeds(timetable: Timetable, folder: Path) -> tuple[File, ...]:
    from planner.files.feeds.folder import write_feeds

    paths = write_feeds(timetable, folder)
    return tuple(File(path.relative_to(folder).as_posix(), path=path) for path in paths)


def _texts(
    form: str, timetable: Timetable, since: str | None
) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """The files of one team in one format, and what there is to say about them."""
    key = timetable.team.key
    if form == "csv":
        from planner.files.exports.long_csv import to_csv

        return (File(f"{key}.csv", to_csv(timetable)),), ()
    if form == "markdown":
        from planner.files.exports.markdown import to_markdown

        return (File(f"{key}.md", to_markdown(timetable)),), ()
    if form == "json":
        from planner.files.exports.schema_json import to_json

        return (File(f"{key}.json", to_json([timetable])),), ()
    return _pagerduty(timetable, since)


def _pagerduty(timetable: Timetable, since: str | None) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """One request body a role, on one line each."""
    from planner.files.exports.pagerduty import overrides
    from planner.files.slugs import distinct_slugs

    team = timetable.team
    found = overrides(timetable, None if since is None else parse_instant(since, team))
    remarks = list(_gaps(team, found))
    if since is None and any(shift.start < datetime.now(UTC) for shift in timetable.shifts):
        remarks.append("PagerDuty takes no overrides in the past; --since now leaves them out.")
    if len(found) > 1:
        seats = ", ".join(f"{each.rotation} {each.role}" for each in found)
        remarks.append(f"one request body for each schedule, in this order: {seats}.")
    slugs = distinct_slugs(f"{each.rotation} {each.role}" for each in found)
    files = tuple(
        File(f"{team.key}-{slug}.pagerduty.json", json.dumps(each.payload) + "\n")
        for each, slug in zip(found, slugs, strict=True)
    )
    return files, tuple(remarks)


def _gaps(team: Team, found: tuple[Overrides, ...]) -> Iterator[str]:
    """Who has no account, and which shifts nobody holds: nothing is guessed for them."""
    for name in sorted({name for each in found for name in each.unmapped}):
        yield (
            f"{name} has no PagerDuty account in engineers.csv, column accounts "
            "(pagerduty:PXXXXXX); their duties are left out."
        )
    for each in found:
        for shift in each.open_shifts:
            begins = moment(shift.start, team.timezone)
            yield f"{shift.duty} is open, so there is no override from {begins}."


def _written(files: tuple[File, ...], out: Path) -> tuple[File, ...]:
    from planner.files.safely import ensure_writable, replace_file

    for file in files:
        ensure_writable(out / file.name)
    for file in files:
        replace_file(out / file.name, _writer(file.content))
    return tuple(File(file.name, path=out / file.name) for file in files)


def _writer(content: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8", newline="\n")

    return write


def _print(form: str, shown: list[Exported]) -> None:
    """Where the files are; or their contents, of several teams as one JSON document."""
    from planner.files.exports.schema_json import to_json

    files = [file for each in shown for file in each.files]
    if form == "json" and any(file.path is None for file in files):
        click.echo(to_json([each.timetable for each in shown]), nl=False)
        return
    for file in files:
        if file.path is not None:
            click.echo(f"Wrote {file.path}")
        else:
            click.echo(file.content, nl=False)
