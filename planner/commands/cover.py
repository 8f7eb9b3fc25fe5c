"""``rota cover``: a stand-in for sudden absence within a duty week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from planner.commands.common import Folders, folder_options, json_option
from planner.commands.completing import engineers, roles
from planner.commands.options import dated, named
from planner.commands.published_rota import (
    Opened,
    open_rota_of_week,
    team_to_change,
    written_text,
)
from planner.commands.saying import say
from planner.domain import Cover
from planner.domain.quarters import week_of
from planner.domain.spelling import fold, whom
from planner.errors import UsageError, did_you_mean
from planner.files.atomic_write import ensure_writable
from planner.problem.stand_ins import Candidate, Need, left_alone, needs
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import BALANCE, DATE, PATH, TEXT, TEXTS, maybe
from planner.reporting.shapes import made
from planner.reporting.table import Column, Shape, Table, many, numbered
from planner.reporting.terminal import wrapped
from planner.wording import days


@dataclass(frozen=True)
class Chosen:
    """Days that need a stand-in, and who was chosen; ``alone`` are their own duties then."""

    need: Need
    cover: Cover
    alone: tuple[Need, ...] = ()


CANDIDATE = Shape[Candidate](
    Column("engineer", lambda candidate: candidate.engineer, TEXT, "who could"),
    Column("why", lambda candidate: candidate.why),
    Column("but", lambda candidate: candidate.but, TEXTS),
    Column(
        "said",
        lambda candidate: "; ".join(filter(None, [candidate.why, *candidate.but])) or "is free",
        TEXT,
        "",
        json=False,
    ),
    Column("balance", lambda candidate: candidate.balance, BALANCE, "balance"),
)
ALONE = Shape[Need](
    Column("rotation", lambda need: need.duty.rotation),
    Column("role", lambda need: need.duty.role),
    Column("from", lambda need: need.start, DATE),
    Column("until", lambda need: need.end, DATE),
    Column("candidates", lambda need: [one.engineer for one in need.candidates], TEXTS),
)
"""A seat that the stand-in holds besides, and who else could take it."""
NEED = Shape[Chosen](
    Column("week", lambda chosen: chosen.need.duty.week.name),
    Column("rotation", lambda chosen: chosen.need.duty.rotation),
    Column("role", lambda chosen: chosen.need.duty.role),
    Column("from", lambda chosen: chosen.need.start, DATE),
    Column("until", lambda chosen: chosen.need.end, DATE),
    Column("stand_in", lambda chosen: chosen.cover.stand_in),
    Column("left_alone", lambda chosen: chosen.alone, many(ALONE)),
    Column("candidates", lambda chosen: chosen.need.candidates, many(CANDIDATE)),
)


DOCUMENT = Document("cover", made(needs=many(NEED), path=maybe(PATH), kept=maybe(PATH)), each=False)
"""Where the workbook and the old one are is told if any was written."""


@click.command()
@folder_options
@named("--engineer", engineers, "Who cannot be on call.", required=True)
@dated("--from", "The first day.", "start", required=True)
@dated("--until", "The last day; without it, the end of that duty week.")
@named("--role", roles, "Only what they do in this role.")
@named("--with", engineers, "Who stands in, if not the first choice.", "stand_in")
@click.option("--note", default="", help="Why, for the Cover sheet.")
@click.option("--dry-run", is_flag=True, help="Say who could stand in, and write nothing.")
@json_option
def cover(
    folders: Folders,
    engineer: str,
    start: date,
    until: date | None,
    role: str | None,
    stand_in: str | None,
    note: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Find and record a stand-in for part of a duty week.

    The secondary, or whom the team's way to cover names, takes those days; everybody else who
    could is ranked below. No other week is touched; the ledger counts the days.
    """
    with team_to_change(folders, engineer, not dry_run) as (known, name):
        week = week_of(start, known.handover_weekday)
        end = until or week.last
        if end < start:
            raise UsageError(f"--until {end} lies before --from {start}.")
        opened = open_rota_of_week(known, folders.outputs, week)
        chosen = _choose(opened, name, start, end, role, stand_in, note)
        _say_unknown(opened, chosen)
        kept = None if dry_run else _record(opened, chosen)
    if as_json:
        covered = {"needs": chosen, "path": opened.path if kept else None, "kept": kept}
        click.echo(DOCUMENT.about(opened.team.key, covered))
        return 0
    click.echo("\n\n".join(_text(opened, one) for one in chosen))
    last = opened.problem.horizon.last
    if end > last:
        say(f"This rota ends on {last}: run it again with --from {last + timedelta(1)}.")
    written = written_text(opened, kept, folders.outputs) if kept else "Nothing was written."
    click.echo(f"\n{written}")
    return 0


