"""When pipelines must have delivered: the ``deadline`` column of ``pipelines.csv``.

Deadlines that fall on a date belong to the week that holds it; the others hold every day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from planner.domain import DutyWeek, Pipeline
from planner.domain.quarters import WEEKDAYS
from planner.domain.wallclock import parse_time, parse_timezone, parse_weekday
from planner.records import dataclass

_FORMS = (
    "daily 09:00 UTC",
    "+8h after 00:00 Europe/London",
    "within 48h",
    "monthly by 28",
    "weekly Friday",
    "last business day",
)
_LATEST_DAY = 31


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. ``text`` says it; ``number`` is the day of the month or ISO weekday."""

    kind: Literal["standing", "monthly", "weekly", "last business day"]
    text: str
    number: int = 0


def parse_deadlines(text: str) -> tuple[Deadline, ...]:
    """The deadlines that a text names, separated by semicolons; none if it is empty.

    Understood are ``daily 09:00 UTC``, ``+8h after 00:00 Europe/London``, ``within 48h``,
    ``monthly by 28``, ``weekly Friday`` and ``last business day``. Raises ``ValueError`` with one
    sentence for people.
    """
    return tuple(_parse(part) for part in filter(None, map(str.strip, text.split(";"))))


def _parse(text: str) -> Deadline:
    words = " ".join(text.split())
    for pattern, understand in _PATTERNS:
        if match := re.fullmatch(pattern, words, re.ASCII | re.IGNORECASE):
            return understand(*match.groups())
    known = ", ".join(f"“{form}”" for form in _FORMS)
    raise ValueError(f"“{text}” is not a deadline. Write it like one of {known}.")


def _monthly(day: str) -> Deadline:
    number = int(day)
    if not 1 <= number <= _LATEST_DAY:
        raise ValueError(f"“{day}” is not a day of the month. Write it as monthly by 28.")
    return Deadline("monthly", f"monthly by {number}", number)


def _weekly(weekday: str) -> Deadline:
    number = parse_weekday(weekday)
    return Deadline("weekly", f"weekly {WEEKDAYS[number - 1]}", number)


_CLOCK = r"(\d{1,2}:\d{2})(?: (\S+))?"
_LENGTH = r"(\d+) ?(h|hours?|m|min|minutes?|d|days?)"
_PATTERNS: tuple[tuple[str, Callable[..., Deadline]], ...] = (
    (rf"daily (?:by |at )?{_CLOCK}", lambda *when: _standing(f"daily {_clock(*when)}")),
    (
        rf"\+ ?{_LENGTH} after {_CLOCK}",
        lambda amount, unit, *when: _standing(f"+{_length(amount, unit)} after {_clock(*when)}"),
    ),
    (rf"within {_LENGTH}", lambda *wait: _standing(f"within {_length(*wait)}")),
    (r"monthly by (?:the )?(\d+)(?:st|nd|rd|th)?", _monthly),
    (r"weekly (?:by |on )?(\w+)", _weekly),
    (
        r"(?:by )?(?:the )?last business day(?: of the month)?",
        lambda: Deadline("last business day", "last business day"),
    ),
)


def _standing(text: str) -> Deadline:
    return Deadline("standing", text)


def _clock(clock: str, zone: str | None) -> str:
    said = f"{parse_time(clock):%H:%M}"
    return f"{said} {parse_timezone(zone)}" if zone else said


def _length(amount: str, unit: str) -> str:
    return f"{int(amount)}{unit[0].lower()}"


def standing_deadlines(pipeline: Pipeline) -> tuple[str, ...]:
    """What holds every day: daily times, delays after a time, and times to deliver within."""
    deadlines = parse_deadlines(pipeline.deadline)
    return tuple(deadline.text for deadline in deadlines if deadline.kind == "standing")


def deadlines_in(
    pipeline: Pipeline, week: DutyWeek, is_business_day: Callable[[date], bool]
) -> tuple[tuple[date, str], ...]:
    """The pipeline's dated deadlines within a duty week, earliest first.

    Where a month is too short for ``monthly by 31``, its last day counts.
    """
    return tuple(
        sorted(
            (day, deadline.text)
            for deadline in parse_deadlines(pipeline.deadline)
            for day in _dates(deadline, week, is_business_day)
        )
    )


def _dates(
    deadline: Deadline, week: DutyWeek, is_business_day: Callable[[date], bool]
) -> Iterator[date]:
    for day in week.days:
        last = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
        later = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
        if (
            (deadline.kind == "weekly" and day.isoweekday() == deadline.number)
            or (deadline.kind == "monthly" and day.day == min(deadline.number, last.day))
            or (
                deadline.kind == "last business day"
                and is_business_day(day)
                and not any(map(is_business_day, later))
            )
        ):
            yield day
