"""What people of a team do in other teams: one person may be in several."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planner.domain.validating import ensure, ensure_text, freeze
from planner.domain.weeks import DutyWeek
from planner.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Elsewhere:
    """An engineer who is in another team too, and the dates of one duty week of theirs there.

    Without ``days`` nothing is known of the other team's weeks, and ``unknown`` says why.
    Raises ``FactError`` for what it cannot be.
    """

    engineer: str
    team: str
    days: tuple[date, ...] = ()
    unknown: str = ""

    def __post_init__(self) -> None:
        ensure_text(self.engineer, "the engineer of a duty elsewhere")
        ensure_text(self.team, "the other team")
        ensure(self.unknown, str, "what is not known of the other team")
        freeze(self, "days", date, "the date of a duty elsewhere")

    def on(self, dates: Collection[date]) -> bool:
        """Whether any of the dates is among them."""
        return not set(dates).isdisjoint(self.days)

    def in_week(self, week: DutyWeek) -> bool:
        """Whether any of the dates lies in that week."""
        return any(day in week for day in self.days)
