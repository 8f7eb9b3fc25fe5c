"""The days of an entry and all its repeats, in the weeks that matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from planner.files.team.calendars.contentlines import Entry
from planner.files.team.calendars.repeats import days_of
from planner.files.team.calendars.times import (
    Span,
    TeamClock,
    Times,
    days_named,
    rule_of,
    times_of,
)
from planner.files.team.dates import EARLIEST_YEAR, ensure_likely

_FIRST = date(EARLIEST_YEAR, 1, 1)
_DAY = timedelta(days=1)


def spans_of(entry: Entry, changed: Iterable[Entry], clock: TeamClock, through: date) -> list[Span]:
    """The days away, in order, days that follow one another joined.

    ``changed`` are occurrences that have an entry of their own; repeats are followed to
    ``through``. Raises ``BadValueError`` if the entry cannot be understood.
    """
    times = times_of(entry, clock)
    rule = rule_of(entry, times, clock)
    more = list(days_named(entry.all("RDATE"), times, clock))
    if rule is None and not more:
        span = times.span(clock)
        ensure_likely(span.first, span.last)
        return [span]
    begins = times.start.date()
    starts = {begins} if rule is None else set(days_of(rule, begins, _FIRST, through))
    starts |= {day for day in more if _FIRST <= day <= through}
    starts -= set(days_named(entry.all("EXDATE"), times, clock))
    spans = _without(starts, changed, times, clock)
    return _joined(sorted(spans, key=lambda span: (span.first, span.last)))


def _without(
    starts: set[date], changed: Iterable[Entry], times: Times, clock: TeamClock
) -> list[Span]:
    """The spans of all occurrences but the changed ones, which speak for themselves; one that
    changes all later ones too moves those as well."""
    later: list[tuple[date, Entry]] = []
    for other in changed:
        lines = other.all("RECURRENCE-ID")
        for day in days_named(lines, times, clock):
            starts.discard(day)
            if lines[0].parameters.get("RANGE", "").upper() == "THISANDFUTURE":
                later.append((day, other))
    later.sort(key=lambda pair: pair[0])
    found = []
    for start in sorted(starts):
        change = next((pair for pair in reversed(later) if pair[0] <= start), None)
        if change is None:
            found.append(times.span(clock, start))
            continue
        since, other = change
        if other.text("STATUS").strip().upper() != "CANCELLED":
            moved = times_of(other, clock)
            found.append(moved.span(clock, start + (moved.start.date() - since)))
    return found


def _joined(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if found and span.first <= found[-1].last + _DAY and not span.partly:
            last = max(found[-1].last, span.last)
            found[-1] = Span(found[-1].first, last, partly=False)
        else:
            found.append(span)
    return found
