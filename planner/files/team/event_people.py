"""Whose calendar event it is: by e-mail addresses, by names in its summary, or by the calendar's
owner.

A team may say in ``team.toml`` how summaries name people; then nothing else in them counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from planner.domain import Engineer
from planner.files.team.names import fold
from planner.files.team.values import BadValueError

_EMAIL = re.compile(r"[^\s@:]+@[^\s@:]+")
ENGINEER = "{engineer}"
_AWAY = re.compile(
    r"(?<!\w)(annual|holidays?|vacation|leave|away|off|ooo|out of office|sick|ill|parental|"
    r"maternity|paternity|urlaub|krank|elternzeit|abwesend)(?!\w)"
)
_ALIKE = 0.82
"""How alike a word and a name must be to be taken for a slip of typing: “third” is not Thiru."""


def summary_pattern(template: str) -> re.Pattern[str]:
    """What summaries such as ``{engineer} - *`` look like; ``*`` stands for anything.

    Raises ``BadValueError`` if it does not hold ``{engineer}`` once.
    """
    if template.count(ENGINEER) != 1:
        raise BadValueError(
            f"does not say once where the name stands: {ENGINEER}",
            f"Write it as “{ENGINEER} - *”, where * stands for anything.",
        )
    parts = re.split(r"(\{engineer\}|\*|\s+)", template.strip())
    found = {ENGINEER: "(?P<engineer>.+?)", "*": ".*"}
    written = (r"\s+" if part.isspace() else found.get(part, re.escape(part)) for part in parts)
    return re.compile("".join(written), re.IGNORECASE)


def summary_of(event: Any) -> str:
    """What the event says it is, on one line."""
    return " ".join(str(event.get("SUMMARY", "")).split())


def says_away(event: Any) -> bool:
    """Whether an event of somebody's own calendar says that they are away, not just busy."""
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF":
        return True
    return _AWAY.search(fold(summary_of(event))) is not None


def as_list(value: Any) -> list[Any]:
    """A property's values: none, one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(frozen=True)
class People:
    """The engineers; with ``complete=False`` some could not be read, and nobody is unknown."""

    engineers: Sequence[Engineer]
    complete: bool
    pattern: re.Pattern[str] | None = None

    def owner(self, calendar: Any) -> tuple[str, ...]:
        """The engineer whose own calendar it is, by the address it is called after."""
        texts = (str(calendar.get(key, "")) for key in ("X-WR-CALNAME", "X-OWNER"))
        return self.by_email([fold(match[0]) for text in texts if (match := _EMAIL.search(text))])

    def of(self, event: Any) -> tuple[str, ...]:
        """Whose event it is; nobody's if it names nobody.

        Raises ``BadValueError`` if it names only people who are not on the team.
        """
        attendees, organisers = _emails(event, "ATTENDEE"), _emails(event, "ORGANIZER")
        summary = summary_of(event)
        if self.pattern is not None:
            return self.by_email(attendees) or self._fitting(self.pattern, summary)
        names = self.by_email(attendees) or self.named(summary) or self.by_email(organisers)
        if names or not self.complete:
            return names
        hint = "Add the e-mail address to engineers.csv, or delete the event."
        if attendees or organisers:
            invited = ", ".join(attendees or organisers)
            raise BadValueError(f"is about {invited}, who is not in engineers.csv", hint)
        if meant := self.almost_named(summary):
            raise BadValueError(
                "names no engineer of this team", f"Did you mean “{meant}”? Correct the summary."
            )
        return ()

    def _fitting(self, pattern: re.Pattern[str], summary: str) -> tuple[str, ...]:
        """Who is named at the place of a summary that the team's pattern says."""
        match = pattern.fullmatch(summary)
        if match is None:
            return ()
        said = match["engineer"]
        names = self.by_email([fold(said)]) or tuple(
            name for spelling, name in self._spellings() if spelling == fold(said)
        )
        if not names and self.complete and (meant := self.almost(said)):
            raise BadValueError(f"names “{said}”", f"Did you mean “{meant}”? Correct the summary.")
        return names

    def exactly(self, text: str) -> str | None:
        """The engineer of that name."""
        return {fold(e.name): e.name for e in self.engineers}.get(fold(text))

    def almost(self, text: str) -> str | None:
        """The engineer whose whole name a text may be by a slip of typing."""
        alike = (
            (SequenceMatcher(None, fold(text), fold(e.name)).ratio(), e.name)
            for e in self.engineers
        )
        ratio, name = max(alike, default=(0.0, None))
        return name if ratio > _ALIKE else None

    def by_email(self, emails: Sequence[str]) -> tuple[str, ...]:
        """The engineers with these folded addresses."""
        known = {fold(e.email): e.name for e in self.engineers if e.email}
        return tuple(sorted({known[email] for email in emails if email in known}))

    def _spellings(self) -> list[tuple[str, str]]:
        """(folded spelling, name): whole names, and first names that only one engineer has."""
        whole = [(fold(e.name), e.name) for e in self.engineers]
        firsts = [(name.split()[0], engineer) for name, engineer in whole if " " in name]
        taken = [name for name, _ in (*whole, *firsts)]
        unique = [pair for pair in firsts if taken.count(pair[0]) == 1]
        return sorted((*whole, *unique), key=lambda pair: (-len(pair[0]), pair))

    def named(self, summary: str) -> tuple[str, ...]:
        """The engineers whom a text names."""
        rest, found = fold(summary), set()
        for spelling, name in self._spellings():
            rest, count = re.subn(rf"(?<!\w){re.escape(spelling)}(?!\w)", " | ", rest)
            if count:
                found.add(name)
        return tuple(sorted(found))

    def almost_named(self, summary: str) -> str | None:
        """The engineer whom a text may mean by a slip of typing."""
        words = re.findall(r"\w+", fold(summary))
        best: tuple[float, str | None] = (_ALIKE, None)
        for spelling, name in self._spellings():
            size = len(spelling.split())
            for place in range(len(words) - size + 1):
                said = " ".join(words[place : place + size])
                alike = SequenceMatcher(None, said, spelling).ratio()
                best = max(best, (alike, name), key=lambda pair: pair[0])
        return best[1]


def _emails(event: Any, role: str) -> list[str]:
    texts = (str(address) for address in as_list(event.get(role)))
    return [fold(match[0]) for text in texts if (match := _EMAIL.search(text))]
