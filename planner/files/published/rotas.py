"""The rotas that exist in ``outputs/<team>/``: where each lies, and the history they hold."""

from __future__ import annotations

import re
from dataclasses import field
from pathlib import Path

from planner.domain import Cover, DutyWeek, Rota, Team
from planner.domain.quarters import Horizon, named_weeks
from planner.domain.week_facts import Recorded, together
from planner.errors import UsageError
from planner.problem.doing import named
from planner.records import dataclass

_PUBLISHED = re.compile(r"rota-(\d{4}Q[1-4]|\d{4}-W\d{2}\+\d{1,3})\.xlsx")
"""Published rotas only: not backups, lock files or copies under other names."""


def published_path(outputs: Path, team_key: str, horizon: Horizon) -> Path:
    """Where the workbook of a horizon lies, whether it exists or not."""
    return outputs / team_key / f"rota-{horizon.label}.xlsx"


@dataclass(frozen=True)
class Past:
    """Duty done before some week, who stood in for part of it, and the facts of those weeks."""

    rota: Rota
    covers: tuple[Cover, ...] = ()
    recorded: Recorded = field(default_factory=dict)

    def on_top_of(self, other: Past, first_week: DutyWeek) -> Past:
        """The other, but for what this one says of weeks before ``first_week``."""
        return Past(
            other.rota.joined_with(self.rota.before(first_week)),
            other.covers,
            together((other.recorded, self.recorded), first_week),
        )


def earlier(outputs: Path, team: Team, first_week: DutyWeek) -> Past:
    """All duties of weeks before ``first_week`` in the team's published rotas.

    Open duties are in it too, held by nobody. Where two rotas speak of a duty, the one whose
    first week is later counts.

    Raises ``OutputError`` or ``InputError`` if one of the workbooks cannot be read.
    """
    known = published_rotas(outputs, team)
    paths = [path for path, horizon in known if horizon.weeks[0] < first_week]
    if not paths:
        return Past(Rota())
    from planner.files.workbook import read  # heavy, and often there is nothing to read

    found = sorted(
        (read(path, team) for path in paths),
        key=lambda published: (published.horizon.first, published.horizon.label),
    )
    rota = Rota()
    covers: list[Cover] = []
    recorded = together((published.facts for published in found), first_week)
    for published in found:
        for each in (published.former, published.rota):
            rota = rota.joined_with(each.before(first_week))
        covers += [cover for cover in published.covers if cover not in covers]
    return Past(rota, named(team, rota, covers), recorded)


def past(outputs: Path, team: Team, first_week: DutyWeek) -> Past:
    """Duty before ``first_week``: the team's ``history.csv``, overridden by published rotas.

    Raises as :func:`earlier` does.
    """
    found = earlier(outputs, team, first_week)
    return Past(
        team.history.before(first_week).joined_with(found.rota), found.covers, found.recorded
    )


def published_rotas(outputs: Path, team: Team) -> tuple[tuple[Path, Horizon], ...]:
    """The team's published rotas with the weeks that their names speak of, by first week."""
    folder = outputs / team.key
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.iterdir()):
        match = _PUBLISHED.fullmatch(path.name)
        if match and (horizon := _horizon(match[1], team)) is not None:
            found.append((path, horizon))
    return tuple(sorted(found, key=lambda each: (each[1].first, each[1].label)))


def _horizon(label: str, team: Team) -> Horizon | None:
    """The weeks that a label names; ``None`` if there are none such, as in ``2024-W60+13``."""
    try:
        return named_weeks(label, team)
    except UsageError:
        return None
