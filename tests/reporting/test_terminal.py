import pytest

from planner.reporting.terminal import WIDTH, display_width, table, wrapped


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    text = table(["Engineer", "total"], [["Dong", "6"], ["Siddhant", "13"]], "lr")
    assert text.split("\n") == [
        "Engineer  total",
        "────────  ─────",
        "Dong          6",
        "Siddhant     13",
    ]


def test_long_headings_wrap_between_words_within_80_columns() -> None:
    heading = "Profit and engagement pipelines: primary"
    text = table(["Engineer", heading, heading], [["Choo", "6", "7"]], "lrr")
    lines = text.split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) > 3
    assert " ".join(line[10:46].strip() for line in lines[:2]).split() == heading.split()


def test_words_wider_than_the_page_are_kept_whole() -> None:
    name = "x" * 100
    assert name in table(["Engineer", "n"], [[name, "1"]], "lr")


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert display_width("陈伟") == 4
    assert display_width("é") == 1
    lines = table(["Name", "n"], [["陈伟明", "1"], ["Al", "2"]], "lr").split("\n")
    assert [display_width(line) for line in lines] == [9, 9, 9, 9]


def test_a_name_cannot_steer_the_terminal() -> None:
    text = table(["Name"], [["\x1b[31mMallory\r\x07"]], "l")
    assert "\x1b" not in text
    assert "\r" not in text
    assert "Mallory" in text


def widths(text: str) -> int:
    return max(map(display_width, text.split("\n")))


def test_a_wide_terminal_is_used_and_a_narrow_one_kept_to(monkeypatch: pytest.MonkeyPatch) -> None:
    headings = ["Engineer", "Profit and engagement pipelines: primary", "Growth pipelines: primary"]
    rows = [["Siddhant the Younger", "a remark that is rather long, in fact", "6"]] * 2
    monkeypatch.setenv("COLUMNS", "160")
    assert len(table(headings, rows, "lll").split("\n")) == 4, "nothing has to wrap"
    monkeypatch.setenv("COLUMNS", "40")
    narrow = table(headings, rows, "lll")
    assert widths(narrow) <= 40
    assert "Siddhant" in narrow
    assert widths(wrapped("word " * 50)) <= 40
    monkeypatch.delenv("COLUMNS")
    assert 40 < widths(table(headings, rows, "lll")) <= WIDTH, "without a terminal"


def test_where_no_table_fits_each_row_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    headings = ["Engineer", "", "responsibility", "note"]
    assert table(headings, [["Siddhant", "open", "engagement pipelines", ""]], "llll") == (
        "Siddhant\n  open\n  responsibility:\n  engagement pipelines"
    )


@pytest.mark.parametrize("columns", ["", "0", "-5", "many", "²"])
def test_what_is_no_width_counts_for_nothing(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert widths(wrapped("word " * 50)) <= WIDTH
    assert widths(wrapped("word " * 50)) > WIDTH - 6
