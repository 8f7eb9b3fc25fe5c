"""One per group: people of one home group never share a week in roles of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row

NAME = "one per group"
STATEMENT = (
    "Two engineers of one home group never share a week in roles of a kind that the team names."
)


def rows(problem: Problem) -> Iterator[Row]:
    """One row a week, kind and group: at most one of all their seats."""
    groups: dict[str, list[int]] = {}
    for e, engineer in enumerate(problem.engineers):
        if engineer.group:
            groups.setdefault(engineer.group, []).append(e)
    for kind in problem.team.settings.one_per_group:
        for week in problem.weeks:
            duties = [
                d
                for d in problem.duties_in(week)
                if problem.team.role_of(problem.duties[d]).kind == kind
            ]
            for group, members in sorted(groups.items()):
                if len(members) > 1 and len(duties) > 1:
                    terms = tuple((1, (d, e)) for d in duties for e in members)
                    yield Row(Fact(NAME, week, detail=f"{group}|{kind}"), terms, most=1)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Weeks in which two people of one group hold roles of one kind."""
    home = {engineer.name: engineer.group for engineer in problem.engineers}
    for kind in problem.team.settings.one_per_group:
        for week in problem.weeks:
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
