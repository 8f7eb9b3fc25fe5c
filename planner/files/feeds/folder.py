"""The folder of feeds: which files there are, what each holds, and writing them.

``team.ics`` holds everything, ``engineers/<name>.ics`` what concerns one engineer, and
``roles/<role>.ics`` one role, so that everybody can subscribe to what they need.
"""

from __future__ import annotations

from pathlib import Path

from planner.domain import Seat
from planner.files.atomic_write import ensure_writable, replace_content
from planner.files.exports.timetable import Timetable
from planner.files.feeds.events import Planned, planned_events
from planner.files.feeds.ics import from_ics, to_ics
from planner.files.feeds.versions import followed, latest, versioned
from planner.files.slugs import distinct_slugs
from planner.records import dataclass

TEAM = Path("team.ics")
ENGINEERS, ROLES = Path("engineers"), Path("roles")


@dataclass(frozen=True, slots=True)
class Feed:
    """A file of the folder, the calendar's name, and whose events belong into it: an engineer's or
    a seat's, or those of all."""

    path: Path
    name: str
    of: str | Seat | None = None

    def holds(self, planned: Planned) -> bool:
        """Whether an event belongs into it."""
        return self.of is None or self.of in (*planned.people, *planned.seats)


def write_feeds(timetable: Timetable, folder: Path) -> tuple[Path, ...]:
    """Write all feeds of a timetable into a folder and return their paths, in order.

    The feeds that lie there tell which events are known already; events of weeks outside the
    timetable stay as they are. Files are written only if their content changes.

    Raises ``OutputError`` if a file cannot be written or an old one not be understood; found out
    before any is written, as far as the system tells.
    """
    files = _contents(timetable, folder)
    for path in files:
        ensure_writable(path)
    for path, content in files.items():
        if not path.exists() or path.read_bytes() != content:
            replace_content(path, content)
    return tuple(files)


def feeds_of(timetable: Timetable) -> tuple[Feed, ...]:
    """The team's feed, one for each engineer and one for each role, in this order."""
    team = timetable.team
    holders = {shift.engineer for shift in timetable.shifts if shift.engineer is not None}
    names = sorted({engineer.name for engineer in team.engineers} | holders)
    feeds = [Feed(TEAM, f"{team.name}: on call")]
    feeds += [
        Feed(ENGINEERS / f"{slug}.ics", f"{name}: on call, {team.name}", name)
        for name, slug in zip(names, distinct_slugs(names), strict=True)
    ]
    titles = [team.title(seat) for seat in team.seats]
    feeds += [
        Feed(ROLES / f"{slug}.ics", f"{team.name}: {title}", seat)
        for seat, title, slug in zip(team.seats, titles, distinct_slugs(titles), strict=True)
    ]
    return tuple(feeds)


def _contents(timetable: Timetable, folder: Path) -> dict[Path, bytes]:
    feeds = feeds_of(timetable)
    # Feeds of people and roles that are no more: whoever still has them must learn of it.
    lying = [path for kind in (ENGINEERS, ROLES) for path in sorted((folder / kind).glob("*.ics"))]
    known_feeds = {feed.path for feed in feeds}
    found = [path.relative_to(folder) for path in lying]
    feeds += tuple(Feed(path, "", of="") for path in found if path not in known_feeds)
    before = {feed: from_ics(folder / feed.path) for feed in feeds}
    known = latest(old.events for old in before.values())
    planned = [
        Planned(versioned(each.event, known), each.people, each.seats)
        for each in planned_events(timetable)
    ]
    everywhere = {each.event.uid: each.event for each in planned}
    weeks = frozenset(week.name for week in timetable.weeks)
    files = {}
    for feed in feeds:
        now = {each.event.uid: each.event for each in planned if feed.holds(each)}
        old = before[feed]
        events = followed(old.events, now, everywhere, weeks, timetable.planned_at)
        files[folder / feed.path] = to_ics(feed.name or old.name, events)
    return files
