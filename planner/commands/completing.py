"""What a shell may go on with: names out of the team folders and of published rotas.

A folder that cannot be read completes nothing and says nothing: that is for the command to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from planner.domain.spelling import fold

if TYPE_CHECKING:
    from planner.domain import Team
    from planner.domain.quarters import Horizon

_QUARTERS_AHEAD = 4


def teams(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The team folders, unread."""
    folders = sorted(path.parent.name for path in _folder(ctx, "inputs").glob("*/team.toml"))
    return _beginning(folders, incomplete)


def _of_teams(names: Callable[[Team], Iterable[str]]) -> Callable[..., list[str]]:
    """What the team has of these names, or all teams if none is given yet."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        return _beginning((name for team in _teams(ctx) for name in names(team)), incomplete)

    return complete


engineers = _of_teams(lambda team: [each.name for each in team.engineers])
pipelines = _of_teams(lambda team: [each.name for each in team.pipelines])
rotations = _of_teams(lambda team: [each.name for each in team.rotations])
roles = _of_teams(lambda team: [seat.role for seat in team.strands])


def quarters(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """What is published, this fiscal quarter, and the next ones."""
    labels = {horizon.label for team in _teams(ctx) for horizon in _published(ctx, team)}
    labels |= {label for team in _teams(ctx) for label in _ahead(team)}
    return _beginning(sorted(labels), incomplete)


def weeks(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The weeks that published rotas speak of."""
    known = {w for team in _teams(ctx) for horizon in _published(ctx, team) for w in horizon.weeks}
    return _beginning(sorted({week.name for week in known}), incomplete)


def _teams(ctx: click.Context) -> Iterator[Team]:
    from planner.commands.common import Folders, Loaded
    from planner.errors import RotaError

    with suppress(RotaError, OSError):
        inputs, outputs = _folder(ctx, "inputs"), _folder(ctx, "outputs")
        for found in Folders(ctx.params.get("team"), inputs, outputs, None).load():
            if isinstance(found, Loaded):
                yield found.team


def _folder(ctx: click.Context, name: str) -> Path:
    return Path(ctx.params.get(name) or name)


def _published(ctx: click.Context, team: Team) -> Iterator[Horizon]:
    from planner.files.published.rotas import published_rotas

    with suppress(OSError):
        for _, horizon in published_rotas(_folder(ctx, "outputs"), team):
            yield horizon


def _ahead(team: Team) -> Iterator[str]:
    from planner.domain.quarters import quarter, quarter_label, week_of

    week = week_of(date.today(), team.handover_weekday)
    for _ in range(_QUARTERS_AHEAD + 1):
        label = quarter_label(week, team)
        yield label
        week = quarter(label, team).weeks[-1].later(1)


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    """Those that begin so, in any case, each once."""
    return [name for name in dict.fromkeys(names) if fold(name).startswith(fold(incomplete))]


class Bash(BashComplete):
    """Names of several words reach bash with their blanks and quotes escaped."""

    source_template = BashComplete.source_template.replace(" read type", " read -r type")

    def format_completion(self, item: CompletionItem) -> str:
        if item.type != "plain":
            return super().format_completion(item)
        escaped = "".join(c if c.isalnum() or c in "-_+./:,@%" else f"\\{c}" for c in item.value)
        return f"{item.type},{escaped}"


def prepare() -> None:
    """Let shells ask with what is above."""
    add_completion_class(Bash)
