"""Where a team's time goes: reading, solving, writing."""

from __future__ import annotations

from time import monotonic

from planner.commands.reports import Seconds


class Stopwatch:
    """Where a team's time goes, which is read, then solved, then written."""

    def __init__(self, reading: float = 0.0) -> None:
        self._parts = {"reading": reading, "solving": 0.0, "writing": 0.0}
        self._part, self._started = "reading", monotonic()
        self._since = self._started

    @property
    def spent(self) -> float:
        return monotonic() - self._started

    def turn_to(self, part: str) -> None:
        """From now on, time counts for another part of the work."""
        now = monotonic()
        self._parts[self._part] += now - self._since
        self._part, self._since = part, now

    @property
    def seconds(self) -> Seconds:
        self.turn_to(self._part)
        return Seconds(**self._parts)
