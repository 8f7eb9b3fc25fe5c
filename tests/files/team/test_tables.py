"""CSV as spreadsheets and people write it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.team.reading import Reading
from planner.files.team.tables import Columns, Table, read_csv

COLUMNS = Columns("things.csv", ("name", "size"), ("long_note",))


def read(folder: Path, content: str | bytes) -> tuple[Table, Reading]:
    path = folder / "things.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reading = Reading()
    return read_csv(path, COLUMNS, reading), reading


def rows(folder: Path, content: str | bytes) -> list[tuple[int | None, str, str, str]]:
    table, reading = read(folder, content)
    assert reading.problems == []
    assert table.complete
    return [
        (row.source.row, row.text("name"), row.text("size"), row.text("long_note"))
        for row in table.rows
    ]


ONE = [(2, "A", "1", "n")]


@pytest.mark.parametrize(
    "content",
    [
        "name,size,long_note\nA,1,n\n",
        "name;size;long_note\r\nA;1;n\r\n",
        "name\tsize\tlong_note\nA\t1\tn",
        "\ufeffname,size,long_note\nA,1,n\n",
        '"name","size","long_note"\n"A","1","n"\n',
        " Name ,SIZE, Long note \n A , 1 , n \n",
        "name,size,long-note,,\nA,1,n,,\n",
        "size,long_note,name\n1,n,A\n",
        "name,size,long_note\rA,1,n\r",
        "name,size,long_note\nA,1,n\n".encode("utf-16"),
        "name,size,long_note\nA,1,n\n,,\n   \n# A,2,\n",
    ],
)
def test_the_same_table_in_many_hands(tmp_path: Path, content: str | bytes) -> None:
    assert rows(tmp_path, content) == ONE


def test_a_short_row_ends_in_empty_cells(tmp_path: Path) -> None:
    assert rows(tmp_path, "name,size,long_note\nA,1\n") == [(2, "A", "1", "")]


def test_comments_and_blank_lines_keep_the_numbers_of_the_rows(tmp_path: Path) -> None:
    content = '# it\'s a "comment\n\nname,size\n# more, yes\nA,1\n\n"# quoted, too",\nB,2\n'
    assert rows(tmp_path, content) == [(5, "A", "1", ""), (8, "B", "2", "")]


def test_a_cell_of_several_lines_counts_from_its_first(tmp_path: Path) -> None:
    content = 'name,size,long_note\nA,1,"one\n# two\n\nthree"\nB,2,\n'
    assert rows(tmp_path, content) == [(2, "A", "1", "one # two three"), (6, "B", "2", "")]


def test_quotes_and_separators_within_cells(tmp_path: Path) -> None:
    content = 'name,size,long_note\n"A, B","1","say ""hello"""\n'
    assert rows(tmp_path, content) == [(2, "A, B", "1", 'say "hello"')]


@pytest.mark.parametrize(
    ("content", "row", "column", "value", "said"),
    [
        ("", None, "", "", "is empty. Its first row must name the columns name, size."),
        ("\n  \n# x\n", None, "", "", "is empty"),
        ("name,size,colour\nA,1,red\n", 1, "colour", "colour", "is not a column of things.csv"),
        ("name,sise\nA,1\n", 1, "sise", "sise", "Did you mean “size”?"),
        ("name\nA\n", 1, "size", "", "this column is missing"),
        ("name,size,Name\nA,1,B\n", 1, "name", "Name", "is a column twice"),
        ("name,size\nA,1,2\n", 2, "", "2", "double quotes"),
        ("name,size,,long_note\nA,1,x,\n", 2, "", "x", "beyond the last named column"),
        ('name,size\nA,1\nB,"2\nC,3\n', 3, "", "", "the quotes of this row do not match"),
        ('name,size\nA,"1"2\n', 2, "", "", "the quotes of this row do not match"),
        ("name,size\nA,1\nRené,2\n".encode("latin-1"), 3, "", "", "0xE9"),
        ("name,size\nRené,2\n".encode("latin-1"), 2, "", "", "CSV UTF-8 (Comma delimited)"),
        (b"PK\x03\x04rubbish", None, "", "", "is not a text file"),
        (b"name,size\nA,\0\n", None, "", "", "is not a text file"),
        (b"\xff\xfea\0b", None, "", "", "is not text in UTF-16"),
    ],
)
def test_what_is_refused(
    tmp_path: Path, content: str | bytes, row: int | None, column: str, value: str, said: str
) -> None:
    table, reading = read(tmp_path, content)
    (problem,) = reading.problems
    assert (problem.file, problem.column, problem.value) == ("things.csv", column, value)
    assert problem.row == row
    assert said in f"{problem.message}. {problem.hint}"
    assert problem.hint
    assert not table.complete


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "things.csv").mkdir()
    reading = Reading()
    assert not read_csv(tmp_path / "things.csv", COLUMNS, reading).complete
    assert "cannot be read" in reading.problems[0].message


def test_a_bad_row_does_not_hide_the_others(tmp_path: Path) -> None:
    table, reading = read(tmp_path, "name,size\nA,1,x\nB,2\n,3,,y\n")
    assert [row.text("name") for row in table.rows] == ["B"]
    assert [problem.row for problem in reading.problems] == [2, 4]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n,;"')).map(
    lambda text: text.lstrip("#")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.sampled_from(",;\t"))
def test_what_a_csv_writer_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]], separator: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("name", "size", "long_note"))
    writer.writerows(("x" + name, *others) for name, *others in cells)
    table, reading = read(tmp_path_factory.mktemp("written"), text.getvalue())
    assert reading.problems == []
    assert [tuple(row.cells.values()) for row in table.rows] == [
        ("x" + name, *others) for name, *others in cells
    ]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    table, reading = read(tmp_path_factory.mktemp("bytes"), b"name,size\n" + data)
    assert table.complete == (not reading.problems)
