"""Back-to-back: nobody is on call two weeks running, unless an agreed swap makes it so.

A team may permit it (“off”), or set how many weeks running are the most: :mod:`.weeks_running`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from itertools import product

from planner.cells import Facts, Formula, Workings, count, joined, total, when
from planner.domain import Duty, DutyWeek, Rota, Seat, Swap
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import weeks_running
from planner.rules.at_once import Sets, one_of
from planner.rules.base import Breach, Fact, Row, Said, Step

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
    places = {strand: _places(problem, strand) for strand in strands}
    first = problem.weeks[0].later(-1)
    for e, engineer in enumerate(problem.engineers):
        for n, following in enumerate(problem.weeks):
            week = problem.weeks[n - 1] if n else first
            if problem.swapped and _swapped(problem, engineer.name, week, following):
                continue
            for strand in strands:
                before = places[strand][n - 1] if n else ()
                if not n and _held(problem, engineer.name, week, strand):
                    before = ((),)
                for earlier, later in product(before, places[strand][n]):
                    duty = problem.duties[later[0]] if strand else None
                    terms = tuple([(1, (d, e)) for d in earlier + later])
                    yield Row(Fact(NAME, following, engineer.name, duty), terms, most=int(n > 0))


def _swapped(problem: Problem, name: str, *weeks: DutyWeek) -> bool:
    """Whether an agreed swap gave the engineer a duty in one of the weeks."""
    return any((name, week) in problem.swapped for week in weeks)


def _places(problem: Problem, strand: Seat | None) -> list[Sets]:
    """For each week, the indices of its duties in a role of a rotation; or of all of them, set by
    set."""
    if strand is None:
        return one_of(problem, problem.weeks)
    places = [
        tuple(d for d in problem.duties_in(week) if _in(problem, problem.duties[d], strand))
        for week in problem.weeks
    ]
    return [(own,) if own else () for own in places]


def _in(problem: Problem, duty: Duty, strand: Seat | None) -> bool:
    return strand is None or problem.team.strand(duty.seat) == strand


def _held(problem: Problem, name: str, week: DutyWeek, strand: Seat | None) -> bool:
    """Whether history has the engineer on duty in that week before the first planned one."""
    if week in problem.weeks:
        return False
    duties = problem.history.duties_of(name)
    return any(duty.week == week and _in(problem, duty, strand) for duty in duties)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Pairs of duties in neighbouring weeks with one holder and no agreed swap behind them; and
    duties with which somebody's weeks running are too many."""
    if problem.team.settings.back_to_back != "off":
        yield from _breaches_of_pairs(problem, rota)
    most = problem.team.settings.most_running
    for name, duty, excused in weeks_running.too_long(problem, rota):
        if not excused:
            message = f"{duty.week}: {name} is on duty in more weeks running than {most}"
            yield Breach(NAME, duty.week, name, message, duty)


def _breaches_of_pairs(problem: Problem, rota: Rota) -> Iterator[Breach]:
    for engineer in problem.engineers:
        name = engineer.name
        duties = problem.history.duties_of(name) + rota.duties_of(name)
        for earlier, later in _neighbours(duties):
            same = problem.team.strand(earlier.seat) == problem.team.strand(later.seat)
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
    """(engineer, later duty) of duties in weeks running that only an agreed swap permits."""
    if problem.team.settings.back_to_back != "off":
        yield from _agreed_pairs(problem, rota)
    for name, duty, excused in weeks_running.too_long(problem, rota):
        if excused:
            yield name, duty


def _agreed_pairs(problem: Problem, rota: Rota) -> Iterator[tuple[str, Duty]]:
    any_role = problem.team.settings.back_to_back == "any role"
    for engineer in problem.engineers:
        duties = problem.history.duties_of(engineer.name) + rota.duties_of(engineer.name)
        for earlier, later in _neighbours(duties):
            same = problem.team.strand(earlier.seat) == problem.team.strand(later.seat)
            agreed = _agreed(problem, engineer.name, later.week)
            if (same or any_role) and agreed and later.week in problem.weeks:
                yield engineer.name, later


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


@dataclass(frozen=True, slots=True)
class AgreeToRun(Step):
    """One agreed exception: an agreed swap puts the engineer on ``duty``. Where any role counts,
    which one it is follows from the rota, and so does who holds the seats that are ``alike``."""

    engineer: str
    week: DutyWeek
    duty: Duty | None
    running: str = "two"
    beside: tuple[str | None, ...] = field(default=(), compare=False)

    kind = "two weeks running"

    def cost(self, problem: Problem) -> int:
        return 3

    def taken(self, problem: Problem, rota: Rota) -> Step | None:
        """A search cut short may give such leave for nothing."""
        duties = [problem.duties[d] for d in problem.duties_in(self.week)]
        held = [duty for duty in duties if rota.holder(duty) == self.engineer]
        alike = problem.team.alike(self.duty) if self.duty else held
        fitting = [duty for duty in held if duty in alike]
        if not held:
            return None
        duty = (fitting or held)[0]
        beside = [rota.holder(each) for each in problem.team.alike(duty) if each != duty]
        return replace(self, duty=duty, beside=tuple(beside))

    def applied(self, problem: Problem) -> Problem:
        assert self.duty is not None
        rotation = problem.team.rotation(self.duty.rotation)
        turn = problem.turn(rotation, rotation.role(self.duty.role), self.duty.week)
        others = [n for n in (turn, *rotation.cycle) if n not in (self.engineer, *self.beside)]
        if not others:  # whoever could give it away sits beside it: no swap says so
            return problem
        week, role = self.duty.week, self.duty.role
        swap = Swap(others[0], week, self.engineer, None, rotation.name, role, agreed=True)
        return replace(problem, team=replace(problem.team, swaps=(*problem.team.swaps, swap)))

    def said(self, problem: Problem, rota: Rota) -> Said:
        assert self.duty is not None
        what = f"{self.duty.role} of {self.duty.rotation} in {self.duty.week}"
        about = f"{self.engineer} agrees to be on call {self.running} weeks running, as "
        return about, what, " (an agreed swap in swaps.csv)"


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
    if any_role:
        near = count(work.numbers(w - 1), me)
    else:
        near = total(me.is_(work.number(w - 1, t)) for t in seats)
    if w == 0 and (any_role or len(seats) > 1):
        name = "former" if strand is None else f"former {problem.team.title(strand)}"
        near += work.of(me, name, partial(_former, strand))
    for name in _excused(problem, problem.weeks[w]):
        near *= me.is_not(work.facts.number(name))
    return when(me.is_(0), 0, near)


def _excused(problem: Problem, week: DutyWeek) -> list[str]:
    """Whom an agreed swap gave a duty in the week or the one before."""
    weeks = (week, week.later(-1))
    found = sorted((when, name) for name, when in problem.swapped if when in weeks)
    return list(dict.fromkeys(name for _, name in found))


def _former(strand: Seat | None, facts: Facts) -> Sequence[int]:
    """Duties of the week before the first, in that role if one is named, in seats that the team no
    longer has."""
    problem = facts.problem
    before, seats = problem.weeks[0].later(-1), set(problem.team.seats)
    return [
        sum(
            duty.week == before and duty.seat not in seats and _in(problem, duty, strand)
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
