"""Ctrl-C: the best rota so far is written, teams not begun stay as they are; twice is an end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from select import select
from time import monotonic, sleep

import pytest

from planner.commands.interrupted import Interrupts, interrupted
from planner.files.team.folder import load_team
from planner.files.workbook import read
from tests.benchmarks.thousand import write_teams
from tests.conftest import CHECKOUT
from tests.keeping import keeps_to_its_schema

TWO_YEARS = ("--from", "2024-07-01", "--weeks", "104")
IN_TIME = 60


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A folder with one team that takes many seconds: forty engineers."""
    chance = random.Random(1)
    names = [f"E{number:02d}" for number in range(40)]

    def day() -> date:
        return date(2024, 7, 1) + timedelta(days=chance.randrange(104 * 7))

    cycle = ", ".join(f'"{name}"' for name in names)
    people = [f"{name},MY,KUL,{chance.choice(['1', '1', '0.5'])},deepavali" for name in names]
    starts = [(name, day()) for name in names for _ in range(6)]
    away = [f"{name},{start},{start + timedelta(days=9)}" for name, start in starts]
    folder = tmp_path / "inputs" / "big"
    folder.mkdir(parents=True)
    (folder / "team.toml").write_text(
        f'name = "Big"\ntimezone = "UTC"\n[[rotation]]\nname = "All"\ncycle = [{cycle}]\n'
        'roles = ["primary", "secondary"]\n'
    )
    (folder / "engineers.csv").write_text(
        "\n".join(["name,country,subdivision,share,festivals", *people])
    )
    (folder / "vacations.csv").write_text("\n".join(["engineer,start,end", *away]))
    return tmp_path


@dataclass
class Running:
    """The program at work, its stderr a terminal; ``said`` is what came there so far."""

    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes]
    terminal: int
    out: Path
    said: str = ""

    def listen(self) -> bool:
        """Wait for more to be said; whether there may be still more."""
        assert select([self.terminal], [], [], IN_TIME)[0], self.said
        try:
            more = os.read(self.terminal, 4096)
        except OSError:  # nobody is at the other end
            return False
        self.said += more.decode(errors="replace")
        return bool(more)

    def wait_for(self, text: str) -> None:
        while text not in self.said:
            assert self.listen(), self.said

    def press_ctrl_c(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """The exit status and stdout."""
        while self.listen():
            pass
        status, out = self.process.wait(IN_TIME), self.out.read_text(encoding="utf-8")
        keeps_to_its_schema(self.arguments, out, status)
        return status, out


def hearing() -> None:
    """Whoever runs the tests may be deaf to Ctrl-C, as everything in the background is."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def run(folder: Path, *arguments: str) -> Running:
    terminal, theirs = os.openpty()
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "planner", "plan", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8"}
            | {"TERM": "xterm"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=theirs,
            preexec_fn=hearing,
        )
    os.close(theirs)
    return Running(("plan", *arguments), process, terminal, folder / "out.txt")


@pytest.fixture
def searching(big: Path) -> Iterator[Running]:
    """The planning of the big team, some way into its aims."""
    running = run(big, *TWO_YEARS, "--json")
    running.wait_for("holidays")  # fair share, festivals, wishes and rest are settled at once
    yield running
    running.process.kill()
    os.close(running.terminal)


def test_the_best_so_far_is_written(big: Path, searching: Running) -> None:
    searching.press_ctrl_c()
    pressed = monotonic()
    status, out = searching.end()
    assert monotonic() - pressed < 10
    assert status == 0, searching.said
    (team,) = json.loads(out)["teams"]
    assert team["status"] == "planned"
    assert any("Interrupted: the best rota found so far" in text for text in team["warnings"])
    first, *_, last = team["aims"]
    assert first["proven"]
    assert not last["proven"]
    assert len(team["rota"]) == 208
    assert all(line["engineer"] for line in team["rota"])
    path = big / team["path"]
    published = read(path, load_team(big / "inputs" / "big"))
    assert [(p.aim, p.proven) for p in published.proofs] == [
        (aim["aim"], aim["proven"]) for aim in team["aims"]
    ]


def test_a_second_time_ends_the_program_and_writes_nothing(big: Path, searching: Running) -> None:
    searching.press_ctrl_c()
    sleep(0.1)  # two at once are one
    searching.press_ctrl_c()
    status, out = searching.end()
    assert "Stopped." in searching.said
    said = json.loads(out)
    assert (status, said["exit_status"]) == (130, 130)
    assert said["error"].startswith("Stopped.")
    assert not list(big.glob("outputs/**/*.xlsx"))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_of_many_teams_those_under_way_are_written_and_no_others(
    tmp_path: Path, workers: str
) -> None:
    write_teams(tmp_path / "inputs", 40)
    running = run(tmp_path, "--quarter", "2024Q3", "--workers", workers)
    running.wait_for("3 of 40 teams")
    running.press_ctrl_c()
    status, out = running.end()
    os.close(running.terminal)
    assert status == 130, running.said
    written = sorted(path.parent.name for path in tmp_path.glob("outputs/*/rota-2024Q3.xlsx"))
    assert 3 <= len(written) < 40
    assert f"Interrupted: {40 - len(written)} of 40 teams were not planned." in running.said
    table, counts = out.split("\n\n")[-2:]
    rows = [line.split() for line in table.splitlines()[2:]]
    assert [row[0] for row in rows if row[1] == "planned"] == written
    assert all(row[1:] == ["not", "planned"] for row in rows if row[0] not in written)
    assert ["not", "planned", str(40 - len(written))] in [row.split() for row in counts.split("\n")]
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".tmp"]


@pytest.fixture
def heard() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    hearing()
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_the_first_is_noted_and_the_second_interrupts() -> None:
    told: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with Interrupts(lambda: told.append("stop")) as interrupts:
        assert not interrupted()
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupted()
        assert told == ["stop"]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        assert interrupts.count == 2
    assert told == ["stop"]
    assert interrupts.count == 2
    assert not interrupted()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("heard")
def test_it_is_counted_though_somebody_else_deals_with_it() -> None:
    with Interrupts() as interrupts:
        ours = signal.signal(signal.SIGINT, lambda *_: None)
        os.kill(os.getpid(), signal.SIGINT)
        signal.signal(signal.SIGINT, ours)
        assert interrupts.count == 1
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_who_was_started_deaf_stays_deaf() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts():
            os.kill(os.getpid(), signal.SIGINT)
            assert not interrupted()
    finally:
        signal.signal(signal.SIGINT, before)
