"""The events of a rota: one for each stretch of a duty, and a handoff at each handover.

An event is known by its UID, made from week, rotation, role and team and never from a person, so
that a change of people updates it. A duty cut by covers has several events; the later ones bear
the date on which they begin as well.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain import Duty, DutyWeek, Team
from planner.files.exports.timetable import Timetable
from planner.problem.oncall import Change, Handover, Shift
from planner.records import dataclass
from planner.runbook.handover_note import holiday_marks, sections_to_hand_over
from planner.wording import days, moment, passing

HANDOFF = timedelta(minutes=30)
"""How long outgoing and incoming engineers meet."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar shows. Instants are UTC. ``sequence`` counts the changes so far, ``stamp``
    is when the latest of them was planned."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str
    category: str
    stamp: datetime
    sequence: int = 0
    cancelled: bool = False

    def shows_same_as(self, other: Event) -> bool:
        """Whether somebody looking at both would see no difference."""
        return replace(self, stamp=other.stamp, sequence=other.sequence) == other


@dataclass(frozen=True, slots=True)
class Planned:
    """An event with what decides whose feeds it is in: its people and its seats."""

    event: Event
    people: tuple[str, ...]
    seats: tuple[tuple[str, str], ...]


def planned_events(timetable: Timetable) -> tuple[Planned, ...]:
    """All events of the exported weeks, in order of time. Open duties have none."""
    duties: Counter[Duty] = Counter()
    found = []
    for shift in timetable.shifts:
        if shift.engineer is not None:
            found.append(_duty_event(timetable, shift, first=duties[shift.duty] == 0))
        duties[shift.duty] += 1
    for handover in timetable.handovers:
        for rotation in timetable.team.rotations:
            changes = [c for c in handover.changes if c.rotation == rotation.name]
            met = [c for c in changes if c.outgoing is not None and c.incoming is not None]
            if met:
                found.append(_handoff_event(timetable, handover, changes))
    return tuple(sorted(found, key=lambda each: (each.event.start, each.event.uid)))


def week_of_uid(uid: str) -> str:
    """The name of the duty week to which an event of ours belongs."""
    return uid.partition(".")[0]


def uid(team: Team, week: DutyWeek, rotation: str, role: str, part: str = "") -> str:
    """A UID that is readable, and different for different names however they are spelt."""
    exact = "\n".join((team.key, rotation, role))
    digest = hashlib.sha256(exact.encode()).hexdigest()[:8]
    readable = [ascii_slug(word) for word in (role, rotation, team.key)]
    return ".".join(filter(None, (week.name, part, *readable, digest))) + "@rota"


def ascii_slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; empty if the text has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _duty_event(timetable: Timetable, shift: Shift, *, first: bool) -> Planned:
    team, duty = timetable.team, shift.duty
    assert shift.engineer is not None
    zone = team.zone_of(duty.rotation)
    begins = shift.start.astimezone(ZoneInfo(zone)).date().isoformat()
    about = [
        f"{shift.engineer} is {duty.role} of {duty.rotation} in {duty.week}.",
        f"From {moment(shift.start, zone)} until {moment(shift.end, zone)}.",
    ]
    if shift.covering:
        about.append(f"Stands in for {shift.holder}.")
    event = Event(
        uid(team, duty.week, duty.rotation, duty.role, "" if first else begins),
        shift.start,
        shift.end,
        f"On call: {shift.engineer} ({team.title(duty.seat)})",
        "\n".join(about),
        "On call",
        timetable.planned_at,
    )
    return Planned(event, (shift.engineer,), (duty.seat,))


def _handoff_event(timetable: Timetable, handover: Handover, changes: list[Change]) -> Planned:
    """One meeting for all roles of a rotation."""
    team, rotation = timetable.team, changes[0].rotation
    people = tuple(dict.fromkeys(name for change in changes for name in change.people))
    several = len(changes) > 1
    who = "; ".join(
        passing(c.outgoing, c.incoming) + (f" ({c.role})" if several else "") for c in changes
    )
    where = f" {rotation}" if len(team.rotations) > 1 else ""
    off = [(name, holiday) for name, holiday in handover.holidays if name in people]
    marked = f" – public holiday of {', '.join(name for name, _ in off)}" if off else ""
    event = Event(
        uid(team, handover.week, rotation, "", "handoff"),
        handover.at,
        handover.at + HANDOFF,
        f"Handoff{where}: {who}{marked}",
        "\n".join(_handoff_description(timetable, handover, changes, people)),
        "Handoff",
        timetable.planned_at,
    )
    return Planned(event, people, tuple(c.seat for c in changes))


def _handoff_description(
    timetable: Timetable, handover: Handover, changes: list[Change], people: tuple[str, ...]
) -> list[str]:
    team, week = timetable.team, handover.week
    lines = [f"{change.role}: {passing(change.outgoing, change.incoming)}" for change in changes]
    lines.insert(0, f"{changes[0].rotation}, {week} ({days(week.first, week.last)})")
    if handover.moved_from is not None:
        lines.append(f"Moved from {moment(handover.moved_from, team.timezone)}: public holiday.")
    lines += holiday_marks(handover, people)
    pipelines = tuple(p for p in team.pipelines if changes[0].rotation in p.rotations)
    for title, items in sections_to_hand_over(timetable.on_call, week, pipelines):
        if found := list(items):
            lines += ["", f"{title}:", *(f"- {item}" for item in found)]
    return lines
