"""Back-to-back: nobody is on call two weeks running, unless an agreed swap makes it so.

A team may permit it (“off”), or set how many weeks running are the most: :mod:`.weeks_running`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.cells import Facts, Formula, Workings, count, joined, lift, when
from planner.domain import Duty, DutyWeek, Rota, Swap
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import weeks_running
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

Stream = tuple[str, str]
"""A rotation and one of its roles, by name."""


def rows(problem: Problem) -> Iterator[Row]:
    """What two neighbouring weeks leave, and what longer runs of weeks do."""
    if problem.team.settings.back_to_back != "off":
        yield from _rows_of_pairs(problem)
    for e, week, terms, most in weeks_running.windows(problem):
        name = problem.engineers[e].name
        yield Row(Fact(NAME, week, name, detail=weeks_running.DETAIL), terms, most=most)


def _rows_of_pairs(problem: Problem) -> Iterator[Row]:
    """One row for two neighbouring weeks, an engineer and, unless any role counts, a role."""
    any_role = problem.team.settings.back_to_back == "any role"
    streams = [None] if any_role else [*problem.team.seats]
    places = {stream: _places(problem, stream) for stream in streams}
    before = problem.weeks[0].later(-1)
    for e, engineer in enumerate(problem.engineers):
        for n, following in enumerate(problem.weeks):
            week = problem.weeks[n - 1] if n else before
            if problem.swapped and _swapped(problem, engineer.name, week, following):
                continue
            for stream in streams:
                later = places[stream][n]
                earlier = places[stream][n - 1] if n else ()
                if not later or not (earlier or _held(problem, engineer.name, week, stream)):
                    continue
                duty = problem.duties[later[0]] if stream else None
                terms = tuple([(1, (d, e)) for d in earlier + later])
                yield Row(Fact(NAME, following, engineer.name, duty), terms, most=int(n > 0))


def _swapped(problem: Problem, name: str, *weeks: DutyWeek) -> bool:
    """Whether an agreed swap gave the engineer a duty in one of the weeks."""
    return any((name, week) in problem.swapped for week in weeks)


def _places(problem: Problem, stream: Stream | None) -> list[tuple[int, ...]]:
    """For each week, the indices of its duties in a role of a rotation, or of all of them."""
    return [
        tuple(d for d in problem.duties_in(week) if _in(problem.duties[d], stream))
        for week in problem.weeks
    ]


def _in(duty: Duty, stream: Stream | None) -> bool:
    return stream is None or duty.seat == stream


def _held(problem: Problem, name: str, week: DutyWeek, stream: Stream | None) -> bool:
    """Whether history has the engineer on duty in that week before the first planned one."""
    if week in problem.weeks:
        return False
    duties = problem.history.duties_of(name)
    return any(duty.week == week and _in(duty, stream) for duty in duties)


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
            same = earlier.seat == later.seat
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
            same = earlier.seat == later.seat
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
    role = f"{fact.duty.role} of {fact.duty.rotation}" if fact.duty else "on call"
    past = before not in problem.weeks or before in problem.settled.weeks
    if past:
        return f"{fact.week}: {fact.engineer} was {role} in {before}"
    return f"{fact.engineer} cannot be {role} in both {before} and {fact.week}"


@dataclass(frozen=True, slots=True)
class AgreeToRun(Step):
    """One agreed exception: an agreed swap puts the engineer on ``duty``. Where any role counts,
    which one it is follows from the rota."""

    engineer: str
    week: DutyWeek
    duty: Duty | None
    running: str = "two"

    kind = "two weeks running"

    def cost(self, problem: Problem) -> int:
        return 3

    def taken(self, problem: Problem, rota: Rota) -> Step | None:
        """A search cut short may give such leave for nothing."""
        duties = [problem.duties[d] for d in problem.duties_in(self.week)]
        held = [duty for duty in duties if rota.holder(duty) == self.engineer]
        fitting = [duty for duty in held if self.duty in (None, duty)]
        return replace(self, duty=(fitting or held)[0]) if held else None

    def applied(self, problem: Problem) -> Problem:
        assert self.duty is not None
        rotation = problem.team.rotation(self.duty.rotation)
        turn = problem.turn(rotation, rotation.role(self.duty.role), self.duty.week)
        others = [name for name in (turn, *rotation.cycle) if name != self.engineer]
        giver = others[0] if others else self.engineer
        week, role = self.duty.week, self.duty.role
        swap = Swap(giver, week, self.engineer, None, rotation.name, role, agreed=True)
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
    if problem.team.settings.back_to_back == "any role":
        near = count(work.numbers(w - 1), me)
        near += work.of(me, "former", _former) if w == 0 else 0
    else:
        near = lift(me.is_(work.number(w - 1, s)))
    for name in _excused(problem, problem.weeks[w]):
        near *= me.is_not(work.facts.number(name))
    return when(me.is_(0), 0, near)


def _excused(problem: Problem, week: DutyWeek) -> list[str]:
    """Whom an agreed swap gave a duty in the week or the one before."""
    weeks = (week, week.later(-1))
    found = sorted((when, name) for name, when in problem.swapped if when in weeks)
    return list(dict.fromkeys(name for _, name in found))


def _former(facts: Facts) -> Sequence[int]:
    """Duties of the week before the first in seats that the team no longer has."""
    before = facts.problem.weeks[0].later(-1)
    seats = {(rotation.name, role.name) for rotation, role in facts.seats}
    return [
        sum(
            duty.week == before and (duty.rotation, duty.role) not in seats
            for duty in facts.problem.history.duties_of(engineer.name)
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
