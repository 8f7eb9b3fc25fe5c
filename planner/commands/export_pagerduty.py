"""``rota export --format pagerduty``: request bodies, and what a fetched schedule has otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.commands.options import parse_instant
from planner.domain import Team
from planner.errors import UsageError
from planner.files.slugs import distinct_slugs
from planner.wording import listed, moment

if TYPE_CHECKING:
    from planner.files.exports.pagerduty import Schedule
    from planner.files.exports.pagerduty_compare import Difference
    from planner.files.exports.timetable import Timetable

SHIFTS, LEGACY = "pagerduty", "pagerduty-v2"
Texts = tuple[tuple[str, str], ...]


def request_bodies(
    timetable: Timetable, form: str, since: str | None
) -> tuple[Texts, tuple[str, ...]]:
    """One request body a role, on one line each: (file name, content); and what there is to say."""
    from planner.files.exports import pagerduty

    team = timetable.team
    found = _schedules(timetable, since)
    body = pagerduty.custom_shifts if form == SHIFTS else pagerduty.overrides
    remarks = [*_gaps(team, found)]
    if since is None and any(shift.start < datetime.now(UTC) for shift in timetable.shifts):
        remarks.append("PagerDuty takes nothing in the past; --since now leaves it out.")
    if len(found) > 1:
        remarks.append(f"one request body for each schedule, in this order: {_seats(found)}.")
    texts = tuple(
        (f"{name}.pagerduty.json", _line(body(each)))
        for name, each in zip(_names(team, found), found, strict=True)
    )
    return texts, tuple(remarks)


def compared(
    timetable: Timetable, form: str, since: str | None, fetched: Sequence[Path]
) -> tuple[tuple[str, ...], Texts, tuple[str, ...]]:
    """What differs, line by line; the request bodies that would mend it; what there is to say."""
    from planner.files.exports.pagerduty_compare import differences, read_schedule

    team = timetable.team
    found = _schedules(timetable, since)
    if len(fetched) != len(found):
        raise UsageError(
            f"{team.name} has {len(found)} schedules: give --compare as often, for "
            f"{_seats(found)}, in this order."
        )
    lines: list[str] = []
    texts: list[tuple[str, str]] = []
    for name, schedule, path in zip(_names(team, found), found, fetched, strict=True):
        differing = differences(schedule, read_schedule(path))
        lines += [_said(team, schedule, each) for each in differing]
        texts += [(f"{name}.{kind}.json", _line(body)) for kind, body in _mending(form, differing)]
    return tuple(lines), tuple(texts), tuple(_gaps(team, found))


def _schedules(timetable: Timetable, since: str | None) -> tuple[Schedule, ...]:
    from planner.files.exports.pagerduty import schedules

    return schedules(timetable, None if since is None else parse_instant(since, timetable.team))


def _names(team: Team, found: Sequence[Schedule]) -> list[str]:
    slugs = distinct_slugs(f"{each.rotation} {each.role}" for each in found)
    return [f"{team.key}-{slug}" for slug in slugs]


def _seats(found: Sequence[Schedule]) -> str:
    return ", ".join(f"{each.rotation} {each.role}" for each in found)


def _gaps(team: Team, found: Sequence[Schedule]) -> Iterator[str]:
    """Who has no account, and which shifts nobody holds: nothing is guessed for them."""
    for name in sorted({name for each in found for name in each.unmapped}):
        yield (
            f"{name} has no PagerDuty account in engineers.csv, column accounts "
            "(pagerduty:PXXXXXX); their duties are left out."
        )
    for each in found:
        for shift in each.open_shifts:
            begins = moment(shift.start, team.timezone)
            yield f"{shift.duty} is open, so PagerDuty is told of nobody from {begins}."


def _said(team: Team, schedule: Schedule, found: Difference) -> str:
    from planner.files.exports.pagerduty import accounts_of

    names = {account: name for name, account in accounts_of(team).items()}
    there = listed([names.get(each.account, each.account) for each in found.there]) or "nobody"
    here = found.here.engineer if found.here else "nobody"
    begins, ends = (moment(each, team.timezone) for each in (found.start, found.end))
    seat = f"{schedule.rotation} {schedule.role}"
    return f"{seat}, {begins} – {ends}: PagerDuty has {there}, the rota {here}"


def _mending(form: str, found: Sequence[Difference]) -> Iterator[tuple[str, dict[str, Any]]]:
    from planner.files.exports import pagerduty_compare as compare

    if form == LEGACY:
        bodies = {"pagerduty": compare.mending_legacy(found)}
    else:
        bodies = {
            "custom-shifts": compare.mending_shifts(found),
            "overrides": compare.mending_overrides(found),
        }
    for kind, body in bodies.items():
        if any(body.values()):
            yield kind, body


def _line(body: dict[str, Any]) -> str:
    return json.dumps(body) + "\n"
