"""Dates, instants and amounts in few letters, as messages, feeds and pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from planner.domain import UNTIL_FURTHER_NOTICE, DutyWeek, Source
from planner.domain.quarters import MONTHS, WEEKDAYS

OPEN_WORDS = ("-", "–", "—", "?", "open", "nobody", "none", "n/a", "tbd")
"""What people write for nobody."""


def day(when: date) -> str:
    """``Mon 5 Aug``"""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}"


def days(first: date, last: date) -> str:
    """``Mon 5 Aug``, or ``Mon 5 Aug – Fri 9 Aug``, or ``from Mon 5 Aug until further notice``"""
    if last == UNTIL_FURTHER_NOTICE:
        return f"from {day(first)} until further notice"
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def span(first: date, last: date) -> str:
    """``14 August 2024``, ``12–16 August 2024``, ``30 July – 2 August 2024``; an absence without
    an end is ``from 14 August 2024 until further notice``."""

    def said(when: date, month: bool = True, year: bool = True) -> str:
        parts = [str(when.day), MONTHS[when.month - 1] if month else "", str(when.year)]
        return " ".join(filter(None, parts if year else parts[:2]))

    if last == UNTIL_FURTHER_NOTICE:
        return f"from {said(first)} until further notice"
    if first == last:
        return said(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{said(first, month=False, year=False)}–{said(last)}"
    return f"{said(first, year=first.year != last.year)} – {said(last)}"


def named(holiday: str, given_again: Sequence[date]) -> str:
    """``National Day``, or ``National Day (given again Mon 1 Sep)`` for its weekend date."""
    if not given_again:
        return holiday
    return f"{holiday} (given again {listed([day(each) for each in given_again])})"


def listed(words: Sequence[str]) -> str:
    """``Aidil``, ``Aidil and Choo``, ``Aidil, Choo and Thiru``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def weeks_listed(weeks: Iterable[DutyWeek]) -> str:
    """Weeks as short as they can be said, those in a row as ``2024-W27 to 2024-W39``."""
    runs: list[list[DutyWeek]] = []
    for week in sorted(weeks):
        if runs and runs[-1][-1].later(1) == week:
            runs[-1].append(week)
        else:
            runs.append([week])
    return listed([f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs])


def from_file(source: Source | None) -> str:
    """`` (swaps.csv row 3)``; nothing where no file says it."""
    return f" ({source})" if source else ""


def moment(instant: datetime, timezone: str) -> str:
    """``Mon 5 Aug 2024 10:00 BST``; a zone without letters of its own is said as ``UTC+08:00``."""
    local = instant.astimezone(ZoneInfo(timezone))
    zone = local.tzname() or ""
    if not zone.isalpha():
        zone = f"UTC{local.isoformat()[-6:]}"
    return f"{day(local.date())} {local.year} {local:%H:%M} {zone}"


def passing(outgoing: str | None, incoming: str | None) -> str:
    """``Dong → Maxime``; nobody is a dash."""
    return f"{outgoing or '–'} → {incoming or '–'}"


def amount(value: Fraction) -> str:
    """A fraction: whole, or with two decimals."""
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def hours(minutes: int) -> str:
    """``11 hours``, ``1 hour``, ``10 h 30 min``"""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if rest else f"{whole} hour{'' if whole == 1 else 's'}"


def signed(value: Fraction) -> str:
    """A balance with its sign: ``+0.50``, ``−0.25``, ``0.00``."""
    rounded = round(float(value), 2)
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"


def aim_name(aim: str, part: str) -> str:
    """An aim and, where it has several parts, the part."""
    return f"{aim}: {part}" if part and part != aim else aim
