"""A calendar file read: each entry is an absence of somebody, or counted under a reason.

Whose an entry is comes first, then what sort it is, then when; so nothing that concerns nobody is
ever complained about. What cannot be read costs its entry, is named with its line, and never
costs the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from planner.domain import Source, Vacation
from planner.domain.spelling import fold
from planner.files.read_limits import TooLargeError, bounded
from planner.files.team.calendars import entry_kinds, tally
from planner.files.team.calendars.contentlines import LARGEST, Entry, Feed, take_apart
from planner.files.team.calendars.occurrences import spans_of
from planner.files.team.calendars.owners import (
    Finding,
    Whose,
    others_invited,
    owner_of,
    shown_title,
)
from planner.files.team.calendars.revisions import Series, by_series, sequence
from planner.files.team.calendars.tally import Tally
from planner.files.team.calendars.times import TeamClock, Zones, times_of
from planner.files.team.people_named import Naming, question
from planner.files.team.reading import Reading
from planner.files.team.values import BadValueError
from planner.wording import listed

_MOST_ABSENCES = 100_000
_MOST_QUESTIONS = 10
_EXPORT_AGAIN = "Export the calendar again as .ics, or move the file out of the folder."


def read_calendar(path: Path, naming: Naming, reading: Reading) -> list[Vacation]:
    """The vacations in a calendar file; what is left out is told in one line."""
    data = _bytes(path, reading)
    if data is None:
        return []
    feed = take_apart(data)
    if not _holds_events(path.name, feed, reading):
        return []
    told = _Reader(path.name, feed, naming, reading)
    found = list(told.vacations())
    told.tell()
    return found


def _bytes(path: Path, reading: Reading) -> bytes | None:
    try:
        return bounded(path, LARGEST)
    except TooLargeError as error:
        hint = "Export fewer years of the calendar."
        reading.problem(path.name, f"{error}, and is not read", hint=hint)
    except OSError as error:
        message = f"cannot be read as a calendar ({error.strerror})"
        reading.problem(path.name, message, hint=_EXPORT_AGAIN)
    return None


def _holds_events(file: str, feed: Feed, reading: Reading) -> bool:
    """Whether there is anything to read; if not, that is told."""
    if feed.encoding:
        reading.notes.append(f"{file} is not in UTF-8; it is read as {feed.encoding}.")
    if not feed.entries and not feed.whole:
        reading.problem(file, "is no whole calendar", hint=_EXPORT_AGAIN)
    elif not feed.entries:
        kinds = [f"{count} {name}" for name, count in sorted(feed.others.items())]
        only = f", only {listed(kinds)}" if kinds else ""
        reading.notes.append(f"{file} holds no events{only}; nothing was read from it.")
    elif not feed.whole or feed.cut is not None:
        place = f" in the middle of the entry in row {feed.cut}" if feed.cut else " too early"
        reading.notes.append(f"{file} ends{place}; what came after it is missing.")
    return bool(feed.entries)


class _Reader:
    """One reading of one feed."""

    def __init__(self, file: str, feed: Feed, naming: Naming, reading: Reading) -> None:
        self.file, self.reading, self.settings = file, reading, naming.settings
        owned = ((id(calendar), owner_of(calendar, naming, file)) for calendar in feed.calendars)
        owners = {calendar: owner for calendar, owner in owned if owner}
        self.whose = whose = Whose(naming, owners, _shared_first_names(feed, naming))
        self.clock = TeamClock(
            reading.timezone, Zones(feed.zones), reading.handover_weekday, reading.handover_time
        )

        def names(entry: Entry) -> frozenset[str]:
            return frozenset(whose.of(entry, entry_kinds.title_of(shown_title(entry))).names)

        self.sorted = by_series(feed.entries, names)
        self.tally = Tally(file)
        self.asked: dict[tuple[str, str], int] = {}
        self.unclear: list[str] = []

    def vacations(self) -> Iterator[Vacation]:
        """The absences, in the order of the file."""
        left = _MOST_ABSENCES
        for entry in self.sorted.replaced:
            self.tally.count(tally.REPLACED, entry, shown_title(entry))
        for series in self.sorted.series:
            for vacation in self._of_series(series):
                left -= 1
                if left < 0:
                    message = f"holds more than {_MOST_ABSENCES:,} absences"
                    hint = "Take out what repeats for ever, or what is not of this team."
                    self.reading.problem(self.file, message, hint=hint)
                    return
                yield vacation

    def _of_series(self, series: Series) -> Iterator[Vacation]:
        main = series.main
        gone = main is not None and entry_kinds.is_cancelled(main, shown_title(main))
        for entry in (main, *series.changed):
            if entry is None:
                continue
            title = shown_title(entry)
            cancelled = gone and main is not None and sequence(entry) <= sequence(main)
            finding = self.whose.of(entry, entry_kinds.title_of(title))
            reason = self._reason(entry, title, finding, cancelled=cancelled)
            if reason:
                self._leave_out(reason, entry, title, finding)
                continue
            changed = series.changed if entry is main else ()
            yield from self._absences(entry, title, finding, changed)

    def _reason(self, entry: Entry, title: str, finding: Finding, *, cancelled: bool) -> str:
        """Why an entry is no absence; empty if it is one."""
        if entry_kinds.is_ours(entry):
            return entry_kinds.OURS
        if not finding.names and not finding.concerned:
            return entry_kinds.MENTIONED if finding.mentioned else tally.NOBODY
        if cancelled or entry_kinds.is_cancelled(entry, title):
            return entry_kinds.CANCELLED
        if self.whose.declined_by_all(entry, finding.names) or (
            finding.titled and not finding.names
        ):
            return entry_kinds.DECLINED
        if not finding.names and entry_kinds.is_public_holiday(title):
            return entry_kinds.HOLIDAY
        meets = others_invited(entry, finding.names, self.whose.naming)
        bare = entry_kinds.title_of(title)
        sort = entry_kinds.sort_of(entry, bare, self.settings.count, meets=meets)
        return sort or ("" if finding.names else entry_kinds.MEETING)

    def _leave_out(self, reason: str, entry: Entry, title: str, finding: Finding) -> None:
        self.tally.count(reason, entry, title)
        if reason == tally.NOBODY:
            asked = finding.asked
            if asked is None and self.settings.pattern is None:
                asked = self.whose.naming.almost_named(entry_kinds.title_of(title))
            if asked is not None:
                self.asked.setdefault(asked, entry.line)

    def _absences(
        self, entry: Entry, title: str, finding: Finding, changed: Iterable[Entry]
    ) -> Iterator[Vacation]:
        source = Source(self.file, entry.line)
        try:
            spans = spans_of(entry, changed, self.clock, self.reading.through)
            half = spans[0].partly if spans else False
        except (ValueError, OverflowError) as error:
            why, hint = "has dates that cannot be understood", ""
            if isinstance(error, BadValueError):
                why, hint = error.message, error.hint
            self.tally.count(tally.BROKEN, entry, title)
            self.reading.notes.append(f"{source}: “{title}” {why}; it is not read. {hint}".strip())
            return
        if not spans:
            self.tally.count(tally.OUTSIDE, entry, title)
            return
        if half or (spans[0].first == spans[0].last and entry_kinds.is_half(title)):
            if self.settings.half_days == "ignore":
                self.tally.count(tally.HALF, entry, title)
                return
            self.reading.half_days.append(f"{source} “{title}”")
        self.tally.count(tally.ABSENCE, entry, title)
        by_pattern = self.settings.pattern is not None
        if finding.titled and not by_pattern and not _clear(entry, title, self.whose.naming):
            self.unclear.append(f"row {entry.line} “{title}”")
        kind, logged = entry_kinds.absence_kind(entry, title), _logged(entry, self.clock)
        for name in finding.names:
            for span in spans:
                yield Vacation(name, span.first, span.last, kind, logged, source=source)

    def tell(self) -> None:
        """Say what the lead should know of the feed, as few lines as it takes."""
        notes = self.reading.notes
        if said := self.tally.said():
            notes.append(said)
        if self.unclear:
            count = len(self.unclear)
            notes.append(
                f"{self.file}: {count} name{'s' if count == 1 else ''} somebody without a word for "
                f"an absence, and count{'s' if count == 1 else ''} as one: {self.unclear[0]}."
            )
        for group in self.sorted.shared:
            rows = listed([str(entry.line) for entry in group[:_MOST_QUESTIONS]])
            uid = group[0].text("UID").strip()
            notes.append(
                f"{self.file}: different entries share the UID “{uid}” (rows {rows}); each is read."
            )
        for zone in self.clock.zones.unknown:
            notes.append(
                f"{self.file}: the time zone “{zone}” is not known; its times are taken as "
                f"those of {self.clock.timezone}."
            )
        if self.whose.naming.complete:
            for (said, meant), line in list(self.asked.items())[:_MOST_QUESTIONS]:
                notes.append(f"{self.file} row {line}: {question(said, meant)}")


def _shared_first_names(feed: Feed, naming: Naming) -> frozenset[str]:
    """First names of engineers that somebody else in the feed bears as well."""
    texts = dict.fromkeys(entry_kinds.title_of(shown_title(entry)) for entry in feed.entries)
    people = (
        line.parameters.get("CN", "")
        for entry in feed.entries
        for key in ("ATTENDEE", "ORGANIZER")
        for line in entry.all(key)
        if "CN" in line.raw
    )
    found = set()
    for text in dict.fromkeys((*texts, *people)):
        for hit in naming.hits(text):
            own = fold(hit.engineer).split(" ")
            if hit.other and len(own) > 1 and own[0] in fold(hit.other).split(" "):
                found.add(own[0])
    return frozenset(found)


def _clear(entry: Entry, title: str, naming: Naming) -> bool:
    """Whether an entry that names somebody says that they are away, or nothing else at all."""
    if (
        entry_kinds.says_why(title)
        or entry_kinds.busy_status(entry) == "OOF"
        or entry_kinds.categories(entry)
    ):
        return True
    rest = title
    for hit in reversed(naming.hits(title)):
        rest = rest[: hit.start] + " " + rest[hit.end :]
    return not re.search(r"[^\W\d_]{2,}", rest)


def _logged(entry: Entry, clock: TeamClock) -> date | None:
    """When the entry was made, if it says so."""
    line = entry.first("CREATED")
    if line is None:
        return None
    made = Entry(entry.line, {"DTSTART": [line]})
    try:
        return times_of(made, clock).start.astimezone(clock.zone).date()
    except (ValueError, OverflowError):
        return None
