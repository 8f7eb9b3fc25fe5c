"""``rota export``: published rotas for calendars, alerting, scripts and wikis.

``--format ics`` writes feeds into ``outputs/<team>/feeds`` (or ``--out``/<team>): ``team.ics``,
one file an engineer, one a role. The other formats go to stdout, or with ``--out`` into files
there: ``<team>.csv``, ``<team>.md``, ``<team>.json``, ``<team>.html`` and
``<team>-<role>.pagerduty.json``, each of which is the body of one request. ``--compare`` lists what
schedules fetched from PagerDuty have otherwise; with ``--out`` it writes the requests that would
mend them.

With ``--json`` one document is printed; in it, what is JSON itself is JSON too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import (
    Folders,
    folder_options,
    json_option,
    period_options,
    tell_teams,
)
from planner.commands.export_asked import FORMATS, ExportAsked
from planner.commands.export_pagerduty import Texts, compared, request_bodies
from planner.commands.safe_output import turn_to_data
from planner.commands.saying import say
from planner.domain import Team
from planner.domain.quarters import Horizon
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import PATH, TEXTS, Kind, maybe, one_of
from planner.reporting.table import Column, Shape, many, own

if TYPE_CHECKING:
    from planner.files.exports.timetable import Timetable
    from planner.problem import Problem


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
    differences: tuple[str, ...] | None = None


def _content(file: File) -> Any:
    """What would otherwise go to stdout: as text, or as the JSON that it is."""
    if file.path is not None:
        return None
    return json.loads(file.content) if file.name.endswith(".json") else file.content


FILE = Shape[File](
    *own("name", path=maybe(PATH)),
    Column("content", _content, maybe(Kind({"type": ["string", "object"]}))),
)
DOCUMENT = Document(
    "export",
    Shape[Exported](
        Column("format", lambda done: done.form, one_of(*FORMATS)),
        *own(remarks=TEXTS, files=many(FILE), differences=maybe(TEXTS)),
    ),
)


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    metavar="FORMAT",
    help=f"What to write: {', '.join(FORMATS)}.",
)
@period_options
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
@click.option(
    "--compare",
    "fetched",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="For pagerduty: a schedule fetched from there; list what differs. Once for each role.",
)
@click.option("--excel", is_flag=True, help="For csv: as Excel opens it, local times as dates.")
@folder_options
@json_option
def export(folders: Folders, as_json: bool, **options: Any) -> int:
    """Export published rotas: calendar feeds, PagerDuty schedules, CSV, JSON, Markdown or a page.

    Without --quarter or --from, everything that is published.

    The page (html) is one file that needs nothing else: open it, or put it on a wiki.

    Feeds follow from the ones that lie in their folder: events are updated, never doubled, and
    a duty moved away stays in that engineer's own feed as cancelled.
    """
    asked = ExportAsked(**options)
    asked.check()
    loaded = folders.load()
    if len(loaded) > 1:
        asked.check_several(as_json)
    shown = []

    def work(known: Team) -> Exported:
        shown.append(_export(known, asked, folders.outputs))
        for remark in shown[-1].remarks:
            say(f"{known.key}: {remark}")
        return shown[-1]

    status = tell_teams(DOCUMENT, loaded, work, lambda _: None, as_json)
    if not as_json and asked.fetched:
        _print_differences(shown)
    elif not as_json:
        _print(asked.form, shown)
    return status


def _export(team: Team, asked: ExportAsked, outputs: Path) -> Exported:
    from planner.files.exports.timetable import timetable

    horizon = None if asked.period is None else asked.period.horizon(team)
    whole = asked.period is None or asked.period.quarter is not None
    found = timetable(outputs, team, horizon, whole=whole)
    remarks = list(_remarks(found))
    if asked.form == "ics":
        folder = outputs / team.key / "feeds" if asked.out is None else asked.out / team.key
        return Exported(asked.form, found, _feeds(found, folder), tuple(remarks))
    differences: tuple[str, ...] | None = None
    if asked.fetched:
        differences, texts, more = compared(found, asked.form, asked.since, asked.fetched)
    else:
        texts, more = _texts(asked, found, outputs)
    files = tuple(File(name, content) for name, content in texts)
    if asked.out is not None:
        files = _written(files, asked.out)
    told = tuple(dict.fromkeys([*remarks, *more]))
    return Exported(asked.form, found, files, told, differences)


def _remarks(timetable: Timetable) -> Iterator[str]:
    from planner.problem.doing import idle_covers

    yield from timetable.in_force.guesses
    for cover in idle_covers(timetable.team, timetable.on_call.rota, timetable.on_call.covers):
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
    asked: ExportAsked, timetable: Timetable, outputs: Path
) -> tuple[Texts, tuple[str, ...]]:
    """The files of one team in one format, and what there is to say about them."""
    key, form = timetable.team.key, asked.form
    if form == "csv":
        from planner.files.exports.long_csv import to_csv

        return ((f"{key}.csv", to_csv(timetable, excel=asked.excel)),), ()
    if form == "markdown":
        from planner.files.exports.markdown import to_markdown

        return ((f"{key}.md", to_markdown(timetable)),), ()
    if form == "json":
        from planner.commands.export_json import to_json

        return ((f"{key}.json", to_json([timetable])),), ()
    if form == "html":
        from planner.files.exports.page import to_html

        return ((f"{key}.html", to_html(timetable, _problem(timetable, outputs))),), ()
    return request_bodies(timetable, form, asked.since)


def _problem(timetable: Timetable, outputs: Path) -> Problem:
    """What the rota of these weeks stands against, with all duties before them."""
    from planner.files.published.rotas import past
    from planner.planning.assemble import assemble
    from planner.problem.doing import named
    from planner.problem.kept_in_pauses import with_kept_in_pauses

    weeks = timetable.weeks
    before = past(outputs, timetable.team, weeks[0])
    covers = (*before.covers, *named(timetable.team, timetable.rota, timetable.on_call.covers))
    horizon = Horizon(f"{weeks[0]}+{len(weeks)}", weeks)
    problem = assemble(timetable.team, horizon, before.rota, covers)
    return with_kept_in_pauses(problem, timetable.rota, weeks)


def _written(files: tuple[File, ...], out: Path) -> tuple[File, ...]:
    from planner.files.atomic_write import ensure_writable, replace_content

    for file in files:
        ensure_writable(out / file.name)
    for file in files:
        replace_content(out / file.name, file.content)
    return tuple(File(file.name, path=out / file.name) for file in files)


def _print(form: str, shown: list[Exported]) -> None:
    """Where the files are; or their contents, of several teams as one JSON document."""
    from planner.commands.export_json import to_json

    turn_to_data()
    files = [file for each in shown for file in each.files]
    if form == "json" and any(file.path is None for file in files):
        click.echo(to_json([each.timetable for each in shown]), nl=False)
        return
    for file in files:
        if file.path is not None:
            click.echo(f"Wrote {file.path}")
        else:
            click.echo(file.content, nl=False)


def _print_differences(shown: Sequence[Exported]) -> None:
    """What differs, and the requests that were written."""
    for each in shown:
        for line in each.differences or ():
            click.echo(line)
        if not each.differences:
            click.echo(f"{each.timetable.team.key}: PagerDuty has what the rota has.")
        for file in each.files:
            if file.path is not None:
                click.echo(f"Wrote {file.path}")
