"""Instants as they are typed on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from planner.domain import Team


def parse_instant(text: str, team: Team) -> datetime:
    """``2024-08-06 03:00`` on the team's clock, the same with an offset or Z, or ``now``; in UTC.

    A time that the clock shows twice is its first occurrence. Raises ``click.BadParameter``.
    """
    if text.strip().casefold() == "now":
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(team.timezone))
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"“{text}” is not a time such as “2024-08-06 03:00”, on the team's clock, or "
            "2024-08-06T03:00+01:00."
        ) from None
