"""Vacations in Excel workbooks."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.domain import Source, Vacation
from planner.files.team.folder import load_team, load_team_with_notes
from tests.files.team_folder import problems, write

HEADER = ("Engineer", "Start", "End", "Kind", "Logged", "Note")


def leave(folder: Path, *sheets: list[tuple[object, ...]], name: str = "leave.xlsx") -> Path:
    write(folder)
    book = Workbook()
    for number, rows in enumerate(sheets, start=1):
        sheet = book.active if number == 1 else book.create_sheet()
        sheet.title = f"Sheet {number}"
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder


def test_date_cells_and_texts(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        HEADER,
        ("thiru", datetime(2024, 8, 5, 9, 0), date(2024, 8, 9), "Sick", date(2024, 7, 1), "a"),
        (None, None, None),
        ("Choo", "2024-8-12", "2024-08-12"),
    ]
    team = load_team(leave(tmp_path / "alpha", rows))
    assert team.vacations == (
        Vacation("Choo", date(2024, 8, 12), date(2024, 8, 12)),
        Vacation("Thiru", date(2024, 8, 5), date(2024, 8, 9), "sick", date(2024, 7, 1), "a"),
    )
    assert [vacation.source for vacation in team.vacations] == [
        Source("leave.xlsx (Sheet 1)", 4),
        Source("leave.xlsx (Sheet 1)", 2),
    ]


def test_other_sheets_and_columns_are_left_out_and_told(tmp_path: Path) -> None:
    folder = leave(
        tmp_path / "alpha",
        [("Days", "per year"), (25, 3)],
        [],
        [
            ("Manager", *HEADER[:3], "Days"),
            ("Ada", "Choo", date(2024, 8, 5), date(2024, 8, 6), 2.0),
        ],
    )
    team, notes = load_team_with_notes(folder)
    assert team.vacations == (Vacation("Choo", date(2024, 8, 5), date(2024, 8, 6)),)
    assert notes == ("leave.xlsx (Sheet 3): the columns Manager, Days are not read.",)


def test_a_workbook_without_vacations_is_told(tmp_path: Path) -> None:
    team, notes = load_team_with_notes(leave(tmp_path / "alpha", [("Engineer", "Days", "Left")]))
    assert team.vacations == ()
    (note,) = notes
    assert note.startswith("leave.xlsx: no sheet has columns such as engineer, start and end")


def test_what_is_wrong_in_a_sheet(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        HEADER,
        ("Thriu", date(2024, 8, 5), date(2024, 8, 1)),
        ("Choo", 45509, date(1924, 8, 1)),
        ("Choo", "05/08/2024", None),
    ]
    leave(tmp_path / "alpha", rows)
    found = problems(tmp_path / "alpha", {})
    assert {problem.file for problem in found} == {"leave.xlsx (Sheet 1)"}
    assert [(problem.row, problem.column, problem.value) for problem in found] == [
        (2, "end", "2024-08-01"),
        (2, "engineer", "Thriu"),
        (3, "end", "1924-08-01"),
        (3, "start", "45509"),
        (4, "start", "05/08/2024"),
    ]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (problem,) = problems(tmp_path / "alpha", {"leave.xlsx": content})
    assert problem.file == "leave.xlsx"
    assert "cannot be read as an Excel workbook" in problem.message
    assert "password" in problem.hint


def test_the_same_vacation_in_two_files_counts_once(tmp_path: Path) -> None:
    folder = leave(
        tmp_path / "alpha", [HEADER, ("Choo", date(2024, 8, 5), date(2024, 8, 6))], name="B.XLSX"
    )
    csv = "engineer,start,end,logged,note\nChoo,2024-08-05,2024-08-06,2024-07-01,sea\n"
    (folder / "vacations.csv").write_text(csv)
    (vacation,) = load_team(folder).vacations
    assert (vacation.logged, vacation.note) == (date(2024, 7, 1), "sea")


def test_an_odd_kind_is_told(tmp_path: Path) -> None:
    csv = "engineer,start,end,kind\nChoo,2024-08-05,2024-08-06,anual\n"
    team, notes = load_team_with_notes(write(tmp_path / "alpha", {"vacations.csv": csv}))
    assert team.vacations[0].kind == "anual"
    assert len(notes) == 1
    assert "vacations.csv row 2: is “anual” annual leave? Did you mean “annual”?" in notes[0]
    assert 'owed_during = ["annual", "anual"]' in notes[0]


def test_an_odd_kind_is_asked_about_once(tmp_path: Path) -> None:
    csv = (
        "engineer,start,end,kind\nChoo,2024-08-05,2024-08-06,Study Leave\n"
        "Thiru,2024-08-05,2024-08-06,study leave\nChoo,2024-08-15,2024-08-16,study\n"
    )
    rules = '\n[rules]\nowed_during = ["Holiday", "study"]\n'
    toml = 'timezone = "UTC"\n'
    _, notes = load_team_with_notes(
        write(tmp_path / "alpha", {"team.toml": toml + rules, "vacations.csv": csv})
    )
    assert len(notes) == 1
    assert "row 2 and 1 more: is “study leave” annual leave?" in notes[0]
    assert "lowers what Choo and Thiru owe" in notes[0]


@pytest.mark.parametrize("kind", ["AL", "PTO", "holiday", "Vacation", "Annual Leave", "Urlaub"])
def test_what_people_write_for_annual_leave_leaves_what_one_owes(tmp_path: Path, kind: str) -> None:
    csv = f"engineer,start,end,kind\nChoo,2024-08-05,2024-08-06,{kind}\n"
    team, notes = load_team_with_notes(write(tmp_path / "alpha", {"vacations.csv": csv}))
    assert (team.vacations[0].kind, notes) == ("annual", ())
