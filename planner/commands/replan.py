"""``rota replan``: published rotas, brought up to date with as few changes as possible.

Without ``--quarter`` that is every published rota that is not over, in order, each from what the
one before became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import (
    Folders,
    Loaded,
    Period,
    Unreadable,
    folder_options,
    json_option,
    load_one,
    week_options,
)
from planner.commands.completing import engineers
from planner.commands.one_writer import sole_writer
from planner.commands.options import dated, named, seconds
from planner.commands.published_rota import counting_on, open_rota, say_guesses
from planner.commands.replan_json import DOCUMENT
from planner.commands.replan_text import (
    alternatives_text,
    frontier_text,
    frozen_text,
    further_text,
    messages_text,
    news_text,
    replan_text,
    typed_text,
)
from planner.commands.replanning import ReplanAsked, Replanned, bring_up_to_date, messages_of
from planner.commands.saying import say
from planner.commands.what_if import supposed
from planner.domain import Rota, Team
from planner.errors import RotaError, UsageError
from planner.files.atomic_write import replace_content
from planner.files.published.rotas import Past, published_path, published_rotas
from planner.files.slugs import distinct_slugs
from planner.reporting.documents import json_text

if TYPE_CHECKING:
    from planner.reporting.messages import Message


@click.command()
@folder_options
@week_options
@dated("--as-of", "Freeze weeks begun by then, not by today.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option(
    "--away",
    multiple=True,
    metavar="WHO_WHEN",
    help='Suppose an absence, "Dong 2024-08-05..2024-08-09"; no writing.',
)
@named(
    "--without",
    engineers,
    "Suppose that somebody leaves, today or --from DATE; no writing.",
    multiple=True,
)
@click.option(
    "--joins",
    multiple=True,
    metavar="WHO_WHEN",
    help='Suppose that somebody joins, "Esra 2024-08-19"; no writing.',
)
@click.option(
    "--alternatives",
    type=click.IntRange(1, 50),
    default=1,
    metavar="K",
    help="List up to K answers that change equally few duties; writes nothing.",
)
@click.option("--trade-off", is_flag=True, help="Say what further changes would buy; no writing.")
@click.option(
    "--spend",
    type=click.IntRange(0, 100),
    default=0,
    metavar="K",
    help="Let up to K further changes serve the aims.",
)
@click.option(
    "--append", is_flag=True, help="Append vacations typed into the workbook to vacations.csv."
)
@click.option(
    "--messages",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the messages to a file, or one each to a folder.",
)
@seconds("--time-limit", "For all that is searched, per rota.", 60.0)
@json_option
def replan(
    folders: Folders,
    quarter_label: str | None,
    start: date | None,
    weeks: int | None,
    as_of: date | None,
    away: Sequence[str],
    without: Sequence[str],
    joins: Sequence[str],
    messages: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Bring published rotas up to date after inputs or the workbook changed.

    Keeps as much as can be kept: no less fair, with the fewest duties changed, proven. Weeks
    that have begun and locked duties stay. The old workbook is kept beside the new one. Without
    --quarter, every published rota that is not over is brought up to date, in order.
    """
    today = as_of or date.today()
    since = start if without and weeks is None else None
    asked = ReplanAsked(
        Period.asked(quarter_label, None if since else start, weeks),
        folders,
        today,
        supposed(away, without, since or today, joins),
        **options,
    )
    if messages is not None and asked.only_asking:
        raise UsageError("--messages goes with a re-plan that is written; --json holds them too.")
    teams = folders.load()
    asked.supposed.of(one.team for one in teams if isinstance(one, Loaded))
    entries, status = [], 0
    told: dict[str, Sequence[Message]] = {}
    for each in teams:
        done: list[Replanned] = []
        for found in _each_rota(each, asked):
            if as_json:
                entries.append(json_text(DOCUMENT.entry(each.key, found)))
            if isinstance(found, RotaError):
                say(f"{each.key}: {found.complaint}")
                status = max(status, found.exit_status)
                continue
            done.append(found)
            if not as_json:
                click.echo(_text(found, asked) + "\n")
                for sentence in found.answers[0].plan.told if found.written else ():
                    say(sentence)
        if not asked.only_asking and (touched := messages_of(done)):
            told[each.key] = touched
            if messages is None and not as_json:
                click.echo(messages_text(touched) + "\n")
    for path in _write_messages(messages, told) if messages is not None and told else ():
        say(f"Wrote {path}")
    if as_json:
        click.echo(DOCUMENT.text(entries))
    return status


