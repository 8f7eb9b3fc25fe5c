"""What ``rota replan`` is asked to suppose: somebody away, gone or new, before any file says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from planner.domain import Engineer, Source, Team, Vacation
from planner.domain.spelling import whom
from planner.errors import UsageError, did_you_mean
from planner.records import dataclass

_AWAY = re.compile(r"\s*(.+?)\s+(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|–|to)\s*(\d{4}-\d{2}-\d{2}))?\s*")
_JOINS = re.compile(r"\s*(.+?)\s+(\d{4}-\d{2}-\d{2})\s*")


@dataclass(frozen=True)
class Supposed:
    """``away`` as (name, first day, last day); ``without`` and ``joins`` as (name, first day)."""

    away: tuple[tuple[str, date, date], ...] = ()
    without: tuple[tuple[str, date], ...] = ()
    joins: tuple[tuple[str, date], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.away or self.without or self.joins)

    def of(self, teams: Iterable[Team]) -> Supposed:
        """The same; raises ``UsageError`` if it names somebody whom no team has."""
        found = tuple(teams)
        known = [engineer.name for team in found for engineer in team.engineers]
        named = [name for name, _, _ in self.away] + [name for name, _ in self.without]
        for name in named:
            if not any(whom(name, [e.name for e in team.engineers]) for team in found):
                hint = did_you_mean(name, known)
                raise UsageError(f"no team has an engineer “{name}”. {hint}".rstrip())
        return self

    def made_of(self, team: Team) -> Team:
        """The team as it would be, were its files edited so."""
        for name, first, last in self.away:
            for person in _called(team, name):
                new = Vacation(person.name, first, last, source=Source("--away"))
                team = replace(team, vacations=(*team.vacations, new))
        for name, first in self.without:
            for person in _called(team, name):
                team = _changed(team, replace(person, left=first - timedelta(1)))
        for name, first in self.joins:
            team = _joined(team, name, first)
        return team


def supposed(
    away: Iterable[str], without: Iterable[str], since: date, joins: Iterable[str]
) -> Supposed:
    """What the options say; raises ``UsageError`` for what cannot be read."""
    return Supposed(
        tuple(_parsed_away(text) for text in away),
        tuple((name.strip(), since) for name in without),
        tuple(_parsed_joins(text) for text in joins),
    )


def _parsed_away(text: str) -> tuple[str, date, date]:
    match = _AWAY.fullmatch(text)
    if match is None:
        raise UsageError(f'--away “{text}” is not like "Dong 2024-08-05..2024-08-09".')
    first = _day(match[2])
    last = _day(match[3]) if match[3] else first
    if last < first:
        raise UsageError(f"--away “{text}”: {last} lies before {first}.")
    return match[1], first, last


def _parsed_joins(text: str) -> tuple[str, date]:
    match = _JOINS.fullmatch(text)
    if match is None:
        raise UsageError(f'--joins “{text}” is not like "Esra 2024-08-19".')
    return match[1], _day(match[2])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is not a date such as 2024-08-05.") from None


def _called(team: Team, name: str) -> list[Engineer]:
    """Whom of the team a name means: one person, or nobody."""
    known = whom(name, [engineer.name for engineer in team.engineers])
    return [team.engineer(known)] if known is not None else []


def _joined(team: Team, name: str, first: date) -> Team:
    """Somebody known joins on that day; anybody else too, at the end of every cycle.

    Of a newcomer no more is known than that: they live where most of the team does.
    """
    for person in _called(team, name):
        return _changed(team, replace(person, joined=first, left=None))
    regions = [engineer.region for engineer in team.engineers]
    newcomer = Engineer(name, max(sorted(set(regions)), key=regions.count), joined=first)
    rotations = (replace(each, cycle=(*each.cycle, name)) for each in team.rotations)
    people = sorted((*team.engineers, newcomer), key=lambda engineer: engineer.name)
    return replace(team, engineers=tuple(people), rotations=tuple(rotations))


def _changed(team: Team, person: Engineer) -> Team:
    people = (person if each.name == person.name else each for each in team.engineers)
    return replace(team, engineers=tuple(people))
