"""Feeds over time: what is updated, what is cancelled, and what stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import Role
from planner.errors import OutputError
from planner.files.exports.timetable import Timetable
from planner.files.feeds.events import planned_events
from planner.files.feeds.folder import feeds_of, write_feeds
from planner.files.feeds.ics import from_ics
from tests.build import rotation
from tests.duty import PLANNED, cover, timetable
from tests.files.feeds.rfc5545 import unescaped, valid_events

LATER = PLANNED + timedelta(days=7)


def shown(path: Path) -> list[str]:
    """Every event as ``W27 0 On call: A (primary)``: week, version, summary."""
    return [
        f"{each['UID'][5:8]} {each['SEQUENCE']} {unescaped(each['SUMMARY'])}"
        for each in valid_events(path.read_bytes())
        if ".handoff." not in each["UID"]
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.ics")}


def again(text: str, folder: Path, **facts: object) -> Path:
    write_feeds(timetable(text, planned=LATER, **facts), folder)  # type: ignore[arg-type]
    return folder


def test_one_feed_a_team_an_engineer_and_a_role(tmp_path: Path) -> None:
    write_feeds(timetable("AB CB", rotation("ABCD", "primary", "secondary")), tmp_path)
    assert sorted(contents(tmp_path)) == [
        "engineers/a.ics",
        "engineers/b.ics",
        "engineers/c.ics",
        "engineers/d.ics",
        "roles/primary.ics",
        "roles/secondary.ics",
        "team.ics",
    ]
    assert shown(tmp_path / "team.ics") == [
        "W27 0 On call: A (primary)",
        "W27 0 On call: B (secondary)",
        "W28 0 On call: C (primary)",
        "W28 0 On call: B (secondary)",
    ]
    assert shown(tmp_path / "engineers/b.ics") == [
        "W27 0 On call: B (secondary)",
        "W28 0 On call: B (secondary)",
    ]
    assert shown(tmp_path / "engineers/d.ics") == []
    assert shown(tmp_path / "roles/primary.ics") == [
        "W27 0 On call: A (primary)",
        "W28 0 On call: C (primary)",
    ]


def test_rotations_are_named_in_the_files_of_their_roles(tmp_path: Path) -> None:
    streams = (rotation("AB", name="Growth"), rotation("CD", name="Profit"))
    write_feeds(timetable("AC BD", *streams), tmp_path)
    assert (tmp_path / "roles/growth-primary.ics").exists()
    assert (tmp_path / "roles/profit-primary.ics").exists()


def test_roles_of_one_spelling_have_files_of_their_own() -> None:
    stream = rotation("ABC", "On call", "on-call", Role("当番"))
    assert [str(feed.path) for feed in feeds_of(timetable("ABC", stream))][-3:] == [
        "roles/on-call.ics",
        "roles/on-call-2.ics",
        "roles/当番.ics",
    ]


def test_exporting_again_changes_no_byte_whenever_it_was_planned(tmp_path: Path) -> None:
    write_feeds(timetable("A B C"), tmp_path)
    before = contents(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.ics")}
    again("A B C", tmp_path)
    assert contents(tmp_path) == before
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.ics")} == times


def test_only_what_changed_gets_a_new_version(tmp_path: Path) -> None:
    write_feeds(timetable("A B C D"), tmp_path)
    again("A C B D", tmp_path)
    assert shown(tmp_path / "team.ics") == [
        "W27 0 On call: A (primary)",
        "W28 1 On call: C (primary)",
        "W29 1 On call: B (primary)",
        "W30 0 On call: D (primary)",
    ]
    duties, handoffs = (
        {
            e.uid[5:8]: (e.sequence, e.stamp)
            for e in from_ics(tmp_path / "team.ics").events
            if e.category == category
        }
        for category in ("On call", "Handoff")
    )
    new, old = (1, LATER), (0, PLANNED)
    assert duties == {"W27": old, "W28": new, "W29": new, "W30": old}
    assert handoffs == {"W28": new, "W29": new, "W30": new}


def test_a_duty_moved_away_stays_in_its_engineers_feed_as_cancelled(tmp_path: Path) -> None:
    write_feeds(timetable("A B C D"), tmp_path)
    again("A C B D", tmp_path)
    assert shown(tmp_path / "engineers/b.ics") == [
        "W28 1 Cancelled: On call: B (primary)",
        "W29 1 On call: B (primary)",
    ]
    standing = [e for e in from_ics(tmp_path / "engineers/b.ics").events if not e.cancelled]
    assert {e.uid[5:8] for e in standing} == {"W29", "W30"}, "W29's duty, both its handoffs"


def test_a_cancelled_event_stays_as_it_is_until_it_comes_back(tmp_path: Path) -> None:
    write_feeds(timetable("A B C"), tmp_path)
    again("A C B", tmp_path)
    cancelled = shown(tmp_path / "engineers/b.ics")[0]
    again("A D B", tmp_path)
    assert shown(tmp_path / "engineers/b.ics")[0] == cancelled
    assert shown(tmp_path / "team.ics")[1] == "W28 2 On call: D (primary)"
    again("A B C", tmp_path)
    assert shown(tmp_path / "engineers/b.ics")[0] == "W28 3 On call: B (primary)"
    assert shown(tmp_path / "engineers/c.ics") == [
        "W28 2 Cancelled: On call: C (primary)",
        "W29 2 On call: C (primary)",
    ]


def test_a_cover_makes_and_ends_events_of_its_own(tmp_path: Path) -> None:
    write_feeds(timetable("A B"), tmp_path)
    again("A B", tmp_path, covers=[cover("A", 2, 3, "C")])
    assert shown(tmp_path / "team.ics") == [
        "W27 0 On call: C (primary)",
        "W27 0 On call: A (primary)",
        "W27 1 On call: A (primary)",
        "W28 0 On call: B (primary)",
    ]
    again("A B", tmp_path)
    assert shown(tmp_path / "team.ics") == [
        "W27 1 Cancelled: On call: C (primary)",
        "W27 1 Cancelled: On call: A (primary)",
        "W27 2 On call: A (primary)",
        "W28 0 On call: B (primary)",
    ]
    assert shown(tmp_path / "engineers/c.ics") == ["W27 1 Cancelled: On call: C (primary)"]


def test_weeks_that_are_not_exported_stay_as_they_were(tmp_path: Path) -> None:
    both = timetable("A B C D")
    write_feeds(both, tmp_path)
    moved = timetable("B A D C", planned=LATER)
    write_feeds(Timetable(moved.team, moved.weeks[2:], moved.on_call, moved.in_force), tmp_path)
    assert shown(tmp_path / "team.ics") == [
        "W27 0 On call: A (primary)",
        "W28 0 On call: B (primary)",
        "W29 1 On call: D (primary)",
        "W30 1 On call: C (primary)",
    ]


def test_whoever_left_the_team_learns_that_their_duties_are_gone(tmp_path: Path) -> None:
    write_feeds(timetable("A B A B"), tmp_path)
    found = timetable("A C A C", rotation("AC"), planned=LATER)
    write_feeds(found, tmp_path)
    assert shown(tmp_path / "engineers/b.ics") == [
        "W28 1 Cancelled: On call: B (primary)",
        "W30 1 Cancelled: On call: B (primary)",
    ]
    assert from_ics(tmp_path / "engineers/b.ics").name == "B: on call, Team"


def test_a_lost_team_feed_loses_no_versions(tmp_path: Path) -> None:
    write_feeds(timetable("A B"), tmp_path)
    again("B A", tmp_path)
    before = contents(tmp_path)
    (tmp_path / "team.ics").unlink()
    again("B A", tmp_path)
    assert contents(tmp_path) == before


def test_a_feed_that_cannot_be_read_stops_everything(tmp_path: Path) -> None:
    write_feeds(timetable("A B"), tmp_path)
    (tmp_path / "engineers" / "b.ics").write_bytes(b"edited")
    before = contents(tmp_path)
    with pytest.raises(OutputError, match=r"b\.ics is no feed that rota wrote"):
        again("B A", tmp_path)
    assert contents(tmp_path) == before


def test_a_folder_that_cannot_be_written_stops_everything(tmp_path: Path) -> None:
    write_feeds(timetable("A B"), tmp_path)
    (tmp_path / "roles" / "primary.ics").chmod(0o444)
    before = contents(tmp_path)
    with pytest.raises(OutputError, match=r"primary\.ics is read-only"):
        again("B A", tmp_path)
    assert contents(tmp_path) == before


WORDS = st.lists(st.sampled_from("ABCD."), min_size=4, max_size=4).map(" ".join)
COVERS = st.lists(
    st.builds(
        lambda who, first, length, by: cover(who, first, first + length, by),
        st.sampled_from("ABCD"),
        st.integers(0, 27),
        st.integers(0, 8),
        st.sampled_from("ABCD"),
    ),
    max_size=3,
)


@given(st.lists(st.tuples(WORDS, COVERS), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_whatever_changes_every_feed_stands_for_the_latest_rota(
    tmp_path_factory: pytest.TempPathFactory, steps: list
) -> None:
    """After each step: what stands is the rota, versions never fall, and unequal means newer."""
    folder = tmp_path_factory.mktemp("feeds")
    known: dict[tuple[Path, str], tuple[int, object]] = {}
    for number, (text, covers) in enumerate(steps):
        planned = PLANNED + timedelta(days=number)
        found = timetable(text, rotation("ABCD"), covers=covers, planned=planned)
        write_feeds(found, folder)
        expected = {each.event.uid: each for each in planned_events(found)}
        for path in sorted(folder.rglob("*.ics")):
            events = from_ics(path).events
            standing = {e.uid for e in events if not e.cancelled}
            assert standing == {
                uid
                for uid, each in expected.items()
                if path.parent == folder
                or path.parent.name == "roles"
                or path.stem.upper() in each.people
            }
            for event in events:
                before, content = known.get((path, event.uid), (-1, None))
                now = replace(event, sequence=0, stamp=PLANNED)
                assert event.sequence > before or (event.sequence == before and now == content)
                known[path, event.uid] = event.sequence, now
