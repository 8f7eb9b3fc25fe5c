"""Back-to-back: nobody is on call two weeks running, unless an agreed swap makes it so.

A team may permit it (“off”), or set how many weeks running are the most: :mod:`.weeks_running`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product

from planner.cells import Facts, Formula, Workings, count, joined, total, when
from planner.cells.references import runs
from planner.domain import Duty, DutyWeek, Rota, Seat
from planner.problem import Problem
from planner.rules import weeks_running
from planner.rules.agree_to_run import AgreeToRun
from planner.rules.at_once import Sets, one_of
from planner.rules.base import Breach, Fact, Row, Step

NAME = "back-to-back"
STATEMENT = (
    "Nobody holds the same role of the same rotation two weeks running (with “any role”: no duty "
    "at all; with “off”: both may be), nor a duty in more than most_running weeks running where it "
    "is set, also across the quarter's edge; agreed swaps may break it and are then marked."
)
SET_ASIDE = 10
WHOLE = False
ADDS_UP = False


def rows(problem: Problem) -> Iterator[Row]:
    """What two neighbouring weeks leave, and what longer runs of weeks do."""
    if problem.team.settings.back_to_back != "off":
        yield from _rows_of_pairs(problem)
    for e, week, terms, most in weeks_running.windows(problem):
        name = problem.engineers[e].name
        yield Row(Fact(NAME, week, name, detail=weeks_running.DETAIL), terms, most=most)


def _rows_of_pairs(problem: Problem) -> Iterator[Row]:
    """One row for two neighbouring weeks, an engineer and, unless any role counts, a role; where
    one may hold several duties of a week, for each choice of what one may not hold at once."""
    any_role = problem.team.settings.back_to_back == "any role"
    strands = [None] if any_role else [*problem.team.strands]
    groups = [
        [(strand, *group) for strand in strands for group in _groups(problem, following, strand)]
        for following in problem.weeks
    ]
    for e, engineer in enumerate(problem.engineers):
        for n, following in enumerate(problem.weeks):
            week = following.later(-1)
            if (
                problem.swapped
                and {(engineer.name, w) for w in (week, following)} & problem.swapped
            ):
                continue
            for strand, earlier, later in groups[n]:
                duty = problem.duties[later[0]]
                if not earlier and (n or not _held(problem, engineer.name, duty, strand)):
                    continue
                terms = tuple([(1, (d, e)) for d in earlier + later])
                fact = Fact(NAME, following, engineer.name, duty if strand else None)
                yield Row(fact, terms, most=int(n > 0))


def _groups(
    problem: Problem, week: DutyWeek, strand: Seat | None
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Of a role of a rotation, or of all: duties of the week before, and of this one, of which
    nobody holds two, by their indices; those in which a turn goes on stand apart."""
    one, duties = problem.stints.one, problem.duties
    before = _places(problem, week.later(-1), strand) or ((),)
    for earlier, now in product(before, _places(problem, week, strand)):
        found: dict[Seat | None, list[int]] = {}
        for d in now:
            goes_on = one(duties[d].later(-1), duties[d])
            turn = problem.team.strand(duties[d].seat) if goes_on else None
            found.setdefault(turn, []).append(d)
        for later in found.values():
            apart = (d for d in earlier if not one(duties[d], duties[later[0]]))
            yield tuple(apart), tuple(later)


def _places(problem: Problem, week: DutyWeek, strand: Seat | None) -> Sets:
    """Indices of a week's duties in a role of a rotation; or of all of them, set by set."""
    if strand is None:
        return one_of(problem, [week])[0]
    own = tuple(d for d in problem.duties_in(week) if _in(problem, problem.duties[d], strand))
    return (own,) if own else ()


def _in(problem: Problem, duty: Duty, strand: Seat | None) -> bool:
    return strand is None or problem.team.strand(duty.seat) == strand


def _held(problem: Problem, name: str, duty: Duty, strand: Seat | None) -> bool:
    """Whether history has the engineer on duty in the week before, and in another turn."""
    return any(
        each.week == duty.week.later(-1)
        and _in(problem, each, strand)
        and not problem.stints.one(each, duty)
        for each in problem.history.duties_of(name)
    )


def _counts(problem: Problem, earlier: Duty, later: Duty) -> bool:
    """Whether nobody may hold both of these duties of neighbouring weeks."""
    same = problem.team.strand(earlier.seat) == problem.team.strand(later.seat)
    any_role = problem.team.settings.back_to_back == "any role"
    return (same or any_role) and not problem.stints.one(earlier, later)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Pairs of duties in neighbouring weeks with one holder and no agreed swap behind them; and
    duties with which somebody's weeks running are too many."""
    for name, earlier, later in _pairs(problem, rota):
        if not _agreed(problem, name, later.week):
            message = (
                f"{later.week}: {name}, {later.role} of {later.rotation}, was already "
                f"{earlier.role} in {earlier.week}"
            )
            yield Breach(NAME, later.week, name, message, later)
    most = problem.team.settings.most_running
    for name, duty, excused in weeks_running.too_long(problem, rota):
        if not excused:
            message = f"{duty.week}: {name} is on duty in more weeks running than {most}"
            yield Breach(NAME, duty.week, name, message, duty)


