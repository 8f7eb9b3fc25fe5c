"""What stands for given weeks: the published rotas that speak of them, as one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from planner.domain import Cover, DutyWeek, Rota, Team
from planner.domain.quarters import Horizon
from planner.errors import UsageError
from planner.files.published.rotas import published_path, published_rotas
from planner.records import dataclass


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
    paths = [
        path
        for path, horizon in published_rotas(outputs, team)
        if not wanted.isdisjoint(horizon.weeks)
    ]
    return _joined(team, wanted, paths)


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


def _joined(team: Team, wanted: frozenset[DutyWeek], paths: list[Path]) -> InForce:
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
