"""``rota fetch``: a team's calendars from the web, all of them or none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from planner.files.locks import locked
from planner.files.team.folder import load_team
from planner.files.transaction import JOURNAL
from tests.commands.test_killed import forked, killed_at
from tests.commands.test_plan import DATA, QUARTER
from tests.conftest import CHECKOUT, Said
from tests.files.fetch.server import CALENDAR, Server, served

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")
FOLDER = Path("inputs/data-engineering")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with served() as running:
        yield running


def name_feeds(*addresses: str) -> None:
    path = FOLDER / "team.toml"
    text = path.read_text(encoding="utf-8").split("\n[vacations]")[0]
    path.write_text(f"{text}\n[vacations]\nfeeds = {json.dumps(addresses)}\n", encoding="utf-8")


def ics() -> list[Path]:
    return sorted(FOLDER.glob("feed-*.ics"))


def fetch(rota: Rota, *more: str) -> Said:
    return rota("fetch", "--team", "data-engineering", *more)


def test_calendars_are_copied_and_then_read_by_planning(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    said = fetch(rota)
    assert said.status == 0, said.err
    (path,) = ics()
    assert path.read_bytes() == CALENDAR
    assert f"http://127.0.0.1:{server.server_port}/…" in said.out
    assert "new" in said.out
    leave = [v for v in load_team(FOLDER).vacations if v.engineer == "Dong"]
    assert any(str(v.start) == "2024-08-05" and str(v.end) == "2024-08-09" for v in leave)


def test_the_second_time_the_server_need_not_send_it(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    fetch(rota)
    assert "unchanged" in fetch(rota).out
    assert server.asked[-1][1]["If-None-Match"] == '"one"'
    server.calendar, server.etag = CALENDAR.replace(b"20240810", b"20240812"), '"two"'
    (entry,) = json.loads(fetch(rota, "--json").out)["teams"]
    assert [feed["status"] for feed in entry["feeds"]] == ["changed"]
    (path,) = ics()
    assert b"20240812" in path.read_bytes()


def test_a_copy_that_somebody_edited_is_fetched_anew(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    fetch(rota)
    (path,) = ics()
    path.write_bytes(CALENDAR.replace(b"Dong", b"Nobody"))
    assert "changed" in fetch(rota).out
    assert path.read_bytes() == CALENDAR
    path.unlink()
    fetch(rota)
    assert path.read_bytes() == CALENDAR


@pytest.mark.parametrize("bad", ["status/404", "page", "cut", "to/file@/etc/passwd"])
def test_one_that_fails_leaves_the_folder_as_it_was(rota: Rota, server: Server, bad: str) -> None:
    name_feeds(server.url("good"))
    fetch(rota)
    server.calendar, server.etag = CALENDAR.replace(b"20240810", b"20240812"), '"two"'
    name_feeds(server.url("good"), server.url(bad), server.url("good/2"))
    before = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    said = fetch(rota)
    assert said.status == 2
    assert said.out == ""
    assert "Nothing was copied; the folder is as it was." in said.err
    assert said.err.count("http://127.0.0.1") == 1, "the one that failed"
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == before


def test_every_calendar_that_fails_is_named(rota: Rota, server: Server) -> None:
    name_feeds(server.url("status/404"), server.url("page"))
    said = fetch(rota)
    assert "has no such calendar (404)" in said.err
    assert "it is a web page" in said.err
    (entry,) = json.loads(fetch(rota, "--json").out)["teams"]
    assert entry["exit_status"] == 2
    assert "web page" in entry["error"]
    assert entry["feeds"] == []


def test_offline_the_copies_stay_and_planning_goes_on(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    fetch(rota)
    server.shutdown()
    server.server_close()
    said = fetch(rota, "--timeout", "2")
    assert said.status == 2
    assert "is this machine online?" in said.err
    assert len(ics()) == 1
    assert rota("check", "--quarter", "2024Q3", "--team", "data-engineering").status == 0


def test_an_address_that_is_gone_from_the_file_is_told(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"), server.url("good/2"))
    fetch(rota)
    name_feeds(server.url("good"))
    said = fetch(rota)
    assert said.status == 0
    assert "comes from no address in team.toml; it is still read" in said.err
    assert len(ics()) == 2


def test_a_kill_at_any_moment_leaves_all_calendars_or_none(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    before = fetched_state()
    ours, theirs = os.pipe()
    fetched_in_a_process(killed_at(0, theirs))
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        moves = len(pipe.read())
    after = fetched_state()
    assert len(after) == len(before) + 2
    done = []
    for number in range(1, moves + 1):
        for name in after.keys() - before.keys():
            (FOLDER / name).unlink(missing_ok=True)
        assert os.WTERMSIG(fetched_in_a_process(killed_at(number))) == signal.SIGKILL
        begun = (FOLDER / JOURNAL).exists()
        said = rota("check", *QUARTER, *DATA)
        assert begun == ("an earlier run was stopped while it changed feed-" in said.err)
        assert fetched_state() in (before, after), "nothing is left lying about"
        done.append(fetched_state() == after)
    assert done == sorted(done)
    assert done[0] < done[-1]


def fetched_state() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in FOLDER.iterdir()}


def fetched_in_a_process(prepare: Callable[[], None]) -> int:
    """The status with which the process ends."""
    return os.waitpid(forked(["fetch", "--team", "data-engineering"], prepare), 0)[1]


def test_while_another_command_writes_it_waits(rota: Rota, server: Server) -> None:
    name_feeds(server.url("good"))
    line = [sys.executable, "-m", "planner", "fetch", "--team", "data-engineering"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with locked(FOLDER, lambda: None):
        process = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL)
        deadline = monotonic() + 60
        while not server.asked and monotonic() < deadline:
            sleep(0.05)
        sleep(0.3)
        assert ics() == []
        assert process.poll() is None
    assert process.wait(60) == 0
    assert len(ics()) == 1


def test_a_team_without_calendars_is_told_how_to_name_them(rota: Rota) -> None:
    said = fetch(rota)
    assert said.status == 0
    assert 'team.toml names no calendars: [vacations] feeds = ["https://…"]' in said.err


def test_addresses_that_are_none_are_problems_of_team_toml(rota: Rota) -> None:
    name_feeds("file:///etc/passwd", "https://example.com/x.ics")
    said = fetch(rota)
    assert said.status == 2
    assert "team.toml" in said.err
    assert "“file:///etc/passwd” is not the address of a calendar" in said.err
    assert rota("check", "--quarter", "2024Q3", "--team", "data-engineering").status == 2


def test_only_fetch_may_use_the_network() -> None:
    """Planning stays offline: nothing else imports what speaks to servers."""
    from tests.test_imports import MODULES, PACKAGE, imports

    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for name in imports(path)
        if name.split(".")[0] in ("ssl", "http", "requests", "urllib3", "ftplib")
        or name.startswith("urllib.request")
    }
    assert found == {"files/fetch/download.py"}
