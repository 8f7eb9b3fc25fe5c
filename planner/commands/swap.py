"""``rota swap``: with whom a duty can be exchanged, and what each exchange would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.commands.common import Folders, folder_options, json_option
from planner.commands.completing import engineers, rotations, weeks
from planner.commands.options import dated, named
from planner.commands.published_rota import (
    Opened,
    open_rota,
    open_rota_of_week,
    team_to_change,
    written_text,
)
from planner.commands.replan_text import differences_text, moves_text
from planner.domain import Duty, DutyWeek, Rota
from planner.domain.quarters import named_week
from planner.domain.spelling import whom
from planner.errors import OutputError, UsageError, did_you_mean
from planner.files.atomic_write import ensure_writable
from planner.files.team.appending import team_with, with_swaps
from planner.files.team.choices import fold
from planner.reporting.documents import Document
from planner.reporting.judgements import VALUE
from planner.reporting.kinds import AMOUNT, FLAG, PATH, TEXTS, Kind, maybe
from planner.reporting.shapes import DUTY, MOVE, made
from planner.reporting.table import Column, Shape, many, one, own
from planner.reporting.terminal import table
from planner.wording import from_file, signed

if TYPE_CHECKING:
    from planner.planning.exchange import Exchange


TIME_LIMIT = 20.0
"""Seconds for finding room for an exchange with one partner."""

_FIXED = {
    "swap": "an agreed swap gave it away already",
    "lock": "it is locked in the workbook",
    "cover": "somebody stands in for part of it",
}


@click.command()
@folder_options
@named("--engineer", engineers, "Who wants to give a duty away.", required=True)
@named("--week", weeks, "Of which week: 2024-W28.", "week_name", required=True)
@named("--rotation", rotations, "Of which rotation, if they hold several duties of the week.")
@named("--with", engineers, "Only exchanges with this engineer.", "partner")
@named("--for-week", weeks, "Only for this week in return.")
@click.option("--give", is_flag=True, help="Give it away with nothing in return.")
@click.option("--apply", "apply_it", is_flag=True, help="Record the best one, and re-plan for it.")
@dated("--as-of", "Weeks begun by then stay, not by today.")
@click.option("--most", type=click.IntRange(1), default=12, show_default=True, help="Show so many.")
@json_option
def swap(
    folders: Folders,
    engineer: str,
    week_name: str,
    rotation: str | None,
    partner: str | None,
    for_week: str | None,
    give: bool,
    apply_it: bool,
    as_of: date | None,
    most: int,
    as_json: bool,
) -> int:
    """List the exchanges of a duty that keep every rule, best first.

    With --give, to whom it could go with nothing in return, whoever owes most first. Each is
    shown with what it does to the aims. With --apply the best of those listed is taken as agreed:
    it is written to swaps.csv and into the workbook.
    """
    if give and for_week is not None:
        raise UsageError("--give takes nothing in return: leave out --for-week.")
    with team_to_change(folders, engineer, apply_it) as (known, name):
        week = named_week(week_name, known)
        opened = open_rota_of_week(known, folders.outputs, week)
        given = _duty(opened, name, week, rotation)
        search = _gifts if give else partial(_exchanges, for_week=for_week)
        found = search(opened, given, partner, as_of or date.today())
        if apply_it and not found:
            raise UsageError(f"no such exchange of {given} keeps every rule, so none was applied.")
        kept = _apply(opened, found[0], folders) if apply_it else None
    if as_json:
        everybody = partner is None and for_week is None
        not_possible = _not_possible(opened, given, found, give) if everybody else {}
        offered = {
            "duty": given,
            "exchanges": found[:most],
            "not_possible": not_possible,
            "applied": {"path": opened.path, "kept": kept} if kept else None,
        }
        click.echo(DOCUMENT.about(opened.team.key, offered))
        return 0
    click.echo(_text(opened, given, found, most))
    if partner is None and for_week is None:
        for other, why in _not_possible(opened, given, found, give).items():
            click.echo(f"\nNot with {other}: {why}.")
    if kept is not None:
        click.echo("\nApplied the first: recorded in swaps.csv")
        click.echo(written_text(opened, kept, folders.outputs))
    return 0


def _duty(opened: Opened, engineer: str, week: DutyWeek, rotation: str | None) -> Duty:
    """The engineer's duty in a week: the only one, or that of the rotation asked for."""
    duties = opened.published.rota.duties_of(engineer)
    held = [duty for duty in duties if duty.week == week and duty in opened.problem.duty_index]
    if not held:
        weeks = ", ".join(dict.fromkeys(duty.week.name for duty in duties)) or "none"
        raise UsageError(f"{engineer} has no duty in {week}; their weeks are: {weeks}.")
    names = [duty.rotation for duty in held]
    if rotation is None and len(held) > 1:
        which = f"say --rotation, one of {', '.join(names)}"
        raise UsageError(f"{engineer} holds {len(held)} duties in {week}: {which}.")
    chosen = [each for each in held if rotation is None or fold(each.rotation) == fold(rotation)]
    if not chosen:
        hint = did_you_mean(rotation or "", names)
        raise UsageError(f"{engineer} has no duty of “{rotation}” in {week}. {hint}".rstrip())
    return chosen[0]


