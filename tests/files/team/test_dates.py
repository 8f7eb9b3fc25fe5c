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
        "2024-08-05 14:00",
        "2024-08-05T09:00:00+08:00",
        "2024-08-05T09:00:00.000Z",
        "2024-08-05T09:00:00+08:00[Asia/Kuala_Lumpur]",
        "20240805",
        "5 Aug 2024",
        "5th August 2024",
        "05-Aug-24",
        "5-aug-2024 09:00",
        "Aug 5, 2024",
        "August 5 2024",
        "2024-Aug-05",
        "Mon 5 Aug 2024",
        "Monday, 5 August 2024",
        "5. August 2024",
        "5 Ogos 2024",
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
        ("05/08/2024", "(2024-08-05 or 2024-05-08)", 'date_format = "DD/MM/YYYY" in team.toml'),
        ("5.8.2024 09:00", "(2024-08-05 or 2024-05-08)", "2024-08-05"),
        ("05/08/24", "(2024-08-05 or 2024-05-08 or 2005-08-24)", "--date-format DD/MM/YY"),
        ("24/08/25", "(2025-08-24 or 2024-08-25)", "--date-format DD/MM/YY"),
        ("45/45/2024", "is not a date", "2024-08-05"),
        ("Tue 5 Aug 2024", "is no Tue: that day is a Monday", "Correct one"),
        ("31 Feb 2024", "does not exist", "2024-08-05"),
        ("2024-02-30", "does not exist", "2024-08-05"),
        ("1924-08-05", "outside the years 1990 to 2100", "slip of typing"),
        ("2204-08-05", "outside the years 1990 to 2100", "slip of typing"),
        ("45509", "spreadsheet's number", "2024-08-05"),
        ("5 August", "is not a date", "2024-08-05"),
        ("24 Aug", "is not a date", "2024-08-05"),
        ("5 Foo 2024", "is not a date", "2024-08-05"),
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
        ("DD/MM/YY", "05/08/24"),
        ("%d-%b-%Y", "05-Aug-2024"),
        ("%m/%d/%y", "8/5/24"),
        ("DD/MM/YYYY", "2024-08-05"),
    ],
)
def test_a_format_settles_it(style: str, written: str) -> None:
    assert DateStyle(style).read(written) == AUGUST


@pytest.mark.parametrize("written", ["05/25/2024", "05-08-2024", "32/01/2024"])
def test_dates_that_do_not_fit_the_format(written: str) -> None:
    with pytest.raises(BadValueError):
        DateStyle("DD/MM/YYYY").read(written)


@pytest.mark.parametrize("style", ["", "DD/MM", "DD/DD/YYYY", "MM/YYYY", "%d/%m/%j", "nonsense"])
def test_bad_formats(style: str) -> None:
    with pytest.raises(UsageError, match="--date-format"):
        DateStyle(style)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from("/.-"))
def test_every_date_is_read_as_it_was_written(day: date, separator: str) -> None:
    assert DateStyle().read(day.isoformat()) == day
    style = DateStyle(separator.join(("DD", "MM", "YYYY")))
    assert style.read(f"{day.day}{separator}{day.month}{separator}{day.year}") == day


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30/1/2026", "2026-01-30"),
        ("1/30/2026", "2026-01-30"),
        ("5/5/2024", "2024-05-05"),
        ("31/12/99", "1999-12-31"),
        ("05-Aug-98", "1998-08-05"),
        ("29.2.2024", "2024-02-29"),
    ],
)
def test_what_can_be_read_in_one_way_only(written: str, meant: str) -> None:
    assert DateStyle().read(written) == date.fromisoformat(meant)


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)), st.booleans(), st.sampled_from("/.- "))
def test_three_numbers_mean_what_one_order_can_make_of_them(
    day: date, short: bool, separator: str
) -> None:
    """Against all readings, tried with ``strptime``: one is read, several are refused."""
    text = day.strftime(separator.join(("%d", "%m", "%y" if short else "%Y")))
    readings = set()
    for order in ("%d %m %y", "%m %d %y", "%y %m %d") if short else ("%d %m %Y", "%m %d %Y"):
        with suppress(ValueError):
            found = datetime.strptime(text, order.replace(" ", separator)).date()
            readings.add(found.replace(year=found.year + 100) if found.year < 1990 else found)
    if len(readings) == 1:
        assert DateStyle().read(text) == readings.pop()
    else:
        with pytest.raises(BadValueError, match="does not say which number is the day"):
            DateStyle().read(text)


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    with suppress(BadValueError):
        assert isinstance(DateStyle().read(text), date)
