"""``rota holidays``: the public holidays and festivals that planning reckons with.

``--json`` prints ``{"version": 1, "teams": [...]}``; each team has ``team``, ``exit_status``,
``error``, ``first`` and ``last`` (dates), ``holidays`` (``date``, ``weekday``, ``week``,
``name``, ``engineers``, ``estimated``, ``certainty``: confirmed, estimated or unchecked,
``given_again``: the days given for a date on a weekend, ``counted``) and ``festivals``
(``days``, ``weeks``, ``name``, ``engineers``, ``estimated``). Where the team does not show
reasons, every festival's name is "own festival".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.commands.common import (
    Loaded,
    Period,
    Unreadable,
    folder_options,
    json_option,
    load_teams,
    period_options,
)
from planner.commands.saying import complaint, print_json, say, span
from planner.commands.tables import table
from planner.domain import DaysOff, PublicHoliday, Team
from planner.domain.quarters import WEEKDAYS, Horizon, week_of
from planner.errors import RotaError
from planner.wording import named

OWN_FESTIVAL = "own festival"
_ESTIMATED_MEANS = (
    "Estimated dates hang on the moon or on a gazette still to come;\n"
    "a row in holidays.csv settles each once it is known."
)
_UNCHECKED_MEANS = (
    "Unchecked dates are the word of the calendar library; no published list of that region\n"
    "and year was compared with them. A row in holidays.csv corrects what is wrong."
)
_NOT_COUNTED = "Weekend dates of holidays that are given again are not counted (team.toml)."


@dataclass(frozen=True)
class Shown:
    """A public holiday or an occurrence of a festival, and who has it."""

    days: tuple[date, ...]
    name: str
    certainty: str
    engineers: tuple[str, ...]
    given_again: tuple[date, ...] = ()


@dataclass(frozen=True)
class Listing:
    """What one team is told."""

    team: Team
    weeks: Horizon
    holidays: tuple[Shown, ...]
    festivals: tuple[Shown, ...]


@click.command()
@folder_options
@period_options
@json_option
def holidays(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    quarter_label: str | None,
    start: date | None,
    weeks: int | None,
    as_json: bool,
) -> int:
    """Show public holidays and festivals, who has them, and which dates are estimates."""
    period = Period(quarter_label, start, weeks)
    documents, status = [], 0
    for loaded in load_teams(inputs, team, date_format):
        try:
            listing = _listing(loaded, period)
        except RotaError as error:
            say(f"{loaded.key}: {complaint(error)}")
            documents.append(_json(loaded.key, None, error))
            status = max(status, error.exit_status)
            continue
        documents.append(_json(loaded.key, listing))
        if not as_json:
            click.echo(_text(listing) + "\n")
    if as_json:
        print_json({"teams": documents})
    return status


def _listing(loaded: Loaded | Unreadable, period: Period) -> Listing:
    from planner.publicholidays import days_off

    if isinstance(loaded, Unreadable):
        raise loaded.error
    weeks = period.horizon(loaded.team)
    known = days_off(loaded.team, weeks.first, weeks.last)
    return Listing(loaded.team, weeks, _holidays(known), _festivals(known, loaded.team))


def _holidays(known: DaysOff) -> tuple[Shown, ...]:
    who: dict[PublicHoliday, list[str]] = {}
    for name, days in sorted(known.holidays.items()):
        for holiday in days:
            who.setdefault(holiday, []).append(name)
    return tuple(
        Shown((each.day,), each.name, each.certainty, tuple(who[each]), each.given_again)
        for each in sorted(who)
    )


def _festivals(known: DaysOff, team: Team) -> tuple[Shown, ...]:
    """Festivals by name if the team shows reasons; otherwise people with equal days together."""
    from planner.publicholidays import festival_name

    who: dict[tuple[tuple[date, ...], str, bool], list[str]] = {}
    for name, times in sorted(known.festivals.items()):
        for time in times:
            shown = festival_name(time.festival) if team.settings.show_reasons else OWN_FESTIVAL
            who.setdefault((time.days, shown, time.estimated), []).append(name)
    return tuple(
        Shown(days, name, "estimated" if estimated else "confirmed", tuple(who[key]))
        for key in sorted(who)
        for days, name, estimated in [key]
    )


def _text(listing: Listing) -> str:
    team = listing.team
    lines = [f"{click.style(team.name, bold=True)} · {span(listing.weeks)}", ""]
    if listing.holidays:
        headings = ["Date", "Day", "Week", "Public holiday", "Who is off", "Date is"]
        rows = [
            [
                shown.days[0].isoformat(),
                _weekday(shown.days[0])[:3],
                week_of(shown.days[0], team.handover_weekday).name,
                named(shown.name, shown.given_again),
                ", ".join(shown.engineers),
                shown.certainty,
            ]
            for shown in listing.holidays
        ]
        lines.append(table(headings, rows, "llllll"))
    else:
        lines.append("Nobody has a public holiday in these weeks.")
    if listing.festivals:
        headings = ["From", "To", "Weeks", "Festival", "Who keeps it", "Date is"]
        rows = [
            [
                shown.days[0].isoformat(),
                shown.days[-1].isoformat(),
                " ".join(_weeks(shown, team)),
                shown.name,
                ", ".join(shown.engineers),
                shown.certainty,
            ]
            for shown in listing.festivals
        ]
        lines += ["", table(headings, rows, "llllll")]
    lines += [f"\n{note}" for note in _notes(listing)]
    return "\n".join(lines)


def _notes(listing: Listing) -> Iterator[str]:
    """What the words of the last column mean, where they are used."""
    said = {shown.certainty for shown in (*listing.holidays, *listing.festivals)}
    if "estimated" in said:
        yield _ESTIMATED_MEANS
    if "unchecked" in said:
        yield _UNCHECKED_MEANS
    counted = listing.team.settings.count_weekend_originals
    if not counted and any(shown.given_again for shown in listing.holidays):
        yield _NOT_COUNTED


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _weeks(shown: Shown, team: Team) -> list[str]:
    weeks = {week_of(day, team.handover_weekday) for day in shown.days}
    return [week.name for week in sorted(weeks)]


def _json(key: str, listing: Listing | None, error: RotaError | None = None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "team": key,
        "exit_status": error.exit_status if error else 0,
        "error": complaint(error) if error else None,
        "first": None,
        "last": None,
        "holidays": [],
        "festivals": [],
    }
    if listing is not None:
        document["first"] = listing.weeks.first.isoformat()
        document["last"] = listing.weeks.last.isoformat()
        document["holidays"] = [
            {
                "date": shown.days[0].isoformat(),
                "weekday": _weekday(shown.days[0]),
                "week": week_of(shown.days[0], listing.team.handover_weekday).name,
                **_common_json(shown),
                "certainty": shown.certainty,
                "given_again": [day.isoformat() for day in shown.given_again],
                "counted": listing.team.settings.count_weekend_originals or not shown.given_again,
            }
            for shown in listing.holidays
        ]
        document["festivals"] = [
            {
                "days": [day.isoformat() for day in shown.days],
                "weeks": _weeks(shown, listing.team),
                **_common_json(shown),
            }
            for shown in listing.festivals
        ]
    return document


def _common_json(shown: Shown) -> dict[str, Any]:
    return {
        "name": shown.name,
        "engineers": list(shown.engineers),
        "estimated": shown.certainty == "estimated",
    }
