"""Back-to-back: nobody is on call two weeks running, unless an agreed swap makes it so."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, Seat, Terms

NAME = "back-to-back"
STATEMENT = (
    "Nobody holds the same role of the same rotation two weeks running (with “any role”: no duty "
    "at all), also across the quarter's edge; agreed swaps may break it and are then marked."
)


def rows(problem: Problem) -> Iterator[Row]:
    """One row for two neighbouring weeks, an engineer and, unless any role counts, a role."""
    any_role = problem.team.settings.back_to_back == "any role"
    seats = [None] if any_role else [(r.name, role.name) for r, role in problem.seats]
    before = problem.weeks[0].later(-1)
    for e, engineer in enumerate(problem.engineers):
        for week in (before, *problem.weeks[:-1]):
            following = week.later(1)
            if {(engineer.name, week), (engineer.name, following)} & problem.swapped:
                continue
            for seat in seats:
                row = _row(problem, e, week, following, seat)
                if row is not None:
                    yield row


def _row(
    problem: Problem,
    e: int,
    week: DutyWeek,
    following: DutyWeek,
    seat: tuple[str, str] | None,
) -> Row | None:
    name = problem.engineers[e].name
    later = _taken(problem, following, e, seat)
    fact = Fact(NAME, following, name, Duty(following, *seat) if seat else None)
    if week in problem.weeks:
        earlier = _taken(problem, week, e, seat)
        return Row(fact, earlier + later, most=1) if earlier and later else None
    held_before = any(
        duty.week == week and (seat is None or (duty.rotation, duty.role) == seat)
        for duty in problem.history.duties_of(name)
    )
    return Row(fact, later, most=0) if held_before and later else None


def _taken(problem: Problem, week: DutyWeek, e: int, seat: tuple[str, str] | None) -> Terms:
    def counts(duty: Duty) -> bool:
        return seat is None or (duty.rotation, duty.role) == seat

    taken: list[Seat] = [(d, e) for d in problem.duties_in(week) if counts(problem.duties[d])]
    return tuple((1, place) for place in taken)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Pairs of duties in neighbouring weeks with one holder and no agreed swap behind them."""
    for engineer in problem.engineers:
        name = engineer.name
        duties = problem.history.duties_of(name) + rota.duties_of(name)
        for earlier, later in _neighbours(duties):
            same = (earlier.rotation, earlier.role) == (later.rotation, later.role)
            counts = same or problem.team.settings.back_to_back == "any role"
            if counts and later.week in problem.weeks and not _agreed(problem, name, later.week):
                message = (
                    f"{later.week}: {name}, {later.role} of {later.rotation}, was already "
                    f"{earlier.role} in {earlier.week}"
                )
                yield Breach(NAME, later.week, name, message, later)


def _neighbours(duties: tuple[Duty, ...]) -> Iterator[tuple[Duty, Duty]]:
    for earlier in duties:
        for later in duties:
            if (later.week.first - earlier.week.first).days == 7:
                yield earlier, later


def _agreed(problem: Problem, name: str, week: DutyWeek) -> bool:
    return (name, week) in problem.swapped or (name, week.later(-1)) in problem.swapped


def agreed_exceptions(problem: Problem, rota: Rota) -> Iterator[tuple[str, Duty]]:
    """(engineer, later duty) of neighbouring duties that only an agreed swap permits."""
    any_role = problem.team.settings.back_to_back == "any role"
    for engineer in problem.engineers:
        duties = problem.history.duties_of(engineer.name) + rota.duties_of(engineer.name)
        for earlier, later in _neighbours(duties):
            same = (earlier.rotation, earlier.role) == (later.rotation, later.role)
            agreed = _agreed(problem, engineer.name, later.week)
            if (same or any_role) and agreed and later.week in problem.weeks:
                yield engineer.name, later


def say(problem: Problem, fact: Fact) -> str:
    """Who would be on call two weeks running."""
    assert fact.week is not None
    before = fact.week.later(-1)
    role = f"{fact.duty.role} of {fact.duty.rotation}" if fact.duty else "on call"
    past = before not in problem.weeks or before in problem.settled.weeks
    if past:
        return f"{fact.week}: {fact.engineer} was {role} in {before}"
    return f"{fact.engineer} cannot be {role} in both {before} and {fact.week}"
