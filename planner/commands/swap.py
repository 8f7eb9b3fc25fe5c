"""``rota swap``: with whom a duty can be exchanged, and what each exchange would do.

``--json`` prints ``{"version": 1, ...}`` with ``team``, ``duty``, ``exchanges`` (best first:
``moves`` with ``week``, ``rotation``, ``role``, ``old``, ``new``; ``preferred``; ``running``, who
would be on call two weeks running; ``differences`` by aim and part; ``values``) and ``applied``
(the workbook's path and where the old one is kept), which is ``null`` without ``--apply``.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.calendar import parse_week
from planner.commands.common import folder_options, iso_date, json_option, load_teams
from planner.commands.opened import Opened, open_rota, rota_of_week, say_guesses, team_of
from planner.commands.saying import aim_name, exact, print_json, seat_name, signed
from planner.commands.tables import table
from planner.domain import Duty, DutyWeek, Rota, Team
from planner.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from planner.swapping import Exchange


_FIXED = {
    "swap": "an agreed swap gave it away already",
    "lock": "it is locked in the workbook",
    "cover": "somebody stands in for part of it",
}


@click.command()
@folder_options
@click.option("--engineer", required=True, metavar="NAME", help="Who wants to give a duty away.")
@click.option("--week", "week_name", required=True, metavar="W", help="Of which week: 2024-W28.")
@click.option("--with", "partner", metavar="NAME", help="Only exchanges with this engineer.")
@click.option("--for-week", metavar="W", help="Only for this week in return.")
@click.option("--apply", "apply_it", is_flag=True, help="Record the best one, and re-plan for it.")
@click.option(
    "--as-of", type=iso_date, metavar="DATE", help="Weeks begun by then stay, not by today."
)
@click.option("--most", type=click.IntRange(1), default=12, show_default=True, help="Show so many.")
@json_option
def swap(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    engineer: str,
    week_name: str,
    partner: str | None,
    for_week: str | None,
    apply_it: bool,
    as_of: date | None,
    most: int,
    as_json: bool,
) -> int:
    """List the exchanges of a duty that keep every rule, best first.

    Each is shown with what it does to the aims. With --apply the best of those listed is taken
    as agreed: it is written to swaps.csv and into the workbook.
    """
    known, name = team_of(load_teams(inputs, team, date_format), engineer)
    week = _week(known, week_name)
    opened = open_rota(known, rota_of_week(known, outputs, week), outputs)
    say_guesses(opened)
    given = _duty(opened, name, week)
    found = _exchanges(opened, given, partner, for_week, as_of or date.today())
    if apply_it and not found:
        raise UsageError(f"no such exchange of {given} keeps every rule, so none was applied.")
    kept = _apply(opened, found[0], inputs, outputs, date_format) if apply_it else None
    if as_json:
        print_json(_json(opened, given, found[:most], kept))
        return 0
    click.echo(_text(opened, given, found, most))
    if kept is not None:
        click.echo(f"\nApplied the first: recorded in swaps.csv\nWrote {opened.path}")
        click.echo(f"The old one is kept as {kept}")
    return 0


def _week(team: Team, name: str) -> DutyWeek:
    try:
        return parse_week(name, team.handover_weekday)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _duty(opened: Opened, engineer: str, week: DutyWeek) -> Duty:
    duties = opened.published.rota.duties_of(engineer)
    for duty in duties:
        if duty.week == week and duty in opened.problem.duty_index:
            return duty
    weeks = ", ".join(duty.week.name for duty in duties) or "none"
    raise UsageError(f"{engineer} has no duty in {week}; their weeks are: {weeks}.")


def _exchanges(
    opened: Opened,
    given: Duty,
    partner: str | None,
    for_week: str | None,
    today: date,
) -> list[Exchange]:
    from planner.swapping import exchanges

    over = today > opened.problem.horizon.last  # then all of it counts as not begun
    as_of = None if over else today
    if as_of is not None and given.week.first <= as_of:
        raise UsageError(f"{given.week} has begun; `rota cover` finds a stand-in.")
    for fixed in opened.problem.fixed:
        if fixed.duty == given:
            source = f" ({fixed.source})" if fixed.source else ""
            raise UsageError(f"{given} cannot be exchanged: {_FIXED[fixed.because]}{source}.")

    names = {person.name.casefold(): person.name for person in opened.team.engineers}
    if partner is not None and partner.casefold() not in names:
        hint = did_you_mean(partner, names.values())
        raise UsageError(f"the team has no engineer “{partner}”. {hint}")
    found = list(exchanges(opened.problem, opened.published.rota, given, as_of))
    if partner is not None:
        chosen = names[partner.casefold()]
        found = [one for one in found if one.partners == (chosen,)]
    if for_week is not None:
        back = _week(opened.team, for_week)
        found = [one for one in found if one.moves[-1].duty.week == back]
    return found


def _apply(
    opened: Opened, chosen: Exchange, inputs: Path, outputs: Path, date_format: str | None
) -> Path:
    """Record the exchange as agreed and publish the rota with it; nothing else moves."""
    from planner.commands.publishing import rewrite
    from planner.files.appending import append_swaps
    from planner.files.inputs import load_team
    from planner.files.safely import ensure_writable

    ensure_writable(opened.path)
    folder = inputs / opened.known.key
    append_swaps(folder, chosen.swaps())
    agreed = open_rota(load_team(folder, date_format), opened.path, outputs)
    moved = Rota.of((move.duty, move.new) for move in chosen.moves)
    sources = {fixed.duty: fixed.source for fixed in agreed.problem.fixed}
    reasons = {held.duty: f"agreed swap ({sources[held.duty]})" for held in moved}
    # Other changes of the inputs are still to be planned for, and must not be taken for known.
    inputs_known = opened.published.inputs_fingerprint
    if not opened.inputs_changed:
        inputs_known = agreed.fingerprint
    rota = opened.published.rota.joined_with(moved)
    return rewrite(agreed, agreed.problem, rota, reasons, inputs_known, datetime.now())


def _text(opened: Opened, given: Duty, found: list[Exchange], most: int) -> str:
    name = opened.published.rota.holder(given)
    seat = seat_name(opened.team, given.rotation, given.role)
    title = click.style(f"{name}, {seat} in {given.week}", bold=True)
    if not found:
        return f"{title}\n\nNo exchange keeps every rule."
    rows = []
    for number, one in enumerate(found[:most], start=1):
        notes = ["the team's way"] if one.preferred else []
        notes += [f"{who} two weeks running" for who in one.running]
        rows.append([str(number), _moves(one), _differences(one), "; ".join(notes)])
    lines = [title, "", table(["", "exchange", "what it does to the aims", ""], rows, "rlll")]
    if len(found) > most:
        lines += ["", f"{len(found) - most} more; --most shows them."]
    return "\n".join(lines)


def _moves(exchange: Exchange) -> str:
    return ", ".join(f"{move.duty.week} to {move.new}" for move in exchange.moves)


def _differences(exchange: Exchange) -> str:
    differing = [value for value in exchange.differences if value.value]
    aims = [value.aim for value in differing]
    parts = [
        f"{v.aim if aims.count(v.aim) == 1 else aim_name(v.aim, v.part)} {_change(v.value)}"
        for v in differing
    ]
    return "; ".join(parts) or "nothing"


def _change(value: Fraction) -> str:
    whole = value.denominator == 1
    return (f"{int(value):+d}".replace("-", "−")) if whole else signed(value)


def _json(opened: Opened, given: Duty, found: list[Exchange], kept: Path | None) -> dict[str, Any]:
    return {
        "team": opened.team.key,
        "duty": {"week": given.week.name, "rotation": given.rotation, "role": given.role},
        "exchanges": [
            {
                "moves": [
                    {
                        "week": move.duty.week.name,
                        "rotation": move.duty.rotation,
                        "role": move.duty.role,
                        "old": move.old,
                        "new": move.new,
                    }
                    for move in one.moves
                ],
                "preferred": one.preferred,
                "running": list(one.running),
                "differences": [
                    {"aim": v.aim, "part": v.part, **exact(v.value)} for v in one.differences
                ],
                "values": [{"aim": v.aim, "part": v.part, **exact(v.value)} for v in one.values],
            }
            for one in found
        ],
        "applied": {"path": str(opened.path), "kept": str(kept)} if kept else None,
    }
