"""Flags of the rules about who shares a week: a junior with a senior, and no two of a group."""

from __future__ import annotations

from planner.domain import PRIMARY, SECONDARY
from planner.files.workbook.formulas import Formula
from planner.files.workbook.workings.sheet import Workings


def prepare_mentoring(work: Workings) -> None:
    """Each engineer's level."""
    levels = {"junior": 1, "senior": 2, None: 0}
    work.put_column(work.by_person("level"), 0, (levels[e.level] for e in work.facts.engineers))


def mentoring(work: Workings, w: int, s: int) -> Formula | None:
    """1 at a junior primary whose secondary is no senior."""
    facts = work.facts
    rotation, role = facts.seats[s]
    mentors = [
        n for n, (r, other) in enumerate(facts.seats) if r == rotation and other.name == SECONDARY
    ]
    if role.name != PRIMARY or not mentors:
        return None
    number, mentor = work.number(w, s), work.number(w, mentors[0])
    text = (
        f"IF({number}=0,0,({work.person('level', number)}=1)"
        f"*(IF({mentor}=0,0,{work.person('level', mentor)})<>2))"
    )
    held, other = facts.held_by[w][s], facts.held_by[w][mentors[0]]
    junior = held > 0 and facts.engineers[held - 1].level == "junior"
    senior = other > 0 and facts.engineers[other - 1].level == "senior"
    return Formula(text, int(junior and not senior))


def prepare_groups(work: Workings) -> None:
    """The number of each engineer's home group; 0 for none."""
    work.put_column(work.by_person("group"), 0, work.facts.groups)


def one_per_group(work: Workings, w: int, s: int) -> Formula | None:
    """The first seat of a group counts; people of other groups, and the same person, do not."""
    facts = work.facts
    kind = facts.seats[s][1].kind
    if kind not in facts.settings.one_per_group or not facts.runs[w][s]:
        return None
    others = [
        t
        for t in range(work.seats)
        if t != s and facts.seats[t][1].kind == kind and facts.runs[w][t]
    ]
    if not others:
        return None

    def group(t: int) -> str:
        return group_of(work, work.number(w, t))

    number, own = work.number(w, s), group(s)
    shared = "+".join(f"({group(t)}={own})*({work.number(w, t)}<>{number})" for t in others)
    earlier = "+".join(f"({group(t)}={own})" for t in others if t < s) or "0"
    text = f"IF({own}=0,0,IF({shared}=0,0,IF({earlier}=0,1,-1)))"
    groups = [0, *facts.groups]
    held = facts.held_by[w]
    with_me = [t for t in others if groups[held[t]] == groups[held[s]]]
    if not groups[held[s]] or all(held[t] == held[s] for t in with_me):
        return Formula(text, 0)
    return Formula(text, -1 if any(t < s for t in with_me) else 1)


def group_of(work: Workings, number: str) -> str:
    """The home group of the engineer whose number is in a cell; 0 for nobody and for none."""
    return f"IF({number}=0,0,{work.person('group', number)})"
