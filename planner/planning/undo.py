"""What it would take to give a duty back to whoever held it before a re-plan moved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.checking.clash import Clash
from planner.domain import Duty, Held, Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.planning.replan import Replan, replan
from planner.planning.why import why_not
from planner.problem import Problem
from planner.records import dataclass


@dataclass(frozen=True)
class Undoing:
    """``answer`` is the rota with the fewest changes that gives the duty back to ``engineer``.

    Without one, ``clash`` are the facts in the way; without either, time ran out.
    """

    engineer: str
    answer: Replan | None = None
    clash: Clash | None = None


def undoing(
    problem: Problem,
    published: Rota,
    duty: Duty,
    engineer: str,
    as_of: date | None,
    time_limit: float | None = None,
) -> Undoing | None:
    """What giving the duty back would cost; ``None`` if its week has begun or they are gone."""
    begun = as_of is not None and duty.week.first <= as_of <= problem.horizon.last
    if begun or engineer not in problem.engineer_index:
        return None
    back = replace(problem, locked=(*problem.locked, Held(duty, engineer)))
    try:
        answer = replan(back, published, as_of, time_limit=time_limit, explain=False)
    except InfeasibleError:
        found = why_not(problem, published, duty, engineer, time_limit)
        return Undoing(engineer, clash=found.clash)
    except TimeRanOutError:
        return Undoing(engineer)
    return Undoing(engineer, answer)
