from datetime import time

import pytest

from planner.domain.wallclock import parse_time, parse_timezone, parse_weekday


def test_times_of_day() -> None:
    assert parse_time("9:05") == time(9, 5)
    assert parse_time(" 23:59 ") == time(23, 59)
    for wrong in ("24:00", "10", "10:60", "10am", "1²:00", ""):
        with pytest.raises(ValueError, match="is not a time of day"):
            parse_time(wrong)


def test_weekdays() -> None:
    assert [parse_weekday(text) for text in ("Monday", "friday", "SUN")] == [1, 5, 7]
    with pytest.raises(ValueError, match="Did you mean “Friday”"):
        parse_weekday("Fryday")
    with pytest.raises(ValueError, match="is not a weekday"):
        parse_weekday("T")


def test_time_zones() -> None:
    assert parse_timezone(" Europe/London ") == "Europe/London"
    with pytest.raises(ValueError, match="Did you mean “Europe/London”"):
        parse_timezone("Europe/Londn")
