"""When nobody is on call by the team's own hours, week after week, in few sentences.

Rotations that answer for one thing, as those of a pipeline, may cover the week together. Offices
move their clocks on different dates, so what is left between their hours changes through the
year: a stretch is told on the clock on which it is the same in most weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from planner.domain import DutyWeek, Rotation, Team
from planner.domain.hours import instants
from planner.domain.quarters import WEEKDAYS, handover
from planner.problem import Problem
from planner.wording import listed

Span = tuple[datetime, datetime]
Pattern = tuple[str, str]
"""On which weekday, and from when until when, by a clock on the wall."""

_DAY = timedelta(days=1)


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
    gaps = {week: _gaps(team, week, rotations) for week in weeks}
    zones = tuple(dict.fromkeys([*(team.zone_of(r.name) for r in rotations), team.timezone]))
    by_zone = {zone: _patterns(gaps, ZoneInfo(zone)) for zone in zones}
    zone = min(zones, key=lambda zone: len(by_zone[zone]))
    together: dict[tuple[str, tuple[DutyWeek, ...]], list[str]] = {}
    for (weekday, clock), found in by_zone[zone].items():
        together.setdefault((clock, tuple(found)), []).append(weekday)
    for (clock, those), weekdays in together.items():
        when = _in_weeks(those, weeks, zones)
        days = f"{_weekdays(weekdays)} " if weekdays[0] else ""
        yield f"Nobody is on call{whose} {days}{clock} {zone} {when}"


def _gaps(team: Team, week: DutyWeek, rotations: Sequence[Rotation]) -> list[Span]:
    """What is left of a week, from handover to handover, between the hours of the rotations."""
    begin, end = (handover(w, team).astimezone(UTC) for w in (week, week.later(1)))
    busy = sorted(
        instants(part, near, team.zone_of(rotation.name))
        for near in (week.later(-1), week, week.later(1))
        for rotation in rotations
        if rotation.hours and not rotation.rests(near)
        for part in rotation.hours.stretches
    )
    found, free = [], begin
    for start, stop in [*busy, (end, end)]:
        if free < min(start, end):
            found.append((free, min(start, end)))
        free = max(free, stop)
    return found


def _patterns(
    gaps: Mapping[DutyWeek, Sequence[Span]], zone: ZoneInfo
) -> dict[Pattern, list[DutyWeek]]:
    """In which weeks each stretch comes, by the clock of a zone."""
    found: dict[Pattern, list[DutyWeek]] = {}
    for week, spans in gaps.items():
        for start, end in ((s.astimezone(zone), e.astimezone(zone)) for s, e in spans):
            begins, ends = (f"{WEEKDAYS[t.weekday()][:3]}" for t in (start, end))
            if end - start <= _DAY:
                pattern = begins, f"{start:%H:%M}–{end:%H:%M}"
            else:
                pattern = "", f"{begins} {start:%H:%M} – {ends} {end:%H:%M}"
            found.setdefault(pattern, []).append(week)
    return found


def _in_weeks(found: Sequence[DutyWeek], weeks: Sequence[DutyWeek], zones: Sequence[str]) -> str:
    """``in every week``, ``in every week of summer time``, or in which."""
    if len(found) == len(weeks):
        return "in every week"
    for zone in zones:
        summer = [week for week in weeks if _summer(week, zone)]
        winter = [week for week in weeks if week not in summer]
        for name, those in (("summer", summer), ("winter", winter)):
            if summer and winter and list(found) == those:
                return f"in every week of {name} time" + (f" ({zone})" if len(zones) > 1 else "")
    spans = [[found[0], found[0]]]
    for earlier, later in pairwise(found):
        if earlier.until(later) == 1:
            spans[-1][1] = later
        else:
            spans.append([later, later])
    named = [str(a) if a == b else f"{a} to {b}" for a, b in spans]
    return f"in {listed(named)}"


def _summer(week: DutyWeek, zone: str) -> bool:
    """Whether clocks stand at summer time for most of the week."""
    noon = datetime.combine(week.days[3], datetime.min.time()).replace(hour=12)
    return bool(noon.replace(tzinfo=ZoneInfo(zone)).dst())


def _weekdays(names: Sequence[str]) -> str:
    """``Mon–Fri``, or ``Sat and Sun``."""
    known = [name[:3] for name in WEEKDAYS]
    places = sorted(known.index(name) for name in names)
    if len(places) == len(known):
        return "every day"
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{known[places[0]]}–{known[places[-1]]}"
    return listed([known[place] for place in places])
