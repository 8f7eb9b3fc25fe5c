"""A strict reader of RFC 5545, written from its grammar and only for what our feeds may hold.

It knows nothing of icalendar, refuses what the standard forbids, and returns the events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

FOLD = 75
NAME = r"[A-Za-z0-9-]+"
SAFE = r'[^\x00-\x08\x0a-\x1f\x7f";:,]*'
QUOTED = r'"[^\x00-\x08\x0a-\x1f\x7f"]*"'
PARAM = rf"(?:;{NAME}=(?:{QUOTED}|{SAFE})(?:,(?:{QUOTED}|{SAFE}))*)"
LINE = re.compile(rf"({NAME})({PARAM}*):([^\x00-\x08\x0a-\x1f\x7f]*)")
TEXT = re.compile(r"(?:[^\\;,\x00-\x1f\x7f]|\\[\\;,nN])*")
UTC = re.compile(r"(\d{4})(0[1-9]|1[0-2])([0-3]\d)T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z")
DURATION = re.compile(r"[+-]?P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)")

ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"}
ONCE |= {"SEQUENCE"}
REQUIRED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
OF_EVENT = ONCE | {"CATEGORIES"}
OF_CALENDAR = {"VERSION", "PRODID", "CALSCALE", "NAME", "REFRESH-INTERVAL"}
OF_CALENDAR |= {"X-WR-CALNAME", "X-PUBLISHED-TTL"}
STATUS = {"TENTATIVE", "CONFIRMED", "CANCELLED"}


@dataclass
class Component:
    kind: str
    properties: dict[str, list[str]] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str:
        (value,) = self.properties[name]
        return value


def valid_events(data: bytes) -> list[dict[str, str]]:
    """The properties of every event. Raises ``AssertionError`` for whatever is wrong."""
    calendar, events = _components(_unfolded(data))
    _check_calendar(calendar)
    for event in events:
        _check_event(event)
    uids = [event.one("UID") for event in events]
    assert len(uids) == len(set(uids)), "an event is there twice"
    return [{name: event.one(name) for name in event.properties} for event in events]


def unescaped(text: str) -> str:
    """What a TEXT value says."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def _unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    physical = data.split(b"\r\n")[:-1]
    lines: list[str] = []
    for raw in physical:
        assert len(raw) <= FOLD, f"{len(raw)} octets: {raw!r}"
        assert b"\r" not in raw, f"a bare end of line: {raw!r}"
        assert b"\n" not in raw, f"a bare end of line: {raw!r}"
        assert raw, "an empty line"
        text = raw.decode("utf-8")  # each line by itself: no character is cut in two
        if text[0] in " \t":
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def _components(lines: list[str]) -> tuple[Component, list[Component]]:
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    calendar, events = Component("VCALENDAR"), []
    current = calendar
    for line in lines[1:-1]:
        match = LINE.fullmatch(line)
        assert match, f"no content line: {line!r}"
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            assert value == "VEVENT"
            assert current is calendar, "events do not nest"
            current = Component(value)
            events.append(current)
        elif name == "END":
            assert value == current.kind == "VEVENT"
            current = calendar
        else:
            assert not (current is calendar and events), "calendar properties come first"
            current.properties.setdefault(name, []).append(value)
            current.parameters[name] = parameters
    assert current is calendar
    return calendar, events


def _check_calendar(calendar: Component) -> None:
    assert set(calendar.properties) <= OF_CALENDAR, "METHOD would make it an iTIP message"
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID")
    assert calendar.properties.get("CALSCALE", ["GREGORIAN"]) == ["GREGORIAN"]
    assert all(len(values) == 1 for values in calendar.properties.values())
    assert TEXT.fullmatch(calendar.one("NAME"))
    assert calendar.parameters["REFRESH-INTERVAL"] == ";VALUE=DURATION"
    assert DURATION.fullmatch(calendar.one("REFRESH-INTERVAL"))


def _check_event(event: Component) -> None:
    assert set(event.properties) >= REQUIRED
    assert set(event.properties) <= OF_EVENT
    assert all(len(values) == 1 for values in event.properties.values())
    for name in ("DTSTAMP", "DTSTART", "DTEND"):
        assert UTC.fullmatch(event.one(name)), f"{name} is not in UTC"
        assert not event.parameters[name]
    assert event.one("DTSTART") < event.one("DTEND")
    for name in ("UID", "SUMMARY", "DESCRIPTION"):
        assert TEXT.fullmatch(event.one(name)), f"{name} is not escaped"
    assert re.fullmatch(r"\d+", event.one("SEQUENCE"))
    assert event.one("STATUS") in STATUS
    assert event.one("TRANSP") in {"OPAQUE", "TRANSPARENT"}
    assert event.one("UID").isascii()
