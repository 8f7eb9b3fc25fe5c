"""Rows added to a team's CSV files: under any header, and nothing else touched."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from planner.domain import DutyWeek, Swap, Vacation
from planner.errors import OutputError
from planner.files.team.appending import Grown, with_swaps, with_vacations

AUGUST = Vacation("Dong", date(2024, 8, 5), date(2024, 8, 9))
SICK = Vacation("Choo", date(2024, 8, 5), date(2024, 8, 5), "sick", date(2024, 8, 4), "flu, again")
WEEK = DutyWeek(date(2024, 7, 8))


def write(grown: Grown) -> None:
    grown.write(grown.path)


def vacations(folder: Path) -> Path:
    return folder / "vacations.csv"


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    write(with_vacations(tmp_path, [AUGUST, SICK]))
    with vacations(tmp_path).open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {
                "engineer": "Dong",
                "start": "2024-08-05",
                "end": "2024-08-09",
                "kind": "annual",
                "logged": "",
                "note": "",
            },
            {
                "engineer": "Choo",
                "start": "2024-08-05",
                "end": "2024-08-05",
                "kind": "sick",
                "logged": "2024-08-04",
                "note": "flu, again",
            },
        ]


@pytest.mark.parametrize(
    ("old", "added"),
    [
        ("engineer,start,end\n", "Dong,2024-08-05,2024-08-09\n"),
        ("end,engineer,start\n", "2024-08-09,Dong,2024-08-05\n"),
        ("engineer;start;end;note\n", "Dong;2024-08-05;2024-08-09;\n"),
        ("Engineer , START,End\n", "Dong,2024-08-05,2024-08-09\n"),
        ("# who is away\n\nengineer,start,end\n", "Dong,2024-08-05,2024-08-09\n"),
        ("engineer,start,end\nA,2024-07-01,2024-07-01", "\nDong,2024-08-05,2024-08-09\n"),
        ("engineer,start,end\r\nA,2024-07-01,2024-07-01\r\n", "Dong,2024-08-05,2024-08-09\r\n"),
        ("\ufeffengineer,start,end\n", "Dong,2024-08-05,2024-08-09\n"),
        ("sep=;\nengineer;start;end\n", "Dong;2024-08-05;2024-08-09\n"),
        ("engineer\tstart\tend\n", "Dong\t2024-08-05\t2024-08-09\n"),
    ],
)
def test_rows_follow_the_header_and_what_is_there_stays(
    tmp_path: Path, old: str, added: str
) -> None:
    vacations(tmp_path).write_bytes(old.encode())
    write(with_vacations(tmp_path, [AUGUST]))
    assert vacations(tmp_path).read_bytes().decode() == old + added


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("engineer,start,end\nA,2024-07-01,2024-07-01\n", "engineer,start,end,kind,logged,note\n"),
        ("# note\nend;start;engineer;;\n", "# note\nend;start;engineer;;;kind;logged;note\n"),
        ("\ufeffnote,engineer,start,end\r\n", "\ufeffnote,engineer,start,end,kind,logged\r\n"),
        ("engineer,start,end,Kind", "engineer,start,end,Kind,logged,note\n"),
    ],
)
def test_a_column_that_a_row_needs_is_added(tmp_path: Path, old: str, new: str) -> None:
    vacations(tmp_path).write_bytes(old.encode())
    write(with_vacations(tmp_path, [SICK]))
    text = vacations(tmp_path).read_bytes().decode()
    assert text.startswith(new)
    assert old.partition("\nA")[2] in text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    header = lines[0].removeprefix("\ufeff")
    row = next(csv.reader([lines[-1]], delimiter=";" if ";" in header else ","))
    said = dict(zip(re.split("[,;]", header.lower()), row, strict=True))
    assert (said["kind"], said["logged"], said["note"]) == ("sick", "2024-08-04", "flu, again")


def test_a_file_without_a_header_gets_one(tmp_path: Path) -> None:
    vacations(tmp_path).write_text("# nobody yet\n", encoding="utf-8")
    write(with_vacations(tmp_path, [AUGUST]))
    assert vacations(tmp_path).read_text(encoding="utf-8").splitlines() == [
        "# nobody yet",
        "engineer,start,end,kind,logged,note",
        "Dong,2024-08-05,2024-08-09,annual,,",
    ]


def test_nothing_to_add_touches_nothing(tmp_path: Path) -> None:
    vacations(tmp_path).write_bytes(b"engineer,start,end")
    write(with_vacations(tmp_path, []))
    assert vacations(tmp_path).read_bytes() == b"engineer,start,end"


def test_swaps(tmp_path: Path) -> None:
    swap = Swap("Dong", WEEK, "Maxime", WEEK.later(2), "Data", "primary", agreed=True)
    one_way = Swap("Ng, Wei", WEEK, "Maxime", None, "Data", "primary", agreed=False)
    write(with_swaps(tmp_path, [swap, one_way]))
    assert (tmp_path / "swaps.csv").read_text(encoding="utf-8").splitlines() == [
        "engineer,week,with,for_week,rotation,role,agreed",
        "Dong,2024-W28,Maxime,2024-W30,Data,primary,yes",
        '"Ng, Wei",2024-W28,Maxime,,Data,primary,no',
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_the_files_encoding_is_kept(tmp_path: Path, encoding: str) -> None:
    old = "engineer,start,end,note\nA,2024-07-01,2024-07-01,für José\n"
    vacations(tmp_path).write_bytes(old.encode(encoding))
    write(with_vacations(tmp_path, [AUGUST]))
    added = "Dong,2024-08-05,2024-08-09,\n"
    assert vacations(tmp_path).read_bytes().decode(encoding) == old + added


def test_what_the_encoding_cannot_say_is_refused(tmp_path: Path) -> None:
    old = "engineer,start,end,note\nA,2024-07-01,2024-07-01,für José\n".encode("cp1252")
    vacations(tmp_path).write_bytes(old)
    with pytest.raises(OutputError, match="李"):
        write(with_vacations(tmp_path, [Vacation("李小龍", AUGUST.start, AUGUST.end)]))
    assert vacations(tmp_path).read_bytes() == old


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "vacations.csv").mkdir()
    with pytest.raises(OutputError, match=r"vacations\.csv"):
        write(with_vacations(tmp_path, [AUGUST]))
