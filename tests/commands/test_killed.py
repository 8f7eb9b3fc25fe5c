"""A command killed at any moment changed all of its files or none, and the next one tidies up."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from zipfile import ZipFile

import pytest

from planner import cli
from planner.files.team.folder import load_team
from planner.files.transaction import JOURNAL
from planner.files.workbook import read
from tests.commands.books import change, edit, kept, place
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.conftest import Said

INPUTS = Path("inputs/data-engineering")
AHEAD = ("--as-of", "2024-06-24")
WEEK = "2024-W36"
CHECK = ("check", *QUARTER, *DATA)
KILLS = 3
MANY_KILLS = 50
BEYOND = 1.1
"""Kills come a little later than a whole run takes, too: the last ones find it done."""
FIRST_DAY = "2024-09-04"


def holder(title: str = "primary") -> str:
    rota = read(BOOK, load_team(INPUTS)).rota
    return next(
        str(held.engineer)
        for held in rota
        if (held.duty.week.name, held.duty.role) == (WEEK, title)
    )


def takes_a_day_off() -> None:
    vacation("data-engineering", f"{holder()},{FIRST_DAY},{FIRST_DAY},annual")


def types_a_day_off() -> None:
    change(BOOK, lambda book: book["Vacations"].append([holder(), FIRST_DAY, FIRST_DAY, "sick"]))


def writes_a_note() -> None:
    edit(BOOK, **{place(BOOK, WEEK, "Note"): "audit"})


def fewer_columns() -> None:
    header, *_ = (INPUTS / "vacations.csv").read_text(encoding="utf-8").splitlines()
    assert "logged" in header
    (INPUTS / "swaps.csv").write_text("engineer,week,with\n", encoding="utf-8")


@dataclass(frozen=True)
class Command:
    """What is done before, the command, and how many moves of files it makes."""

    arguments: tuple[str, ...]
    before: Callable[[], None] = lambda: None
    by_holder: bool = False

    def line(self) -> tuple[str, ...]:
        return (*self.arguments, *(("--engineer", holder()) if self.by_holder else ()))


COMMANDS = {
    "plan": Command(("plan", *QUARTER, *DATA), lambda: BOOK.unlink()),
    "plan --force": Command(("plan", *QUARTER, *DATA, "--force"), writes_a_note),
    "replan": Command(("replan", *QUARTER, *DATA, *AHEAD), takes_a_day_off),
    "replan --append": Command(("replan", *QUARTER, *DATA, *AHEAD, "--append"), types_a_day_off),
    "cover": Command(("cover", *DATA, "--from", FIRST_DAY), by_holder=True),
    "swap --apply": Command(
        ("swap", *DATA, "--week", WEEK, *AHEAD, "--apply"), fewer_columns, by_holder=True
    ),
}


@dataclass(frozen=True)
class State:
    """What the team's files say; of workbooks, whatever does not change with the clock."""

    texts: dict[str, bytes]
    book: tuple[object, ...] | None
    copies: tuple[bytes, ...]


def state() -> State:
    texts = {path.name: path.read_bytes() for path in sorted(INPUTS.iterdir())}
    said = None
    if BOOK.exists():
        book = read(BOOK, load_team(INPUTS))
        changes = tuple(row[:-1] for row in book.changes)
        said = (book.rota, book.covers, dict(book.notes), book.vacations, changes)
    return State(texts, said, tuple(copy.read_bytes() for copy in kept(BOOK)))


class Scene:
    """A folder in which a command changes something; it can be put back as it was."""

    def __init__(self, command: Command, rota: Callable[..., Said], safe: Path) -> None:
        command.before()
        self.rota, self.line, self.safe = rota, command.line(), safe
        for folder in ("inputs", "outputs"):
            shutil.copytree(folder, safe / folder)
        self.before = state()
        self.book = BOOK.read_bytes() if BOOK.exists() else None
        said = rota(*self.line)
        assert said.status == 0, said.err
        self.after = state()
        assert self.after != self.before

    def reset(self) -> None:
        for folder in ("inputs", "outputs"):
            shutil.rmtree(folder)
            shutil.copytree(self.safe / folder, folder)

    def start(self, prepare: Callable[[], None] = lambda: None) -> int:
        return forked(self.line, prepare)

    def check(self) -> bool:
        """Whether the command took place, and nothing is in between once another one has run."""
        begun = (BOOK.parent / JOURNAL).exists()
        said = self.rota(*CHECK)
        assert begun == ("an earlier run was stopped while it changed" in said.err), said.err
        assert not [*BOOK.parent.glob(".*"), *INPUTS.glob(".*")], "nothing is left lying about"
        now = state()
        assert now in (self.before, self.after)
        assert all(copy == self.book for copy in now.copies), "the old one is beside it, whole"
        return now == self.after


@pytest.fixture
def scene(
    planned: Path, rota: Callable[..., Said], tmp_path: Path, request: pytest.FixtureRequest
) -> Scene:
    return Scene(COMMANDS[request.param], rota, tmp_path / "safe")


