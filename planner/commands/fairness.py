"""``rota fairness``: what each engineer owed and did, over every published rota and history.

``--json`` prints ``{"version": 1, "teams": [...]}``; each team has ``team``, ``exit_status``,
``error`` and, without one, ``first`` and ``last`` (dates of the weeks shown), ``weeks``, and
``engineers``: ``name``, ``done``, ``owed``, ``carried_in`` (the balance before those weeks),
``balance`` (since joining), ``holidays`` (public holidays worked), ``swaps`` (duties ``given`` and
``taken`` by agreed swaps in those weeks), and the same sums by role in ``roles``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.commands.common import each_team, folder_options, json_option, load_teams
from planner.commands.reports import engineers_json, ledger_table
from planner.commands.saying import complaint, print_json, span
from planner.domain import DutyWeek, Held, Rota, Team
from planner.domain.quarters import Horizon, quarter
from planner.errors import RotaError, UsageError
from planner.problem import Problem
from planner.problem.ledger import Account, accounts, dates_done

END_OF_TIME = DutyWeek(date(9999, 1, 4))


@dataclass(frozen=True)
class Standing:
    """A team's ledger over some weeks, and each engineer's public holidays worked and swaps.

    ``given`` and ``taken`` count duties that changed hands by the agreed swaps of swaps.csv.
    """

    team: Team
    weeks: Horizon
    lines: tuple[Account, ...]
    holidays: dict[str, int]
    given: Counter[str]
    taken: Counter[str]


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
@click.option("--quarter", "label", metavar="Q", help="Show one fiscal quarter instead: 2024Q3.")
@json_option
def fairness(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    weeks: int,
    label: str | None,
    as_json: bool,
) -> int:
    """Show duty owed and done, by engineer and role, over all published rotas.

    The balance is what was carried in, plus done, minus owed. Above zero, an engineer has done
    more than a fair share. It counts from joining, whatever weeks are shown. Swaps are the duties
    given away and taken over by the agreed swaps of swaps.csv.
    """
    teams = load_teams(inputs, team, date_format)
    documents, status = [], 0
    for key, standing in each_team(teams, lambda known: _standing(known, outputs, weeks, label)):
        documents.append(_json(key, standing))
        status = max(status, standing.exit_status if isinstance(standing, RotaError) else 0)
        if isinstance(standing, Standing) and not as_json:
            click.echo(_text(standing) + "\n")
    if as_json:
        print_json({"teams": documents})
    return status


def _standing(team: Team, outputs: Path, count: int, label: str | None) -> Standing:
    from planner.files.published.rotas import past
    from planner.planning.plan import assemble

    known = past(outputs, team, END_OF_TIME)
    rota = known.rota
    weeks = _weeks_shown(team, rota, count, label)
    problem = assemble(team, weeks, _before(rota, weeks.weeks[0]), known.covers)
    shown = [held for held in rota if held.duty.week in set(weeks.weeks)]
    lines = accounts(problem, rota, [held.duty for held in shown])
    given, taken = _swaps(team, weeks)
    return Standing(team, weeks, lines, _holidays_worked(problem, shown), given, taken)


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


def _before(rota: Rota, week: DutyWeek) -> Rota:
    return Rota(tuple(held for held in rota if held.duty.week < week))


def _holidays_worked(problem: Problem, shown: Sequence[Held]) -> dict[str, int]:
    """How many of their own public holidays each engineer was on duty, stand-ins included."""
    rota = Rota(tuple(shown))
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
        if swap.agreed and swap.week in weeks.weeks:
            given[swap.engineer] += 1
            taken[swap.partner] += 1
        if swap.agreed and swap.for_week in weeks.weeks:
            given[swap.partner] += 1
            taken[swap.engineer] += 1
    return given, taken


def _text(standing: Standing) -> str:
    title = click.style(standing.team.name, bold=True)
    extra = {
        "holidays worked": standing.holidays,
        "swaps given": standing.given,
        "swaps taken": standing.taken,
    }
    lines = [
        f"{title} · {span(standing.weeks)}",
        "",
        ledger_table(standing.team, standing.lines, extra),
    ]
    if standing.given:
        lines += ["", "Swaps: duties given away and taken over by agreed swaps (swaps.csv)."]
    return "\n".join(lines)


def _json(key: str, standing: Standing | RotaError) -> dict[str, Any]:
    if isinstance(standing, RotaError):
        return {"team": key, "exit_status": standing.exit_status, "error": complaint(standing)}
    return {
        "team": key,
        "exit_status": 0,
        "error": None,
        "first": standing.weeks.first.isoformat(),
        "last": standing.weeks.last.isoformat(),
        "weeks": len(standing.weeks.weeks),
        "engineers": [
            {
                **entry,
                "holidays": standing.holidays[entry["name"]],
                "swaps": {
                    "given": standing.given[entry["name"]],
                    "taken": standing.taken[entry["name"]],
                },
            }
            for entry in engineers_json(standing.lines)
        ],
    }
