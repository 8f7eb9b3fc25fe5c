"""Group gap: people of one home group never follow each other from one week to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from planner.cells import Condition, Workings, total
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.at_once import one_of
from planner.rules.base import Assignment, Breach, Fact, Row, never_bent, of_holder
from planner.rules.one_per_group import duties_of_kind, group_of, people_by_group
from planner.wording import listed

NAME = "group gap"
STATEMENT = (
    "Two engineers of one home group never hold roles of a kind that the team names in adjacent "
    "weeks, also across the quarter's edge."
)
SET_ASIDE = 30
WHOLE = False
ADDS_UP = False
bends = never_bent  # nothing but another team
beside = of_holder(" follows somebody of the same group")


def rows(problem: Problem) -> Iterator[Row]:
    """One row a week, kind, duty of the week after and engineer: at most one seat of all these.

    The engineer has one seat at most in the earlier week (of each set, where one may hold several
    duties of a week), and so has the rest of the group in one duty of the later week. After a week
    of history, the seats of everybody else are barred.
    """
    for kind in problem.team.settings.group_gap:
        for week in problem.weeks:
            before, now = (people_by_group(problem, each) for each in (week.later(-1), week))
            for group in sorted(now):
                fact = Fact(NAME, week, detail=f"{group}|{kind}")
                yield from _rows(problem, fact, week, kind, before.get(group, []), now[group])


def _rows(
    problem: Problem, fact: Fact, week: DutyWeek, kind: str, members: list[int], now: list[int]
) -> Iterator[Row]:
    before = week.later(-1)
    earlier, later = (duties_of_kind(problem, each, kind) for each in (before, week))
    sets = one_of(problem, [before])[0]
    for e in members:
        others: list[list[Assignment]] = [
            [(d, other) for other in now if other != e] for d in later if now != [e]
        ]
        if earlier:
            for duties, seats in product(sets, others):
                own = tuple((1, (d, e)) for d in duties if d in earlier)
                yield Row(fact, own + tuple((1, seat) for seat in seats), most=1)
        elif _held_before(problem, problem.engineers[e].name, before, kind):
            for seats in others:
                yield Row(fact, tuple((1, seat) for seat in seats), most=0)


def _held_before(problem: Problem, name: str, week: DutyWeek, kind: str) -> bool:
    """Whether history gives the engineer a role of that kind, among those the team still has."""
    seats = {seat for seat, role in problem.team.roles.items() if role.kind == kind}
    duties = problem.history.duties_of(name)
    return any(duty.week == week and duty.seat in seats for duty in duties)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Duties whose holder follows somebody else of the same group."""
    kinds = {seat: role.kind for seat, role in problem.team.roles.items()}
    known = problem.history.joined_with(rota)
    by_week: dict[tuple[DutyWeek, str], list[tuple[Duty, str]]] = {}
    for held in known:
        kind = kinds.get(held.duty.seat, "")
        if held.engineer and kind in problem.team.settings.group_gap:
            by_week.setdefault((held.duty.week, kind), []).append((held.duty, held.engineer))
    for (week, kind), here in sorted(by_week.items()):
        past = by_week.get((week.later(-1), kind), [])
        home, then = _homes(problem, week), _homes(problem, week.later(-1))
        for duty, name in here if week in problem.weeks else ():
            group = home.get(name)
            followed = {other for _, other in past if other != name and then.get(other) == group}
            if group and followed:
                message = (
                    f"{week}: {name}, {duty.role}, follows {listed(sorted(followed))} in a role "
                    f"of kind {kind}, both of {group}"
                )
                yield Breach(NAME, week, name, message, duty)


def _homes(problem: Problem, week: DutyWeek) -> dict[str, str]:
    """Everybody's home group in a week."""
    return {engineer.name: engineer.at(week).group for engineer in problem.engineers}


def say(problem: Problem, fact: Fact) -> str:
    """Which group may not follow itself, and whom it would follow if that is past."""
    assert fact.week is not None
    group, kind = fact.detail.split("|")
    before = fact.week.later(-1)
    past = before not in problem.weeks or before in problem.settled.weeks
    if not past:
        follow = f"nobody of {group} may follow somebody else of {group}"
        return f"{fact.week}: {follow} in a role of kind {kind}"
    team = [name for name, home in _homes(problem, before).items() if home == group]
    held = problem.history.joined_with(problem.settled)
    seats = {seat for seat, role in problem.team.roles.items() if role.kind == kind}
    known = (
        name
        for name in team
        for duty in held.duties_of(name)
        if duty.week == before and duty.seat in seats
    )
    names = listed(list(dict.fromkeys(known)))
    follow = f"nobody else of {group} may follow {names}"
    return f"{fact.week}: {follow} in a role of kind {kind}"


def can_be_broken(problem: Problem) -> bool:
    """Where the team names a kind."""
    return bool(problem.team.settings.group_gap)


def flag(work: Workings, w: int, s: int) -> Condition | None:
    """1 at whoever follows somebody else of the same home group."""
    kind = work.facts.seats[s][1].kind
    if kind not in work.facts.settings.group_gap:
        return None
    me, own = work.number(w, s), group_of(work, w, s)
    followed = total(
        group_of(work, w - 1, t).is_(own) & work.number(w - 1, t).is_not(me)
        for t, (_, role) in enumerate(work.facts.seats)
        if role.kind == kind
    )
    return own.over(0) & followed.over(0)
