"""Planning as a service: what commands and notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product, zip_longest

from planner.checking.finished_plan import Plan, Proof
from planner.checking.remarks import remarks_of
from planner.checking.report import Report, check
from planner.checking.warnings import warnings_of
from planner.domain import Duty, Rota
from planner.errors import DisagreementError, InfeasibleError
from planner.problem import Problem
from planner.rules import aims_of, gaps


def plan(
    problem: Problem,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
    allow_gaps: bool = False,
    threads: int | None = None,
) -> Plan:
    """The rota that is best under the rules in the team's order of aims, checked and proven.

    ``time_limit`` is in seconds for the whole run; a first Ctrl-C ends it early, with the best
    rota so far and what is proven of it. Rotations that share nobody are searched on so many
    ``threads``, by default one a core. With ``allow_gaps``, where there is no rota, the fewest
    duties stay open before any aim; the report's breaches of coverage name them.
    Raises ``InfeasibleError`` with what clashes and the ways out, ``TimeRanOutError``, or
    ``DisagreementError`` if solver and check do not agree.
    """
    # Imported late: the solver alone takes longer to load than everything else together.
    from planner.model import Clock, Stage, solve

    clock, say = Clock(time_limit), progress or (lambda _: None)
    try:
        with clock.until_interrupted():
            try:
                solution = solve(problem, clock, say, threads=threads)
            except InfeasibleError:
                if not allow_gaps:
                    raise
                required = (d for d in problem.duties if not problem.team.role_of(d).optional)
                problem = replace(problem, may_stay_open=frozenset(required))
                stages = [Stage(aim) for aim in (gaps, *aims_of(problem.team))]
                solution = solve(problem, clock, say, stages, threads=threads)
    except InfeasibleError as error:
        from planner.planning.infeasible import infeasible  # as late: it is seldom needed

        raise infeasible(replace(problem, may_stay_open=frozenset()), clock.left) from error
    rota = by_name(problem, solution.rota)
    report = check(problem, rota, solution.counted if rota == solution.rota else None)
    differences = tuple(_differences(problem, report, solution.proofs))
    if differences:
        raise DisagreementError(differences)
    left_open = (f"{breach.message}: this duty stays open" for breach in report.breaches)
    warnings = (
        *left_open,
        *warnings_of(problem, rota),
        *solution.doubts,
    )
    return Plan(
        problem, rota, report, solution.proofs, warnings, clock.spent, remarks=remarks_of(problem)
    )


def by_name(problem: Problem, rota: Rota) -> Rota:
    """The rota with the holders of seats that are alike in the order of their names.

    No rule and no aim tells them apart. What people have decided or done stays.
    """
    decided = {fixed.duty for fixed in problem.fixed if fixed.because != "swap"}
    sorted_ones: dict[Duty, str | None] = {}
    alike = [seats for seats in problem.team.strands.values() if len(seats) > 1]
    for week, seats in product(problem.weeks, alike):
        duties = [seat.in_week(week) for seat in seats]
        free = [d for d in duties if d in rota and d not in decided and d not in problem.settled]
        names = sorted(name for duty in free if (name := rota.holder(duty)) is not None)
        sorted_ones |= zip_longest(free, names)
    return rota.joined_with(Rota.of(sorted_ones)) if sorted_ones else rota


def _differences(problem: Problem, report: Report, proofs: tuple[Proof, ...]) -> Iterator[str]:
    """Where the finished rota is not what the solver said it was."""
    for breach in report.breaches:
        if breach.left_open not in problem.may_stay_open:
            yield f"{breach.rule}: {breach.message}"
    pursued = [proof for proof in proofs if proof.aim != gaps.NAME]
    for proof, value in zip(pursued, report.values, strict=True):
        if proof.value != value.value:
            yield f"{proof.aim}, {proof.part}: solver {proof.value}, check {value.value}"
