"""Options by what is given for them: names that shells complete, dates, seconds, folders; and what
is typed for a date or an instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from planner.commands.completing import quarters, weeks

if TYPE_CHECKING:
    from planner.domain import Team

Complete = Callable[..., list[str]]
Options = Callable[[Any], Any]
"""What puts an option before a command."""


def named(
    flag: str, complete: Callable[..., list[str]], says: str, *to: str, **more: Any
) -> Options:
    """A name of which a shell knows some; ``to`` is the parameter's, where it is another."""
    letter = {weeks: "W", quarters: "Q"}.get(complete, "NAME")
    return click.option(
        flag, *to, help=says, shell_complete=complete, **{"metavar": letter, **more}
    )


def dated(flag: str, says: str, *to: str, **more: Any) -> Options:
    """A date."""
    return click.option(flag, *to, help=says, type=iso_date, metavar="DATE", **more)


def seconds(flag: str, says: str, usually: float | None = None) -> Options:
    """A time limit."""
    some, shown = click.FloatRange(min=0, min_open=True), usually is not None
    return click.option(
        flag, type=some, default=usually, show_default=shown, metavar="SECONDS", help=says
    )


def placed(flag: str, says: str) -> Options:
    """A folder that is usually called like the option."""
    usually, kind = flag.removeprefix("--"), click.Path(path_type=Path)
    return click.option(flag, type=kind, default=usually, show_default=True, help=says)


def iso_date(text: str) -> date:
    """A date of the command line; click says what is wrong with any other."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}” is not a date such as 2024-07-01.") from None


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
