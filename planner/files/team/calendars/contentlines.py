"""What an iCalendar file is made of: its calendars' headers, their entries, their time zones.

Only lines are looked at here, so that a broken one costs what it belongs to and nothing else;
what a property means is found out when somebody asks for it.
"""

from __future__ import annotations

import quopri
import re
from collections import Counter
from dataclasses import field

from planner.records import dataclass

LARGEST = 32 * 1024 * 1024
"""Bytes that a calendar may have: some hundred thousand entries."""

_PARAMETER = re.compile(r';([\w-]+)=("[^"]*"|[^";:]*(?:,"[^"]*")*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_INNER = ("VALARM", "X-ALARM")
_HOLDING = (["VEVENT"], ["VCALENDAR"])


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its parameters and value, on which line it stands."""

    raw: str
    line: int

    @property
    def parameters(self) -> dict[str, str]:
        return {m[1].upper(): m[2].strip('"') for m in _PARAMETER.finditer(self.raw)}

    @property
    def value(self) -> str:
        """The value as it is written, but for spaces around it."""
        return self._written.strip()

    @property
    def _written(self) -> str:
        """What stands behind the colon that ends the parameters."""
        place = 0
        while match := _PARAMETER.match(self.raw, place):
            place = match.end()
        return self.raw[self.raw.find(":", place) + 1 :]

    @property
    def text(self) -> str:
        """The value as a text, without its escapes."""
        value = self._written
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            value = quopri.decodestring(value.encode()).decode("utf-8", errors="replace")
        return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


@dataclass(slots=True)
class Component:
    """A calendar's header or an entry: its properties by name, and the line where it begins."""

    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def all(self, name: str) -> list[Property]:
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """What the property says; empty if there is none."""
        found = self.first(name)
        return "" if found is None else found.text


@dataclass(slots=True)
class Entry(Component):
    """A ``VEVENT``, with the header of its calendar."""

    calendar: Component = field(default_factory=lambda: Component(0))


@dataclass(slots=True)
class Feed:
    """A file, taken apart. ``others`` are components that are no events; ``cut`` is the line of
    the entry in whose middle the file ends; it is ``whole`` if a calendar ends in it;
    ``encoding`` is set where it is not UTF-8."""

    calendars: list[Component] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    cut: int | None = None
    whole: bool = False
    encoding: str = ""


def take_apart(data: bytes) -> Feed:
    """The feed that the bytes of a file hold; one without calendars if it is no calendar."""
    text, encoding, numbers = _unfolded(data)
    feed = Feed(encoding=encoding)
    open_ones: list[str] = []
    inside: Component | None = None
    zone: list[str] = []
    for number, line in zip(numbers, text.split("\n"), strict=True):
        word = line[:6].upper()
        if word == "BEGIN:":
            name = line[6:].strip().upper()
            if name in ("VEVENT", "VCALENDAR"):  # whatever was left open before ends here
                open_ones = [] if name == "VCALENDAR" else ["VCALENDAR"]
            open_ones.append(name)
            if name == "VCALENDAR":
                inside = Component(number)
                feed.calendars.append(inside)
            elif name == "VEVENT":
                header = feed.calendars[-1] if feed.calendars else Component(0)
                inside = Entry(number, calendar=header)
                feed.entries.append(inside)
            elif name == "VTIMEZONE":
                zone = []
            elif len(open_ones) <= len(("VCALENDAR", "")) and name not in _INNER:
                feed.others[name] += 1
        if "VTIMEZONE" in open_ones:
            zone.append(line)
        if word[:4] == "END:":
            name = line[4:].strip().upper()
            if name in open_ones:
                del open_ones[open_ones.index(name) :]
            if name == "VTIMEZONE":
                _keep_zone(feed, zone)
            elif name == "VEVENT" and feed.calendars:
                inside = feed.calendars[-1]
            feed.whole = feed.whole or name == "VCALENDAR"
        elif word != "BEGIN:" and inside is not None and open_ones[-1:] in _HOLDING:
            end = next((n for n, c in enumerate(line) if c in ":;"), 0)
            if end:
                found = Property(line[end:], number)
                inside.properties.setdefault(line[:end].strip().upper(), []).append(found)
    feed.cut = feed.entries[-1].line if "VEVENT" in open_ones and feed.entries else None
    return feed


def _keep_zone(feed: Feed, lines: list[str]) -> None:
    for line in lines:
        if line.upper().startswith("TZID"):
            feed.zones.setdefault(line.partition(":")[2].strip(), "\n".join(lines))
            return


def _unfolded(data: bytes) -> tuple[str, str, list[int]]:
    """The text with its long lines joined, the encoding if it is not UTF-8, and line numbers.

    Lines are joined before they are decoded: some programs cut within a letter.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-16":
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(_BOMS[0][0])
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    lines: list[bytes] = []
    numbers: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1] += line[1:].removesuffix(b"\r")
        elif lines and lines[-1].endswith(b"=") and b"QUOTED-PRINTABLE" in lines[-1].upper():
            lines[-1] = lines[-1][:-1] + line.strip()
        else:
            lines.append(line.removesuffix(b"\r"))
            numbers.append(number)
    whole = b"\n".join(lines)
    try:
        return whole.decode(), "", numbers
    except UnicodeDecodeError:
        return whole.decode("cp1252", errors="replace"), "Windows-1252", numbers
