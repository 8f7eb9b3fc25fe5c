"""Planning as a service: what commands and notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from planner.calendar import Horizon
from planner.check import Report, check
from planner.domain import Cover, Rota, Team
from planner.errors import DisagreementError
from planner.plan import Plan, Proof
from planner.problem import Problem
from planner.publicholidays import days_off

AROUND = timedelta(days=31)
"""Days before and after the planned weeks whose holidays may matter: whole months and festivals."""


def assemble(
    team: Team, horizon: Horizon, history: Rota, covers: tuple[Cover, ...] = ()
) -> Problem:
    """Everything one plan depends on; raises ``UsageError`` outside the holiday calendars.

    ``covers`` are stand-ins, past ones too, each within a duty week and naming its role.
    """
    first = min([horizon.first, *(week.first for week in history.weeks[:1])])
    known = days_off(team, first - AROUND, horizon.last + AROUND)
    return Problem(team, horizon, known, history, covers=covers)


def plan(
    problem: Problem,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Plan:
    """The rota that is best under the rules in the team's order of aims, checked and proven.

    ``time_limit`` is in seconds for the whole run. Raises ``InfeasibleError``,
    ``TimeRanOutError``, or ``DisagreementError`` if solver and check do not agree.
    """
    # Imported late: the solver alone takes longer to load than everything else together.
    from planner.model import Clock, solve

    clock = Clock(time_limit)
    solution = solve(problem, clock, progress or (lambda _: None))
    report = check(problem, solution.rota)
    differences = tuple(_differences(report, solution.proofs))
    if differences:
        raise DisagreementError(differences)
    warnings = tuple(_warnings(problem))
    return Plan(problem, solution.rota, report, solution.proofs, warnings, clock.spent)


def _differences(report: Report, proofs: tuple[Proof, ...]) -> Iterator[str]:
    """Where the finished rota is not what the solver said it was."""
    for breach in report.breaches:
        yield f"{breach.rule}: {breach.message}"
    for proof, value in zip(proofs, report.values, strict=True):
        if proof.value != value.value:
            yield f"{proof.aim}, {proof.part}: solver {proof.value}, check {value.value}"


def _warnings(problem: Problem) -> Iterator[str]:
    notice = problem.team.settings.notice
    for vacation in problem.team.vacations:
        foreseen = vacation.kind in problem.team.settings.owed_during
        planned = foreseen and any(vacation.blocks(week) for week in problem.weeks)
        if notice is not None and vacation.logged is not None and planned:
            ahead = (vacation.start - vacation.logged).days
            if ahead < notice:
                source = f" ({vacation.source})" if vacation.source else ""
                yield (
                    f"{vacation.engineer}'s absence from {vacation.start} was logged {ahead} days "
                    f"ahead, less than the {notice} days of notice{source}"
                )
