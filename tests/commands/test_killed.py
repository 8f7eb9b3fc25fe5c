"""A process killed at any moment leaves the old workbook or the new one, whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from zipfile import ZipFile

import pytest

from planner import cli
from planner.domain import Rota
from planner.files.team.folder import load_team
from planner.files.workbook import read
from tests.commands.books import cells, kept
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.conftest import Said

ARGUMENTS = ["replan", *QUARTER, *DATA, "--as-of", "2024-06-24"]
KILLS = 20

MOMENTS: dict[str, tuple[Any, str, int, bool]] = {
    "while the old one is copied": (shutil, "copyfileobj", 1, False),
    "before the copy is on the disk": (os, "fsync", 1, False),
    "while the new one is written": (ZipFile, "writestr", 7, False),
    "before the new one is on the disk": (os, "fsync", 2, False),
    "before it takes the old one's place": (os, "replace", 1, False),
    "right after it took the old one's place": (os, "replace", 1, True),
}
"""The call (of what, the how-manyth, and whether after it) at which the process kills itself."""


def start(prepare: Callable[[], None] = lambda: None) -> int:
    """Run the command in a process of its own: a fork, which need not load libraries anew."""
    child = os.fork()
    if child == 0:
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            prepare()
            cli.run(ARGUMENTS)
        finally:
            os._exit(0)
    return child


def killed_at(owner: Any, name: str, number: int, after: bool) -> Callable[[], None]:
    """Make the process kill itself at a call."""

    def prepare() -> None:
        genuine, calls = getattr(owner, name), count(1)

        def watched(*arguments: Any, **named: Any) -> Any:
            last = next(calls) == number
            if last and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            found = genuine(*arguments, **named)
            if last:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        setattr(owner, name, watched)

    return prepare


@pytest.fixture
def disturbed(planned: Path, rota: Callable[..., Said]) -> tuple[bytes, Rota]:
    """A folder in which a re-plan would change something: the old file, and the new rota."""
    name = rota_of(BOOK).held[18].engineer
    vacation("data-engineering", f"{name},2024-09-04,2024-09-04,annual")
    before = BOOK.read_bytes()
    assert rota(*ARGUMENTS).status == 0
    after = rota_of(BOOK)
    assert len(kept(BOOK)) == 1
    reset(before)
    assert rota_of(BOOK) != after
    return before, after


def rota_of(path: Path) -> Rota:
    return read(path, load_team(Path("inputs/data-engineering"))).rota


def reset(before: bytes) -> None:
    """Only the old workbook, as it was."""
    for path in BOOK.parent.iterdir():
        path.unlink()
    BOOK.write_bytes(before)


def check_whole(before: bytes, after: Rota) -> bool:
    """Whether the new workbook is there; otherwise the old one must be, to the byte."""
    for copy in kept(BOOK):
        assert copy.read_bytes() in (before, before[: copy.stat().st_size])
    if BOOK.read_bytes() == before:
        return False
    assert rota_of(BOOK) == after
    assert cells(BOOK)
    assert kept(BOOK)[0].read_bytes() == before, "the old one is beside it"
    return True


def test_at_random_moments(disturbed: tuple[bytes, Rota], rota: Callable[..., Said]) -> None:
    before, after = disturbed
    started = monotonic()
    assert os.waitpid(start(), 0)[1] == 0
    whole = monotonic() - started
    assert check_whole(before, after)
    chance, new = random.Random(1), 0
    for number in range(KILLS):
        reset(before)
        child = start()
        sleep(whole * (number + chance.random()) / KILLS)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        new += check_whole(before, after)
    assert new < KILLS
    finish(rota, after)


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_the_worst_moments(
    disturbed: tuple[bytes, Rota], rota: Callable[..., Said], moment: str
) -> None:
    before, after = disturbed
    child = start(killed_at(*MOMENTS[moment]))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert check_whole(before, after) == moment.startswith("right after")
    finish(rota, after)


def finish(rota: Callable[..., Said], after: Rota) -> None:
    """Whatever the killed ones left lying about is in nobody's way."""
    assert rota(*ARGUMENTS).status == 0
    assert rota_of(BOOK) == after
    assert rota("check", *QUARTER, *DATA).status == 0


def test_a_full_disk_leaves_the_old_one(
    disturbed: tuple[bytes, Rota],
    rota: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, _ = disturbed

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    said = rota(*ARGUMENTS)
    assert said.status == 2
    assert "No space left on device" in said.err
    assert BOOK.read_bytes() == before
    assert kept(BOOK) == []
