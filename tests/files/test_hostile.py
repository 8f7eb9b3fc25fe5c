"""Whatever a file claims or holds, reading it ends soon, in little memory, with one message."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.files.xlsx import Xlsx
from tests.conftest import CHECKOUT

SECONDS, MEGABYTES = 5, 500
LOOPS = 26
"""A machine that is slow at the moment has as long as so many times :data:`LOOP` takes there, of
which 5 seconds are somewhat more on the machine where these were measured."""
LOOP = "sum(n * n for n in range(3_000_000))"
CROWD = 40_000
"""Bad rows; of them ten times as many take ten times as long, and no more is said."""
PERIOD = ("--from", "2024-07-01", "--weeks", "2")
NAMES = ("Ana", "Ben", "Chi", "Dee")
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="Rota" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats'
    b'.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it took."""

    status: int
    err: str
    seconds: float
    megabytes: float


LAUNCHER = """
import os, subprocess, sys
program = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
_, status, used = os.wait4(program.pid, 0)
program.returncode = os.waitstatus_to_exitcode(status)
print(program.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a program and prints its exit status, processor seconds and megabytes. A small process has
to start it: a program's most memory is at least that of the one that started it."""


def run(folder: Path, *arguments: str) -> Ended:
    """Run the program; processor time is measured, which other work does not lengthen."""
    return started(folder, "-m", "planner", *arguments)


def started(folder: Path, *python: str) -> Ended:
    """Run Python on something."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, sys.executable, *python],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    status, seconds, megabytes = done.stdout.split()
    return Ended(int(status), done.stderr, float(seconds), float(megabytes))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs" / "t"
    folder.mkdir(parents=True)
    cycle = ", ".join(f'"{name}"' for name in NAMES)
    (folder / "team.toml").write_text(
        f'name = "T"\ntimezone = "UTC"\n[[rotation]]\nname = "R"\ncycle = [{cycle}]\n'
    )
    (folder / "engineers.csv").write_text(
        "name,country,subdivision\n" + "".join(f"{name},GB,ENG\n" for name in NAMES)
    )
    return folder


def within_budget(ended: Ended) -> None:
    if ended.seconds > SECONDS:
        assert ended.seconds <= LOOPS * started(CHECKOUT, "-S", "-c", LOOP).seconds, ended
    assert ended.megabytes <= MEGABYTES, ended
    assert "fault" not in ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err) < 20_000


def workbook(path: Path, sheet: Iterable[bytes], **parts: Iterable[bytes]) -> None:
    """A workbook with one sheet, and other parts, written bit by bit."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        for name, chunks in {"worksheets/sheet1": sheet, **parts}.items():
            with archive.open(f"xl/{name}.xml", "w", force_zip64=False) as part:
                for chunk in chunks:
                    part.write(chunk)


def cell(place: str, text: str = "x") -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def one_cell_at(row: int, column: str = "A") -> Callable[[], Iterator[bytes]]:
    def sheet() -> Iterator[bytes]:
        yield SHEET + b'<row r="%d">' % row + cell(f"{column}{row}") + b"</row>" + END

    return sheet


def rows(count: int, inner: Callable[[int], bytes]) -> Callable[[], Iterator[bytes]]:
    def sheet() -> Iterator[bytes]:
        yield SHEET
        for number in range(1, count + 1):
            yield b'<row r="%d">%s</row>' % (number, inner(number))
        yield END

    return sheet


def blanks(megabytes: int) -> Callable[[], Iterator[bytes]]:
    def sheet() -> Iterator[bytes]:
        yield SHEET
        for _ in range(megabytes):
            yield b" " * (1 << 20)
        yield END

    return sheet


def deep(levels: int) -> Callable[[], Iterator[bytes]]:
    def sheet() -> Iterator[bytes]:
        yield SHEET + b'<row r="1">' + b"<c>" * levels + b"</c>" * levels + b"</row>" + END

    return sheet


def entities() -> Iterator[bytes]:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield f'<!DOCTYPE x [<!ENTITY a0 "ha">{bomb}]><worksheet>&a11;</worksheet>'.encode()


def styled(number: int) -> bytes:
    return b"".join(b'<c r="%c%d" s="5"/>' % (65 + n, number) for n in range(10))


SHEETS: dict[str, Callable[[], Iterator[bytes]]] = {
    "row 1,000,000,000": one_cell_at(10**9),
    "row of 5,000 digits": one_cell_at(10**4000),
    "last row and column": one_cell_at(1_048_576, "XFD"),
    "column ZZZ": one_cell_at(2, "ZZZ"),
    "column of 5,000 letters": one_cell_at(2, "A" * 5_000),
    "50,000 cells far to the right": rows(50_000, lambda n: cell(f"XFD{n}")),
    "60,000 formatted rows": rows(60_000, styled),
    "more filled rows than are read": rows(340_000, lambda n: b'<c r="A%d"><v>1</v></c>' % n),
    "150 MB of blanks": blanks(150),
    "50 MB of blanks": blanks(50),
    "one text of 60 MB": lambda: iter(
        [SHEET, b'<row r="1">', cell("A1", "x" * 60_000_000), b"</row>", END]
    ),
    "deep XML": deep(20_000),
    "entities": entities,
    "no XML": lambda: iter([os.urandom(1 << 20)]),
}


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("where", ["published", "vacations"])
def test_workbooks(team: Path, kind: str, where: str) -> None:
    top = team.parent.parent
    if where == "vacations":
        workbook(team / "leave.xlsx", SHEETS[kind]())
        ended = run(top, "fairness", "--team", "t")
    else:
        (top / "outputs" / "t").mkdir(parents=True)
        path = top / "outputs" / "t" / "rota-2024-W27+2.xlsx"
        workbook(path, SHEETS[kind]())
        ended = run(top, "check", str(path))
        assert ended.status == 2, ended
    within_budget(ended)


