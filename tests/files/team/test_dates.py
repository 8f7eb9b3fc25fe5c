from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import UsageError
from planner.files.team.dates import DateStyle
from planner.files.team.values import BadValueError

AUGUST = date(2024, 8, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2024-08-05",
        "2024-8-5",
        " 2024/08/05 ",
        "2024-08-05 00:00:00",
        "2024-08-05T00:00",
        "２０２４-08-05",  # noqa: RUF001 - as East Asian keyboards write it
        date(2024, 8, 5),
        datetime(2024, 8, 5, 13, 30),
    ],
)
def test_what_is_understood(written: str | date) -> None:
    found = DateStyle().read(written)
    assert found == AUGUST
    assert type(found) is date


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("05/08/2024", "(2024-08-05 or 2024-05-08)", "--date-format DD/MM/YYYY"),
        ("25/08/2024", "year, month, day", "2024-08-25, or say how with --date-format DD/MM/YYYY"),
        ("08/25/2024", "year, month, day", "2024-08-25, or say how with --date-format MM/DD/YYYY"),
        ("05.05.2024", "year, month, day", "2024-05-05"),
        ("45/45/2024", "is not a date", "2024-08-05"),
        ("2024-02-30", "does not exist", "2024-08-05"),
        ("2024-08-05 14:00", "is not a date", "2024-08-05"),
        ("1924-08-05", "outside the years 1990 to 2100", "slip of typing"),
        ("2204-08-05", "outside the years 1990 to 2100", "slip of typing"),
        ("45509", "spreadsheet's number", "2024-08-05"),
        ("5 August", "is not a date", "2024-08-05"),
        ("05/08/24", "is not a date", "2024-08-05"),
    ],
)
def test_what_is_refused(written: str, said: str, hint: str) -> None:
    with pytest.raises(BadValueError) as caught:
        DateStyle().read(written)
    assert said in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("DD/MM/YYYY", "05/08/2024"),
        ("DD/MM/YYYY", "5/8/2024"),
        ("MM/DD/YYYY", "08/05/2024"),
        ("%d/%m/%Y", "05/08/2024"),
        ("dd.mm.yyyy", "05.08.2024"),
        ("D-M-YYYY", "5-8-2024"),
        ("YYYYMMDD", "20240805"),
        ("DD/MM/YYYY", "2024-08-05"),
    ],
)
def test_a_format_settles_it(style: str, written: str) -> None:
    assert DateStyle(style).read(written) == AUGUST


@pytest.mark.parametrize("written", ["05/25/2024", "05-08-2024", "32/01/2024"])
def test_dates_that_do_not_fit_the_format(written: str) -> None:
    with pytest.raises(BadValueError):
        DateStyle("DD/MM/YYYY").read(written)


@pytest.mark.parametrize("style", ["", "DD/MM", "DD/MM/YY", "DD/DD/YYYY", "%d/%m/%y", "nonsense"])
def test_bad_formats(style: str) -> None:
    with pytest.raises(UsageError, match="--date-format"):
        DateStyle(style)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from("/.-"))
def test_every_date_is_read_as_it_was_written(day: date, separator: str) -> None:
    assert DateStyle().read(day.isoformat()) == day
    style = DateStyle(separator.join(("DD", "MM", "YYYY")))
    assert style.read(f"{day.day}{separator}{day.month}{separator}{day.year}") == day


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    with suppress(BadValueError):
        assert isinstance(DateStyle().read(text), date)
