"""Two commands on one team, and a person who saves the workbook meanwhile: nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from planner import cli
from planner.errors import OutputError
from planner.files.locks import locked, locked_if_free
from planner.files.team.folder import load_team
from planner.files.transaction import Transaction, digest
from planner.files.workbook import read
from tests.commands.books import change, edit, kept, place
from tests.commands.test_killed import (
    AHEAD,
    CHECK,
    FIRST_DAY,
    INPUTS,
    WEEK,
    holder,
    takes_a_day_off,
    types_a_day_off,
)
from tests.commands.test_plan import BOOK, DATA, QUARTER
from tests.conftest import Said

Rota = Callable[..., Said]
PERIOD = (*QUARTER, *DATA)
pytestmark = pytest.mark.usefixtures("planned")


def at_once(*lines: Sequence[str]) -> list[int]:
    """Start commands together, each in a process of its own; their exit statuses."""
    children = []
    for line in lines:
        child = os.fork()
        if child == 0:
            status = 99
            try:
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1)
                os.dup2(silence, 2)
                status = cli.run(line)
            finally:
                os._exit(status)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def covering() -> tuple[str, ...]:
    return ("cover", *DATA, "--engineer", holder(), "--from", FIRST_DAY)


def swapping(week: str, who: str) -> tuple[str, ...]:
    return ("swap", *DATA, "--engineer", who, "--week", week, *AHEAD, "--apply")


def primary(week: str) -> str:
    rota = read(BOOK, load_team(INPUTS)).rota
    return next(
        str(held.engineer)
        for held in rota
        if (held.duty.week.name, held.duty.role) == (week, "primary")
    )


def test_a_cover_and_a_replan_both_stand(rota: Rota) -> None:
    types_a_day_off()
    cover = ("cover", *DATA, "--engineer", primary("2024-W33"), "--from", "2024-08-14")
    assert at_once(("replan", *PERIOD, *AHEAD, "--append"), cover) == [0, 0]
    book = read(BOOK, load_team(INPUTS))
    assert len(book.covers) == 1
    assert FIRST_DAY in (INPUTS / "vacations.csv").read_text(encoding="utf-8")
    assert rota(*CHECK).status == 0


def test_two_swaps_both_stand_or_one_is_refused(rota: Rota) -> None:
    swaps = INPUTS / "swaps.csv"
    before = swaps.read_text(encoding="utf-8").count("yes") if swaps.exists() else 0
    weeks = ("2024-W30", "2024-W36")
    statuses = at_once(*(swapping(week, primary(week)) for week in weeks))
    assert set(statuses) <= {0, 2}
    added = swaps.read_text(encoding="utf-8").count("yes") - before
    assert added >= statuses.count(0) >= 1
    assert rota(*CHECK).status == 0


PAIRS = 200


@dataclass(frozen=True)
class Fact:
    """A command, and how often what it confirms is found in the files; never twice."""

    line: tuple[str, ...]
    found: Callable[[], int]


def facts() -> list[Fact]:
    """Commands that each put something of their own into the files of the team."""

    def rows(file: str, *words: str) -> int:
        path = INPUTS / file
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return sum(all(word in line for word in words) for line in lines)

    def covers(first: str) -> int:
        covers = read(BOOK, load_team(INPUTS)).covers
        return sum(str(cover.start) == first for cover in covers)

    def cover(week: str, first: str) -> Fact:
        line = ("cover", *DATA, "--engineer", primary(week), "--from", first)
        return Fact(line, lambda: covers(first))

    def swap(week: str) -> Fact:
        who = primary(week)
        return Fact(swapping(week, who), lambda: rows("swaps.csv", who, week, "yes"))

    return [
        cover("2024-W29", "2024-07-17"),
        cover("2024-W33", "2024-08-14"),
        swap("2024-W31"),
        swap("2024-W38"),
        Fact(("replan", *PERIOD, *AHEAD, "--append"), lambda: rows("vacations.csv", FIRST_DAY)),
        Fact(
            ("plan", *PERIOD, "--force"),
            lambda: int("kept" in read(BOOK, load_team(INPUTS)).notes.values()),
        ),
    ]


@pytest.mark.long
def test_whatever_two_commands_confirmed_is_there_once(rota: Rota, tmp_path: Path) -> None:
    busy = {holder("primary"), holder("secondary")}
    free = [e.name for e in load_team(INPUTS).engineers if e.name not in busy]
    change(BOOK, lambda book: book["Vacations"].append([free[0], FIRST_DAY, FIRST_DAY, "sick"]))
    edit(BOOK, **{place(BOOK, "2024-W28", "Note"): "kept"})
    safe, chance = tmp_path / "safe", random.Random(3)
    for folder in ("inputs", "outputs"):
        shutil.copytree(folder, safe / folder)
    confirmed = 0
    for number in range(PAIRS):
        for folder in ("inputs", "outputs"):
            shutil.rmtree(folder)
            shutil.copytree(safe / folder, folder)
        pair = chance.sample(facts(), 2)
        statuses = at_once(*(fact.line for fact in pair))
        said = (number, [fact.line for fact in pair], statuses)
        assert set(statuses) <= {0, 2, 3}, said
        for fact, status in zip(pair, statuses, strict=True):
            assert int(status == 0) <= fact.found() <= 1, (said, fact.line)
        assert rota(*CHECK).status == 0, said
        assert not [*BOOK.parent.glob(".*"), *INPUTS.glob(".*")], said
        confirmed += statuses.count(0)
    assert confirmed > PAIRS


def test_two_first_plans_write_one(rota: Rota) -> None:
    BOOK.unlink()
    assert at_once(("plan", *PERIOD), ("plan", *PERIOD)) == [0, 0]
    assert kept(BOOK) == []
    assert rota(*CHECK).status == 0


def test_a_workbook_saved_meanwhile_is_not_replaced(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes_a_day_off()
    genuine = Transaction.__enter__
    typed = iter(("typed just now", "and typed again", "and a third time"))
    notes = []

    def saved_meanwhile(together: Transaction) -> Transaction:
        notes.append(next(typed))  # another text: within a second the same makes the same file
        edit(BOOK, **{place(BOOK, WEEK, "Note"): notes[-1]})
        return genuine(together)

    monkeypatch.setattr(Transaction, "__enter__", saved_meanwhile)
    for line in (("replan", *PERIOD, *AHEAD), covering(), ("plan", *PERIOD, "--force")):
        said = rota(*line)
        assert said.status == 2
        assert "was changed by somebody else meanwhile, so nothing was written" in said.err
        assert notes[-1] in read(BOOK, load_team(INPUTS)).notes.values()
        assert kept(BOOK) == []
        assert not list(BOOK.parent.glob(".*"))


def test_who_waits_says_so_and_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    with locked(folder, lambda: None):
        with locked_if_free(folder) as free:
            assert not free

        def waiting() -> None:
            raise OutputError("waited")

        with pytest.raises(OutputError, match="waited"), locked(folder, waiting):
            pass
    child = os.fork()
    if child == 0:
        with locked(folder, lambda: None):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with locked_if_free(folder) as free:
        assert free
    assert list(folder.iterdir()) == []


def test_the_old_file_is_kept_aside_under_a_name_of_its_own(tmp_path: Path) -> None:
    folder, stamp = tmp_path / "team", datetime(2026, 11, 20, 9, 12)
    folder.mkdir()
    path = folder / "rota-2024Q3.xlsx"
    for text in ("old", "newer"):
        path.write_text(text)
        with Transaction(folder) as together:
            together.keep(path, stamp)
            together.replace(path, lambda fresh: fresh.write_text("new") and None, digest(path))
    names = sorted(each.name for each in folder.iterdir())
    assert names == [
        "rota-2024Q3.before-20261120T091200-2.xlsx",
        "rota-2024Q3.before-20261120T091200.xlsx",
        "rota-2024Q3.xlsx",
    ]
    assert [(folder / name).read_text() for name in names] == ["newer", "old", "new"]


def put_in() -> None:
    def fill(book: object) -> None:
        book["Vacations"].append(["Dong", FIRST_DAY, FIRST_DAY, "sick"])  # type: ignore[index]

    change(BOOK, fill)
    edit(BOOK, **{place(BOOK, WEEK, "Note"): "audit", place(BOOK, "2024-W31", "Lock"): "all"})


def test_force_keeps_what_people_put_in_and_discard_does_not(rota: Rota) -> None:
    assert rota(*covering()).status == 0
    put_in()
    before = read(BOOK, load_team(INPUTS))
    said = rota("plan", *PERIOD, "--force")
    assert said.status == 0, said.err
    after = read(BOOK, load_team(INPUTS))
    assert (after.covers, after.locked, after.notes) == (before.covers, before.locked, before.notes)
    assert [each.engineer for each in after.vacations] == ["Dong"]
    assert rota(*CHECK).status == 0
    assert rota("plan", *PERIOD, "--force", "--discard").status == 0
    gone = read(BOOK, load_team(INPUTS))
    assert [*gone.covers, *gone.locked, *gone.notes, *gone.vacations] == []
    assert rota("plan", *PERIOD, "--discard").status == 2


def test_what_cannot_be_kept_is_named(rota: Rota) -> None:
    BOOK.write_bytes(b"damaged")
    said = rota("plan", *PERIOD, "--force")
    assert said.status == 2
    assert "--force --discard" in said.err
    assert BOOK.read_bytes() == b"damaged"
    assert rota("plan", *PERIOD, "--force", "--discard").status == 0
    assert kept(BOOK)[0].read_bytes() == b"damaged"


def test_rows_whose_week_and_dates_contradict_each_other_are_told(rota: Rota) -> None:
    edit(BOOK, A2="2024-W28", A3="2024-W27")
    said = rota(*CHECK)
    assert said.status == 2
    assert "does not go with the week 2024-W28 of its row" in said.err
    assert "cell B2" in said.err


def test_a_folder_in_the_place_of_a_file_is_told_and_stops_no_other_team(rota: Rota) -> None:
    (INPUTS / "vacations.csv").unlink()
    (INPUTS / "vacations.csv").mkdir()
    said = rota("plan", *QUARTER)
    assert said.status == 2
    assert "vacations.csv: is a folder" in said.err
    assert "xyz-tech" in said.out
