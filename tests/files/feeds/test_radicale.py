"""Feeds imported into a real CalDAV server, before and after a change: exactly the new rota."""

from __future__ import annotations

import base64
import http.client
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from planner.files.feeds.folder import write_feeds
from tests.build import rotation
from tests.duty import PLANNED, cover, timetable

USER = "lead"
PATIENCE = 20


@dataclass
class Calendar:
    """One calendar collection of the server."""

    port: int
    name: str
    patience: float = PATIENCE

    def request(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, bytes]:
        token = base64.b64encode(f"{USER}:any".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            headers = {"Authorization": f"Basic {token}", **headers}
            connection.request(method, f"/{USER}/{self.name}/{path}", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def make(self) -> None:
        status, said = self.request("MKCALENDAR", "")
        assert status == 201, said

    def events(self) -> list[icalendar.Event]:
        status, data = self.request("GET", "")
        assert status == 200, data
        return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))

    def put(self, event: icalendar.Event) -> None:
        alone = icalendar.Calendar()
        alone.add("version", "2.0")
        alone.add("prodid", "-//test//test//EN")
        alone.add_component(event)
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        status, said = self.request("PUT", f"{event['UID']}.ics", alone.to_ical(), **kind)
        assert status in (201, 204), said

    def delete(self, uid: str) -> None:
        status, said = self.request("DELETE", f"{uid}.ics")
        assert status in (200, 204), said

    def take(self, feed: Path) -> None:
        """Import as a careful client does: newer versions replace, cancelled ones remove."""
        known = {str(event["UID"]): version(event) for event in self.events()}
        for event in icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT"):
            uid = str(event["UID"])
            if uid in known and version(event) <= known[uid]:
                continue
            if event["STATUS"] != "CANCELLED":
                self.put(event)
            elif uid in known:
                self.delete(uid)

    def store(self, feed: Path) -> None:
        """Import as a simple client does: whatever it says, one event a UID."""
        for event in icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT"):
            self.put(event)


def version(event: icalendar.Event) -> tuple[int, datetime]:
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Radicale on loopback, with a folder of its own and without any configuration file."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("radicale")
    options = [
        "--config=",
        f"--server-hosts=127.0.0.1:{port}",
        "--auth-type=none",
        f"--storage-filesystem-folder={folder}",
    ]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", *options], stdout=log, stderr=log
        )
    try:
        _wait(port, process, folder / "log.txt")
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as attempt:
            attempt.settimeout(1)
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Radicale did not start:\n{log.read_text()}")


@pytest.fixture
def calendar(server: int, request: pytest.FixtureRequest) -> Calendar:
    name = "".join(c if c.isalnum() else "-" for c in request.node.name)
    found = Calendar(server, name)
    found.make()
    return found


def on_duty(calendar: Calendar) -> Counter[tuple[str, str, str]]:
    """What the calendar shows of duties: who, from when, until when (UTC)."""
    return Counter(
        (
            str(event["SUMMARY"]).removeprefix("On call: ").partition(" (")[0],
            f"{event['DTSTART'].dt:%m-%d %H}",
            f"{event['DTEND'].dt:%m-%d %H}",
        )
        for event in calendar.events()
        if event["STATUS"] == "CONFIRMED" and event["CATEGORIES"].cats[0] == "On call"
    )


def handoffs(calendar: Calendar) -> Counter[tuple[str, str]]:
    return Counter(
        (str(event["SUMMARY"]), f"{event['DTSTART'].dt:%m-%d %H}")
        for event in calendar.events()
        if event["STATUS"] == "CONFIRMED" and event["CATEGORIES"].cats[0] == "Handoff"
    )


# A week in London begins at 10:00: 09:00 UTC in summer, 10:00 in winter.
BEFORE = Counter(
    [("A", "07-01 09", "07-08 09"), ("B", "07-08 09", "07-15 09"), ("C", "07-15 09", "07-22 09")]
)
AFTER = Counter(
    [
        ("A", "07-01 09", "07-03 09"),
        ("D", "07-03 09", "07-08 09"),
        ("C", "07-08 09", "07-15 09"),
        ("B", "07-15 09", "07-22 09"),
    ]
)


