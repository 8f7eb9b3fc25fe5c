"""One per group: people of one home group never share a week in roles of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from planner.cells import Block, Condition, Facts, Formula, Workings, total, when
from planner.domain import DutyWeek, Rota
from planner.grouping import grouped
from planner.problem import Problem
from planner.rules.at_once import one_of
from planner.rules.base import Breach, Fact, Row, never_bent, of_holder

NAME = "one per group"
STATEMENT = (
    "Two engineers of one home group never share a week in roles of a kind that the team names."
)
SET_ASIDE = 20
WHOLE = False
ADDS_UP = False
bends = never_bent  # nothing but another team
beside = of_holder(" shares the week with somebody of the same group")


def rows(problem: Problem) -> Iterator[Row]:
    """One row a week, kind and group: at most one of all their seats; where one may hold several
    duties of a week, one for each set that one may not, each other duty and engineer."""
    for kind in problem.team.settings.one_per_group:
        for week, sets in zip(problem.weeks, one_of(problem, problem.weeks), strict=True):
            duties = duties_of_kind(problem, week, kind)
            for group, members in sorted(people_by_group(problem, week).items()):
                if len(members) < 2 or len(duties) < 2:
                    continue
                fact = Fact(NAME, week, detail=f"{group}|{kind}")
                if len(sets) == 1:
                    terms = tuple((1, (d, e)) for d in duties for e in members)
                    yield Row(fact, terms, most=1)
                    continue
                for own, other, e in product(sets, duties, members):
                    seats = [(d, e) for d in own if d in duties]
                    seats += [(other, one) for one in members if one != e]
                    yield Row(fact, tuple((1, seat) for seat in seats), most=1)


def people_by_group(problem: Problem, week: DutyWeek) -> dict[str, list[int]]:
    """The people of each home group in a week, by their indices."""
    people = enumerate(problem.people_in(week))
    return grouped((engineer.group, e) for e, engineer in people if engineer.group)


def duties_of_kind(problem: Problem, week: DutyWeek, kind: str) -> list[int]:
    """The duties of a week in roles of a kind, by their indices."""
    duties = problem.duties_in(week)
    return [d for d in duties if problem.team.role_of(problem.duties[d]).kind == kind]


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Weeks in which two people of one group hold roles of one kind."""
    for kind in problem.team.settings.one_per_group:
        for week in problem.weeks:
            home = {e.name: e.at(week).group for e in problem.engineers}
            together: dict[str, set[str]] = {}
            for duty in problem.duties:
                holder = rota.holder(duty) if duty.week == week else None
                if holder and home.get(holder) and problem.team.role_of(duty).kind == kind:
                    together.setdefault(home[holder], set()).add(holder)
            for group, names in sorted(together.items()):
                if len(names) > 1:
                    listed = " and ".join(sorted(names))
                    message = f"{week}: {listed}, both of {group}, share {kind} roles"
                    yield Breach(NAME, week, sorted(names)[0], message)


def say(problem: Problem, fact: Fact) -> str:
    """Which group may send only one."""
    group, kind = fact.detail.split("|")
    return f"{fact.week}: only one of {group} may hold a role of kind {kind}"


def can_be_broken(problem: Problem) -> bool:
    """Where the team names a kind."""
    return bool(problem.team.settings.one_per_group)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """1 at the first seat of a group that shares the week, −1 at the others."""
    kind, runs = work.facts.seats[s][1].kind, work.facts.runs[w]
    if kind not in work.facts.settings.one_per_group or not runs[s]:
        return None
    alike = [t for t, (_, role) in enumerate(work.facts.seats) if role.kind == kind and runs[t]]
    others = [t for t in alike if t != s]
    if not others:
        return None
    me, own = work.number(w, s), group_of(work, w, s)

    def same(t: int) -> Condition:
        return group_of(work, w, t).is_(own)

    shared = total(same(t) & work.number(w, t).is_not(me) for t in others)
    earlier = total(same(t) for t in others if t < s)
    return when(own.is_(0), 0, when(shared.is_(0), 0, when(earlier.is_(0), 1, -1)))


def group_of(work: Workings, w: int, s: int) -> Formula:
    """The number of the home group of whoever holds a duty; 0 for nobody and for none."""
    block = work.by_week("group", work.seats, _fill_groups)
    return Formula(block.at(w, s), work.value(block, w, s))


def _fill_groups(work: Workings, block: Block) -> None:
    known: dict[tuple[int, ...], str] = {}
    for w in range(-1, work.weeks):
        groups = _groups(work.facts, w)
        name = known.setdefault(groups, f"group since {w + 1}" if known else "group")
        for s in range(work.seats):
            me = work.number(w, s)
            own = partial(_groups, w=w)
            work.put(block, w, s, when(me.is_(0), 0, work.of(me, name, own)))


def _groups(facts: Facts, w: int) -> tuple[int, ...]:
    """The number of each engineer's home group in a week, by the number of the week."""
    people = facts.problem.engineers
    names = sorted({stage.group for one in people for stage in one.all_stages if stage.group})
    now = facts.problem.people_in(facts.problem.weeks[0].later(w))
    return tuple(names.index(one.group) + 1 if one.group else 0 for one in now)
