"""``rota fairness``: what each engineer owed and did, over every published rota and history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from planner.checking.gaps_between import Gaps, gaps_between
from planner.commands.common import Folders, folder_options, json_option, tell_teams
from planner.commands.completing import quarters
from planner.commands.options import named
from planner.commands.saying import span
from planner.domain import DutyWeek, Rota, Team
from planner.domain.quarters import Horizon, quarter
from planner.domain.swap_chains import both_ways
from planner.errors import UsageError
from planner.files.published.rotas import past
from planner.planning.assemble import assemble
from planner.problem import Problem
from planner.problem.kept_in_pauses import with_kept_in_pauses
from planner.problem.ledger import Account, accounts, dates_done
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import COUNT, maybe
from planner.reporting.shapes import ENGINEER, HORIZON, Lines, by_engineer, ledger_table
from planner.reporting.table import Column, Shape, many, one
from planner.reporting.terminal import wrapped

END_OF_TIME = DutyWeek(date(9999, 1, 4))


@dataclass(frozen=True)
class TeamLedger:
    """A team's ledger over some weeks, and each engineer's public holidays worked and swaps.

    ``given`` and ``taken`` count duties that changed hands by the agreed swaps of swaps.csv.
    """

    team: Team
    weeks: Horizon
    lines: tuple[Account, ...]
    holidays: dict[str, int]
    given: Counter[str]
    taken: Counter[str]
    gaps: Gaps


@click.command()
@folder_options
@click.option(
    "--weeks",
    type=click.IntRange(1, 520),
    default=52,
    show_default=True,
    metavar="N",
    help="Show the last N weeks; balances always count from joining.",
)
@named("--quarter", quarters, "Show one fiscal quarter instead: 2024Q3.", "label")
@json_option
def fairness(
    folders: Folders,
    weeks: int,
    label: str | None,
    as_json: bool,
) -> int:
    """Show duty owed and done, by engineer and role, over all published rotas.

    The balance is what was carried in, plus done, minus owed. Above zero, an engineer has done
    more than a fair share. It counts from joining, whatever weeks are shown. Swaps are the duties
    given away and taken over by the agreed swaps of swaps.csv.
    """
    return tell_teams(
        DOCUMENT,
        folders.load(),
        lambda known: _ledger(known, folders.outputs, weeks, label),
        _text,
        as_json,
    )


def _ledger(team: Team, outputs: Path, count: int, label: str | None) -> TeamLedger:
    known = past(outputs, team, END_OF_TIME)
    rota = known.rota
    weeks = _weeks_shown(team, rota, count, label)
    problem = assemble(team, weeks, rota.before(weeks.weeks[0]), known.covers, known.recorded)
    problem = with_kept_in_pauses(problem, rota, weeks.weeks)
    shown = rota.within(weeks.weeks)
    concerned = _concerned(problem, lines := accounts(problem, rota, [h.duty for h in shown]))
    lines = tuple(line for line in lines if line.engineer in concerned)
    given, taken = _swaps(team, weeks)
    gaps = gaps_between(problem, rota)
    return TeamLedger(team, weeks, lines, _holidays_worked(problem, shown), given, taken, gaps)


def _concerned(problem: Problem, lines: Sequence[Account]) -> set[str]:
    """Who had to do with these weeks: whoever joined later has no line, and changes none."""
    found = {line.engineer for line in lines if line.carried_in or line.owed or line.done}
    for week in problem.weeks:
        for rotation in problem.team.rotations:
            found |= {member.name for member in problem.membership.in_week(rotation, week)}
    return found


def _weeks_shown(team: Team, rota: Rota, count: int, label: str | None) -> Horizon:
    """The quarter, or the last weeks that anything is known of; never weeks before the first."""
    if label is not None:
        weeks = tuple(week for week in quarter(label, team).weeks if week in rota.weeks)
    elif rota.weeks:
        latest = rota.weeks[-1]
        earliest = max(rota.weeks[0], latest.later(1 - count))
        weeks = tuple(earliest.later(n) for n in range(earliest.until(latest) + 1))
    else:
        weeks = ()
    if not weeks:
        raise UsageError(
            f"no duty is known{f' in {label}' if label else ''}; plan a quarter first."
        )
    return Horizon(label or f"{weeks[0]}+{len(weeks)}", weeks)


def _holidays_worked(problem: Problem, rota: Rota) -> dict[str, int]:
    """How many of their own public holidays each engineer was on duty, stand-ins included."""
    worked = {}
    for engineer in problem.engineers:
        own = problem.days_off.counted(engineer.name)
        worked[engineer.name] = len(
            own & {day for _, day in dates_done(problem, rota, engineer.name)}
        )
    return worked


def _swaps(team: Team, weeks: Horizon) -> tuple[Counter[str], Counter[str]]:
    """The duties of these weeks that each engineer gave away, and took over, by agreed swaps."""
    given: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for swap in team.swaps:
        for each in both_ways(swap) if swap.agreed else ():
            if each.duty.week in weeks.weeks:
                given[each.old] += 1
                taken[each.new] += 1
    return given, taken


def _text(ledger: TeamLedger) -> str:
    title = click.style(ledger.team.name, bold=True)
    extra = {
        "holidays worked": ledger.holidays,
        "swaps given": ledger.given,
        "swaps taken": ledger.taken,
    }
    lines = [
        f"{title} · {span(ledger.weeks)}",
        "",
        ledger_table(ledger.team, ledger.lines, extra).text(),
    ]
    lines += ["", wrapped(ledger.gaps.said())]
    if ledger.given:
        lines += ["", "Swaps: duties given away and taken over by agreed swaps (swaps.csv)."]
    return "\n".join(lines)


@dataclass(frozen=True)
class Line:
    """What is told of one engineer."""

    own: Lines
    ledger: TeamLedger

    @property
    def name(self) -> str:
        return self.own[0].engineer


SWAPS = Shape[Line](
    Column("given", lambda line: line.ledger.given[line.name], COUNT),
    Column("taken", lambda line: line.ledger.taken[line.name], COUNT),
)


LINE = (
    Shape[Line]()
    + ENGINEER.of(lambda line: line.own)
    + Shape(
        Column("holidays", lambda line: line.ledger.holidays[line.name], COUNT),
        Column("swaps", lambda line: line, one(SWAPS)),
        Column("shortest_gap", lambda line: line.ledger.gaps.least_of(line.name), maybe(COUNT)),
        Column("usual_distance", lambda line: line.ledger.gaps.usual_for(line.name), maybe(COUNT)),
    )
)
DOCUMENT = Document(
    "fairness",
    Shape[TeamLedger](
        Column("horizon", lambda ledger: ledger.weeks, HORIZON),
        Column(
            "engineers",
            lambda ledger: [Line(own, ledger) for own in by_engineer(ledger.lines)],
            many(LINE),
        ),
    ),
)
"""``carried_in`` is the balance before those weeks, ``balance`` that since joining."""
