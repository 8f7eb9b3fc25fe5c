"""Other teams: nobody holds a duty in a week in which another team has them on duty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.cells import Facts, Formula, Workings, when
from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, never_bent, of_holder

NAME = "other teams"
STATEMENT = (
    "With other_teams = “never”: nobody holds a duty in a week on any day of which a published "
    "rota of another team has them on duty."
)
SET_ASIDE = 75
WHOLE = False
ADDS_UP = False
bends = never_bent  # it is the other team that would have to change
beside = of_holder(" is on duty for another team")


def rows(problem: Problem) -> Iterator[Row]:
    """One row an engineer, other team and week: no seat in any duty of that week."""
    if not _asked(problem):
        return
    for week in problem.weeks:
        found: dict[tuple[str, str], list[int]] = {}
        for d in problem.duties_in(week):
            dates = problem.team.dates(problem.duties[d])
            for key in {(e.engineer, e.team): None for e in problem.elsewhere if e.on(dates)}:
                found.setdefault(key, []).append(d)
        for (name, team), duties in sorted(found.items()):
            seat = problem.engineer_index[name]
            terms = tuple((1, (d, seat)) for d in duties)
            yield Row(Fact(NAME, week, name, detail=team), terms, most=0)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Duties whose holder is on duty for another team in the same week."""
    if not _asked(problem):
        return
    for held in rota:
        if held.duty.week not in problem.weeks:
            continue
        dates = problem.team.dates(held.duty)
        teams: list[str] = []
        for other in problem.elsewhere:
            meets = any(day in dates for day in other.days)
            if other.engineer == held.engineer and meets and other.team not in teams:
                teams.append(other.team)
                message = f"{held.duty.week}: {other.engineer} is on duty for {other.team} as well"
                yield Breach(NAME, held.duty.week, other.engineer, message, held.duty)


def _asked(problem: Problem) -> bool:
    return problem.team.settings.other_teams == "never"


def say(problem: Problem, fact: Fact) -> str:
    """For which team they are on duty."""
    return f"{fact.week}: {fact.engineer} is on duty for {fact.detail}"


def can_be_broken(problem: Problem) -> bool:
    """Where the team asks for it and somebody is on duty elsewhere."""
    return _asked(problem) and any(
        other.on(problem.team.dates(duty)) for other in problem.elsewhere for duty in problem.duties
    )


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """For how many other teams the holder is on duty in the week."""
    duty, number = work.facts.duties[w][s], work.number(w, s)
    if not any(_teams(work.facts, duty)):
        return None

    def elsewhere(facts: Facts) -> Sequence[int]:
        return _teams(facts, duty)

    name = work.facts.named(f"other teams {w + 1}", work.facts.shape(s))
    return when(number.is_(0), 0, work.of(number, name, elsewhere))


def _teams(facts: Facts, duty: Duty) -> list[int]:
    """In how many other teams each engineer is on duty on a date of the duty."""
    dates = facts.problem.team.dates(duty)
    there = [other for other in facts.problem.elsewhere if other.on(dates)]
    return [
        len({other.team for other in there if other.engineer == engineer.name})
        for engineer in facts.engineers
    ]
