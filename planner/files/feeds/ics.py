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
from planner.files.atomic_write import refusals_said
from planner.files.feeds.events import Event
from planner.files.team.calendars.contentlines import Entry, take_apart
from planner.records import dataclass

PRODUCT = f"-//rota//rota {__version__.split('.')[0]}//EN"
REFRESH = timedelta(hours=12)
"""How often calendars that subscribe to a feed should look again."""


class Text(icalendar.vText):
    r"""A text as RFC 5545 escapes it: icalendar takes the letters ``\N`` for a line break."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        return re.sub("\r\n?|\n", r"\\n", re.sub(r"[\\;,]", r"\\\g<0>", self)).encode()


def to_ics(name: str, events: Iterable[Event]) -> bytes:
    """The events as a calendar of that name (RFC 5545), in the order of their UIDs.

    There is no METHOD: a feed is a plain calendar that servers and programs may store as it is.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    # As texts by name: icalendar does not know that these two are to be escaped.
    calendar.add("name", Text(name))
    calendar.add("x-wr-calname", Text(name))
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
    component.add("summary", Text(event.summary))
    component.add("description", Text(event.description))
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
    with refusals_said(path, "read"):
        if not path.exists():
            return OldFeed()
        data = path.read_bytes()
    try:
        calendar, texts = icalendar.Calendar.from_ical(data), take_apart(data)
        found = zip(calendar.walk("VEVENT"), texts.entries, strict=True)
        return OldFeed(
            texts.calendars[0].properties["NAME"][0].text, tuple(_event(*each) for each in found)
        )
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise OutputError(
            f"{path} is no feed that rota wrote ({error}). Its events' versions cannot be "
            "counted on: move it away, and calendars will take the new feed as a first one."
        ) from error


def _event(component: Any, texts: Entry) -> Event:
    r"""``texts`` is the same as written: icalendar would read the letters ``\N`` as ``\n``."""
    return Event(
        uid=str(component["UID"]),
        start=component["DTSTART"].dt.astimezone(UTC),
        end=component["DTEND"].dt.astimezone(UTC),
        summary=texts.properties["SUMMARY"][0].text,
        description=texts.properties["DESCRIPTION"][0].text,
        category=str(component["CATEGORIES"].cats[0]),
        stamp=component["DTSTAMP"].dt.astimezone(UTC),
        sequence=int(component["SEQUENCE"]),
        cancelled=str(component["STATUS"]) == "CANCELLED",
    )
