"""Text on its way into cells and back: cleaned, and compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time

from planner.cells.text import clean as clean
from planner.domain import FestivalTime, PublicHoliday, spelling
from planner.wording import named


def plain(value: object) -> str:
    """What a cell says, free of how it was stored: the same before and after any re-save."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = value.isoformat() if isinstance(value, date) else str(value)
    return " ".join(unicodedata.normalize("NFKC", clean(said)).split())


def fold(value: object) -> str:
    """As :func:`plain`, in the form in which two names or titles are the same."""
    return spelling.fold(plain(value))


def listed(names: Iterable[str]) -> str:
    """``Aidil, Choo``"""
    return ", ".join(names)


def holiday_name(holiday: PublicHoliday) -> str:
    """The name, marked where the date is estimated, or on a weekend and given again."""
    return _estimated(named(holiday.name, holiday.given_again), holiday.estimated)


def festival_name(time: FestivalTime, *, show_reasons: bool) -> str:
    """The festival's name where the team shows reasons, otherwise that it is one's own."""
    return _estimated(time.festival if show_reasons else "own festival", time.estimated)


def _estimated(name: str, estimated: bool) -> str:
    return f"{name} (estimated)" if estimated and "(estimated)" not in name else name
