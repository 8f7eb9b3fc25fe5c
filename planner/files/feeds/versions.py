"""How a feed follows from the one before it: versions, and what is cancelled.

The feeds in the folder are all the memory there is. An event that looks as before keeps its
SEQUENCE and DTSTAMP; one that changed, went or came back gets the next SEQUENCE, counted over all
feeds, so that an event has one version wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from planner.files.feeds.events import Event, week_of_uid

CANCELLED = "Cancelled: "


def latest(feeds: Iterable[Iterable[Event]]) -> dict[str, Event]:
    """The latest version of every event in any feed, by UID; if equally late, one that stands."""
    found: dict[str, Event] = {}
    for event in (event for feed in feeds for event in feed):
        known = found.get(event.uid)
        if known is None or _version(event) > _version(known):
            found[event.uid] = event
    return found


def versioned(event: Event, known: Mapping[str, Event]) -> Event:
    """The event with the version that follows from what was known of it."""
    before = known.get(event.uid)
    if before is None:
        return event
    if event.shows_same_as(before):
        return before
    return replace(event, sequence=before.sequence + 1, stamp=max(event.stamp, before.stamp))


def followed(
    before: Iterable[Event],
    now: Mapping[str, Event],
    elsewhere: Mapping[str, Event],
    weeks: Collection[str],
    stamp: datetime,
) -> tuple[Event, ...]:
    """A feed as it follows from ``before``, when it is to hold the events ``now``.

    Of other weeks than those exported (named in ``weeks``) it keeps what it had. Of these weeks,
    an event that it no longer holds stays as cancelled, with the version of the event where it
    now is (``elsewhere``), so that no feed falls behind the others.
    """
    found = dict(now)
    for event in before:
        if event.uid not in found:
            gone = event.cancelled or week_of_uid(event.uid) not in weeks
            found[event.uid] = event if gone else _cancelled(event, elsewhere, stamp)
    return tuple(found[uid] for uid in sorted(found))


def _cancelled(event: Event, elsewhere: Mapping[str, Event], stamp: datetime) -> Event:
    there = elsewhere.get(event.uid)
    return replace(
        event,
        summary=CANCELLED + event.summary,
        cancelled=True,
        sequence=max(event.sequence + 1, there.sequence if there else 0),
        stamp=max(event.stamp, there.stamp if there else stamp),
    )


def _version(event: Event) -> tuple[int, bool]:
    return event.sequence, not event.cancelled
