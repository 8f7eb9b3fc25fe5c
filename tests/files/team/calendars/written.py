"""Feeds as programs write them, from what people mean: an entry's meaning and its rendering apart.

The strategies here know nothing of how feeds are read: they say what an entry means, and how
Google, Outlook, Exchange, Apple, Nextcloud and personnel systems would write it down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from planner.domain import Engineer, Region
from planner.files.team.calendars.reading import read_calendar
from planner.files.team.people_named import Naming
from planner.files.team.reading import Reading
from planner.files.team.vacation_settings import USUAL, VacationSettings

PEOPLE = (
    Engineer("Ana Smith", Region("GB", "ENG"), email="ana.smith@example.com"),
    Engineer("Benedikt Okoro", Region("GB", "SCT"), email="ben@example.com"),
    Engineer("Mei Ling Tan", Region("MY", "PNG"), email="mei@example.com"),
    Engineer("Grace D'Souza", Region("MY", "KUL"), email="grace@example.com"),
    Engineer("José Núñez", Region("GB", "ENG"), email="jose@example.com"),
)
NAMES = [person.name for person in PEOPLE]
EMAILS = {person.name: person.email for person in PEOPLE}
STRANGERS = ["Zoe Parker", "Ana Costa", "Tomás Becker", "Danielle Fox", "Grace Lim", "Li Wei"]
ABSENCES = [
    *("annual leave", "Annual Leave", "on leave", "OOO", "out of office", "off", "vacation", "PTO"),
    *("Urlaub", "krank", "Elternzeit", "sick leave", "cuti tahunan", "cuti sakit", "holiday"),
    *("abwesend", "parental leave", "is away", "Vacation - 5 days", "congés", "jury duty", "AL"),
]
Days = tuple[str, date, date]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """An entry: what it says, the days that it takes, what else stands in it, who is away."""

    title: str
    first: date = date(2024, 8, 5)
    last: date = date(2024, 8, 9)
    more: tuple[str, ...] = ()
    away: tuple[str, ...] = ()

    @property
    def absences(self) -> set[Days]:
        return {(name, self.first, self.last) for name in self.away}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _dates(entry: Written) -> list[str]:
    return [
        f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.last + DAY:%Y%m%d}",
    ]


def google(uid: str, entry: Written) -> list[str]:
    return [
        *_dates(entry),
        "DTSTAMP:20240601T080000Z",
        f"UID:{uid}@google.com",
        "CREATED:20240501T080000Z",
        *entry.more,
        "LAST-MODIFIED:20240502T080000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        f"SUMMARY:{_escaped(entry.title)}",
        "TRANSP:TRANSPARENT",
    ]


def outlook(uid: str, entry: Written) -> list[str]:
    return [
        "CLASS:PUBLIC",
        f"UID:040000008200E00074C5B7101A82E008{uid}",
        "DTSTAMP:20240601T080000Z",
        f"SUMMARY;LANGUAGE=en-us:{_escaped(entry.title)}",
        *_dates(entry),
        *entry.more,
        "PRIORITY:5",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "ACTION:DISPLAY",
        "SUMMARY:Ana Smith on leave",
        "DESCRIPTION:Reminder",
        "END:VALARM",
    ]


def exchange(uid: str, entry: Written) -> list[str]:
    """All-day as midnights of a zone that Windows names."""
    zone = "TZID=Singapore Standard Time"
    return [
        f"SUMMARY:{_escaped(entry.title)}",
        f"DTSTART;{zone}:{entry.first:%Y%m%d}T000000",
        f"DTEND;{zone}:{entry.last + DAY:%Y%m%d}T000000",
        f"UID:{uid}",
        "DTSTAMP:20240601T080000Z",
        *entry.more,
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ]


def exchange_utc(uid: str, entry: Written) -> list[str]:
    """All-day as the instants of midnight in Kuala Lumpur."""
    return [
        f"UID:{uid}",
        f"DTSTART:{entry.first - DAY:%Y%m%d}T160000Z",
        f"DTEND:{entry.last:%Y%m%d}T160000Z",
        *entry.more,
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        f"SUMMARY:{_escaped(entry.title)}",
    ]


def apple(uid: str, entry: Written) -> list[str]:
    return [
        "CREATED:20240501T080000Z",
        f"UID:{uid}",
        f"DTEND;VALUE=DATE:{entry.last + DAY:%Y%m%d}",
        "TRANSP:OPAQUE",
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC",
        f"SUMMARY:{_escaped(entry.title)}",
        f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}",
        *entry.more,
    ]


def nextcloud(uid: str, entry: Written) -> list[str]:
    return [
        f"DTSTART:{entry.first:%Y%m%d}",
        f"DURATION:P{(entry.last - entry.first).days + 1}D",
        f"UID:{uid}",
        *entry.more,
        f"SUMMARY:{_escaped(entry.title)}",
    ]


def personnel(uid: str, entry: Written) -> list[str]:
    """Midnights in UTC, sent by a machine."""
    sender = "ORGANIZER;CN=Leave:mailto:no-reply@leave.example.com"
    return [
        f"UID:{uid}",
        f"DTSTART:{entry.first:%Y%m%d}T000000Z",
        f"DTEND:{entry.last + DAY:%Y%m%d}T000000Z",
        *((sender,) if not any("ORGANIZER" in line for line in entry.more) else ()),
        f"SUMMARY:{_escaped(entry.title)}",
        *entry.more,
    ]


Program = Callable[[str, Written], list[str]]
PROGRAMS: list[Program] = [google, outlook, exchange, exchange_utc, apple, nextcloud, personnel]
programs = st.sampled_from(PROGRAMS)


def folded(line: str) -> str:
    """A line of at most 75 octets, cut wherever that falls."""
    data = line.encode()
    parts = [data[:75], *(data[n : n + 74] for n in range(75, len(data), 74))]
    return b"\r\n ".join(parts).decode(errors="surrogateescape")


def calendar(entries: Sequence[Sequence[str]], header: Sequence[str] = ()) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Some//Program//EN", *header]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    lines += ["END:VCALENDAR", ""]
    return "\r\n".join(map(folded, lines)).encode(errors="surrogateescape")


def feed(program: Program, entries: Sequence[Written], header: Sequence[str] = ()) -> bytes:
    return calendar([program(f"u{n}", entry) for n, entry in enumerate(entries)], header)


@dataclass
class Read:
    """What came of reading a feed."""

    absences: set[Days]
    notes: list[str]
    kinds: dict[Days, str] = field(default_factory=dict)


def read(
    folder: Path,
    data: bytes,
    *,
    file: str = "feed.ics",
    settings: VacationSettings = USUAL,
    people: object = None,
) -> Read:
    path = folder / file
    path.write_bytes(data)
    reading = Reading(timezone="Asia/Kuala_Lumpur", through=date(2024, 12, 31))
    found = read_calendar(path, Naming(people or PEOPLE, settings), reading)  # type: ignore[arg-type]
    assert reading.problems == []
    days = {(v.engineer, v.start, v.end): v.kind for v in found}
    return Read(set(days), reading.notes, days)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[date, date]:
    first = draw(st.dates(date(2024, 1, 1), date(2024, 11, 30)))
    return first, first + timedelta(days=draw(st.integers(0, 20)))


names = st.sampled_from(NAMES)


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    """A way to write an engineer's whole name, or an address."""
    parts = name.split(" ")
    return draw(
        st.sampled_from(
            [
                name,
                name.upper(),
                name.lower(),
                f"{parts[-1]}, {' '.join(parts[:-1])}",
                f"{parts[-1].upper()} {' '.join(parts[:-1])}",
                name.replace("'", "’"),  # noqa: RUF001
                EMAILS[name],
                f"\u200e{name}",
            ]
        )
    )


@st.composite
def absences(draw: st.DrawFn, who: st.SearchStrategy[str] = names) -> Written:
    """Somebody's absence, in the shapes of titles that people and programs give it."""
    name = draw(who)
    said, word = draw(spellings(name)), draw(st.sampled_from(ABSENCES))
    shape = draw(
        st.sampled_from(
            ["{0} - {1}", "{0}: {1}", "{0} ({1})", "{1}: {0}", "[{0}] {1}", "{0} – {1}"]
        )
    )
    first, last = draw(stretches())
    return Written(shape.format(said, word), first, last, away=(name,))
