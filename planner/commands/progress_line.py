"""What the progress line of ``rota plan`` shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from time import monotonic

from planner.commands.one_team import TeamOutcome
from planner.commands.saying import Progress, duration

ENOUGH = 0.02
"""The part of the teams that tells how long the others will take."""


class ProgressLine:
    """How many teams are done, and what the solver is at."""

    def __init__(self, progress: Progress, teams: int) -> None:
        self._progress, self._teams = progress, teams
        self._done = self._failed = 0
        self.begin(())

    def begin(self, bad: Collection[TeamOutcome]) -> None:
        """From now on teams are planned, but for those that cannot be."""
        self._began, self._at = monotonic(), ""
        self._bad = self._done = self._failed = len(bad)

    def move(self, text: str) -> None:
        self._at = text
        self._show()

    def count(self, told: TeamOutcome) -> None:
        self._done += 1
        self._failed += told.exit_status > 0
        self._show()

    def _show(self) -> None:
        parts = [self._at] if self._at else []
        if self._teams > 1:
            parts = [f"{self._done:,} of {self._teams:,} teams", *self._outlook(), *parts]
        self._progress(" · ".join(parts))

    def _outlook(self) -> Iterator[str]:
        if self._failed:
            yield f"{self._failed:,} failed"
        planned, to_plan = self._done - self._bad, self._teams - self._bad
        if ENOUGH * to_plan <= planned < to_plan:
            left = (monotonic() - self._began) * (to_plan - planned) / planned
            yield f"about {duration(left)} left"