def _gifts(opened: Opened, given: Duty, partner: str | None, today: date) -> list[Exchange]:
    """To whom the duty could be given, or whether to the partner; whoever owes most first."""
    from planner.planning.exchange import gifts

    _ensure_free(opened, given, today)
    chosen = _partner(opened, given, partner)
    found = gifts(opened.problem, opened.published.rota, given)
    return [one for one in found if chosen in (None, one.partner)]


def _exchanges(
    opened: Opened, given: Duty, partner: str | None, today: date, for_week: str | None
) -> list[Exchange]:
    """Those asked for, best first; with whom there is no plain one, one that moves more."""
    from planner.planning.exchange import exchanges, ranked, with_partner

    as_of = _ensure_free(opened, given, today)
    chosen = _partner(opened, given, partner)
    back = named_week(for_week, opened.team) if for_week is not None else None
    problem, rota = opened.problem, opened.published.rota
    found = [
        one
        for one in exchanges(problem, rota, given, as_of)
        if (chosen is None or (one.pair and one.partner == chosen))
        and (back is None or _returns(one, back))
    ]
    listed = {one.partner for one in found}
    for name in _others(opened, given) if chosen is None else [chosen]:
        if name not in listed and not problem.availability.why_not(name, given):
            one = with_partner(problem, rota, given, name, back, as_of, TIME_LIMIT)
            found += [one] if one is not None else []
    return list(ranked(found))


def _returns(one: Exchange, week: DutyWeek) -> bool:
    """Whether the giver takes a week in return."""
    return any((move.duty.week, move.new) == (week, one.moves[0].old) for move in one.moves)


def _others(opened: Opened, given: Duty) -> list[str]:
    """The other members of the rotation."""
    holder = opened.published.rota.holder(given)
    return [name for name in opened.team.rotation(given.rotation).cycle if name != holder]


def _partner(opened: Opened, given: Duty, name: str | None) -> str | None:
    """The partner asked for, as the team writes the name."""
    if name is None:
        return None
    others = _others(opened, given)
    found = whom(name, others)
    if found is None:
        hint = did_you_mean(name, others)
        raise UsageError(f"“{name}” is nobody to exchange {given} with. {hint}".rstrip())
    return found


def _ensure_free(opened: Opened, given: Duty, today: date) -> date | None:
    """The day by which weeks count as begun, none if all are over: then none has."""
    as_of = None if today > opened.problem.horizon.last else today
    if as_of is not None and given.week.first <= as_of:
        raise UsageError(f"{given.week} has begun; `rota cover` finds a stand-in.")
    for fixed in opened.problem.fixed:
        received = fixed.because == "swap" and fixed.engineer == opened.published.rota.holder(given)
        alike = opened.problem.places(fixed) != (fixed.duty,)  # given to any of the seats
        if fixed.duty == given and not received and not alike:
            raise UsageError(
                f"{given} cannot be exchanged: {_FIXED[fixed.because]}{from_file(fixed.source)}."
            )
    return as_of


