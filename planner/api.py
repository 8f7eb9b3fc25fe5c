"""The functions that scripts and notebooks call, each doing what the command of its name does.

They are reached as ``planner.plan`` and so on. Teams are folders or :class:`Team` values; weeks
are a quarter, or a first day and a number of weeks; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

from planner.checking.report import check as check_rota
from planner.domain import Cover, Duty, Elsewhere, Rota, Team
from planner.domain.quarters import Horizon, named_week, weeks_from
from planner.domain.quarters import quarter as quarter_of
from planner.domain.validating import ensure, ensure_day, ensure_whole, refuse
from planner.domain.week_facts import Recorded, together
from planner.errors import UsageError, did_you_mean
from planner.planning import why as asking
from planner.planning.assemble import assemble
from planner.planning.plan import plan as solve
from planner.planning.replan import replan as solve_again
from planner.problem import Problem
from planner.reporting.answers import DaysOffTable, Reasons
from planner.reporting.results import CheckedRota, PlannedRota, ReplannedRota, Result

TeamOrFolder: TypeAlias = Team | str | Path
Day: TypeAlias = date | str
Past: TypeAlias = Result | Rota | Iterable[Result | Rota]


def load_team(folder: str | Path, date_format: str | None = None) -> Team:
    """The team in a folder, read and validated.

    ``date_format`` (``DD/MM/YYYY``) says how dates that are not ISO are meant. Raises
    ``InputError`` with every problem of every file, ``UsageError`` if there is no such folder.
    """
    ensure(folder, (str, Path), "the folder")
    ensure(date_format, (str, type(None)), "date_format")
    from planner.files.team.folder import load_team as load

    return load(Path(folder), date_format)


def plan(
    team: TeamOrFolder,
    quarter: str | None = None,
    *,
    from_: Day | None = None,
    weeks: int | None = None,
    history: Past = (),
    time_limit: float | None = None,
    allow_gaps: bool = False,
    outputs: str | Path | None = None,
) -> PlannedRota:
    """The best rota under the team's rules and aims, proven and checked.

    Parameters
    ----------
    team
        a team or its folder
    quarter
        a fiscal quarter such as ``"2024Q3"``; or else ``from_``, a day in the first week, with
        ``weeks``, how many
    history
        earlier rotas, from which balances and the cycle go on; later ones count where two speak
        of one duty. The team's own ``history.csv`` counts as well.
    time_limit
        in seconds for the whole run; what is then not proven is said
    allow_gaps
        where no rota can be, leave the fewest duties open instead of raising
    outputs
        where published rotas lie, for people who are in other teams too; without it, the folder
        ``outputs`` beside the one that the team's folder is in

    Raises
    ------
    InfeasibleError
        if no rota satisfies the rules.
    TimeRanOutError
        if none was found in time.
    """
    known = _team(team)
    _ensure_limit(time_limit)
    problem = _problem(known, _horizon(known, quarter, from_, weeks), history, outputs)
    plan = solve(problem, time_limit, allow_gaps=allow_gaps)
    return PlannedRota(plan.problem, plan.rota, plan.report, plan)


def check(
    rota: Result | Rota,
    team: TeamOrFolder | None = None,
    quarter: str | None = None,
    *,
    from_: Day | None = None,
    weeks: int | None = None,
    history: Past = (),
    outputs: str | Path | None = None,
) -> CheckedRota:
    """Every rule and aim over a rota, without a solver.

    Of a planned rota, its own team, weeks and history count unless others are given. Of any other
    rota the team is needed; its weeks are those that it speaks of unless others are given.
    """
    problem, held = _asked(rota, team, quarter, from_, weeks, history, outputs)
    return CheckedRota(problem, held, check_rota(problem, held))


def replan(
    rota: Result | Rota,
    team: TeamOrFolder | None = None,
    quarter: str | None = None,
    *,
    from_: Day | None = None,
    weeks: int | None = None,
    history: Past = (),
    as_of: Day | None = None,
    spend: int = 0,
    time_limit: float | None = None,
    outputs: str | Path | None = None,
) -> ReplannedRota:
    """A published rota under today's facts, with the fewest duties changed.

    ``team`` is the team as it stands today. Weeks that have begun by ``as_of`` stay as they are;
    without it all weeks are still to come. ``spend`` lets so many further changes serve the aims.
    The rest is as for :func:`check`; raises as :func:`plan` does.
    """
    _ensure_limit(time_limit)
    ensure_whole(spend, "spend", 0)
    problem, held = _asked(rota, team, quarter, from_, weeks, history, outputs)
    day = None if as_of is None else _day(as_of)
    answer = solve_again(problem, held, day, spend=spend, time_limit=time_limit)
    plan = answer.plan
    return ReplannedRota(plan.problem, plan.rota, plan.report, plan, answer)


def why(
    rota: Result,
    week: str,
    engineer: str | None = None,
    *,
    rotation: str | None = None,
    role: str | None = None,
    time_limit: float | None = None,
) -> Reasons:
    """Why the duties of a week are held by whom they are, or why not by this engineer.

    Asked by planning anew with the engineer there, or with the holder kept off: either the rules
    forbid it, or an aim would get worse. Raises ``UsageError`` if there is no such duty or person.
    """
    ensure(rota, Result, "the rota")
    ensure(week, str, "the week")
    for name, value in {"engineer": engineer, "rotation": rotation, "role": role}.items():
        ensure(value, (str, type(None)), f"the {name}")
    _ensure_limit(time_limit)
    problem = rota.problem
    asked = named_week(week, problem.team)
    duties = [
        duty
        for duty in problem.duties
        if duty.week == asked and rotation in (None, duty.rotation) and role in (None, duty.role)
    ]
    if not duties:
        raise UsageError(f"The rota has no such duty in {asked}.")
    if engineer is not None and engineer not in problem.engineer_index:
        known = did_you_mean(engineer, problem.engineer_index)
        raise UsageError(f"No engineer of the team is called “{engineer}”. {known}".rstrip())
    return Reasons(problem, tuple(_asked_why(rota, duty, engineer, time_limit) for duty in duties))


def _asked_why(
    rota: Result, duty: Duty, engineer: str | None, time_limit: float | None
) -> asking.Answer:
    if engineer is None:
        return asking.why(rota.problem, rota.rota, duty, time_limit)
    return asking.why_not(rota.problem, rota.rota, duty, engineer, time_limit)


def days_off(
    team: TeamOrFolder,
    quarter: str | None = None,
    *,
    from_: Day | None = None,
    weeks: int | None = None,
) -> DaysOffTable:
    """Public holidays and own festivals of each engineer in those weeks."""
    known = _team(team)
    return DaysOffTable(_problem(known, _horizon(known, quarter, from_, weeks), ()))


def _team(team: TeamOrFolder) -> Team:
    ensure(team, (Team, str, Path), "the team")
    return team if isinstance(team, Team) else load_team(team)


def _ensure_limit(seconds: object) -> None:
    ensure(seconds, (int, float, type(None)), "time_limit")
    if seconds is not None and not float(cast(float, seconds)) >= 0:
        refuse("time_limit", seconds, "is no number of seconds")


def _day(day: Day) -> date:
    ensure(day, (date, str), "the day")
    if isinstance(day, date):
        ensure_day(day, "the day")
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"“{day}” is not a date such as 2024-07-01.") from None


def _horizon(team: Team, quarter: str | None, from_: Day | None, weeks: int | None) -> Horizon:
    ensure(quarter, (str, type(None)), "the quarter")
    if weeks is not None:
        ensure(weeks, int, "the number of weeks")
    if quarter is not None and from_ is None and weeks is None:
        return quarter_of(quarter, team)
    if quarter is None and from_ is not None and weeks is not None:
        return weeks_from(_day(from_), weeks, team)
    raise UsageError('Give quarter="2024Q3", or from_="2024-07-01" with weeks=13.')


def _problem(
    team: Team, horizon: Horizon, history: Past, outputs: str | Path | None = None
) -> Problem:
    """The problem of those weeks, with whatever of the past lies before them."""
    ensure(history, (Result, Rota, Iterable), "the history")
    rota, covers, facts = team.history, tuple[Cover, ...](), list[Recorded]()
    for earlier in [history] if isinstance(history, Result | Rota) else history:
        ensure(earlier, (Result, Rota), "in the history, what")
        if isinstance(earlier, Result):
            rota = rota.joined_with(earlier.problem.history)
            covers += tuple(c for c in earlier.problem.covers if c not in covers)
            facts += [earlier.problem.recorded, earlier.problem.facts()]
        rota = rota.joined_with(_rota(earlier))
    recorded = together(facts, horizon.weeks[0])
    problem = assemble(team, horizon, rota.before(horizon.weeks[0]), covers, recorded)
    return replace(problem, elsewhere=_elsewhere(team, horizon, outputs))


def _elsewhere(team: Team, horizon: Horizon, outputs: str | Path | None) -> tuple[Elsewhere, ...]:
    """What other teams' published rotas have the team's people do; no folder, no other teams."""
    from planner.files.published.other_teams import elsewhere

    ensure(outputs, (str, Path, type(None)), "the folder of outputs")
    beside = Path(team.folder).absolute().parent.parent / "outputs"
    return elsewhere(team, beside if outputs is None else Path(outputs), horizon)


def _asked(
    rota: Result | Rota,
    team: TeamOrFolder | None,
    quarter: str | None,
    from_: Day | None,
    weeks: int | None,
    history: Past,
    outputs: str | Path | None,
) -> tuple[Problem, Rota]:
    """The problem that a rota answers, or that it is asked to answer, and who holds what."""
    ensure(rota, (Result, Rota), "the rota")
    if isinstance(rota, Result):
        if not history and (team, quarter, from_, outputs) == (None, None, None, None):
            return rota.problem, rota.rota
        known = rota.team if team is None else _team(team)
        horizon, past = rota.horizon, history or rota
    elif team is None:
        raise UsageError("Say whose rota it is: give the team, or its folder.")
    else:
        known = _team(team)
        horizon, past = _weeks_of(rota, known), history
    if quarter is not None or from_ is not None:
        horizon = _horizon(known, quarter, from_, weeks)
    problem = _problem(known, horizon, past, outputs)
    if isinstance(rota, Result):
        problem = replace(problem, as_published=rota.problem.facts())
    return problem, _rota(rota)


def _weeks_of(rota: Rota, team: Team) -> Horizon:
    if not rota.weeks:
        raise UsageError("The rota is empty: say which weeks are meant.")
    first, last = rota.weeks[0], rota.weeks[-1]
    return weeks_from(first.first, first.until(last) + 1, team)


def _rota(rota: Result | Rota) -> Rota:
    return rota.rota if isinstance(rota, Result) else rota
