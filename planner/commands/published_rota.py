"""A published rota, opened together with everything that it now stands against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from planner.commands.common import Folders, Loaded, Unreadable, fingerprint_of
from planner.commands.one_writer import sole_writer
from planner.commands.saying import say
from planner.domain import DutyWeek, Team, Vacation
from planner.domain.spelling import fold, whom
from planner.errors import OutputError, UsageError, did_you_mean
from planner.files.published.other_teams import elsewhere
from planner.files.published.rotas import past, published_rotas
from planner.files.transaction import digest
from planner.files.workbook import read
from planner.planning.assemble import assemble
from planner.problem import Problem
from planner.problem.doing import idle_covers, named
from planner.problem.kept_in_pauses import with_kept_in_pauses
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.files.published.rotas import Past
    from planner.files.workbook import Published


@dataclass(frozen=True)
class Opened:
    """A workbook and today's inputs.

    ``problem`` counts the vacations typed into the workbook, its stand-ins and its locks;
    ``fingerprint`` is that of the inputs alone, and ``known`` the team as they give it;
    ``digest`` is that of the workbook's file when it was read.
    """

    path: Path
    published: Published
    problem: Problem
    known: Team
    fingerprint: str
    digest: str

    @property
    def team(self) -> Team:
        return self.problem.team

    @property
    def typed(self) -> tuple[Vacation, ...]:
        """Vacations that somebody typed into the workbook and nobody into the inputs."""
        return self.published.vacations

    @property
    def inputs_changed(self) -> bool:
        return self.published.inputs_fingerprint != self.fingerprint


def open_rota(team: Team, path: Path, outputs: Path, became: Past | None = None) -> Opened:
    """Read a team's workbook and assemble its problem as it stands today.

    ``became`` is what earlier rotas and the facts of their weeks have become by now, where no file
    says so yet.
    Raises ``UsageError`` if there is no such workbook, and whatever reading it raises.
    """
    if not path.exists():
        raise UsageError(f"there is no {path}. `rota plan` makes it.")
    as_read = digest(path)
    published = read(path, team)
    for idle in idle_covers(team, published.rota, published.covers):
        raise OutputError(
            f"{path}, {idle.source}: {idle.engineer} has no duty between {idle.start} and "
            f"{idle.end} that {idle.stand_in} could take. Correct the row or delete it."
        )
    earlier = past(outputs, team, published.horizon.weeks[0])
    fingerprint = fingerprint_of(team, earlier)
    if became is not None:
        earlier = became.on_top_of(earlier, published.horizon.weeks[0])
    covers = (*earlier.covers, *named(team, published.rota, published.covers))
    absences = (*team.vacations, *published.vacations)
    in_order = sorted(absences, key=attrgetter("engineer", "start", "end", "kind"))
    together = replace(team, vacations=tuple(in_order))
    problem = assemble(together, published.horizon, earlier.rota, covers, earlier.recorded)
    told = {held.duty for held in problem.locked}
    locked = tuple(h for h in published.locked if h.engineer is not None and h.duty not in told)
    own = {week: facts for week, facts in published.facts.items() if not facts.reckoned}
    problem = replace(
        problem,
        locked=(*problem.locked, *locked),
        as_published=own,
        elsewhere=elsewhere(team, outputs, published.horizon),
    )
    problem = with_kept_in_pauses(problem, published.rota, problem.weeks)
    return Opened(path, published, problem, team, fingerprint, as_read)


def say_guesses(opened: Opened) -> None:
    """Tell on stderr what had to be guessed in reading the workbook."""
    for guess in opened.published.guesses:
        say(f"{opened.team.key}: {guess}")


def written_text(opened: Opened, kept: Path, outputs: Path) -> str:
    """Where the workbook and the old one are, and what to do about the team's later rotas."""
    written = f"Wrote {opened.path}\nThe old one is kept as {kept}"
    return "\n".join([written, *counting_on(opened, outputs)])


def counting_on(opened: Opened, outputs: Path) -> list[str]:
    """What to do about the team's later rotas: their balances count on from this one."""
    return [
        f"{horizon.label} counts on from this rota: `rota replan` brings it up to date."
        for _, horizon in published_rotas(outputs, opened.team)
        if horizon.first > opened.problem.horizon.first
    ]


def rota_in_force(team: Team, outputs: Path) -> Path:
    """The first rota that is not over, or the latest."""
    known = published_rotas(outputs, team)
    if not known:
        raise UsageError(f"no rota in {outputs / team.key}. `rota plan` makes one.")
    ahead = [path for path, horizon in known if horizon.last >= date.today()]
    return ahead[0] if ahead else known[-1][0]


def open_rota_of_week(team: Team, outputs: Path, week: DutyWeek) -> Opened:
    """The rota that speaks of a duty week, its guesses told; of several, which begins latest.

    Raises ``UsageError`` if there is none.
    """
    paths = [path for path, horizon in published_rotas(outputs, team) if week in horizon.weeks]
    if not paths:
        raise UsageError(f"no rota in {outputs / team.key} speaks of {week}. `rota plan` makes it.")
    opened = open_rota(team, paths[-1], outputs)
    say_guesses(opened)
    return opened


def team_of(teams: Iterable[Loaded | Unreadable], engineer: str) -> tuple[Team, str]:
    """The one team that the engineer belongs to, and the name as that team writes it.

    Raises the error of a team that cannot be read if it is the only one, and ``UsageError`` if
    no team or several have such an engineer.
    """
    read = list(teams)
    readable = [one.team for one in read if isinstance(one, Loaded) or len(read) == 1]
    names = [person.name for team in readable for person in team.engineers]
    found = [
        (team, name)
        for team in readable
        if (name := whom(engineer, [person.name for person in team.engineers]))
    ]
    whole = [(team, name) for team, name in found if fold(name) == fold(engineer)]
    found = whole or found
    if not found:
        raise UsageError(f"no team has an engineer “{engineer}”. {did_you_mean(engineer, names)}")
    if len(found) > 1:
        keys = ", ".join(team.key for team, _ in found)
        raise UsageError(f"“{engineer}” is in several teams: say --team, one of {keys}.")
    return found[0]


@contextmanager
def team_to_change(folders: Folders, engineer: str, changing: bool) -> Iterator[tuple[Team, str]]:
    """As :func:`team_of`; within this, nobody else changes the team's files if ``changing``."""
    team, name = team_of(folders.load(), engineer)
    if not changing:
        yield team, name
        return
    with sole_writer(folders.inputs / team.key, folders.outputs / team.key):
        # Read again, as another command may have changed the files while this one waited.
        yield team_of(folders.load(team.key), engineer)
