"""Cycle: as near as possible to the order in which the team takes turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.text import squeezed
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.base import AnyOf, Assignment, Linear

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
    """Departures: one less each cycle holder's seat. Exchanges: one unless both seats are taken.

    Of seats that are alike, any will do.
    """
    for duty in problem.duties:
        turn, alike = _turn(problem, duty), problem.team.alike(duty)
        if part == 0 and duty == alike[0]:
            turns = dict.fromkeys(_turn(problem, each) for each in alike)
            seats = [seat for name in turns for seat in _seats(problem, name, duty)]
            yield Linear(tuple((-1, seat) for seat in seats), base=len(alike))
        elif part == 1 and problem.team.away_on(turn, duty):
            other = _exchange(problem, duty)
            if other is None:
                yield Linear((), base=1)
            else:
                here = _seats(problem, _turn(problem, other), duty)
                there = _seats(problem, turn, other)
                yield AnyOf(tuple(tuple((s, False) for s in seats) for seats in (here, there)))


def _seats(problem: Problem, name: str, duty: Duty) -> list[Assignment]:
    """The engineer in a duty, or in one that is alike."""
    e = problem.engineer_index[name]
    return [(problem.duty_index[each], e) for each in problem.team.alike(duty)]


def _turn(problem: Problem, duty: Duty) -> str:
    rotation = problem.team.rotation(duty.rotation)
    return problem.turn(rotation, rotation.role(duty.role), duty.week)


def _exchange(problem: Problem, duty: Duty) -> Duty | None:
    """The duty of the neighbouring turn with which an absence is exchanged by preference."""
    step = 1 if problem.team.settings.cover == "next" else -1
    other = duty.later(step * problem.stints.length(duty.rotation))
    if other not in problem.duty_index or _turn(problem, other) == _turn(problem, duty):
        return None
    return other


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count departures, and absences that were not exchanged as the team prefers."""
    departures = missed = 0
    for duty in problem.duties:
        turn, alike = _turn(problem, duty), problem.team.alike(duty)
        if duty == alike[0]:
            turns, holders = {_turn(problem, each) for each in alike}, _holders(problem, rota, duty)
            departures += len(alike) - len(turns & holders)
        if any(v.touches(problem.team.dates(duty)) for v in problem.team.vacations_of(turn)):
            other = _exchange(problem, duty)
            missed += other is None or not (
                _turn(problem, other) in _holders(problem, rota, duty)
                and turn in _holders(problem, rota, other)
            )
    both = (Fraction(departures), Fraction(missed))
    return both[: len(parts(problem))]


def _holders(problem: Problem, rota: Rota, duty: Duty) -> set[str | None]:
    """Who holds a duty, or one that is alike."""
    return {rota.holder(each) for each in problem.team.alike(duty)}


def live(work: Workings, part: int) -> str:
    """Departures from the cycle; then absences not exchanged with the week next to them."""
    if part:
        return f"SUM({work.by_week('not exchanged', work.seats, _fill_missed).whole})"
    number, turn = work.by_week("number", work.seats), work.by_week("turn", work.seats, _fill_turn)
    if work.roles < work.seats:
        return f"SUM({work.by_week('departs', work.seats, _fill_departs).whole})"
    return f"SUMPRODUCT(({turn.whole}>0)*({number.whole}<>{turn.whole}))"


def _fill_turn(work: Workings, turn: Block) -> None:
    """Whose turn each duty is."""
    for w, week in enumerate(work.facts.problem.weeks):
        for s in range(work.seats):
            runs = work.facts.runs[w][s]
            work.put(turn, w, s, _number_of_turn(work.facts, s, week) if runs else 0)


def _fill_departs(work: Workings, departs: Block) -> None:
    """Whether nobody among the holders of a role has that turn in it, or an earlier seat's turn is
    the same."""
    facts, turn = work.facts, work.by_week("turn", work.seats, _fill_turn)
    for seats in facts.strands:
        for w, s in product(range(work.weeks), seats):
            mine = work.value(turn, w, s)
            again = any(work.value(turn, w, t) == mine for t in seats if t < s)
            text, held = _held(work, w, s, turn.at(w, s), mine)
            said: Formula | int = Formula(f"1-{text}", 1 - int(held))
            work.put(departs, w, s, 0 if not mine else 1 if again else said)


def _held(work: Workings, w: int, s: int, number: str, value: object) -> tuple[str, bool]:
    """Whether an engineer holds a duty, or one that is alike: a factor of a formula."""
    cells, seats = work.by_week("number", work.seats), work.facts.strand(s)
    each = "+".join(f"({cells.at(w, t)}={number})" for t in seats)
    held = any(work.facts.held_by[w][t] == value for t in seats)
    return each if len(seats) == 1 else f"({each}>0)", held


def _fill_missed(work: Workings, missed: Block) -> None:
    """Where whoever has the turn is away, whether the duty is not exchanged with the week that
    the team prefers."""
    step = 1 if work.facts.settings.cover == "next" else -1
    for w in range(work.weeks):
        for s in range(work.seats):
            if work.facts.runs[w][s]:
                turn = work.facts.seats[s][0].turn
                work.put(missed, w, s, _not_exchanged(work, w, s, w + step * turn))


def _number_of_turn(facts: Facts, s: int, week: DutyWeek) -> int:
    rotation, role = facts.seats[s]
    return facts.number(squeezed(facts.problem.turn(rotation, role, week)))


def _not_exchanged(work: Workings, w: int, s: int, other: int) -> Formula:
    """Of the week next to it, ``other``, the duty may not be planned, or not be an exchange."""
    facts = work.facts
    mine, weeks = _number_of_turn(facts, s, facts.problem.weeks[w]), range(work.weeks)
    shape = facts.shape(s)
    away = facts.away_by_shape[shape][w][mine - 1]
    cell = work.away_of(shape).at(mine - 1, w)
    theirs = 0
    if other in weeks and facts.runs[other][s]:
        theirs = _number_of_turn(facts, s, facts.problem.weeks[other])
    if theirs in (0, mine):
        return Formula(f"--({cell}>0)", int(away > 0))
    here, there = _held(work, w, s, str(theirs), theirs), _held(work, other, s, str(mine), mine)
    text = f"IF({cell}=0,0,1-{here[0]}*{there[0]})"
    return Formula(text, int(away > 0 and not (here[1] and there[1])))
