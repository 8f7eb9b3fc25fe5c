"""``rota holidays``: the public holidays and festivals that planning reckons with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import click

from planner.commands.common import (
    NO_PERIOD,
    Folders,
    Period,
    folder_options,
    json_option,
    period_options,
    tell_teams,
)
from planner.commands.saying import span
from planner.domain import DaysOff, Team
from planner.domain.quarters import WEEKDAYS, Horizon, week_of
from planner.grouping import grouped
from planner.publicholidays import days_off, festival_name
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import DATE, DATES, FLAG, TEXT, TEXTS, one_of
from planner.reporting.shapes import HORIZON
from planner.reporting.table import Column, Shape, Table, many
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
class Occasion:
    """A public holiday or an occurrence of a festival, and who has it."""

    days: tuple[date, ...]
    name: str
    certainty: str
    engineers: tuple[str, ...]
    weeks: tuple[str, ...]
    given_again: tuple[date, ...] = ()
    counted: bool = True


@dataclass(frozen=True)
class Listing:
    """What one team is told."""

    team: Team
    weeks: Horizon
    holidays: tuple[Occasion, ...]
    festivals: tuple[Occasion, ...]


@click.command()
@folder_options
@period_options
@json_option
def holidays(
    folders: Folders,
    period: Period | None,
    as_json: bool,
) -> int:
    """Show public holidays and festivals, who has them, and which dates are estimates."""
    if period is None:
        raise NO_PERIOD
    return tell_teams(
        DOCUMENT,
        folders.load(),
        lambda known: _listing(known, period.horizon(known)),
        _text,
        as_json,
    )


def _listing(team: Team, weeks: Horizon) -> Listing:
    known = days_off(team, weeks.first, weeks.last)
    return Listing(team, weeks, _holidays(known, team), _festivals(known, team))


def _holidays(known: DaysOff, team: Team) -> tuple[Occasion, ...]:
    by_name = sorted(known.holidays.items())
    who = grouped((holiday, name) for name, days in by_name for holiday in days)
    counted = team.settings.count_weekend_originals
    return tuple(
        Occasion(
            (each.day,),
            each.name,
            each.certainty,
            tuple(who[each]),
            _weeks([each.day], team),
            each.given_again,
            counted or not each.given_again,
        )
        for each in sorted(who)
    )


def _festivals(known: DaysOff, team: Team) -> tuple[Occasion, ...]:
    """Festivals by name if the team shows reasons; otherwise people with equal days together."""
    who: dict[tuple[tuple[date, ...], str, str], list[str]] = {}
    for name, times in sorted(known.festivals.items()):
        for time in times:
            shown = festival_name(time.festival) if team.settings.show_reasons else OWN_FESTIVAL
            certainty = "estimated" if time.estimated else "confirmed"
            who.setdefault((time.days, shown, certainty), []).append(name)
    return tuple(
        Occasion(days, name, certainty, tuple(who[days, name, certainty]), _weeks(days, team))
        for days, name, certainty in sorted(who)
    )


def _weeks(days: Sequence[date], team: Team) -> tuple[str, ...]:
    weeks = {week_of(day, team.handover_weekday) for day in days}
    return tuple(week.name for week in sorted(weeks))


def _text(listing: Listing) -> str:
    lines = [f"{click.style(listing.team.name, bold=True)} · {span(listing.weeks)}", ""]
    if listing.holidays:
        lines.append(Table(HOLIDAY, listing.holidays).text())
    else:
        lines.append("Nobody has a public holiday in these weeks.")
    if listing.festivals:
        lines += ["", Table(FESTIVAL, listing.festivals).text()]
    lines += [f"\n{note}" for note in _notes(listing)]
    return "\n".join(lines)


def _notes(listing: Listing) -> Iterator[str]:
    """What the words of the last column mean, where they are used."""
    said = {shown.certainty for shown in (*listing.holidays, *listing.festivals)}
    if "estimated" in said:
        yield _ESTIMATED_MEANS
    if "unchecked" in said:
        yield _UNCHECKED_MEANS
    if not all(shown.counted for shown in listing.holidays):
        yield _NOT_COUNTED


def _weekday(shown: Occasion) -> str:
    return WEEKDAYS[shown.days[0].weekday()]


_ESTIMATED = Column[Occasion]("estimated", lambda shown: shown.certainty == "estimated", FLAG)
_CERTAIN = Column[Occasion](
    "certainty", lambda s: s.certainty, one_of("confirmed", "estimated", "unchecked"), "Date is"
)
HOLIDAY = Shape[Occasion](
    Column("date", lambda shown: shown.days[0], DATE, "Date"),
    Column("day", lambda shown: _weekday(shown)[:3], TEXT, "Day", json=False),
    Column("weekday", _weekday),
    Column("week", lambda shown: shown.weeks[0], TEXT, "Week"),
    Column("name", lambda shown: shown.name),
    Column("said", lambda s: named(s.name, s.given_again), TEXT, "Public holiday", json=False),
    Column("engineers", lambda shown: shown.engineers, TEXTS, "Who is off"),
    _ESTIMATED,
    _CERTAIN,
    Column("given_again", lambda shown: shown.given_again, DATES),
    Column("counted", lambda shown: shown.counted, FLAG),
)
FESTIVAL = Shape[Occasion](
    Column("from", lambda shown: shown.days[0], DATE, "From", json=False),
    Column("to", lambda shown: shown.days[-1], DATE, "To", json=False),
    Column("days", lambda shown: shown.days, DATES),
    Column("weeks", lambda shown: shown.weeks, replace(TEXTS, text=" ".join), "Weeks"),
    Column("name", lambda shown: shown.name, TEXT, "Festival"),
    Column("engineers", lambda shown: shown.engineers, TEXTS, "Who keeps it"),
    _ESTIMATED,
    _CERTAIN,
)
DOCUMENT = Document(
    "holidays",
    Shape[Listing](
        Column("horizon", lambda listing: listing.weeks, HORIZON),
        Column("holidays", lambda listing: listing.holidays, many(HOLIDAY)),
        Column("festivals", lambda listing: listing.festivals, many(FESTIVAL)),
    ),
)
"""Where the team does not show reasons, every festival's name is "own festival"."""
