from planner.reporting.text import WIDTH, display_width, table


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
