"""When nobody is on call by the team's own hours, week after week, in few sentences.

Rotations that answer for one thing, as those of a pipeline, may cover the week together. Offices
move their clocks on different dates, so what is left between their hours changes through the
year: a stretch is told on the clock on which it is the same in most weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain import DutyWeek, Rotation, Team
from planner.domain.hours import WEEK, Stretch, instants
from planner.domain.quarters import WEEKDAYS, handover, week_of
from planner.problem import Problem
from planner.wording import listed, weeks_listed

Span = tuple[datetime, datetime]
Pattern = tuple[str, str]
"""On which weekday, and from when until when, by a clock on the wall."""

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


def uncovered(problem: Problem) -> tuple[str, ...]:
    """A sentence for each stretch of the planned weeks in which nobody is on call."""
    found: dict[str, None] = {}
    for whose, rotations in _groups(problem.team):
        found |= dict.fromkeys(_sentences(problem, whose, rotations))
    return tuple(found)


def _groups(team: Team) -> Iterator[tuple[str, tuple[Rotation, ...]]]:
    """Rotations with hours of their own that answer together: for pipelines, or for everything."""
    together: dict[tuple[str, ...], list[str]] = {}
    for pipeline in team.pipelines:
        if pipeline.rotations and pipeline.hours != "office hours":
            together.setdefault(pipeline.rotations, []).append(pipeline.name)
    if not any(pipeline.rotations for pipeline in team.pipelines):
        together[tuple(rotation.name for rotation in team.rotations)] = []
    for names, pipelines in together.items():
        rotations = tuple(map(team.rotation, names))
        if all(rotation.hours for rotation in rotations):
            yield (f" for {listed(pipelines)}" if pipelines else ""), rotations


def _sentences(problem: Problem, whose: str, rotations: tuple[Rotation, ...]) -> Iterator[str]:
    team = problem.team
    weeks = [w for w in problem.weeks if not all(rotation.rests(w) for rotation in rotations)]
    gaps = [gap for week in weeks for gap in _gaps(team, week, rotations)]
    zones = tuple(dict.fromkeys([*(team.zone_of(r.name) for r in rotations), team.timezone]))
    by_zone = {zone: _patterns(gaps, zone) for zone in zones}
    zone = min(zones, key=lambda zone: len(by_zone[zone]))
    together: dict[tuple[str, str], list[str]] = {}
    for (weekday, clock), starts in by_zone[zone].items():
        when = _in_weeks(starts, weeks, zones, team)
        together.setdefault((clock, when), []).append(weekday)
    for (clock, when), weekdays in together.items():
        days = f"{_weekdays(weekdays)} " if weekdays[0] else ""
        yield f"Nobody is on call{whose} {days}{clock} {zone} {when}"


def _gaps(team: Team, week: DutyWeek, rotations: Sequence[Rotation]) -> list[Span]:
    """What is left of a week, from handover to handover, between the hours of the rotations."""
    begin, end = (handover(w, team).astimezone(UTC) for w in (week, week.later(1)))
    around = (week.later(-1), week, week.later(1))
    busy = [
        instants(part, near, team.zone_of(rotation.name))
        for near in around
        for rotation in rotations
        if rotation.hours and not rotation.rests(near)
        for part in rotation.hours.stretches
    ]
    # Where everything rests nothing is missing, from the first hours of those dates on.
    resting = (near for near in around if all(rotation.rests(near) for rotation in rotations))
    whole = Stretch(0, WEEK)
    busy = sorted([*busy, *(instants(whole, near, team.timezone) for near in resting)])
    found, free = [], begin
    for start, stop in [*busy, (end, end)]:
        if free < min(start, end):
            found.append((free, min(start, end)))
        free = max(free, stop)
    return found


def _patterns(gaps: Sequence[Span], zone: str) -> dict[Pattern, list[datetime]]:
    """When each stretch begins, by what it looks like on the clock of a zone."""
    found: dict[Pattern, list[datetime]] = {}
    for span in gaps:
        start, end = (instant.astimezone(ZoneInfo(zone)) for instant in span)
        begins, ends = (WEEKDAYS[each.weekday()][:3] for each in (start, end))
        if end - start <= _DAY:
            pattern = begins, f"{start:%H:%M}–{end:%H:%M}"
        else:
            pattern = "", f"{begins} {start:%H:%M} – {ends} {end:%H:%M}"
        found.setdefault(pattern, []).append(start)
    return found


def _in_weeks(
    starts: Sequence[datetime], weeks: Sequence[DutyWeek], zones: Sequence[str], team: Team
) -> str:
    """``in every week``, ``in every week of summer time``, or in which.

    Compared with every time at which it could be so, by the same clock.
    """
    begin, end = handover(weeks[0], team), handover(weeks[-1].later(1), team)
    first = starts[0] - timedelta(weeks=(starts[0] - begin) // _WEEK)
    every = [first + timedelta(weeks=n) for n in range(len(weeks) + 1)]
    every = [each for each in every if begin <= each < end]
    if starts == every:
        return "in every week"
    for zone in zones:
        summer = [bool(each.astimezone(ZoneInfo(zone)).dst()) for each in every]
        for name, wanted in (("summer", True), ("winter", False)):
            those = [each for each, known in zip(every, summer, strict=True) if known == wanted]
            if len(set(summer)) > 1 and starts == those:
                return f"in every week of {name} time" + (f" ({zone})" if len(zones) > 1 else "")
    seen = (start.date() for start in starts)
    return f"in {weeks_listed({week_of(day, team.handover_weekday) for day in seen})}"


def _weekdays(names: Sequence[str]) -> str:
    """``Mon–Fri``, or ``Sat and Sun``."""
    known = [name[:3] for name in WEEKDAYS]
    places = sorted(known.index(name) for name in names)
    if len(places) == len(known):
        return "every day"
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{known[places[0]]}–{known[places[-1]]}"
    return listed([known[place] for place in places])
