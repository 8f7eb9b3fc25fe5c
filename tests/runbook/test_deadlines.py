from datetime import date

import pytest

from planner.domain import DutyWeek, Pipeline
from planner.runbook.deadlines import Deadline, deadlines_in, parse_deadlines, standing_deadlines

W31 = DutyWeek(date(2024, 7, 29))  # 29 July – 4 August
W35 = DutyWeek(date(2024, 8, 26))  # 26 August – 1 September


def weekday(day: date) -> bool:
    return day.isoweekday() <= 5


def dated(text: str, week: DutyWeek) -> list[tuple[date, str]]:
    return list(deadlines_in(Pipeline("P", deadline=text), week, weekday))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("daily 09:00 UTC", "daily 09:00 UTC"),
        ("Daily  9:00 Europe/London", "daily 09:00 Europe/London"),
        ("daily 09:00", "daily 09:00"),
        ("+8h after 00:00 Europe/London", "+8h after 00:00 Europe/London"),
        ("+ 30 minutes after 6:00 UTC", "+30m after 06:00 UTC"),
        ("within 48h", "within 48h"),
        ("Within 2 days", "within 2d"),
    ],
)
def test_standing_deadlines(written: str, said: str) -> None:
    pipeline = Pipeline("P", deadline=f"{written}; monthly by 28")
    assert standing_deadlines(pipeline) == (said,)
    assert dated(written, W31) == []


def test_monthly() -> None:
    assert dated("monthly by 28", W35) == [(date(2024, 8, 28), "monthly by 28")]
    assert dated("monthly by the 1st", W35) == [(date(2024, 9, 1), "monthly by 1")]
    assert dated("monthly by 28", W31) == []


def test_a_month_too_short_ends_on_its_last_day() -> None:
    february = DutyWeek(date(2024, 2, 26))
    assert dated("monthly by 31", february) == [(date(2024, 2, 29), "monthly by 31")]


def test_weekly() -> None:
    assert dated("weekly Friday", W31) == [(date(2024, 8, 2), "weekly Friday")]
    assert dated("weekly sun", W31) == [(date(2024, 8, 4), "weekly Sunday")]


def test_last_business_day() -> None:
    assert dated("last business day", W31) == [(date(2024, 7, 31), "last business day")]
    # 31 August 2024 is a Saturday; on Friday there is a holiday.
    no_friday = deadlines_in(
        Pipeline("P", deadline="Last business day"),
        W35,
        lambda day: weekday(day) and day != date(2024, 8, 30),
    )
    assert no_friday == ((date(2024, 8, 29), "last business day"),)
    assert deadlines_in(Pipeline("P", deadline="last business day"), W35, lambda _: False) == ()


def test_several_come_in_the_order_of_their_dates() -> None:
    assert dated("weekly Friday; ; monthly by 28;daily 09:00 UTC;", W35) == [
        (date(2024, 8, 28), "monthly by 28"),
        (date(2024, 8, 30), "weekly Friday"),
    ]


def test_none() -> None:
    assert parse_deadlines("  ") == ()
    assert parse_deadlines("weekly Friday") == (Deadline("weekly", "weekly Friday", 5),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("soon", "“soon” is not a deadline. Write it like one of “daily 09:00 UTC”"),
        ("daily 09:00 UTC; whenever", "“whenever” is not a deadline"),
        ("daily 25:00 UTC", "“25:00” is not a time of day"),
        ("daily 09:00 Europe/Londn", "Did you mean “Europe/London”?"),
        ("monthly by 32", "“32” is not a day of the month"),
        ("monthly by 0", "“0” is not a day of the month"),
        ("weekly Fryday", "Did you mean “Friday”?"),
        ("within a while", "is not a deadline"),
        ("+8h after lunch", "is not a deadline"),
    ],
)
def test_what_is_no_deadline(written: str, said: str) -> None:
    with pytest.raises(ValueError, match="is not a") as caught:
        parse_deadlines(written)
    assert said in str(caught.value)
