"""Cycle: as near as possible to the order in which the team takes turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.text import squeezed
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.base import AnyOf, Linear

NAME = "cycle"
STATEMENT = (
    "The fewest duties that depart from the team's cycle; then, of the duties whose cycle holder "
    "is away, the most held by the cycle holder of the following (“next”) or preceding "
    "(“previous”) week, as an exchange of the two weeks."
)
MEANS = (
    "Duties that somebody else than the cycle's next holds; then absences that are not made "
    "up for by exchanging neighbouring weeks."
)


def parts(problem: Problem) -> Sequence[str]:
    """Departures; then, if the team says with whom to exchange, the exchanges missed."""
    if problem.team.settings.cover == "anyone":
        return ("departures from the cycle",)
    direction = "following" if problem.team.settings.cover == "next" else "preceding"
    return (
        "departures from the cycle",
        f"absences not exchanged with the {direction} week",
    )


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear | AnyOf]:
    """Departures: one less each cycle holder's seat. Exchanges: one unless both seats are taken."""
    for d, duty in enumerate(problem.duties):
        turn = _turn(problem, duty)
        if part == 0:
            yield Linear(((-1, (d, problem.engineer_index[turn])),), base=1)
        elif problem.team.away_on(turn, duty):
            other = _exchange(problem, duty)
            if other is None:
                yield Linear((), base=1)
            else:
                there = problem.duty_index[other]
                stand_in = problem.engineer_index[_turn(problem, other)]
                seats = ((d, stand_in), (there, problem.engineer_index[turn]))
                yield AnyOf(tuple(((seat, False),) for seat in seats))


def _turn(problem: Problem, duty: Duty) -> str:
    rotation = problem.team.rotation(duty.rotation)
    return problem.turn(rotation, rotation.role(duty.role), duty.week)


def _exchange(problem: Problem, duty: Duty) -> Duty | None:
    """The duty of the neighbouring week with which an absence is exchanged by preference."""
    step = 1 if problem.team.settings.cover == "next" else -1
    other = duty.later(step)
    if other not in problem.duty_index or _turn(problem, other) == _turn(problem, duty):
        return None
    return other


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count departures, and absences that were not exchanged as the team prefers."""
    departures = missed = 0
    for duty in problem.duties:
        turn = _turn(problem, duty)
        departures += rota.holder(duty) != turn
        if any(v.touches(problem.team.dates(duty)) for v in problem.team.vacations_of(turn)):
            other = _exchange(problem, duty)
            missed += other is None or not (
                rota.holder(duty) == _turn(problem, other) and rota.holder(other) == turn
            )
    both = (Fraction(departures), Fraction(missed))
    return both[: len(parts(problem))]


def live(work: Workings, part: int) -> str:
    """Departures from the cycle; then absences not exchanged with the week next to them."""
    if part:
        return f"SUM({work.by_week('not exchanged', work.seats, _fill_missed).whole})"
    number, turn = work.by_week("number", work.seats), work.by_week("turn", work.seats, _fill_turn)
    return f"SUMPRODUCT(({turn.whole}>0)*({number.whole}<>{turn.whole}))"


def _fill_turn(work: Workings, turn: Block) -> None:
    """Whose turn each duty is."""
    for w, week in enumerate(work.facts.problem.weeks):
        for s in range(work.seats):
            runs = work.facts.runs[w][s]
            work.put(turn, w, s, _number_of_turn(work.facts, s, week) if runs else 0)


def _fill_missed(work: Workings, missed: Block) -> None:
    """Where whoever has the turn is away, whether the duty is not exchanged with the week that
    the team prefers."""
    step = 1 if work.facts.settings.cover == "next" else -1
    for w in range(work.weeks):
        for s in range(work.seats):
            if work.facts.runs[w][s]:
                work.put(missed, w, s, _not_exchanged(work, w, s, w + step))


def _number_of_turn(facts: Facts, s: int, week: DutyWeek) -> int:
    rotation, role = facts.seats[s]
    return facts.number(squeezed(facts.problem.turn(rotation, role, week)))


def _not_exchanged(work: Workings, w: int, s: int, other: int) -> Formula:
    """Of the week next to it, ``other``, the duty may not be planned, or not be an exchange."""
    facts, number = work.facts, work.by_week("number", work.seats)
    mine, weeks = _number_of_turn(facts, s, facts.problem.weeks[w]), range(work.weeks)
    shape = facts.shape(s)
    away = facts.away_by_shape[shape][w][mine - 1]
    cell = work.away_of(shape).at(mine - 1, w)
    theirs = 0
    if other in weeks and facts.runs[other][s]:
        theirs = _number_of_turn(facts, s, facts.problem.weeks[other])
    if theirs in (0, mine):
        return Formula(f"--({cell}>0)", int(away > 0))
    text = f"IF({cell}=0,0,1-({number.at(w, s)}={theirs})*({number.at(other, s)}={mine}))"
    exchanged = facts.held_by[w][s] == theirs and facts.held_by[other][s] == mine
    return Formula(text, int(away > 0 and not exchanged))