def test_far_rows_with_nothing_in_them_are_passed_over(tmp_path: Path) -> None:
    far = b'<row r="1000000000" s="5"><c r="A1000000000" s="5"><v></v></c></row>'
    row = b'<row r="1">' + cell("A1") + b"</row>"
    workbook(tmp_path / "far.xlsx", iter([SHEET, row, far, END]))
    book = Xlsx(tmp_path / "far.xlsx")
    assert book.rows("Rota") == [("x",)]
    book.close()


def test_shared_texts_that_many_cells_point_to(team: Path) -> None:
    long = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    pointing = rows(100_000, lambda n: b'<c r="A%d" t="s"><v>0</v></c>' % n)
    workbook(team / "leave.xlsx", pointing(), sharedStrings=iter([long % (b"x" * 32_000)]))
    within_budget(run(team.parent.parent, "fairness", "--team", "t"))


def test_an_archive_with_endless_parts(team: Path) -> None:
    with zipfile.ZipFile(team / "leave.xlsx", "w") as archive:
        for number in range(60_000):
            archive.writestr(f"p{number}", b"")
    ended = run(team.parent.parent, "fairness", "--team", "t")
    assert "more parts" in ended.err
    within_budget(ended)


TABLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "many bad rows": (
        "vacations.csv",
        lambda: (
            b"engineer,start,end\n"
            + b"".join(b"Nobody%d,2024-07-01,2024-07-02\n" % n for n in range(CROWD))
        ),
    ),
    "many bad dates": (
        "vacations.csv",
        lambda: b"engineer,start,end\n" + b"Ana,nonsense,2024-07-02\n" * CROWD,
    ),
    "many bad wishes": (
        "wishes.csv",
        lambda: (
            b"engineer,week,wish\n" + b"".join(b"Ana,2024-W28,offf%d\n" % n for n in range(CROWD))
        ),
    ),
    "many ragged rows": (
        "swaps.csv",
        lambda: b"engineer,week,with\n" + b"Ana,2024-W28,Ben,no,no,no\n" * CROWD,
    ),
    "many odd engineers": (
        "engineers.csv",
        lambda: (
            b"name,country,subdivision\n" + b"".join(b"N%d,Nowhere,X\n" % n for n in range(CROWD))
        ),
    ),
    "one endless line": ("vacations.csv", lambda: b"engineer,start,end\n" + b"x" * 15_000_000),
    "one endless row": ("vacations.csv", lambda: b"engineer,start,end\n" + b"x," * 7_000_000),
    "an open quote": ("vacations.csv", lambda: b'engineer,start,end\n"' + b"x\n" * 7_000_000),
    "an endless header": ("vacations.csv", lambda: b"engineer,start,end" + b",x" * 1_000_000),
    "endless blank rows": ("vacations.csv", lambda: b"engineer,start,end\n" + b"\n" * 15_000_000),
    "a huge file": ("vacations.csv", lambda: b"engineer,start,end\n" + b"#\n" * 50_000_000),
    "deep lists": ("team.toml", lambda: b"x = " + b"[" * 100_000 + b"]" * 100_000),
    "somewhat deep lists": ("team.toml", lambda: b"x = " + b"[" * 200 + b"]" * 200),
    "deep tables": ("team.toml", lambda: b"x = " + b"{a=" * 50_000 + b"1" + b"}" * 50_000),
    "a deep key": ("team.toml", lambda: b".".join([b"a"] * 50_000) + b" = 1"),
    "a number of 5,000 digits": ("team.toml", lambda: b"x = " + b"9" * 5_000),
    "a number of 4,000 digits": ("team.toml", lambda: b"year_starts = " + b"9" * 4_000),
    "a hexadecimal of 5,000 digits": ("team.toml", lambda: b"name = 0x" + b"f" * 5_000),
    "huge settings": ("team.toml", lambda: b"# x\n" * 5_000_000),
    "60,000 keys": ("team.toml", lambda: b"".join(b"k%d = 1\n" % n for n in range(60_000))),
}


@pytest.mark.parametrize("kind", TABLES)
def test_texts(team: Path, kind: str) -> None:
    name, content = TABLES[kind]
    before = (team / name).read_bytes() if name == "team.toml" else b""
    rest = before if "digits" in kind or "deep" in kind else b""
    (team / name).write_bytes(content() + b"\n" + rest)
    ended = run(team.parent.parent, "plan", *PERIOD)
    within_budget(ended)
    if kind.startswith("many ") and "engineers" not in kind:
        assert f"{CROWD:,} problems" in ended.err
        assert "more." in ended.err


@pytest.mark.parametrize(
    "share", ["0.0000001", "1/99999999", "1e-7", "0,00001%", "9999999/99999999"]
)
def test_shares(team: Path, share: str) -> None:
    people = team / "engineers.csv"
    people.write_text(
        people.read_text()
        .replace("subdivision", "subdivision,share")
        .replace("ENG\n", f'ENG,"{share}"\n', 1)
    )
    ended = run(team.parent.parent, "plan", *PERIOD)
    assert ended.status == 2
    within_budget(ended)