def _before(folder: Path) -> Path:
    write_feeds(timetable("A B C"), folder)
    return folder


def _after(folder: Path) -> Path:
    """B and C exchange their weeks, and D stands in for A from Wednesday on."""
    found = timetable("A C B", covers=[cover("A", 2, 6, "D")], planned=PLANNED + timedelta(days=3))
    write_feeds(found, folder)
    return folder


@pytest.mark.parametrize("way", [Calendar.take, Calendar.store])
def test_importing_before_and_after_a_change_leaves_exactly_the_new_rota(
    calendar: Calendar, tmp_path: Path, way
) -> None:
    way(calendar, _before(tmp_path) / "team.ics")
    assert on_duty(calendar) == BEFORE
    assert handoffs(calendar) == Counter(
        {("Handoff: A → B", "07-08 09"): 1, ("Handoff: B → C", "07-15 09"): 1}
    )
    way(calendar, _after(tmp_path) / "team.ics")
    assert on_duty(calendar) == AFTER
    assert handoffs(calendar) == Counter(
        {("Handoff: D → C", "07-08 09"): 1, ("Handoff: C → B", "07-15 09"): 1}
    )
    way(calendar, tmp_path / "team.ics")
    assert on_duty(calendar) == AFTER
    uids = [str(event["UID"]) for event in calendar.events()]
    assert len(uids) == len(set(uids)) == 6


@pytest.mark.parametrize("way", [Calendar.take, Calendar.store])
def test_a_change_taken_back_leaves_the_rota_as_it_was(
    calendar: Calendar, tmp_path: Path, way
) -> None:
    for step in (_before, _after, _before):
        way(calendar, step(tmp_path) / "team.ics")
    assert on_duty(calendar) == BEFORE


@pytest.mark.parametrize("way", [Calendar.take, Calendar.store])
def test_an_engineers_own_calendar_loses_what_moved_away(
    calendar: Calendar, tmp_path: Path, way
) -> None:
    way(calendar, _before(tmp_path) / "engineers" / "b.ics")
    assert on_duty(calendar) == Counter([("B", "07-08 09", "07-15 09")])
    way(calendar, _after(tmp_path) / "engineers" / "b.ics")
    assert on_duty(calendar) == Counter([("B", "07-15 09", "07-22 09")])
    assert set(handoffs(calendar)) == {("Handoff: C → B", "07-15 09")}


def test_weeks_in_which_london_changes_its_clocks(calendar: Calendar, tmp_path: Path) -> None:
    """Weeks 15 to 17 hold 27 October 2024, weeks 37 to 39 hold 30 March 2025."""
    write_feeds(timetable(" ".join("ABCD" * 10)), tmp_path)
    calendar.take(tmp_path / "team.ics")
    swapped = [*"ABCD" * 10]
    for n in (16, 38):
        swapped[n], swapped[n + 1] = swapped[n + 1], swapped[n]
    later = timetable(" ".join(swapped), rotation("ABCD"), planned=PLANNED + timedelta(days=1))
    write_feeds(later, tmp_path)
    calendar.take(tmp_path / "team.ics")
    duties = on_duty(calendar)
    assert len(duties) == 40
    assert max(duties.values()) == 1
    expected = {
        ("D", "10-14 09", "10-21 09"),
        ("B", "10-21 09", "10-28 10"),
        ("A", "10-28 10", "11-04 10"),
        ("B", "03-17 10", "03-24 10"),
        ("D", "03-24 10", "03-31 09"),
        ("C", "03-31 09", "04-07 09"),
    }
    assert expected <= set(duties)
    hours = Counter(
        (event["DTEND"].dt - event["DTSTART"].dt) / timedelta(hours=1)
        for event in calendar.events()
        if event["CATEGORIES"].cats[0] == "On call"
    )
    assert hours == {168: 38, 169: 1, 167: 1}
