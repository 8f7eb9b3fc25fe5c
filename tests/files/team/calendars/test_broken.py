"""Feeds that break: whatever cannot be read costs what it belongs to, and never the feed."""

import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.team.calendars import contentlines
from planner.files.team.calendars.contentlines import take_apart
from planner.files.team.folder import load_team_with_notes
from planner.files.team.people_named import Naming
from planner.files.team.reading import Reading
from tests.files.team.calendars.test_kinds import meant, reads
from tests.files.team.calendars.written import (
    STRANGERS,
    Written,
    absences,
    apple,
    calendar,
    feed,
    programs,
)
from tests.files.team_folder import problems, write

ANA = ("Ana Smith", date(2024, 8, 5), date(2024, 8, 9))
JUNK = [
    *("REFRESH-INTERVAL:VALUE=DATE-TIME:X", "no property at all", ";=:", "X-A;B", 'ATTENDEE;CN="x'),
    *(
        "DTSTAMP:yesterday",
        "GEO:here",
        "ORGANIZER;CN=",
        ":",
        "DURATION",
        "SEQUENCE:many",
        "\x00\x01",
    ),
    *("CREATED:19691231T250000Z", "LAST-MODIFIED:", "EXDATE", "PRIORITY:high", "CATEGORIES:"),
]


@settings(max_examples=80, deadline=None)
@given(
    programs,
    st.lists(absences(), min_size=1, max_size=4),
    st.lists(st.sampled_from(JUNK)),
    st.data(),
)
def test_broken_lines_cost_nothing_else(
    program: object, entries: list[Written], junk: list[str], data: st.DataObject
) -> None:
    lines = feed(program, entries).decode().split("\r\n")  # type: ignore[arg-type]
    inside = [n for n, line in enumerate(lines) if line and not line.startswith((" ", "BEGIN:VC"))]
    for piece in junk:
        lines.insert(data.draw(st.sampled_from(inside)), piece)
    assert reads("\r\n".join(lines).encode()).absences == meant(entries)


@settings(max_examples=60, deadline=None)
@given(programs, st.lists(absences(), min_size=1, max_size=4))
def test_broken_entries_are_named_with_their_line(program: object, entries: list[Written]) -> None:
    broken = Written("Ana Smith - broken leave")
    data = feed(program, [*entries, broken])  # type: ignore[arg-type]
    head, _, tail = data.rpartition(b"BEGIN:VEVENT")
    for name in (b"DTSTART", b"DTEND", b"DURATION"):
        tail = b"\r\n".join(ln for ln in tail.split(b"\r\n") if not ln.startswith(name))
    line = head.count(b"\n") + 1
    found = reads(head + b"BEGIN:VEVENT" + tail)
    assert found.absences == meant(entries)
    assert found.notes[0].startswith(
        f"feed.ics row {line}: “Ana Smith - broken leave” has no start"
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.data())
def test_no_bytes_make_it_stumble(junk: bytes, data: st.DataObject) -> None:
    whole = feed(apple, [Written("Ana Smith leave")])
    place = data.draw(st.integers(0, len(whole)))
    take_apart(junk)
    reads_something(whole[:place] + junk + whole[place:])


def reads_something(data: bytes) -> None:
    import tempfile

    from planner.files.team.calendars.reading import read_calendar
    from tests.files.team.calendars.written import PEOPLE

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.ics"
        path.write_bytes(data)
        read_calendar(path, Naming(PEOPLE), Reading())  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ends: str) -> None:
    data = feed(apple, [Written("José Núñez – congé", away=("José Núñez",))])
    text = data.decode().replace("\r\n ", "").replace("\r\n", ends)
    found = reads(text.encode(encoding))
    assert found.absences == {("José Núñez", *ANA[1:])}
    told = ["feed.ics is not in UTF-8; it is read as Windows-1252."]
    assert found.notes == (told if encoding == "cp1252" else [])


def test_letters_cut_in_the_middle_by_folding() -> None:
    title = "José Núñez " + "é" * 60 + " – leave"
    found = reads(feed(apple, [Written(title, away=("José Núñez",))]))
    assert {name for name, *_ in found.absences} == {"José Núñez"}


def test_a_calendar_of_another_time() -> None:
    """vCalendar 1.0, as phones wrote it."""
    lines = [
        "UID:1",
        "DTSTART:20240805T000000",
        "DTEND:20240810T000000",
        "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 N=C3=BA=C3=B1ez =\r\nleave",
    ]
    assert reads(calendar([lines])).absences == {("José Núñez", *ANA[1:])}


