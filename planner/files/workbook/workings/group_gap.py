"""Flags of the rule “group gap”: 1 at whoever follows somebody else of the same home group."""

from __future__ import annotations

from planner.files.workbook.formulas import Formula
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import Workings

_GROUP = "group to keep apart"


def applies(facts: Facts) -> bool:
    """Whether the team names a kind."""
    return bool(facts.plan.problem.team.settings.group_gap)


def flag(work: Workings, w: int, s: int) -> Formula | None:
    """The week before the first is that of history."""
    facts = work.facts
    kind = facts.seats[s][1].kind
    if kind not in facts.plan.problem.team.settings.group_gap or not facts.runs[w][s]:
        return None
    alike = [t for t, (_, role) in enumerate(facts.seats) if role.kind == kind]
    number, own = _at(work, w, s), _group_of(work, _at(work, w, s))
    followed = "+".join(
        f"({_group_of(work, _at(work, w - 1, t))}={own})*({_at(work, w - 1, t)}<>{number})"
        for t in alike
    )
    before = facts.held_by[w - 1] if w else facts.held_before
    groups, held = [0, *_groups(facts)], facts.held_by[w][s]
    value = groups[held] > 0 and any(
        groups[before[t]] == groups[held] and before[t] != held for t in alike
    )
    return Formula(f"IF({own}=0,0,--({followed}>0))", int(value))


def _at(work: Workings, w: int, s: int) -> str:
    return work.by_week("number", work.seats).at(w, s)


def _group_of(work: Workings, number: str) -> str:
    """The home group of the engineer whose number is in a cell; 0 for nobody and for none."""
    if not work.has(f"person {_GROUP}"):
        work.put_column(work.by_person(_GROUP), 0, _groups(work.facts))
    return f"IF({number}=0,0,{work.person(_GROUP, number)})"


def _groups(facts: Facts) -> list[int]:
    names = sorted({e.group for e in facts.engineers if e.group})
    return [names.index(e.group) + 1 if e.group else 0 for e in facts.engineers]
