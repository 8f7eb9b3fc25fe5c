"""``rota export``: published rotas for calendars, alerting, scripts and wikis.

``--format ics`` writes feeds into ``outputs/<team>/feeds`` (or ``--out``/<team>): ``team.ics``,
one file an engineer, one a role. The other formats go to stdout, or with ``--out`` into files
there: ``<team>.csv``, ``<team>.md``, ``<team>.json``, and ``<team>-<role>.pagerduty.json``, each
of which is the body of one request.

``--json`` prints ``{"version": 1, "format": ..., "teams": [...]}`` instead; each team has
``team``, ``exit_status``, ``error``, ``remarks`` (what is otherwise said on stderr) and ``files``
(``name``, ``path`` where it was written, and otherwise ``content``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import Loaded, Unreadable, folder_options, json_option, load_teams
from planner.commands.instants import parse_instant
from planner.commands.saying import complaint, print_json, say
from planner.domain import Team
from planner.domain.quarters import quarter
from planner.errors import RotaError
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

    key: str
    files: tuple[File, ...] = ()
    remarks: tuple[str, ...] = ()
    error: RotaError | None = None
    timetable: Timetable | None = None

    @property
    def exit_status(self) -> int:
        return self.error.exit_status if self.error else 0


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
    done = [_export(each, form, outputs, label, out, since) for each in loaded]
    for each in done:
        for line in (*each.remarks, *([complaint(each.error)] if each.error else [])):
            say(f"{each.key}: {line}")
    if as_json:
        print_json({"format": form, "teams": [_json(each) for each in done]})
    else:
        _print(form, done)
    return max(each.exit_status for each in done)


def _export(
    loaded: Loaded | Unreadable,
    form: str,
    outputs: Path,
    label: str | None,
    out: Path | None,
    since: str | None,
) -> Exported:
    from planner.files.exports.timetable import timetable

    try:
        if isinstance(loaded, Unreadable):
            raise loaded.error
        team = loaded.team
        found = timetable(outputs, team, None if label is None else quarter(label, team))
        remarks = list(_remarks(found))
        if form == "ics":
            files = _feeds(found, outputs / team.key / "feeds" if out is None else out / team.key)
        else:
            files, more = _texts(form, found, since)
            remarks += more
            if out is not None:
                files = _written(files, out)
    except RotaError as error:
        return Exported(loaded.key, error=error)
    return Exported(loaded.key, files, tuple(remarks), timetable=found)


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


def _print(form: str, done: list[Exported]) -> None:
    """Where the files are; or their contents, of several teams as one JSON document."""
    from planner.files.exports.schema_json import to_json

    shown = [each for each in done if each.timetable is not None]
    written = [file.path for each in shown for file in each.files if file.path is not None]
    for path in written:
        click.echo(f"Wrote {path}")
    if written or not shown:
        return
    if form == "json":
        click.echo(to_json([each.timetable for each in shown if each.timetable]), nl=False)
        return
    for each in shown:
        for file in each.files:
            click.echo(file.content, nl=False)


def _json(each: Exported) -> dict[str, Any]:
    return {
        "team": each.key,
        "exit_status": each.exit_status,
        "error": complaint(each.error) if each.error else None,
        "remarks": each.remarks,
        "files": [
            {
                "name": file.name,
                "path": None if file.path is None else str(file.path),
                "content": file.content if file.path is None else None,
            }
            for file in each.files
        ],
    }
