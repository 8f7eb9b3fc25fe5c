"""Flags of the rules about several weeks: back-to-back, and the most duties of a role or kind."""

from __future__ import annotations

from planner.files.workbook.formulas import Formula
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.rules_same_week import group_of
from planner.files.workbook.workings.sheet import Workings


def prepare_back_to_back(work: Workings) -> None:
    """With “any role”, what each engineer held before the first week in seats of the past."""
    if _any_role(work.facts):
        work.put_column(work.by_person("former"), 0, _former(work.facts))


def back_to_back(work: Workings, w: int, s: int) -> Formula:
    """How many duties of the week before are too near, but for agreed swaps."""
    facts, block, number = work.facts, work.by_week("number", work.seats), work.number(w, s)
    held = facts.held_by[w][s]
    before = facts.held_by[w - 1] if w else facts.held_before
    if _any_role(facts):
        times = f"COUNTIF({block.across(w - 1)},{number})"
        value = before.count(held)
        if w == 0:
            times += f"+{work.person('former', number)}"
            value += _former(facts)[held - 1] if held else 0
    else:
        times, value = f"--({number}={block.at(w - 1, s)})", int(held == before[s])
    week, swapped = facts.plan.problem.weeks[w], facts.plan.problem.swapped
    agreed = [
        facts.number(name)
        for name, when in sorted(swapped, key=lambda each: (each[1], each[0]))
        if when in (week, week.later(-1))
    ]
    exempt = "".join(f"*({number}<>{n})" for n in dict.fromkeys(agreed))
    text = f"IF({number}=0,0,({times}){exempt})"
    return Formula(text, value if held and held not in agreed else 0)


def _any_role(facts: Facts) -> bool:
    return facts.settings.back_to_back == "any role"


def _former(facts: Facts) -> list[int]:
    """Duties of the week before the first in seats that the team no longer has."""
    before = facts.plan.problem.weeks[0].later(-1)
    seats = {(rotation.name, role.name) for rotation, role in facts.seats}
    return [
        sum(
            duty.week == before and (duty.rotation, duty.role) not in seats
            for duty in facts.plan.problem.history.duties_of(engineer.name)
        )
        for engineer in facts.engineers
    ]


def group_gap(work: Workings, w: int, s: int) -> Formula | None:
    """1 at whoever follows somebody else of the same home group."""
    facts = work.facts
    kind = facts.seats[s][1].kind
    if kind not in facts.settings.group_gap:
        return None
    alike = [t for t, (_, role) in enumerate(facts.seats) if role.kind == kind]
    number, own = work.number(w, s), group_of(work, work.number(w, s))
    followed = "+".join(
        f"({group_of(work, work.number(w - 1, t))}={own})*({work.number(w - 1, t)}<>{number})"
        for t in alike
    )
    before = facts.held_by[w - 1] if w else facts.held_before
    groups, held = [0, *facts.groups], facts.held_by[w][s]
    value = groups[held] > 0 and any(
        groups[before[t]] == groups[held] and before[t] != held for t in alike
    )
    return Formula(f"IF({own}=0,0,--({followed}>0))", int(value))


def limits(work: Workings, w: int, s: int) -> Formula | None:
    """−1 from the first duty too many; how many people exceed a limit is counted by person."""
    facts, number = work.facts, work.number(w, s)
    parts, value, held = [], 0, facts.held_by[w][s]
    for name, most in facts.settings.limits:
        seats = _limited(facts, name)
        if s in seats:
            parts.append(f"({_times(work, seats, number, w)}>{most})")
            done = [facts.held_by[n][t] for n in range(w + 1) for t in seats]
            value = -1 if held and (value or done.count(held) > most) else value
    return Formula(f"IF({number}=0,0,-({'+'.join(parts)}>0))", value) if parts else None


def prepare_limits(work: Workings) -> None:
    """Of each limit, whether each engineer is above it."""
    facts = work.facts
    for name, most in facts.settings.limits:
        seats = _limited(facts, name)
        if seats:
            over, number = work.by_person(f"over {name}"), work.by_person("number")
            for e in range(work.people):
                times = _times(work, seats, number.at(e), work.weeks - 1)
                done = [row[t] for row in facts.held_by for t in seats]
                value = int(done.count(e + 1) > most)
                work.put(over, e, 0, Formula(f"--({times}>{most})", value))


def _limited(facts: Facts, name: str) -> list[int]:
    return [s for s, (_, role) in enumerate(facts.seats) if name in (role.name, role.kind)]


def _times(work: Workings, seats: list[int], number: str, last: int) -> str:
    block = work.by_week("number", work.seats)
    return "+".join(f"COUNTIF({block.down(t, 0, last)},{number})" for t in seats)
