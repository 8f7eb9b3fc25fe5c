"""The rotas that exist in ``outputs/<team>/``: where each lies, the history they hold, and what
stands for given weeks by those that speak of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import field
from datetime import datetime
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


def past(outputs: Path, team: Team, first_week: DutyWeek) -> Past:
    """Duty before ``first_week``: the team's ``history.csv``, overridden by published rotas.

    Open duties of those are in it too, held by nobody. Where two rotas speak of a duty, the one
    whose first week is later counts.

    Raises ``OutputError`` or ``InputError`` if one of the workbooks cannot be read.
    """
    known = published_rotas(outputs, team)
    paths = [path for path, horizon in known if horizon.weeks[0] < first_week]
    if not paths:
        return Past(team.history.before(first_week))
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
    covers_named = named(team, rota, covers)
    return Past(team.history.before(first_week).joined_with(rota), covers_named, recorded)


@dataclass(frozen=True)
class InForce:
    """Rotas joined into one. ``notes`` are what the workbooks note for weeks; ``planned_at`` is
    when the latest of them was planned, if they say so; ``guesses`` are what had to be guessed."""

    rota: Rota
    covers: tuple[Cover, ...] = ()
    notes: tuple[tuple[DutyWeek, str], ...] = ()
    planned_at: datetime | None = None
    paths: tuple[Path, ...] = ()
    guesses: tuple[str, ...] = ()

    def note(self, week: DutyWeek) -> str:
        return dict(self.notes).get(week, "")


def in_force(outputs: Path, team: Team, weeks: Collection[DutyWeek]) -> InForce:
    """What the team's published rotas, and before them ``history.csv``, say of these weeks.

    Only workbooks that speak of one of the weeks are opened. Where two speak of a duty, the one
    whose first week is later counts.

    Raises ``OutputError`` or ``InputError`` if one of the workbooks cannot be read.
    """
    wanted = frozenset(weeks)
    known = published_rotas(outputs, team)
    paths = [path for path, horizon in known if not wanted.isdisjoint(horizon.weeks)]
    from planner.files.workbook import read  # heavy, and often there is nothing to read

    rota = team.history.within(wanted)
    covers: list[Cover] = []
    notes: dict[DutyWeek, str] = {}
    planned: list[datetime] = []
    guesses: list[str] = []
    for path in paths:
        published = read(path, team)
        rota = rota.joined_with(published.rota.within(wanted))
        covers += [cover for cover in published.covers if cover not in covers]
        notes |= {week: text for week, text in published.notes.items() if week in wanted}
        planned += [published.planned_at] if published.planned_at else []
        guesses += [f"{path}: {guess}" for guess in published.guesses]
    return InForce(
        rota,
        tuple(covers),
        tuple(sorted(notes.items())),
        max(planned, default=None),
        tuple(paths),
        tuple(guesses),
    )


def published_weeks(
    outputs: Path, team: Team, horizon: Horizon | None, *, whole: bool = True
) -> tuple[DutyWeek, ...]:
    """The weeks of one published rota, or of all that the team has.

    With ``whole=False`` the published ones among the weeks of ``horizon``, whatever the files.
    Raises ``UsageError`` if there is none.
    """
    rotas = dict(published_rotas(outputs, team))
    if horizon is not None and whole:
        path = published_path(outputs, team.key, horizon)
        if path not in rotas:
            raise UsageError(f"there is no {path}. `rota plan` makes it.")
        return horizon.weeks
    if not rotas:
        raise UsageError(f"there is no rota in {outputs / team.key}. `rota plan` makes one.")
    published = sorted({week for each in rotas.values() for week in each.weeks})
    if horizon is None:
        return tuple(published)
    found = tuple(week for week in published if week in horizon.weeks)
    if not found:
        raise UsageError(f"none of the weeks {horizon.label} is published in {outputs / team.key}.")
    return found


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