def _apply(opened: Opened, chosen: Exchange, folders: Folders) -> Path:
    """Record the exchange as agreed and publish the rota with it; nothing else moves."""
    from planner.commands.publishing import rewrite

    ensure_writable(opened.path)
    grown = with_swaps(folders.inputs / opened.known.key, chosen.swaps)
    team = team_with(grown, folders.date_format)
    for swap in chosen.swaps:
        if swap not in team.swaps:
            raise OutputError(
                f"{grown.path} would not say this exchange as it is shown, so nothing was "
                "written. Save it as a plain CSV file, or add the swap by hand."
            )
    agreed = replace(open_rota(team, opened.path, folders.outputs), digest=opened.digest)
    moved = Rota.of((move.duty, move.new) for move in chosen.moves)
    fixed = agreed.problem.fixed
    sources = {duty: each.source for each in fixed for duty in agreed.problem.places(each)}
    reasons = {
        held.duty: f"agreed swap ({sources[held.duty]})"
        if held.duty in sources
        else "makes room for an agreed swap"
        for held in moved
    }
    # Other changes of the inputs are still to be planned for, and must not be taken for known.
    as_known = opened.published.inputs_fingerprint if opened.inputs_changed else agreed.fingerprint
    rota = opened.published.rota.joined_with(moved)
    return rewrite(agreed, agreed.problem, rota, reasons, as_known, [grown])


def _text(opened: Opened, given: Duty, found: list[Exchange], most: int) -> str:
    name = opened.published.rota.holder(given)
    seat = opened.team.title(given.seat)
    title = click.style(f"{name}, {seat} in {given.week}", bold=True)
    if not found:
        return f"{title}\n\nNo exchange keeps every rule."
    rows = []
    for number, each in enumerate(found[:most], start=1):
        notes = ["the team's way"] if each.preferred else []
        notes += [f"{who} two weeks running" for who in each.running]
        notes += [f"balance {signed(each.balance)}"] if each.balance is not None else []
        rows.append(
            [str(number), moves_text(opened.team, each), differences_text(each), "; ".join(notes)]
        )
    headings = ["", "exchange", "what it does to the aims (less is better)", ""]
    lines = [title, "", table(headings, rows, "rlll")]
    if len(found) > most:
        lines += ["", f"{len(found) - most} more; --most shows them."]
    return "\n".join(lines)


def _not_possible(opened: Opened, given: Duty, found: list[Exchange], give: bool) -> dict[str, str]:
    """Of the members with whom there is no exchange, what is in the way."""
    partners = {one.partner for one in found}
    return {
        name: opened.problem.availability.why_not(name, given)
        or ("that" if give else "every exchange") + " would break a rule"
        for name in _others(opened, given)
        if name not in partners
    }


EXCHANGE: Shape[Exchange] = Shape(
    *own(moves=many(MOVE)),
    Column("further", lambda exchange: map(str, (m.duty for m in exchange.further)), TEXTS),
    *own(preferred=FLAG, running=TEXTS, balance=maybe(AMOUNT)),
    *own(differences=many(VALUE), values=many(VALUE)),
)
"""``running`` names who would be on call two weeks running."""

_REASONS = Kind({"type": "object", "additionalProperties": {"type": "string"}}, plain=False)
DOCUMENT = Document(
    "swap",
    made(
        duty=one(DUTY),
        exchanges=many(EXCHANGE),
        not_possible=_REASONS,
        applied=maybe(one(made(path=PATH, kept=PATH))),
    ),
    each=False,
)
"""``exchanges`` stand best first; ``not_possible`` says of other members what is in the way, and
``applied`` where the rota and the old one are, if the first was."""
