"""What became of every entry of a feed: counted under one reason, and said in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import field

from planner.files.team.calendars.contentlines import Entry
from planner.files.team.calendars.entry_kinds import BY_NAME, OVERRULED
from planner.records import dataclass
from planner.wording import listed

ABSENCE, NOBODY, REPLACED, BROKEN = "absence", "nobody", "as replaced", "broken"
OUTSIDE, HALF = "outside", "half"
_SAID = {
    NOBODY: "as about nobody of the team",
    REPLACED: "replaced by a later revision",
    BROKEN: "as unreadable",
    OUTSIDE: "as outside the weeks that matter",
    HALF: "as half days",
}
_SHOWN = 60


@dataclass
class Tally:
    """How many entries came to what, with the first of each."""

    file: str
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def count(self, reason: str, entry: Entry, title: str) -> None:
        """Count an entry under a reason."""
        self.counts[reason] += 1
        if reason != ABSENCE and title:
            shown = title if len(title) <= _SHOWN else f"{title[: _SHOWN - 1]}…"
            self.examples.setdefault(reason, f"row {entry.line} “{shown}”")

    def said(self) -> str:
        """One line about what was left out; empty if nothing was."""
        absences = self.counts[ABSENCE]
        left = [reason for reason in self.counts if reason != ABSENCE]
        if not left:
            return ""
        order = [*BY_NAME, *_SAID]
        parts = []
        for reason in sorted(left, key=order.index):
            said = BY_NAME[reason].said if reason in BY_NAME else _SAID[reason]
            example = self.examples.get(reason)
            many = "such as " if self.counts[reason] > 1 else ""
            such = f" ({many}{example})" if example else ""
            parts.append(f"{self.counts[reason]} {said}{such}")
        total = sum(self.counts.values())
        overruled = [f'"{reason}"' for reason in OVERRULED if reason in left]
        overrule = (
            f" [vacations] count = [{', '.join(overruled)}] in team.toml has them counted."
            if overruled
            else ""
        )
        entries = f"{total} entries" if total != 1 else "1 entry"
        are = "are absences" if absences != 1 else "is an absence"
        return f"{self.file}: of {entries}, {absences} {are}; left out: {listed(parts)}.{overrule}"
