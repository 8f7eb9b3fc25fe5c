"""``rota show``: a published rota as a table, edits and stand-ins included."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from planner.commands.common import (
    Folders,
    Period,
    folder_options,
    json_option,
    period_options,
    tell_teams,
)
from planner.commands.completing import weeks
from planner.commands.options import named
from planner.commands.published_rota import (
    Opened,
    open_rota,
    open_rota_of_week,
    rota_in_force,
    say_guesses,
)
from planner.commands.rota_text import rota_table
from planner.commands.saying import span
from planner.domain import Cover, DutyWeek, Rota, Team
from planner.domain.quarters import named_week, week_of
from planner.files.published.rotas import published_path
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import DATE, FLAG, PATH, TEXTS
from planner.reporting.shapes import HELD, HORIZON
from planner.reporting.table import Column, Shape, many, own
from planner.reporting.terminal import wrapped
from planner.wording import days, listed


@dataclass(frozen=True)
class ShownRota:
    """A published rota, and the one week of it that was asked for, if only one was."""

    opened: Opened
    week: DutyWeek | None

    @property
    def rota(self) -> Rota:
        """Who holds the duties asked for."""
        rota = self.opened.published.rota
        return rota if self.week is None else rota.within((self.week,))

    @property
    def covers(self) -> list[Cover]:
        """The stand-ins in those weeks."""
        problem = self.opened.problem
        weekday = problem.team.handover_weekday
        weeks = problem.weeks if self.week is None else (self.week,)
        return [cover for cover in problem.covers if week_of(cover.start, weekday) in weeks]

    @property
    def notes(self) -> list[tuple[DutyWeek, str]]:
        known = sorted(self.opened.published.notes.items())
        return [note for note in known if self.week in (None, note[0])]


@click.command()
@folder_options
@period_options
@named("--week", weeks, "One week: 2024-W32.", "week_name")
@json_option
def show(
    folders: Folders,
    period: Period | None,
    week_name: str | None,
    as_json: bool,
) -> int:
    """Print a published rota as a table, with whatever people edited in it.

    Without --quarter or --week it is the one in force today, else the latest.
    """
    if period is not None and week_name is not None:
        raise click.UsageError("Give either --week or --quarter, not both.")
    return tell_teams(
        DOCUMENT,
        folders.load(),
        lambda known: _show(known, folders.outputs, period, week_name),
        _text,
        as_json,
    )


def _show(team: Team, outputs: Path, period: Period | None, week_name: str | None) -> ShownRota:
    if week_name is not None:
        week = named_week(week_name, team)
        return ShownRota(open_rota_of_week(team, outputs, week), week)
    if period is not None:
        path = published_path(outputs, team.key, period.horizon(team))
    else:
        path = rota_in_force(team, outputs)
    opened = open_rota(team, path, outputs)
    say_guesses(opened)
    return ShownRota(opened, None)


def _text(shown: ShownRota) -> str:
    opened, week = shown.opened, shown.week
    problem, published = opened.problem, opened.published
    title = click.style(f"{opened.team.name} · {published.horizon.label}", bold=True)
    weeks = None if week is None else (week,)
    lines = [f"{title} · {span(published.horizon)}"]
    if published.edited:
        lines.append("The workbook has been edited since it was planned.")
    table = rota_table(problem, published.rota, weeks, published.locked, published.notes)
    lines += ["", table]
    if week is not None and (told := _of_week(opened, week)):
        lines += ["", *map(wrapped, told)]
    return "\n".join(lines)


def _of_week(opened: Opened, week: DutyWeek) -> list[str]:
    """Who is away, and whose public holidays lie in the week."""
    problem = opened.problem
    away = [
        f"{engineer.name} ({days(one.start, one.end)})"
        for engineer in problem.engineers
        for one in problem.team.away(engineer.name, week)
    ]
    off: dict[tuple[date, str], list[str]] = {}
    for engineer in problem.engineers:
        for holiday in problem.days_off.holidays.get(engineer.name, ()):
            if holiday.day in week.days:
                off.setdefault((holiday.day, holiday.name), []).append(engineer.name)
    said = [f"Away: {listed(away)}."] if away else []
    if off:
        each = [
            f"{days(when, when)} {name} ({', '.join(names)})"
            for (when, name), names in sorted(off.items())
        ]
        said.append(f"Public holidays: {'; '.join(each)}.")
    return said


_COVER = Shape[Cover](*own("engineer", "stand_in", "rotation", "role", start=DATE, end=DATE))
_NOTE = Shape[tuple[DutyWeek, str]](
    Column("week", lambda note: note[0].name),
    Column("note", lambda note: note[1]),
)
SHOWN = Shape[ShownRota](
    Column("path", lambda shown: shown.opened.path, PATH),
    Column("edited", lambda shown: shown.opened.published.edited, FLAG),
    Column("horizon", lambda shown: shown.opened.published.horizon, HORIZON),
    Column("rota", lambda shown: shown.rota, many(HELD)),
    Column("covers", lambda shown: shown.covers, many(_COVER)),
    Column("notes", lambda shown: shown.notes, many(_NOTE)),
    Column("guesses", lambda shown: shown.opened.published.guesses, TEXTS),
)
DOCUMENT = Document("show", SHOWN)
