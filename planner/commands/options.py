"""Options by what is given for them: names that shells complete, dates, seconds, folders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.commands.completing import quarters, weeks

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
