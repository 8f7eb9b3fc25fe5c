"""What people added to a workbook is there in the one that takes its place, or is named."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill

from planner.files.workbook import read, write
from planner.files.workbook.foreign_colours import rgb
from planner.files.workbook.readback.lost_additions import own_parts
from planner.files.workbook.readback.own_additions import NOTHING, read_additions
from planner.files.workbook.writing import SHEETS
from tests.files.sample_plans import large_plan, sample_plan

PLAN = sample_plan()
TEAM = PLAN.problem.team
CHANGE = ("2024-W28", "primary", "Choo", "Thiru", "is away", "2024-06-30 09:00")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "old.xlsx"
    write(PLAN, path, "inputs")
    return path


def _edit(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def _replaced(path, **extra):
    """The workbook that takes the place of an edited one, and where it lies."""
    new = path.with_name("new.xlsx")
    write(PLAN, new, "inputs", theirs=read_additions(path, SHEETS), **extra)
    return openpyxl.load_workbook(new), new


def test_what_nobody_touched_holds_nothing_of_theirs(path):
    assert read_additions(path, SHEETS) is NOTHING


def test_a_file_that_was_only_saved_again_holds_nothing_of_theirs(path):
    _edit(path, lambda book: None)
    assert read_additions(path, SHEETS) == NOTHING
    large = path.with_name("large.xlsx")
    write(large_plan(), large, "inputs", changed=[CHANGE])
    _edit(large, lambda book: None)
    assert read_additions(large, SHEETS) == NOTHING


def test_sheets_of_their_own_stay_with_formulas_looks_and_widths(path):
    def change(book):
        sheet = book.create_sheet("Escalation")
        sheet["A1"], sheet["B2"], sheet["B3"] = "Whom to call", 4, "=B2*2"
        sheet["A1"].font = Font(b=True, color="FF0000AA")
        sheet["A1"].fill = PatternFill("solid", fgColor="FF12AB34")
        sheet["C1"] = datetime(2024, 7, 1)
        sheet.column_dimensions["A"].width = 33
        sheet.merge_cells("A5:B5")

    _edit(path, change)
    book, new = _replaced(path)
    sheet = book["Escalation"]
    assert [sheet[c].value for c in ("A1", "B2", "B3")] == ["Whom to call", 4, "=B2*2"]
    assert (sheet["A1"].font.b, rgb(sheet["A1"].fill.fgColor)) == (True, "12AB34")
    assert sheet["C1"].value == datetime(2024, 7, 1)
    assert sheet.column_dimensions["A"].width == 33
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A5:B5"]
    assert own_parts(path, new) == ()


def test_a_text_of_their_own_that_looks_like_a_formula_stays_a_text(path):
    def change(book):
        sheet = book.create_sheet("Own")
        sheet["A1"] = "=1+1"
        sheet["A1"].data_type = "s"

    _edit(path, change)
    book, _ = _replaced(path)
    assert (book["Own"]["A1"].data_type, book["Own"]["A1"].value) == ("s", "=1+1")


def test_columns_beside_the_table_follow_their_weeks(path):
    def change(book):
        sheet = book["Rota"]
        sheet["K1"] = "Ticket"
        sheet["K3"], sheet["K4"] = "OPS-3", 12
        sheet.move_range("A3:K3", rows=20)  # W28 now stands last

    _edit(path, change)
    book, new = _replaced(path)
    rota = book["Rota"]
    assert rota["K1"].value == "Ticket"
    assert [rota.cell(row, 11).value for row in (2, 3, 4)] == [None, "OPS-3", 12]
    assert own_parts(path, new) == ()
    assert read(new, TEAM).rota == PLAN.rota
    assert not read(new, TEAM).edited


def test_comments_and_fills_stay_at_their_week(path):
    def change(book):
        sheet = book["Rota"]
        sheet["D4"].comment = Comment("Aidil knows", "Mei")
        sheet["E5"].fill = PatternFill("solid", fgColor=Color(theme=9, tint=0.4))
        sheet["D6"].fill = PatternFill("solid", fgColor="FF00FFAA")
        book["Fairness"]["A2"].comment = Comment("why?", "Mei")

    _edit(path, change)
    book, _ = _replaced(path)
    assert (book["Rota"]["D4"].comment.text, book["Rota"]["D4"].comment.author) == (
        *("Aidil knows", "Mei"),
    )
    assert book["Fairness"]["A2"].comment.text == "why?"
    assert rgb(book["Rota"]["D6"].fill.fgColor) == "00FFAA"
    assert rgb(book["Rota"]["E5"].fill.fgColor) == "FAC090"


def test_text_beside_the_planners_cells_stays(path):
    def change(book):
        book["Rota"]["A18"] = "Please tell Mei of swaps"
        book["Overview"]["B30"] = "Seen by the lead"
        book["Checks"]["H2"] = 42

    _edit(path, change)
    book, new = _replaced(path)
    assert book["Rota"]["A18"].value == "Please tell Mei of swaps"
    assert book["Overview"]["B30"].value == "Seen by the lead"
    assert book["Checks"]["H2"].value == 42
    assert read(new, TEAM).rota == PLAN.rota


def test_what_cannot_be_kept_is_named(path):
    def change(book):
        sheet = book.create_sheet("Numbers")
        sheet["A1"], sheet["A2"] = 1, 2
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
        sheet.add_chart(chart, "C1")

    _edit(path, change)
    _, new = _replaced(path)
    assert own_parts(path, new) == ("a chart on the sheet “Numbers”",)


def test_a_sheet_that_somebody_renamed_is_not_taken_for_their_own(path):
    _edit(path, lambda book: setattr(book["Calendar"], "title", "Kalender"))
    assert read_additions(path, SHEETS).sheets == ()


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=12)
words = texts.map(str.strip).filter(lambda said: said and not said.startswith("="))
COLOURS = st.sampled_from(["00AA55", "123456", "FE0102"])


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.sampled_from(["Own", "Ours", "Ø 1"]), words, max_size=3),
    st.dictionaries(st.integers(2, 14), words, max_size=4),
    st.dictionaries(st.integers(2, 14), words, max_size=3),
    st.dictionaries(st.integers(2, 14), COLOURS, max_size=3),
    st.dictionaries(st.integers(17, 24), words, max_size=2),
)
def test_random_additions_survive(path, sheets, column, comments, fills, below):
    write(PLAN, path, "inputs")

    def change(book):
        for title, said in sheets.items():
            book.create_sheet(title)["B2"] = said
        for row, said in column.items():
            book["Rota"].cell(row, 12).value = said
        for row, said in comments.items():
            book["Rota"].cell(row, 4).comment = Comment(said, "x")
        for row, colour in fills.items():
            book["Rota"].cell(row, 5).fill = PatternFill("solid", fgColor="FF" + colour)
        for row, said in below.items():
            book["Rota"].cell(row, 2).value = said

    _edit(path, change)
    book, new = _replaced(path, changed=[CHANGE])
    rota = book["Rota"]
    assert {title: book[title]["B2"].value for title in sheets} == sheets
    values = {
        row: [cell.value for cell in rota[row]][10:] for row in range(2, 15)
    }  # the eleventh column and what follows
    assert all(said in values[row] for row, said in column.items())
    assert {row: rota.cell(row, 4).comment.text for row in comments} == comments
    assert {row: rgb(rota.cell(row, 5).fill.fgColor) for row in fills} == fills
    assert {row: rota.cell(row, 2).value for row in below} == below
    assert own_parts(path, new) == ()
    assert not read(new, TEAM).edited
