"""Why there is no rota, as far as plain counting can tell."""

from __future__ import annotations

from collections.abc import Iterator

from planner.problem import Problem


def arithmetic_clashes(problem: Problem) -> tuple[str, ...]:
    """Weeks with fewer people available than duties to be held, one sentence each."""
    return tuple(_short_weeks(problem))


def _short_weeks(problem: Problem) -> Iterator[str]:
    for week in problem.weeks:
        required = [
            problem.duties[d]
            for d in problem.duties_in(week)
            if not problem.team.role_of(problem.duties[d]).optional
        ]
        away = [
            f"{engineer.name} is away" + (f" ({vacation.source})" if vacation.source else "")
            for engineer in problem.engineers
            for vacation in problem.team.away(engineer.name, week)[:1]
        ]
        present = [
            e for e in problem.engineers if e.employed(week) and not problem.team.away(e.name, week)
        ]
        if len(present) < len(required):
            yield (
                f"{week}: {len(required)} duties, but only {len(present)} people available: "
                + ", ".join(away)
            )