def test_an_entry_that_does_not_end_and_a_file_that_does_not() -> None:
    data = feed(apple, [Written("Ana Smith leave"), Written("Mei Ling Tan leave")])
    cut = data.replace(b"END:VEVENT\r\n", b"", 1)
    assert len(reads(cut).absences) == 2
    short = reads(data[: data.rindex(b"END:VEVENT")])
    assert len(short.absences) == 2
    assert "ends in the middle of the entry in row 13" in short.notes[0]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("BEGIN:VFREEBUSY\r\nUID:1\r\nEND:VFREEBUSY", "holds no events, only 1 VFREEBUSY"),
        ("BEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nBEGIN:VTODO\r\nEND:VTODO", "only 2 VTODO"),
        ("X-WR-CALNAME:Nothing", "feed.ics holds no events; nothing was read from it."),
    ],
)
def test_a_calendar_without_events_says_so(body: str, said: str) -> None:
    found = reads(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n".encode())
    assert found.absences == set()
    assert said in found.notes[0]


def test_a_start_and_an_end_of_different_kinds() -> None:
    lines = ["UID:1", "DTSTART:20240805T020000Z", "DTEND;VALUE=DATE:20240810", "SUMMARY:Ana Smith"]
    assert reads(calendar([lines])).absences == {ANA}


def test_what_would_rule_a_terminal_is_not_told() -> None:
    found = reads(feed(apple, [Written("\x1b]0;pwned\x07\x1b[2J\x9bEVIL")]))
    assert all(note.isprintable() for note in found.notes)


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.files.team.calendars import reading

    monkeypatch.setattr(reading, "LARGEST", 100)
    (problem,) = problems(tmp_path / "a", {"big.ics": feed(apple, [Written("Ana Smith")])})
    assert "is larger than" in problem.message


def test_more_absences_than_anybody_has(tmp_path: Path) -> None:
    """A hundred series, each for ever, are refused and not computed to the end of memory."""
    series = [
        [f"UID:{n}", "DTSTART;VALUE=DATE:19900101", "RRULE:FREQ=WEEKLY", "SUMMARY:Choo off"]
        for n in range(80)
    ]
    (problem,) = problems(tmp_path / "a", {"big.ics": calendar(series)})
    assert problem.message == "holds more than 100,000 absences"


@settings(max_examples=40, deadline=None)
@given(
    programs,
    st.lists(absences() | st.sampled_from(STRANGERS).map(Written), min_size=1, max_size=8),
    st.data(),
)
def test_every_entry_is_counted_once(
    program: object, entries: list[Written], data: st.DataObject
) -> None:
    """The numbers in the one line add up to the entries of the file."""
    copies = data.draw(st.integers(0, 2))
    written = [program(f"u{n % 5}", entry) for n, entry in enumerate(entries)]  # type: ignore[operator]
    found = reads(calendar([*written, *written[:copies]]))
    line = next((note for note in found.notes if "left out:" in note), None)
    if line is None:
        assert len(written) + min(copies, len(written)) == len(found.absences) or found.absences
        return
    plain = line
    while "(" in plain:
        head, _, rest = plain.partition("(")
        plain = head + rest.partition("”)")[2]
    numbers = [int(word) for word in plain.replace(":", " ").split() if word.isdigit()]
    total, *parts = numbers
    assert total == len(written) + len(written[:copies])
    assert sum(parts) == total


def big_feed(entries: int) -> tuple[bytes, Counter[str]]:
    """A company's calendar: mostly of strangers, of all sorts."""
    random = Random(16)
    firsts = [name.split(" ")[0] for name in STRANGERS] + ["Tara", "Olga", "Hans", "Rita", "Yusuf"]
    syllables = ["ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun", "per", "sa"]
    words = ["Annual leave", "WFH", "birthday", "sick", "Meeting", "Urlaub", "on call", "off"]
    written, count = [], Counter[str]()
    for number in range(entries):
        last = "".join(random.choices(syllables, k=3)).title()
        name = "Choo" if random.random() < 0.01 else f"{random.choice(firsts)} {last}"
        day = date(2024, random.randint(1, 12), random.randint(1, 28))
        people = f"ATTENDEE;CN={name};PARTSTAT=ACCEPTED:mailto:{last}@else.example.com"
        more = [(), (people,), ("RRULE:FREQ=WEEKLY;BYDAY=MO",)][random.choice([0, 0, 0, 1, 2])]
        count["ours"] += name == "Choo"
        written.append(
            apple(f"u{number}", Written(f"{name} - {random.choice(words)}", day, day, more))
        )
    return calendar(written), count


def test_a_company_calendar_is_read_as_fast_as_it_is_parsed(tmp_path: Path) -> None:
    """20,000 entries in at most twice the time that icalendar takes to parse them alone."""
    data, count = big_feed(20_000)
    folder = write(tmp_path / "a", {"company.ics": data})
    began = time.perf_counter()
    _, notes = load_team_with_notes(folder, through=date(2024, 12, 31))
    read_in = time.perf_counter() - began
    began = time.perf_counter()
    icalendar.Calendar.from_ical(data)
    parsed_in = time.perf_counter() - began
    assert read_in <= 2 * parsed_in
    assert notes[0].startswith("company.ics: of 20000 entries, ")
    assert f"{20_000 - count['ours']} as about nobody of the team" in notes[0]
    assert len(data) < contentlines.LARGEST
