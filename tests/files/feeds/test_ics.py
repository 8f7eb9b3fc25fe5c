"""Feeds are valid iCalendar files and read back as they were written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain import Pipeline
from planner.errors import OutputError
from planner.files.feeds.events import Event, planned_events
from planner.files.feeds.ics import from_ics, to_ics
from tests.build import rotation
from tests.duty import cover, timetable
from tests.files.feeds.rfc5545 import unescaped, valid_events

START = datetime(2024, 10, 21, 9, 0, tzinfo=UTC)


def event(**facts: object) -> Event:
    told: dict[str, object] = {
        "uid": "2024-W43.primary.r.team.12345678@rota",
        "start": START,
        "end": START + timedelta(hours=169),
        "summary": "On call: A (primary)",
        "description": "A is primary.",
        "category": "On call",
        "stamp": START,
    }
    return Event(**{**told, **facts})  # type: ignore[arg-type]


def test_a_feed_is_valid_by_our_strict_reader_and_by_icalendar() -> None:
    data = to_ics("Team; with, marks", [event(sequence=3)])
    (found,) = valid_events(data)
    assert found["UID"] == "2024-W43.primary.r.team.12345678@rota"
    assert found["DTSTART"] == "20241021T090000Z"
    assert found["DTEND"] == "20241028T100000Z"
    assert found["SEQUENCE"] == "3"
    assert found["STATUS"] == "CONFIRMED"
    parsed = icalendar.Calendar.from_ical(data)
    assert not parsed.errors
    assert [each.errors for each in parsed.walk()] == [[], []]


def test_a_cancelled_event_says_so() -> None:
    (found,) = valid_events(to_ics("T", [event(cancelled=True)]))
    assert found["STATUS"] == "CANCELLED"


def test_events_come_in_the_order_of_their_uids() -> None:
    feed = to_ics("T", [event(uid="b@rota"), event(uid="a@rota")])
    assert [each["UID"] for each in valid_events(feed)] == ["a@rota", "b@rota"]
    assert feed == to_ics("T", [event(uid="a@rota"), event(uid="b@rota")])


LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n;,\\:\"^'nN")
TEXTS = st.lists(LETTERS | st.sampled_from((r"\n", r"\N")), max_size=150).map("".join)


def test_a_line_break_may_be_written_with_either_letter_and_a_path_has_none() -> None:
    told = event(summary=r"C:\New\n", description="a\r\nb\rc\nd")
    data = to_ics(r"X:\Nights", [told])
    assert rb"SUMMARY:C:\\New\\n" in data
    assert rb"DESCRIPTION:a\nb\nc\nd" in data
    either = from_ics_bytes(data.replace(rb"b\nc", rb"b\Nc"))
    assert either.name == r"X:\Nights"
    assert [(each.summary, each.description) for each in either.events] == [
        (r"C:\New\n", "a\nb\nc\nd")
    ]


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_survives(name: str, summary: str, description: str) -> None:
    told = event(summary=summary, description=description)
    (found,) = valid_events(to_ics(name, [told]))
    assert unescaped(found["SUMMARY"]) == summary
    assert unescaped(found["DESCRIPTION"]) == description


@given(TEXTS, st.integers(0, 99), st.booleans())
def test_what_was_written_is_read_back(text: str, sequence: int, cancelled: bool) -> None:
    told = event(description=text, sequence=sequence, cancelled=cancelled)
    feed = from_ics_bytes(to_ics("T, U; V", [told]))
    assert feed.name == "T, U; V"
    assert feed.events == (told,)


def from_ics_bytes(data: bytes):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.ics"
        path.write_bytes(data)
        return from_ics(path)


def test_no_file_is_an_empty_feed(tmp_path: Path) -> None:
    assert from_ics(tmp_path / "none.ics").events == ()


@pytest.mark.parametrize(
    "data", [b"", b"nonsense", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\xfe\x00"]
)
def test_what_is_no_feed_of_ours_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "team.ics"
    path.write_bytes(data)
    with pytest.raises(OutputError, match=r"team\.ics is no feed that rota wrote"):
        from_ics(path)


def test_a_whole_timetable_of_awkward_names_is_valid() -> None:
    odd = 'Zoë; "Ö", \\n 陈小明 ' + "ü" * 60
    pipelines = (Pipeline("P;1", rotation="r", common_issues=f"{odd}; two; three; four"),)
    found = timetable("A B A", rotation("AB"), covers=[cover("A", 2, 3, "B")], pipelines=pipelines)
    data = to_ics(odd, [each.event for each in planned_events(found)])
    assert len(valid_events(data)) == 7
