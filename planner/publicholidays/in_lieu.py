"""Days in lieu: the day that is given for a holiday which falls on the weekly day of rest.

In Malaysia they follow from a rule (Holidays Act 1951 section 3; the Holidays Ordinance of
Sabah and the Public Holidays Ordinance of Sarawak say the same): the next day that is neither
a weekend nor a holiday already is a holiday too. The weekly day of rest is Sunday; Friday in
Kedah, and in Johor while its weekend was Friday and Saturday; in Kelantan and Terengganu, by
the lists that they publish, Saturday. Every date of the yearly list carries one, a day that a
government declares for one year alone (sections 8 and 9) does not.

Two holidays on one day of rest are given two days: so the Department of Labour reads the
Employment Act 1955 section 60D for private employers, while civil servants have one; a
nationwide holiday is given its day first. Two holidays on one working day are given none:
section 3 speaks of days of rest only.

For other countries the library knows the days in lieu; here they are only matched with theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.domain import Region
from planner.publicholidays import calendars
from planner.publicholidays.calendars import Label
from planner.publicholidays.corrections import corrected

Days = Mapping[date, tuple[Label, ...]]

_DAY = timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 5, 6, 7
# Where the weekend is Friday and Saturday: the one of them that counts as the day of rest.
_DAY_OF_REST = {"JHR": _FRIDAY, "KDH": _FRIDAY, "KTN": _SATURDAY, "TRG": _SATURDAY}
_GIVEN = re.compile(r"^(?P<holiday>.+) \((?:observed|in lieu)\)$", re.IGNORECASE)
# The furthest that a given day lies behind its holiday: two festive days and a weekend between.
_LONGEST_WAIT = 10 * _DAY


@lru_cache(maxsize=1024)
def with_days_in_lieu(region: Region, year: int) -> Days:
    """The public holidays of a region in a year, after the product's own corrections.

    The label of a day in lieu names the date for which it is given.
    """
    if region.country != "MY":
        return _matched(region, corrected(region, year))
    listed = corrected(region, year, in_lieu=False)
    before = corrected(region, year - 1, in_lieu=False)
    december = {day: labels for day, labels in before.items() if day.month == 12}
    given = _given(region, {**december, **listed})
    found = {**listed, **{day: (each,) for day, each in given.items() if day.year == year}}
    return dict(sorted(found.items()))


def _given(region: Region, listed: Days) -> dict[date, Label]:
    """The days in lieu of the yearly holidays, each a day of its own."""
    given: dict[date, Label] = {}
    for original in sorted(listed):
        if not _is_day_of_rest(region, original):
            continue
        for label in _nationwide_first(region, original, listed[original]):
            if label.once:
                continue
            day = original + _DAY
            while calendars.is_weekend(region, day) or day in listed or day in given:
                day += _DAY
            name = f"{label.name} (observed)"
            given[day] = replace(label, name=name, in_lieu_of=original)
    return given


def _nationwide_first(region: Region, day: date, labels: tuple[Label, ...]) -> Sequence[Label]:
    everywhere = calendars.holidays_of(Region(region.country, ""), day.year, in_lieu=False)
    names = {label.name for label in everywhere.get(day, ())}
    return sorted(labels, key=lambda label: label.name not in names)


def _is_day_of_rest(region: Region, day: date) -> bool:
    if not calendars.is_weekend(region, day):
        return False
    friday = day - (day.isoweekday() - _FRIDAY) * _DAY
    usual = not calendars.is_weekend(region, friday)
    return day.isoweekday() == (_SUNDAY if usual else _DAY_OF_REST[region.subdivision])


def _matched(region: Region, days: Days) -> Days:
    """The library's own days in lieu, told by their names, with the weekend dates behind them."""
    return {
        day: tuple(replace(each, in_lieu_of=_behind(region, days, day, each)) for each in labels)
        for day, labels in days.items()
    }


def _behind(region: Region, days: Days, day: date, label: Label) -> date | None:
    match = _GIVEN.match(label.name)
    if match is None:
        return None
    earlier = (
        other
        for other, labels in days.items()
        if day - _LONGEST_WAIT <= other < day
        and calendars.is_weekend(region, other)
        and any(each.name == match["holiday"] for each in labels)
    )
    return max(earlier, default=None)
