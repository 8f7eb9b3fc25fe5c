"""Which revision of an entry stands (RFC 5546, 2.1.5), and the entries that share a UID.

The highest ``SEQUENCE`` of a ``UID`` and ``RECURRENCE-ID`` stands, after it the latest stamp.
Entries that differ in whose they are, or are called otherwise in one sequence, are different ones
that share a UID: all of them stand, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field

from planner.domain.spelling import fold
from planner.files.team.calendars import entry_kinds
from planner.files.team.calendars.contentlines import Entry
from planner.grouping import grouped
from planner.records import dataclass

_Names = Callable[[Entry], frozenset[str]]


@dataclass
class Series:
    """An entry with its changed occurrences, and the entries that it stands for no longer."""

    main: Entry | None = None
    changed: list[Entry] = field(default_factory=list)


@dataclass
class Sorted:
    """All entries of a feed: those that stand, in series, and those that do not.

    ``shared`` are groups of different entries with one UID.
    """

    series: list[Series] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    shared: list[list[Entry]] = field(default_factory=list)


def by_series(entries: Iterable[Entry], names: _Names) -> Sorted:
    """The entries in the order of the file, changed occurrences with what they change."""
    # An entry without a UID belongs to no other, and goes by its number.
    groups = grouped((each.text("UID").strip() or n, each) for n, each in enumerate(entries))
    found = Sorted()
    for group in groups.values():
        if len(group) == 1:
            entry = group[0]
            changes = "RECURRENCE-ID" in entry.properties
            found.series.append(Series(None, [entry]) if changes else Series(entry))
        else:
            _sort_group(group, names, found)
    return found


def _sort_group(group: list[Entry], names: _Names, found: Sorted) -> None:
    lines = ((entry.first("RECURRENCE-ID"), entry) for entry in group)
    occurrences = grouped((line.value if line else "", entry) for line, entry in lines)
    standing = {key: _standing(each, names, found) for key, each in occurrences.items()}
    mains = standing.pop("", [])
    changed = [entry for each in standing.values() for entry in each]
    repeats = (main for main in mains if main.all("RRULE") or main.all("RDATE"))
    repeating = next(repeats, mains[0] if mains else None)
    for main in mains:
        found.series.append(Series(main, changed if main is repeating else []))
    if not mains:
        found.series.append(Series(None, changed))


def _standing(revisions: list[Entry], names: _Names, found: Sorted) -> list[Entry]:
    """Which of several entries with one UID and one RECURRENCE-ID stand."""
    if len(revisions) == 1:
        return revisions
    highest = max(map(sequence, revisions))
    latest = [entry for entry in revisions if sequence(entry) == highest]
    earlier = [entry for entry in revisions if sequence(entry) != highest]
    whose = frozenset[str]().union(*map(names, latest))
    others = [entry for entry in earlier if names(entry) and whose and not names(entry) & whose]
    found.replaced += [entry for entry in earlier if entry not in others]
    called = grouped((_called(entry), entry) for entry in latest)
    standing = others + [entry for each in called.values() for entry in _latest(each, found)]
    if len(standing) > 1:
        found.shared.append(standing)
    return standing


def _latest(alike: list[Entry], found: Sorted) -> list[Entry]:
    """Of entries of one name and sequence: the latest, or all if nothing says which that is."""
    distinct: dict[tuple[str, ...], Entry] = {}
    for entry in alike:
        if distinct.setdefault(_when(entry), entry) is not entry:
            found.replaced.append(entry)
    entries = list(distinct.values())
    newest = max(map(_stamp, entries))
    kept = [entry for entry in entries if _stamp(entry) == newest]
    gone = [e for e in kept if entry_kinds.is_cancelled(e, e.text("SUMMARY"))]
    if gone and len(gone) < len(kept):
        cancelled = {_when(entry)[:2] for entry in gone}
        kept = [entry for entry in kept if entry in gone or _when(entry)[:2] not in cancelled]
    found.replaced += [entry for entry in entries if entry not in kept]
    return kept


def sequence(entry: Entry) -> int:
    """How often the entry was revised; 0 if it does not say so."""
    text = entry.text("SEQUENCE").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**63)) else 0


def _called(entry: Entry) -> str:
    """Its title, without whatever says that it is cancelled."""
    words = fold(entry_kinds.title_of(entry.text("SUMMARY")))
    return fold(entry_kinds.without_refusal(words))


def _stamp(entry: Entry) -> str:
    return entry.text("LAST-MODIFIED").strip() or entry.text("DTSTAMP").strip()


def _when(entry: Entry) -> tuple[str, ...]:
    keys: Sequence[str] = ("DTSTART", "DTEND", "DURATION", "RRULE", "STATUS")
    return tuple(line.value if (line := entry.first(key)) else "" for key in keys)
