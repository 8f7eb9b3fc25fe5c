"""``.ics`` calendars: their events as vacations.

An event belongs to the engineers among its attendees, else to those whom its summary names,
else to its organiser; or, if it says that somebody is away, to the calendar's owner. All days
that it touches in the team's time zone are days away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain import Engineer, Source, Vacation
from planner.domain.absence_kinds import ANNUAL, kind_in
from planner.files.team.dates import EARLIEST_YEAR, LATEST_YEAR
from planner.files.team.event_people import People, as_list, says_away, summary_of
from planner.files.team.reading import Reading
from planner.files.team.values import BadValueError

YEARS_BACK, YEARS_AHEAD = 2, 10
"""How far from its own start a repeating event is followed, so that "for ever" ends."""

_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_SHORT = timedelta(hours=4)
_Instant = date | datetime


def read_calendar(
    path: Path,
    engineers: Sequence[Engineer],
    reading: Reading,
    *,
    complete: bool = True,
    pattern: re.Pattern[str] | None = None,
) -> list[Vacation]:
    """The vacations in a calendar file. ``pattern`` is what summaries look like.

    With ``complete=False`` some engineers could not be read, and nobody counts as unknown. An
    event about somebody unknown is a problem; one that names nobody is told in a note.
    """
    # Loaded only for teams that have such a file.
    from icalendar import Calendar

    try:
        data = path.read_bytes()
        calendars = Calendar.from_ical(data, multiple=True)
    except Exception as error:  # the parser lets through whatever it meets
        said = error.strerror if isinstance(error, OSError) else type(error).__name__
        hint = "Export the calendar again as .ics, or move the file out of the folder."
        reading.problem(path.name, f"cannot be read as a calendar ({said})", hint=hint)
        return []
    if not calendars:
        reading.problem(path.name, "is empty", hint="Export the calendar again, or delete it.")
    people = People(engineers, complete, pattern)
    owners = people.owner(calendars[0]) if len(calendars) == 1 else ()
    rows = _Rows(data)
    found: list[Vacation] = []
    for series in _series(calendars):
        for event in _occurrences(series, path.name, rows, reading):
            found += _vacations(event, path.name, rows.of(event), people, owners, reading)
    return found


class _Rows:
    """The line on which each event begins, by its UID."""

    def __init__(self, data: bytes) -> None:
        self._by_uid: dict[str, int] = {}
        began = 0
        text = data.decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            name, _, value = line.partition(":")
            if line.strip().upper() == "BEGIN:VEVENT":
                began = number
            elif name.partition(";")[0].upper() == "UID":
                self._by_uid.setdefault(value.strip(), began)

    def of(self, event: Any) -> int | None:
        return self._by_uid.get(str(event.get("UID", "")))


def _series(calendars: Iterable[Any]) -> list[list[Any]]:
    """Events in the order of the file; changed occurrences together with what they change."""
    found: dict[object, list[Any]] = {}
    events = (event for calendar in calendars for event in calendar.walk("VEVENT"))
    for number, event in enumerate(events):
        alone = number  # an event without a UID belongs to no other
        found.setdefault(str(event["UID"]) if "UID" in event else alone, []).append(event)
    return list(found.values())


def _occurrences(series: list[Any], file: str, rows: _Rows, reading: Reading) -> Iterator[Any]:
    """The events of a series, a repeating one as one event for each time, bar cancelled ones."""
    try:
        rule = next((event for event in series if "RRULE" in event or "RDATE" in event), None)
        events = series if rule is None else _repeated(series, rule, file, rows, reading)
    except BadValueError as error:
        _problem(series[0], error, file, rows, reading)
        return
    except Exception as error:  # whatever the recurrence library makes of a broken rule
        broken = BadValueError(
            f"repeats in a way that cannot be understood ({type(error).__name__})",
            "Export the calendar again, or list the days in vacations.csv.",
        )
        _problem(series[0], broken, file, rows, reading)
        return
    yield from (event for event in events if str(event.get("STATUS", "")).upper() != "CANCELLED")


def _repeated(series: list[Any], rule: Any, file: str, rows: _Rows, reading: Reading) -> list[Any]:
    from icalendar import Calendar
    from recurring_ical_events import of  # type: ignore[import-untyped]

    _span(rule, reading.timezone)
    repeats = rule.get("RRULE", {})
    for part in repeats if isinstance(repeats, list) else [repeats]:
        if any(str(often).upper() in _TOO_OFTEN for often in part.get("FREQ", [])):
            hint = "List the days away in vacations.csv instead."
            raise BadValueError("repeats more often than daily", hint)
        if part and "COUNT" not in part and "UNTIL" not in part:
            reading.notes.append(
                f"{Source(file, rows.of(rule))}: “{summary_of(rule)}” repeats without end; "
                f"{YEARS_AHEAD} years of it are read."
            )
    alone = Calendar()
    for event in series:
        alone.add_component(event)
    start = _day(rule["DTSTART"].dt)
    first, last = start.year - YEARS_BACK, min(start.year + YEARS_AHEAD, LATEST_YEAR)
    window = date(first, start.month, 1), date(last, start.month, 28)
    return sorted(of(alone).between(*window), key=lambda e: _day(e["DTSTART"].dt))


def _vacations(
    event: Any,
    file: str,
    row: int | None,
    people: People,
    owners: tuple[str, ...],
    reading: Reading,
) -> Iterator[Vacation]:
    source = Source(file, row)
    summary = summary_of(event)
    try:
        start, end, short = _span(event, reading.timezone)
        names = people.of(event) or (owners if says_away(event) else ())
    except BadValueError as error:
        hint = error.hint
        reading.problem(file, error.message, row=row, column="event", value=summary, hint=hint)
        return
    when = f"{start}" if start == end else f"{start} to {end}"
    if not names:
        reading.notes.append(f"{source}: “{summary}” ({when}) names nobody; it is not read.")
    elif short:
        reading.notes.append(
            f"{source}: “{summary}” ({when}) takes less than four hours, and counts as a day away."
        )
    kind, logged = _kind(event), _logged(event, reading.timezone)
    for name in names:
        yield Vacation(name, start, end, kind, logged, source=source)


def _span(event: Any, timezone: str) -> tuple[date, date, bool]:
    """First and last day away, and whether the event is only a short part of a day.

    All-day ends are exclusive; an event without an end lasts a day, or no time at all.
    """
    try:
        start: Any = event["DTSTART"].dt
        if "DTEND" in event:
            end: Any = event["DTEND"].dt
        elif "DURATION" in event:
            end = start + event["DURATION"].dt
        else:
            end = start if isinstance(start, datetime) else start + timedelta(days=1)
        lasts: timedelta = end - start
    except (KeyError, AttributeError, TypeError, ValueError):
        message = "this event has no start or end that can be understood"
        raise BadValueError(message, "Give it dates, or delete it.") from None
    if lasts < timedelta(0):
        raise BadValueError("ends before it starts", "Correct its dates.")
    first = _day(start, timezone)
    last = _day(end, timezone)
    if last > first and _is_midnight(end, timezone):
        last -= timedelta(days=1)
    if first.year < EARLIEST_YEAR or last.year > LATEST_YEAR:
        message = f"lies outside the years {EARLIEST_YEAR} to {LATEST_YEAR}"
        raise BadValueError(message, "Is the year a slip of typing?")
    return first, last, isinstance(start, datetime) and lasts < _SHORT


def _day(instant: _Instant, timezone: str = "UTC") -> date:
    """The date in the team's time zone; a time without a zone is meant there."""
    if not isinstance(instant, datetime):
        return instant
    return (instant.astimezone(ZoneInfo(timezone)) if instant.tzinfo else instant).date()


def _is_midnight(instant: _Instant, timezone: str) -> bool:
    if not isinstance(instant, datetime):
        return True
    local = instant.astimezone(ZoneInfo(timezone)) if instant.tzinfo else instant
    return local.time() == time(0)


def _kind(event: Any) -> str:
    """The kind of absence that its categories name, or else its summary; ``annual`` if none."""
    said = (*map(kind_in, _categories(event)), kind_in(summary_of(event)))
    return next(filter(None, said), ANNUAL)


def _categories(event: Any) -> list[str]:
    found = as_list(event.get("CATEGORIES"))
    return [str(name) for group in found for name in getattr(group, "cats", [group])]


def _logged(event: Any, timezone: str) -> date | None:
    """When the event was entered into the calendar, if it says so."""
    try:
        created = event["CREATED"].dt
    except (KeyError, AttributeError, ValueError):
        return None
    return _day(created, timezone) if isinstance(created, date) else None


def _problem(event: Any, error: BadValueError, file: str, rows: _Rows, reading: Reading) -> None:
    reading.problem(
        file,
        error.message,
        row=rows.of(event),
        column="event",
        value=summary_of(event),
        hint=error.hint,
    )