def _say_unknown(opened: Opened, chosen: list[Chosen]) -> None:
    """Tell of which other teams of the stand-ins nothing is known."""
    names = {one.cover.stand_in for one in chosen}
    for other in opened.problem.elsewhere:
        if other.unknown and other.engineer in names:
            say(f"Warning: {other.engineer} is in {other.team} too, {other.unknown}")


def _choose(
    opened: Opened,
    engineer: str,
    start: date,
    end: date,
    role: str | None,
    wanted: str | None,
    note: str,
) -> list[Chosen]:
    problem, chosen = opened.problem, []
    # One after the other, so that nobody is given two duties of the same days without need.
    while found := [
        one
        for one in needs(problem, opened.published.rota, engineer, start, end)
        if role is None
        or fold(role) in (fold(one.duty.role), fold(opened.team.role_of(one.duty).shared))
    ]:
        need = found[0]
        names = [candidate.engineer for candidate in need.candidates]
        asked = names[0] if wanted is None and names else whom(wanted or "", names)
        if asked is None:
            span = days(need.start, need.end)
            hint = did_you_mean(wanted or "", names)
            who = f"{wanted} cannot" if wanted else "nobody can"
            raise UsageError(f"{who} stand in for {engineer} on {span}. {hint}".rstrip())
        alone = left_alone(problem, opened.published.rota, need, asked)
        chosen.append(Chosen(need, need.cover(asked, note), alone))
        problem = replace(problem, covers=(*problem.covers, chosen[-1].cover))
    if not chosen:
        duty = f"duty as {role}" if role else "duty"
        raise UsageError(f"{engineer} has no {duty} between {start} and {end}: nothing to cover.")
    return chosen


def _record(opened: Opened, chosen: list[Chosen]) -> Path:
    """Write the workbook with the stand-ins added; nobody's week changes."""
    from planner.commands.publishing import rewrite

    ensure_writable(opened.path)
    covers = (*opened.problem.covers, *(one.cover for one in chosen))
    problem = replace(opened.problem, covers=covers)
    published = opened.published
    return rewrite(opened, problem, published.rota, {}, published.inputs_fingerprint)


def _text(opened: Opened, chosen: Chosen) -> str:
    need = chosen.need
    seat = opened.team.title(need.duty.seat)
    when = days(need.start, need.end)
    title = f"{chosen.cover.stand_in} stands in for {need.engineer}, {seat}, {when}"
    parts = [f"{click.style(title, bold=True)}\n\n{_candidates(need)}"]
    parts += [_alone_text(opened, chosen, other) for other in chosen.alone]
    return "\n\n".join(parts)


def _alone_text(opened: Opened, chosen: Chosen, other: Need) -> str:
    """That the stand-in would do two seats at once, and whom to ask for the other one."""
    who, duty = chosen.cover.stand_in, other.duty
    seat, when = opened.team.title(duty.seat), days(other.start, other.end)
    said = f"{who} would be {seat} as well, so there is no second person on {when}."
    if not other.candidates:
        return wrapped(f"{said} Nobody else could take that seat then.")
    asked = (
        f'`rota cover --engineer "{who}" --role {duty.role} --from {other.start} '
        f"--until {other.end}` takes the first of these:"
    )
    return f"{wrapped(f'{said} {asked}')}\n\n{_candidates(other)}"


def _candidates(need: Need) -> str:
    return numbered(Table(CANDIDATE, need.candidates)).text()
