"""Recurrence rules on days, against ``dateutil``, which knows nothing of ours."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.team.calendars.repeats import days_of, parse_rule
from planner.files.team.values import BadValueError

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)


def some(values: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


@st.composite
def rules(draw: st.DrawFn) -> dict[str, str]:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": frequency}
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    if draw(st.integers(0, 3)) == 0:
        parts["BYMONTH"] = draw(some(st.integers(1, 12)))
    if frequency != "WEEKLY" and draw(st.integers(0, 3)) == 0:
        parts["BYMONTHDAY"] = draw(some(st.sampled_from([1, 5, 15, 30, 31, -1, -7])))
    if draw(st.booleans()):
        nth = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        places = st.sampled_from(["1", "2", "-1", "3"] if nth else [""])
        days = st.tuples(places, st.sampled_from(WEEKDAYS)).map("".join)
        parts["BYDAY"] = ",".join(draw(st.lists(days, min_size=1, max_size=3, unique=True)))
    if frequency == "YEARLY" and draw(st.integers(0, 4)) == 0:
        parts["BYYEARDAY"] = draw(some(st.sampled_from([1, 100, 200, 365, -1, -100])))
    elif frequency == "YEARLY" and "BYDAY" not in parts and draw(st.integers(0, 4)) == 0:
        parts["BYWEEKNO"] = draw(some(st.sampled_from([1, 2, 20, 52, 53, -1])))
    if draw(st.integers(0, 3)) == 0:
        parts["WKST"] = draw(st.sampled_from(["MO", "SU", "WE"]))
    by_days = [part for part in parts if part.startswith("BY")]
    if by_days and frequency != "DAILY" and draw(st.integers(0, 3)) == 0:
        parts["BYSETPOS"] = draw(some(st.sampled_from([1, 2, -1])))
    if draw(st.integers(0, 2)) == 0:
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    return parts


@settings(max_examples=150, deadline=None)
@given(rules(), st.dates(date(2015, 1, 1), date(2025, 1, 1)))
def test_as_another_library_has_it(parts: dict[str, str], near: date) -> None:
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    begins = datetime.combine(near, time())
    without = text.partition(";COUNT")[0]
    start = rrulestr(without, dtstart=begins).after(begins, inc=True)
    if start is None or start.year > 2030:
        return
    # A series begins with one of its own days, as calendars write them.
    rule = rrulestr(text, dtstart=start)
    span = (datetime.combine(FIRST, time()), datetime.combine(LAST, time()))
    expected = [found.date() for found in rule.between(*span, inc=True)]
    ours = parse_rule(parts, None, start.date())
    assert list(days_of(ours, start.date(), FIRST, LAST)) == expected


@pytest.mark.parametrize("start", [date(1604, 8, 13), date(1985, 8, 12), date(2012, 8, 3)])
@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
def test_from_whenever_it_began_to_the_end_of_what_matters(start: date, frequency: str) -> None:
    rule = parse_rule({"FREQ": frequency}, None, start)
    found = list(days_of(rule, start, date(2024, 1, 1), date(2024, 12, 31)))
    assert found
    assert all(date(2024, 1, 1) <= day <= date(2024, 12, 31) for day in found)
    if frequency == "WEEKLY":
        assert {(day - start).days % 7 for day in found} == {0}


def test_until_includes_its_day() -> None:
    start, until = date(2024, 8, 2), date(2024, 8, 16)
    rule = parse_rule({"FREQ": "WEEKLY"}, until, start)
    found = list(days_of(rule, start, FIRST, LAST))
    assert found == [start + timedelta(weeks=n) for n in range(3)]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"FREQ": "SECONDLY"}, "more often than daily"),
        ({"FREQ": "HOURLY"}, "more often than daily"),
        ({"FREQ": "DAILY", "BYMINUTE": "1,2,3"}, "more often than daily"),
        ({"FREQ": "DAILY", "INTERVAL": "0"}, "never goes on"),
        ({"FREQ": "DAILY", "INTERVAL": "-1"}, "never goes on"),
        ({"FREQ": "DAILY", "COUNT": "0"}, "never goes on"),
        ({"FREQ": "DAILY", "INTERVAL": "9" * 5000}, "cannot be understood"),
        ({"FREQ": "DAILY", "INTERVAL": "one"}, "cannot be understood"),
        ({"FREQ": "WEEKLY", "BYDAY": "XX"}, "cannot be understood"),
        ({"FREQ": "YEARLY", "RSCALE": "HEBREW"}, "cannot be understood"),
        ({"FREQ": ""}, "cannot be understood"),
        ({}, "cannot be understood"),
        ({"FREQ": "WEEKLY", "WKST": "XX"}, "cannot be understood"),
    ],
)
def test_what_cannot_be_followed(parts: dict[str, str], said: str) -> None:
    with pytest.raises(BadValueError, match=said):
        parse_rule(parts, None, date(2024, 8, 5))


def test_a_rule_that_never_fits_comes_to_an_end() -> None:
    rule = parse_rule({"FREQ": "DAILY", "BYMONTH": "2", "BYMONTHDAY": "30"}, None, date(1990, 1, 1))
    assert list(days_of(rule, date(1990, 1, 1), date(1990, 1, 2), date(2100, 1, 1))) == []
