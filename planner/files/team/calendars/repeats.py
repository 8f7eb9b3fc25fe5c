"""The days on which a repeating entry takes place (RFC 5545, 3.3.10), within a stretch of time.

Rules are followed day by day through that stretch only, from wherever the series began, so that
"for ever" costs no more than the weeks that matter.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.files.team.values import BadValueError
from planner.records import dataclass

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_MONTHS = 12
_WEEK = 7
_LIST_IT = "List the days away in vacations.csv instead."


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule, as far as days go; ``until`` is the last day that it may reach."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    """(which of them, counted from either end, or 0 for each; the day of the week)"""
    places: tuple[int, ...] = ()
    week_starts: int = 0


def parse_rule(parts: Mapping[str, str], until: date | None, start: date) -> Rule:
    """The rule of these parts. Raises ``BadValueError`` if it cannot be followed."""
    frequency = parts.get("FREQ", "").upper()
    several = any("," in parts.get(key, "") for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if frequency in _OFTEN or several:
        raise BadValueError("repeats more often than daily", _LIST_IT)
    if frequency not in _FREQUENCIES or parts.get("RSCALE", "GREGORIAN").upper() != "GREGORIAN":
        raise _unclear()
    interval = _whole(parts.get("INTERVAL", "1"))
    count = _whole(parts["COUNT"]) if "COUNT" in parts else None
    if interval < 1 or (count is not None and count < 1):
        raise BadValueError("repeats in a way that never goes on", _LIST_IT)
    week_starts = parts.get("WKST", "MO").upper()
    if week_starts not in _WEEKDAYS:
        raise _unclear()
    rule = Rule(
        frequency,
        interval,
        count,
        until,
        _numbers(parts, "BYMONTH"),
        _numbers(parts, "BYWEEKNO"),
        _numbers(parts, "BYYEARDAY"),
        _numbers(parts, "BYMONTHDAY"),
        _by_day(parts.get("BYDAY", "")),
        _numbers(parts, "BYSETPOS"),
        _WEEKDAYS.index(week_starts),
    )
    if rule.week_numbers or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    # What the rule leaves open, the day says on which the series began.
    if frequency == "YEARLY":
        return replace(rule, months=rule.months or (start.month,), month_days=(start.day,))
    if frequency == "MONTHLY":
        return replace(rule, month_days=(start.day,))
    return replace(rule, weekdays=((0, start.weekday()),)) if frequency == "WEEKLY" else rule


def days_of(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Every day of the series from ``first`` to ``last``, in order; it began at ``start``."""
    last = min(last, rule.until or last)
    done = 0
    if start <= last and start >= first:
        yield start
    for period in _periods(rule, start, first, last):
        found = [day for day in period if _fits(rule, day)]
        if rule.places:
            chosen = {n - 1 if n > 0 else len(found) + n for n in rule.places}
            found = [day for n, day in enumerate(found) if n in chosen]
        for day in found:
            if day < start:
                continue
            done += 1
            if day > last or (rule.count is not None and done > rule.count):
                return
            if day >= first and day != start:
                yield day


def _unclear() -> BadValueError:
    return BadValueError("repeats in a way that cannot be understood", _LIST_IT)


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text.strip(), re.ASCII):
        raise _unclear()
    return int(text)


def _numbers(parts: Mapping[str, str], key: str) -> tuple[int, ...]:
    return tuple(_whole(part) for part in parts.get(key, "").split(",") if part.strip())


def _by_day(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in filter(None, text.upper().replace(" ", "").split(",")):
        match = _BY_DAY.fullmatch(part)
        if match is None:
            raise _unclear()
        found.append((int(match[1] or 0), _WEEKDAYS.index(match[2])))
    return tuple(found)


def _periods(rule: Rule, start: date, first: date, last: date) -> Iterator[list[date]]:
    """The days of each period in which the rule holds; those before ``first`` are only counted
    where a count says how many times there are."""
    begins = start if rule.count is not None else max(start, first)
    if rule.frequency in ("DAILY", "WEEKLY"):
        size = 1 if rule.frequency == "DAILY" else _WEEK
        back = (start.weekday() - rule.week_starts) % _WEEK if size == _WEEK else 0
        zero = start.toordinal() - back
        step = rule.interval * size
        at = zero + max((begins.toordinal() - zero) // step, 0) * step
        while at <= last.toordinal():
            yield [date.fromordinal(n) for n in range(max(at, 1), at + size)]
            at += step
        return
    months = 1 if rule.frequency == "MONTHLY" else _MONTHS
    zero = start.year * _MONTHS + (start.month - 1 if months == 1 else 0)
    step = rule.interval * months
    at = zero + max((begins.year * _MONTHS + begins.month - 1 - zero) // step, 0) * step
    while at // _MONTHS <= last.year:
        yield [
            day
            for month in range(at, at + months)
            if not rule.months or month % _MONTHS + 1 in rule.months
            for day in _month(month // _MONTHS, month % _MONTHS + 1)
        ]
        at += step


@lru_cache(maxsize=2000)
def _month(year: int, month: int) -> tuple[date, ...]:
    first = date(year, month, 1).toordinal()
    return tuple(date.fromordinal(first + n) for n in range(_length(year, month)))


@lru_cache(maxsize=2000)
def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _in_year(day: date) -> tuple[int, int]:
    """Which day of its year it is, and how many days that year has."""
    return day.timetuple().tm_yday, 365 + isleap(day.year)


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days:
        length = _length(day.year, day.month)
        if day.day not in rule.month_days and day.day - length - 1 not in rule.month_days:
            return False
    if rule.year_days:
        number, length = _in_year(day)
        if number not in rule.year_days and number - length - 1 not in rule.year_days:
            return False
    if rule.week_numbers and not _in_week(rule, day):
        return False
    return not rule.weekdays or any(
        day.weekday() == weekday and (not nth or _is_nth(rule, day, nth))
        for nth, weekday in rule.weekdays
    )


def _is_nth(rule: Rule, day: date, nth: int) -> bool:
    """Whether the day is the nth of its weekday in the month or, of a bare year, in the year."""
    if rule.frequency in ("DAILY", "WEEKLY"):
        return True
    if rule.frequency == "MONTHLY" or rule.months:
        place, length = day.day, _length(day.year, day.month)
    else:
        place, length = _in_year(day)
    before, after = (place - 1) // _WEEK + 1, (length - place) // _WEEK + 1
    return nth in (before, -after)


def _in_week(rule: Rule, day: date) -> bool:
    """Whether the day is in a week of that number: the first one has four days of the year."""
    middle = day + timedelta(days=3 - (day.weekday() - rule.week_starts) % _WEEK)
    place, length = _in_year(middle)
    number = (place - 1) // _WEEK + 1
    after = (length - place) // _WEEK + 1
    return number in rule.week_numbers or -after in rule.week_numbers
