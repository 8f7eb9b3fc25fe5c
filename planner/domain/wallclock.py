"""Times of day, weekdays and time zones as people write them."""

from __future__ import annotations

import re
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from planner.domain.quarters import WEEKDAYS
from planner.errors import did_you_mean

_SHORTEST_WEEKDAY = 3


def parse_time(text: str) -> time:
    """A time of day such as ``10:00``. Raises ``ValueError`` if it is none."""
    match = re.fullmatch(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*", text, flags=re.ASCII)
    if not match:
        raise ValueError(f"“{text}” is not a time of day such as 10:00")
    return time(int(match[1]), int(match[2]))


def parse_weekday(text: str) -> int:
    """The number of a weekday, Monday 1 to Sunday 7, from its name (``Friday`` or ``Fri``).

    Raises ``ValueError``, with a "did you mean", if it is none.
    """
    asked = text.strip().casefold()
    for number, name in enumerate(WEEKDAYS, start=1):
        if len(asked) >= _SHORTEST_WEEKDAY and name.casefold().startswith(asked):
            return number
    raise ValueError(f"“{text}” is not a weekday. {did_you_mean(text, WEEKDAYS)}")


def parse_timezone(text: str) -> str:
    """The name of a time zone such as ``Asia/Kuala_Lumpur``, as the tz database spells it.

    Raises ``ValueError``, with a "did you mean", if the database has no such zone.
    """
    name = text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        spelt = name.replace(" ", "_")
        hint = did_you_mean(spelt, available_timezones()) or "Write it as Europe/London, say."
        raise ValueError(f"“{text}” is not a time zone. {hint}") from None
    return name