def _pairs(problem: Problem, rota: Rota) -> Iterator[tuple[str, Duty, Duty]]:
    """Everybody's two duties of neighbouring weeks that are too near, the later one planned."""
    if problem.team.settings.back_to_back == "off":
        return
    for engineer in problem.engineers:
        duties = problem.history.duties_of(engineer.name) + rota.duties_of(engineer.name)
        for earlier, later in _neighbours(duties):
            if later.week in problem.weeks and _counts(problem, earlier, later):
                yield engineer.name, earlier, later


def _neighbours(duties: tuple[Duty, ...]) -> Iterator[tuple[Duty, Duty]]:
    for earlier in duties:
        for later in duties:
            if (later.week.first - earlier.week.first).days == 7:
                yield earlier, later


def _agreed(problem: Problem, name: str, week: DutyWeek) -> bool:
    return (name, week) in problem.swapped or (name, week.later(-1)) in problem.swapped


def agreed_exceptions(problem: Problem, rota: Rota) -> Iterator[tuple[str, Duty]]:
    """(engineer, later duty) of duties in weeks running that only an agreed swap permits."""
    for name, _, later in _pairs(problem, rota):
        if _agreed(problem, name, later.week):
            yield name, later
    for name, duty, excused in weeks_running.too_long(problem, rota):
        if excused:
            yield name, duty


def say(problem: Problem, fact: Fact) -> str:
    """Who would be on call two weeks running."""
    assert fact.week is not None
    before = fact.week.later(-1)
    if fact.detail == weeks_running.DETAIL:
        most = problem.team.settings.most_running or 0
        first = fact.week.later(-most)
        return (
            f"{fact.engineer} cannot be on call in each of the {most + 1} weeks from {first} to "
            f"{fact.week} (most_running in team.toml)"
        )
    role = "on call"
    if fact.duty is not None:
        role = f"{problem.team.role_of(fact.duty).shared} of {fact.duty.rotation}"
    past = before not in problem.weeks or before in problem.settled.weeks
    if past:
        return f"{fact.week}: {fact.engineer} was {role} in {before}"
    return f"{fact.engineer} cannot be {role} in both {before} and {fact.week}"


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """People may agree to it."""
    if row.fact.week is not None:
        step = AgreeToRun(row.fact.engineer, row.fact.week, row.fact.duty)
        most = problem.team.settings.most_running
        longer = row.fact.detail == weeks_running.DETAIL and most is not None
        yield replace(step, running=str(most + 1)) if longer and most else step


def can_be_broken(problem: Problem) -> bool:
    """By every team that does not permit it without an end."""
    settings = problem.team.settings
    return settings.back_to_back != "off" or settings.most_running is not None


def flag(work: Workings, w: int, s: int) -> Formula:
    """How many duties of the week before are too near, but for agreed swaps; and 1 more where too
    many weeks run on."""
    settings = work.facts.settings
    longer = weeks_running.flag(work, w, s)
    if settings.back_to_back == "off":
        return longer
    near = _near(work, w, s)
    return near if settings.most_running is None else near + longer


def _near(work: Workings, w: int, s: int) -> Formula:
    me, problem = work.number(w, s), work.facts.problem
    any_role = problem.team.settings.back_to_back == "any role"
    strand = None if any_role else problem.team.strand(problem.team.seats[s])
    seats = work.facts.strand(s)
    duty = work.facts.duties[w][s]
    goes_on = problem.stints.one(duty.later(-1), duty)
    if any_role:
        others = [t for t in range(work.seats) if not (goes_on and t in seats)]
        near = total(count(work.numbers(w - 1, first, last), me) for first, last in runs(others))
    else:
        near = total(me.is_(work.number(w - 1, t)) for t in seats if not goes_on)
    if w == 0 and (any_role or (len(seats) > 1 and not goes_on)):
        name = "former" if strand is None else f"former {problem.team.title(strand)}"
        name += f" before {problem.team.title(duty.seat)}" if goes_on else ""
        near += work.of(me, name, partial(_former, strand, duty))
    for name in _excused(problem, problem.weeks[w]):
        near *= me.is_not(work.facts.number(name))
    return when(me.is_(0), 0, near)


def _excused(problem: Problem, week: DutyWeek) -> list[str]:
    """Whom an agreed swap gave a duty in the week or the one before."""
    weeks = (week, week.later(-1))
    found = sorted((when, name) for name, when in problem.swapped if when in weeks)
    return list(dict.fromkeys(name for _, name in found))


def _former(strand: Seat | None, later: Duty, facts: Facts) -> Sequence[int]:
    """Duties of the week before the first, in that role if one is named, in seats that the team no
    longer has; but for those of the turn of a later duty."""
    problem = facts.problem
    before, seats = problem.weeks[0].later(-1), set(problem.team.seats)
    return [
        sum(
            duty.week == before
            and duty.seat not in seats
            and _in(problem, duty, strand)
            and not problem.stints.one(duty, later)
            for duty in problem.history.duties_of(engineer.name)
        )
        for engineer in facts.engineers
    ]


def beside(work: Workings, w: int, s: int) -> Formula:
    """Who has no week off."""
    settings = work.facts.settings
    running = "two"
    if settings.most_running is not None:
        running = f"over {settings.most_running}" if settings.back_to_back == "off" else "too many"
    return joined(work.holder(w, s), f", {running} weeks running")
