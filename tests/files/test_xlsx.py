"""Values read from workbooks without openpyxl are those that openpyxl reads."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from planner.cells.references import letters
from planner.files.xlsx import Xlsx, column_number
from tests.files.sample_plans import sample_plan


def by_openpyxl(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def by_us(path: Path) -> dict[str, list[list[object]]]:
    book = Xlsx(path)
    try:
        return {title: [list(row) for row in book.rows(title)] for title in book.sheets}
    finally:
        book.close()


def trimmed(rows: list[list[object]]) -> list[list[object]]:
    """Without what is empty at the ends of rows and of the sheet."""
    found = []
    for row in rows:
        values = [None if value == "" else value for value in row]
        while values and values[-1] is None:
            values.pop()
        found.append(values)
    while found and not found[-1]:
        found.pop()
    return found


def assert_same(path: Path) -> None:
    ours, theirs = by_us(path), by_openpyxl(path)
    assert list(ours) == list(theirs)
    for title, rows in theirs.items():
        assert trimmed(ours[title]) == trimmed(rows), title


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "book.xlsx"
    book.save(path)
    return path


def test_a_workbook_of_ours(tmp_path: Path) -> None:
    from planner.files.workbook import write

    write(sample_plan(), tmp_path / "rota.xlsx", "inputs", notes={})
    assert_same(tmp_path / "rota.xlsx")


def test_every_kind_of_value(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "It's “odd” & <so>"
    sheet["B2"] = "text with  spaces\nand lines"
    sheet["D2"] = 7
    sheet["E2"] = 7.5
    sheet["F2"] = True
    sheet["G2"] = date(2024, 8, 5)
    sheet["H2"] = datetime(2024, 8, 5, 13, 45, 10)
    sheet["I2"] = "#N/A"
    sheet["J2"] = 45509
    sheet["J2"].number_format = 'dd"th of "mmm'
    sheet["K2"] = 45509
    sheet["K2"].number_format = '0.0 "days"'
    sheet["L2"] = 45509
    sheet["L2"].number_format = "[Red]0"
    sheet["AB40"] = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
    book.create_sheet("empty")
    path = saved(book, tmp_path)
    assert_same(path)
    assert by_us(path)[sheet.title][1][6] == datetime(2024, 8, 5)
    assert by_us(path)[sheet.title][39][27] == "plain bold"


def test_the_other_epoch(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2024, 8, 5)
    path = saved(book, tmp_path)
    assert_same(path)
    assert by_us(path)["Sheet"][0][0] == datetime(2024, 8, 5)


def test_cached_values_of_formulas_count(tmp_path: Path) -> None:
    """Of each type that a formula can have; a formula without a value is empty."""
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
        '<c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1"><f>1+1</f></c><c r="F1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r>'
        "<rPh><t>no</t></rPh></is></c><c><v>1E3</v></c>"
    )
    path = saved(openpyxl.Workbook(), tmp_path)
    _replace(
        path,
        "xl/worksheets/sheet1.xml",
        "<sheetData></sheetData>",
        f"<sheetData><row>{cells}</row></sheetData>",
    )
    (row,) = by_us(path)["Sheet"]
    assert row == [2, "a", True, "#DIV/0!", None, "inline", 1000.0]


def _replace(path: Path, part: str, old: str, new: str) -> None:
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_defined_names_are_known(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.defined_names["Here"] = DefinedName("Here", attr_text="'Sheet'!$B$3:$C$4")
    found = Xlsx(saved(book, tmp_path))
    assert found.names == {"Here": "'Sheet'!$B$3:$C$4"}
    found.close()


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1904, 1, 2), datetime(2199, 12, 31)).map(
        lambda when: when.replace(microsecond=0)
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).filter(
        lambda text: not text.startswith("=")
    ),
)


@given(st.lists(st.lists(VALUES, max_size=5), max_size=5))
def test_whatever_openpyxl_writes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    assert_same(saved(book, tmp_path_factory.mktemp("book")))


@given(st.integers(0, 16383))
def test_columns_have_letters(number: int) -> None:
    assert column_number(letters(number + 1)) == number
    assert letters(number + 1) == openpyxl.utils.get_column_letter(number + 1)


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive"])
def test_what_is_no_archive_raises(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(data)
    with pytest.raises(Exception, match="zip"):
        Xlsx(tmp_path / "book.xlsx")