def _each_rota(each: Loaded | Unreadable, asked: ReplanAsked) -> Iterator[Replanned | RotaError]:
    """The team's rotas one after the other; what follows one that fails is left as it is."""
    try:
        team, folders = each.team, (asked.folders.inputs / each.key, asked.outputs / each.key)
        with nullcontext() if asked.only_asking else sole_writer(*folders):
            yield from _in_order(team, asked)
    except RotaError as error:
        yield error


def _in_order(team: Team, asked: ReplanAsked) -> Iterator[Replanned]:
    became = Past(Rota())
    for path in _paths(team, asked):
        if not asked.only_asking:
            # Read again: another command may have changed the files, or the rota before this one.
            team = load_one(asked.folders.inputs / team.key, asked.folders.date_format).team
        opened = open_rota(asked.supposed.made_of(team), path, asked.outputs, became)
        say_guesses(opened)
        found = bring_up_to_date(opened, asked)
        became = found.became.on_top_of(became, opened.problem.horizon.weeks[-1].later(1))
        yield found


def _paths(team: Team, asked: ReplanAsked) -> list[Path]:
    """The workbook asked for, or all that are not over, earliest first."""
    if asked.period is not None:
        return [published_path(asked.outputs, team.key, asked.period.horizon(team))]
    known = published_rotas(asked.outputs, team)
    paths = [path for path, horizon in known if horizon.last >= asked.as_of]
    if not paths:
        raise UsageError(
            f"no rota in {asked.outputs / team.key} reaches beyond {asked.as_of}. "
            "`rota plan` makes one; --quarter names one that is over."
        )
    return paths


def _text(found: Replanned, asked: ReplanAsked) -> str:
    opened, answer = found.opened, found.answers[0]
    lines = []
    if found.frozen_from is None and asked.as_of > opened.problem.horizon.last:
        lines.append("The last of these weeks is over: planned as if they had not begun.")
    if found.frozen_from is not None:
        lines.append(frozen_text(answer, found.frozen_from))
    if asked.trade_off:
        lines.append(frontier_text(found.answers))
    elif asked.alternatives > 1:
        lines.append(alternatives_text(found.answers))
    else:
        lines.append(replan_text(answer))
    lines += further_text(opened.team, found.owed, found.mend, asked.spend)
    lines += news_text(answer, found.news, found.best, found.relief)
    lines += typed_text(opened.typed, found.appended)
    lines += _written(found, asked)
    name = click.style(f"{opened.team.name} · {opened.problem.horizon.label}", bold=True)
    return "\n\n".join([name, *lines])


def _written(found: Replanned, asked: ReplanAsked) -> list[str]:
    opened = found.opened
    if not found.written:
        return ["Nothing was written." if asked.only_asking else f"{opened.path} is up to date."]
    lines = [f"Wrote {opened.path}\nThe old one is kept as {found.kept}"]
    lines += [f"Only the old one still has {what}." for what in found.left_behind]
    if found.answers[0].changes and asked.period is not None:
        lines += counting_on(opened, asked.outputs)
    return lines


def _write_messages(where: Path, told: Mapping[str, Sequence[Message]]) -> list[Path]:
    """Those of each team: into a folder, one file each, if ``where`` names one; or into one file.

    A folder is what exists as one or has no ending. Raises ``OutputError`` if that cannot be done.
    """
    if not where.is_dir() and where.suffix:
        every = [message.text for each in told.values() for message in each]
        texts = [(where, "\n\n".join(every))]
    else:
        texts = [
            (where / f"{team}-{name}.txt", message.text)
            for team, each in told.items()
            for name, message in zip(distinct_slugs(m.engineer for m in each), each, strict=True)
        ]
    for path, text in texts:
        replace_content(path, text + "\n")
    return [path for path, _ in texts]
