"""What ``rota export`` was asked for, and which options belong together."""

from __future__ import annotations

from pathlib import Path

import click

from planner.commands.common import Period
from planner.commands.export_pagerduty import LEGACY, SHIFTS
from planner.records import dataclass

FORMATS = ("ics", SHIFTS, LEGACY, "csv", "json", "markdown", "html")


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What is to be exported, and how."""

    form: str
    period: Period | None
    out: Path | None
    since: str | None
    fetched: tuple[Path, ...]
    excel: bool

    def check(self) -> None:
        """Raise ``click.UsageError`` for options that the format does not know."""
        pagerduty = self.form in (SHIFTS, LEGACY)
        if self.since is not None and not pagerduty:
            raise click.UsageError("--since is for --format pagerduty.")
        if self.fetched and not pagerduty:
            raise click.UsageError("--compare is for --format pagerduty.")
        if self.excel and self.form != "csv":
            raise click.UsageError("--excel is for --format csv.")

    def check_several(self, as_json: bool) -> None:
        """Raise ``click.UsageError`` for what cannot be said of several teams at once."""
        if self.fetched:
            raise click.UsageError("--compare is for one team: give --team.")
        single = self.form in (SHIFTS, LEGACY, "csv", "html")
        if single and self.out is None and not as_json:
            raise click.UsageError(f"{self.form} on stdout is for one team: give --team, or --out.")
