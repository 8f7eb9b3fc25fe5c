"""What other teams' published rotas have a team's people do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.domain import Elsewhere, Team
from planner.domain.quarters import Horizon
from planner.errors import RotaError
from planner.files.published.rotas import in_force, published_rotas
from planner.files.team.folder import load_team
from planner.files.team.shared_people import beside, same_address
from planner.problem.doing import dates_done, doing


def elsewhere(
    team: Team, outputs: Path, horizon: Horizon, among: Sequence[str] | None = None
) -> tuple[Elsewhere, ...]:
    """The dates on which the team's people are on duty for teams beside it; only those ``among``
    so many folders, if given.

    People are the same who have the same e-mail address. Where a team beside it cannot be read,
    or has published none of the weeks, that is said in place of dates.
    """
    found: list[Elsewhere] = []
    for folder, ours in beside(team, among):
        try:
            found += _on_duty(load_team(folder), ours, outputs, horizon)
        except (RotaError, OSError):
            why = "whose files cannot be read: what they do there is not known"
            found += [Elsewhere(name, folder.name, (), why) for name in ours.values()]
    return tuple(sorted(found))


def _on_duty(
    other: Team, ours: dict[str, str], outputs: Path, horizon: Horizon
) -> Iterator[Elsewhere]:
    """What our people, by address, do in the other team's weeks that touch the horizon."""
    called = {
        each.name: ours[same_address(each.email)]
        for each in other.engineers
        if same_address(each.email) in ours
    }
    weeks = {week for _, each in published_rotas(outputs, other) for week in each.weeks}
    weeks |= set(other.history.weeks)
    weeks = {week for week in weeks if week.last >= horizon.first and week.first <= horizon.last}
    if not weeks:
        why = "which has published none of these weeks yet"
        yield from (Elsewhere(name, other.key, (), why) for name in called.values())
    known = in_force(outputs, other, weeks)
    for duty, names in doing(other, known.rota, known.covers).items():
        for name, own in called.items():
            days = dates_done(other, duty, names, name)
            if days:
                yield Elsewhere(own, other.key, days)
