"""Who does each part of each duty: its holder, or whoever stands in.

A cover is given by dates, and a date of a duty is the part that begins on it. Covers are applied in
the order given: each takes over what its engineer does of the duty on those dates, be it as the
holder or as an earlier cover's stand-in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain import Cover, Duty, Rota, Team

Doing = dict[Duty, dict[date, str | None]]
"""Who does each part of each duty, by the date on which the part begins."""


def doing(team: Team, rota: Rota, covers: Iterable[Cover]) -> Doing:
    """Who does each part of each duty, covers applied."""
    found: Doing = {
        held.duty: {part.day: held.engineer for part in team.parts(held.duty)} for held in rota
    }
    for cover in covers:
        for duty, names in found.items():
            for day in _covered(team, cover, duty, names):
                if names[day] == cover.engineer:
                    names[day] = cover.stand_in
    return found


def dates_done(
    team: Team, duty: Duty, names: Mapping[date, str | None], engineer: str
) -> tuple[date, ...]:
    """The dates that the engineer's parts of a duty touch."""
    own = (part.dates for part in team.parts(duty) if names.get(part.day) == engineer)
    return tuple(sorted({day for days in own for day in days}))


def spared(
    team: Team, duty: Duty, names: Mapping[date, str | None], engineer: str
) -> frozenset[date]:
    """The dates of a duty that the engineer, who holds it, does not do."""
    return frozenset(team.dates(duty)).difference(dates_done(team, duty, names, engineer))


def exchanged(
    team: Team, covered: Doing, holders: Mapping[Duty, str], engineer: str
) -> tuple[tuple[int, Duty, date], ...]:
    """Dates that stand-ins shift: (1, duty, date) gained, (−1, duty, date) spared."""
    found: list[tuple[int, Duty, date]] = []
    for duty, names in covered.items():
        own = team.dates(duty) if holders[duty] == engineer else ()
        done = dates_done(team, duty, names, engineer)
        found += [(1, duty, day) for day in done if day not in own]
        found += [(-1, duty, day) for day in own if day not in done]
    return tuple(sorted(found, key=lambda change: (change[1], change[2])))


def idle_covers(team: Team, rota: Rota, covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """The covers that change nothing, because their engineer does no such duty then."""
    return tuple(
        cover
        for number, cover in enumerate(covers)
        if doing(team, rota, covers[:number]) == doing(team, rota, covers[: number + 1])
    )


def named(team: Team, rota: Rota, covers: Sequence[Cover]) -> tuple[Cover, ...]:
    """The covers as one for each duty that they change, with its rotation, role and dates.

    Idle ones are left out. Applied in their order, they do the same as the covers given.
    """
    found = []
    for number, cover in enumerate(covers):
        for duty, names in doing(team, rota, covers[:number]).items():
            days = [d for d in _covered(team, cover, duty, names) if names[d] == cover.engineer]
            if days:
                seat = replace(cover, rotation=duty.rotation, role=duty.role)
                found.append(replace(seat, start=days[0], end=days[-1]))
    return tuple(found)


def _covered(team: Team, cover: Cover, duty: Duty, days: Iterable[date]) -> list[date]:
    """Of the dates on which the parts of a duty begin, those for which a cover is meant."""
    role = team.strand(duty.seat).role
    if cover.rotation not in ("", duty.rotation) or cover.role not in ("", duty.role, role):
        return []
    if cover.end < duty.week.first or duty.week.last < cover.start:
        return []
    return [day for day in days if cover.start <= day <= cover.end]
