"""Events written as an iCalendar file, and read back from one that was written here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import icalendar

from planner import __version__
from planner.errors import OutputError
from planner.files.feeds.events import Event
from planner.records import dataclass

PRODUCT = f"-//rota//rota {__version__.split('.')[0]}//EN"
REFRESH = timedelta(hours=12)
"""How often calendars that subscribe to a feed should look again."""


def to_ics(name: str, events: Iterable[Event]) -> bytes:
    """The events as a calendar of that name (RFC 5545), in the order of their UIDs.

    There is no METHOD: a feed is a plain calendar that servers and programs may store as it is.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    # As texts by name: icalendar does not know that these two are to be escaped.
    calendar.add("name", icalendar.vText(name))
    calendar.add("x-wr-calname", icalendar.vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in sorted(events, key=lambda event: event.uid):
        calendar.add_component(_component(event))
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _component(event: Event) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", event.stamp)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    component.add("dtend", event.end)
    component.add("summary", event.summary)
    component.add("description", event.description)
    component.add("categories", [event.category])
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # On call one may still be invited elsewhere; a handoff takes one's time.
    component.add("transp", "OPAQUE" if event.category == "Handoff" else "TRANSPARENT")
    return component


@dataclass(frozen=True, slots=True)
class OldFeed:
    """A feed as it was written before."""

    name: str = ""
    events: tuple[Event, ...] = ()


def from_ics(path: Path) -> OldFeed:
    """A feed that was written here before; an empty one if there is no such file.

    Raises ``OutputError`` if it can no longer be understood.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return OldFeed()
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        calendar = icalendar.Calendar.from_ical(data)
        events = tuple(_event(component) for component in calendar.walk("VEVENT"))
        return OldFeed(_unescaped(str(calendar["NAME"])), events)
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise OutputError(
            f"{path} is no feed that rota wrote ({error}). Its events' versions cannot be "
            "counted on: move it away, and calendars will take the new feed as a first one."
        ) from error


def _event(component: Any) -> Event:
    return Event(
        uid=str(component["UID"]),
        start=component["DTSTART"].dt.astimezone(UTC),
        end=component["DTEND"].dt.astimezone(UTC),
        summary=str(component["SUMMARY"]),
        description=str(component["DESCRIPTION"]),
        category=str(component["CATEGORIES"].cats[0]),
        stamp=component["DTSTAMP"].dt.astimezone(UTC),
        sequence=int(component["SEQUENCE"]),
        cancelled=str(component["STATUS"]) == "CANCELLED",
    )


def _unescaped(text: str) -> str:
    """What a property says that icalendar does not know to be a text."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)