def _seconds(scene: Scene) -> float:
    """How long the command takes when nobody kills it."""
    scene.reset()
    started = monotonic()
    assert os.waitpid(scene.start(), 0)[1] == 0
    took = monotonic() - started
    assert scene.check()
    return took


def forked(line: Sequence[str], prepare: Callable[[], None] = lambda: None) -> int:
    """The process in which a command runs: a fork, which need not load libraries anew."""
    child = os.fork()
    if child == 0:
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            prepare()
            cli.run(line)
        finally:
            os._exit(0)
    return child


def killed_at_random(scene: Scene, kills: int, seed: int) -> int:
    """How many of the killed commands had taken place."""
    chance, done, whole = random.Random(seed), 0, 0.0
    for number in range(kills):
        if number % 10 == 0:  # again and again, as the machine may become slower meanwhile
            whole = _seconds(scene)
        scene.reset()
        child = scene.start()
        sleep(BEYOND * whole * (number % 10 + chance.random()) / min(kills, 10))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done += scene.check()
    return done


@pytest.mark.parametrize("scene", COMMANDS, indirect=True)
def test_at_random_moments(scene: Scene) -> None:
    assert killed_at_random(scene, KILLS, 1) < KILLS


@pytest.mark.long
@pytest.mark.parametrize("scene", COMMANDS, indirect=True)
def test_at_many_random_moments(scene: Scene) -> None:
    assert 0 < killed_at_random(scene, MANY_KILLS, 2) < MANY_KILLS


def killed_at(number: int, told: int | None = None) -> Callable[[], None]:
    """Make a process kill itself at its how-manyth move of a file, or tell how many it makes."""

    def prepare() -> None:
        moves = count(1)

        def watched(genuine: Callable[..., object]) -> Callable[..., object]:
            def move(*arguments: object, **named: object) -> object:
                if next(moves) == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                if told is not None:
                    os.write(told, b".")
                return genuine(*arguments, **named)

            return move

        for owner, name in ((os, "fsync"), (os, "replace"), (ZipFile, "close"), (Path, "unlink")):
            setattr(owner, name, watched(getattr(owner, name)))

    return prepare


def moves_of(scene: Scene) -> int:
    ours, theirs = os.pipe()
    os.waitpid(scene.start(killed_at(0, theirs)), 0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        return len(pipe.read())


@pytest.mark.parametrize("scene", ["swap --apply", "cover"], indirect=True)
def test_at_every_move_of_a_file(scene: Scene) -> None:
    scene.reset()
    moves = moves_of(scene)
    assert moves >= 8
    done = []
    for number in range(1, moves + 1):
        scene.reset()
        _, status = os.waitpid(scene.start(killed_at(number)), 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        done.append(scene.check())
    assert done == sorted(done), "there is one moment from which on it has taken place"
    assert done[0] < done[-1]
    scene.reset()
    assert scene.rota(*scene.line).status == 0
    assert scene.check()


@pytest.mark.parametrize("scene", ["swap --apply"], indirect=True)
def test_what_somebody_changed_after_the_kill_stays(scene: Scene) -> None:
    scene.reset()
    moves = moves_of(scene)
    found = set()
    for number in range(1, moves + 1):
        scene.reset()
        os.waitpid(scene.start(killed_at(number)), 0)
        if not (BOOK.parent / JOURNAL).exists():
            continue
        by_hand = INPUTS / "swaps.csv"
        by_hand.write_text(by_hand.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
        mine = by_hand.read_bytes()
        said = scene.rota(*CHECK)
        assert by_hand.read_bytes() == mine
        if "undone" in said.err:
            assert replace(state(), texts=scene.before.texts) == scene.before
        else:
            assert "swaps.csv was changed by somebody since" in said.err
        found.add("undone" in said.err)
        if len(found) == 2:
            break
    assert found == {True, False}


@pytest.mark.parametrize("scene", ["replan --append"], indirect=True)
def test_a_full_disk_changes_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = os.fsync
    for number in range(1, 5):
        scene.reset()
        calls = count(1)

        def full(handle: int, number: int = number, calls: count[int] = calls) -> None:
            if next(calls) >= number:
                raise OSError(28, "No space left on device")
            genuine(handle)

        monkeypatch.setattr(os, "fsync", full)
        said = scene.rota(*scene.line)
        monkeypatch.setattr(os, "fsync", genuine)
        assert said.status == 2
        assert "No space left on device" in said.err
        assert not scene.check()


def test_ctrl_c_while_files_take_their_places_waits(
    planned: Path, rota: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(COMMANDS["swap --apply"], rota, tmp_path / "safe")
    scene.reset()
    genuine = os.replace

    def pressed(*arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        genuine(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", pressed)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert rota(*scene.line).status == 130
    finally:
        signal.signal(signal.SIGINT, before)
    monkeypatch.setattr(os, "replace", genuine)
    assert not (BOOK.parent / JOURNAL).exists()
    assert scene.check()
