"""Every rule as flags: a column a seat, 0 where all is well.

1 or more is a breach, as often as ``planner.checking`` counts it; a negative flag marks a cell that
shares in a breach counted elsewhere. A rule that the team cannot break has no flags.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.domain import PRIMARY, SECONDARY
from planner.files.workbook.formulas import Formula
from planner.files.workbook.titles import OPEN_WORDS
from planner.files.workbook.workings import group_gap
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import AWAY_FROM, AWAY_UNTIL, AWAY_WHO, Workings

Flags = Callable[[Workings, int, int], Formula | None]
"""The flag of a week and seat; ``None`` where the rule has nothing to say."""

_NEVER = 2_958_465
"""The last day that spreadsheets know."""


@dataclass(frozen=True)
class Flagging:
    """``applies`` says whether a team can break the rule at all."""

    applies: Callable[[Facts], bool]
    flags: Flags


def block_name(rule: str) -> str:
    """The block of workings that holds a rule's flags."""
    return f"flag {rule}"


def fill(work: Workings) -> None:
    """The flags of all rules, and what they look up of each engineer."""
    _people(work)
    for rule, flagging in FLAGGING.items():
        if flagging.applies(work.facts):
            block = work.by_week(block_name(rule), work.seats)
            for w in range(work.weeks):
                for s in range(work.seats):
                    work.put(block, w, s, flagging.flags(work, w, s))
    _limits_by_person(work)


def _people(work: Workings) -> None:
    facts = work.facts
    if FLAGGING["eligibility"].applies(facts):
        barred = work.by_person("barred", work.seats)
        joined, left = work.by_person("joined"), work.by_person("left")
        for e, engineer in enumerate(facts.engineers):
            work.put(joined, e, 0, engineer.joined or 0)
            work.put(left, e, 0, engineer.left or _NEVER)
            for s in range(work.seats):
                work.put(barred, e, s, int(_barred(facts, e, s)))
    if FLAGGING["mentoring"].applies(facts):
        levels = {"junior": 1, "senior": 2, None: 0}
        work.put_column(work.by_person("level"), 0, (levels[e.level] for e in facts.engineers))
    if FLAGGING["one per group"].applies(facts):
        work.put_column(work.by_person("group"), 0, _groups(facts))
    if FLAGGING["back-to-back"].applies(facts) and _any_role(facts):
        work.put_column(work.by_person("former"), 0, _former(facts))


def _number(work: Workings, w: int, s: int) -> str:
    return work.by_week("number", work.seats).at(w, s)


def _coverage(work: Workings, w: int, s: int) -> Formula | None:
    facts = work.facts
    if not facts.runs[w][s]:
        return None
    number, holder = _number(work, w, s), work.by_week("holder", work.seats).at(w, s)
    missing = facts.held_by[w][s] == 0
    if not facts.seats[s][1].optional:
        return Formula(f"--({number}=0)", int(missing))
    words = ",".join(f'"{word}"' for word in OPEN_WORDS)
    unknown = f'IF({holder}="",0,1-SUMPRODUCT(--({holder}={{{words}}})))'
    return Formula(f"IF({number}>0,0,{unknown})", int(missing and facts.holders[w][s] != ""))


def _vacation(work: Workings, w: int, s: int) -> Formula:
    facts = work.facts
    number, holder = _number(work, w, s), work.by_week("holder", work.seats).at(w, s)
    times = f"INDEX({work.away.down(w)},{number})"
    days, done = work.by_day("date"), work.by_day("doing", work.seats)
    dates = days.seen(days.across(0, 7 * w, 7 * w + 6))
    doing = done.seen(done.across(s, 7 * w, 7 * w + 6))
    left_over = (
        f"SUMPRODUCT(({AWAY_WHO}={holder})*({AWAY_FROM}<={dates})*({AWAY_UNTIL}>={dates})"
        f"*({doing}={holder}))>0"
    )
    alone = f"SUMPRODUCT(--({doing}={holder}))=7"
    text = f"IF({number}=0,0,IF({times}=0,0,IF({alone},{times},--({left_over}))))"
    return Formula(text, _vacation_value(facts, w, s))


def _vacation_value(facts: Facts, w: int, s: int) -> int:
    number, holder = facts.held_by[w][s], facts.holders[w][s]
    if not number or not facts.away[w][number - 1]:
        return 0
    own = [facts.doing[s][d] == holder for d in range(7 * w, 7 * w + 7)]
    if all(own):
        return facts.away[w][number - 1]
    days = [day for day, his in zip(facts.days[7 * w : 7 * w + 7], own, strict=True) if his]
    vacations = [v for v in facts.vacations if facts.number(v.engineer) == number]
    return int(any(v.start <= day <= v.end for v in vacations for day in days))


def _eligibility(work: Workings, w: int, s: int) -> Formula:
    number = _number(work, w, s)
    first, last = work.by_week("first").at(w), work.by_week("last").at(w)
    text = (
        f"IF({number}=0,0,{work.person('barred', number, s)}+"
        f"(({work.person('joined', number)}>{first})+({work.person('left', number)}<{last})>0))"
    )
    held = work.facts.held_by[w][s]
    if not held:
        return Formula(text, 0)
    week, engineer = work.facts.plan.problem.weeks[w], work.facts.engineers[held - 1]
    return Formula(text, _barred(work.facts, held - 1, s) + (not engineer.employed(week)))


def _barred(facts: Facts, e: int, s: int) -> bool:
    engineer, (rotation, role) = facts.engineers[e], facts.seats[s]
    return engineer.name not in rotation.cycle or not engineer.may_hold(role)


def _may_be_ineligible(facts: Facts) -> bool:
    people = range(len(facts.engineers))
    return any(e.joined or e.left for e in facts.engineers) or any(
        _barred(facts, e, s) for e in people for s in range(len(facts.seats))
    )


def _one_duty(work: Workings, w: int, s: int) -> Formula:
    block, number = work.by_week("number", work.seats), _number(work, w, s)
    text = (
        f"IF({number}=0,0,IF(COUNTIF({block.across(w)},{number})<2,0,"
        f"IF(COUNTIF({block.across(w, 0, s)},{number})=1,1,-1)))"
    )
    row = work.facts.held_by[w]
    value = 0 if not row[s] or row.count(row[s]) < 2 else 1 if row.index(row[s]) == s else -1
    return Formula(text, value)


def _back_to_back(work: Workings, w: int, s: int) -> Formula:
    facts, block, number = work.facts, work.by_week("number", work.seats), _number(work, w, s)
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
    return facts.plan.problem.team.settings.back_to_back == "any role"


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


def _agreed(work: Workings, w: int, s: int) -> Formula | None:
    """Swaps only: the holder of a locked or partly covered cell is whoever stands in it."""
    facts = work.facts
    given = given_by_swap(facts, w, s)
    if not given:
        return None
    number = _number(work, w, s)
    text = "+".join(f"({number}<>{n})" for n in given)
    return Formula(text, sum(facts.held_by[w][s] != n for n in given))


def given_by_swap(facts: Facts, w: int, s: int) -> list[int]:
    """To whom agreed swaps give a duty, by number."""
    duty = facts.duties[w][s]
    fixed = facts.plan.problem.fixed
    return [facts.number(f.engineer) for f in fixed if f.because == "swap" and f.duty == duty]


def _mentoring(work: Workings, w: int, s: int) -> Formula | None:
    facts = work.facts
    rotation, role = facts.seats[s]
    mentors = [
        n for n, (r, other) in enumerate(facts.seats) if r == rotation and other.name == SECONDARY
    ]
    if role.name != PRIMARY or not mentors:
        return None
    number, mentor = _number(work, w, s), _number(work, w, mentors[0])
    text = (
        f"IF({number}=0,0,({work.person('level', number)}=1)"
        f"*(IF({mentor}=0,0,{work.person('level', mentor)})<>2))"
    )
    held, other = facts.held_by[w][s], facts.held_by[w][mentors[0]]
    junior = held > 0 and facts.engineers[held - 1].level == "junior"
    senior = other > 0 and facts.engineers[other - 1].level == "senior"
    return Formula(text, int(junior and not senior))


def _one_per_group(work: Workings, w: int, s: int) -> Formula | None:
    """The first seat of a group counts; people of other groups, and the same person, do not."""
    facts = work.facts
    kind = facts.seats[s][1].kind
    if kind not in facts.plan.problem.team.settings.one_per_group or not facts.runs[w][s]:
        return None
    others = [
        t
        for t in range(work.seats)
        if t != s and facts.seats[t][1].kind == kind and facts.runs[w][t]
    ]
    if not others:
        return None

    def group(t: int) -> str:
        number = _number(work, w, t)
        return f"IF({number}=0,0,{work.person('group', number)})"

    number, own = _number(work, w, s), group(s)
    shared = "+".join(f"({group(t)}={own})*({_number(work, w, t)}<>{number})" for t in others)
    earlier = "+".join(f"({group(t)}={own})" for t in others if t < s) or "0"
    text = f"IF({own}=0,0,IF({shared}=0,0,IF({earlier}=0,1,-1)))"
    groups = [0, *_groups(facts)]
    held = facts.held_by[w]
    with_me = [t for t in others if groups[held[t]] == groups[held[s]]]
    if not groups[held[s]] or all(held[t] == held[s] for t in with_me):
        return Formula(text, 0)
    return Formula(text, -1 if any(t < s for t in with_me) else 1)


def _groups(facts: Facts) -> list[int]:
    names = sorted({e.group for e in facts.engineers if e.group})
    return [names.index(e.group) + 1 if e.group else 0 for e in facts.engineers]


def _limits(work: Workings, w: int, s: int) -> Formula | None:
    """−1 from the first duty too many; how many people exceed a limit is counted by person."""
    facts, number = work.facts, _number(work, w, s)
    parts, value, held = [], 0, facts.held_by[w][s]
    for name, most in facts.plan.problem.team.settings.limits:
        seats = _limited(facts, name)
        if s in seats:
            parts.append(f"({_times(work, seats, number, w)}>{most})")
            done = [facts.held_by[n][t] for n in range(w + 1) for t in seats]
            value = -1 if held and (value or done.count(held) > most) else value
    return Formula(f"IF({number}=0,0,-({'+'.join(parts)}>0))", value) if parts else None


def _limits_by_person(work: Workings) -> None:
    facts = work.facts
    for name, most in facts.plan.problem.team.settings.limits:
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


FLAGGING = {
    "coverage": Flagging(lambda facts: True, _coverage),
    "vacation": Flagging(lambda facts: True, _vacation),
    "eligibility": Flagging(_may_be_ineligible, _eligibility),
    "one duty": Flagging(lambda facts: len(facts.seats) > 1, _one_duty),
    "back-to-back": Flagging(lambda facts: True, _back_to_back),
    "agreed": Flagging(lambda facts: bool(facts.plan.problem.swapped), _agreed),
    "mentoring": Flagging(lambda facts: facts.plan.problem.team.settings.mentoring, _mentoring),
    "one per group": Flagging(
        lambda facts: bool(facts.plan.problem.team.settings.one_per_group), _one_per_group
    ),
    "group gap": Flagging(group_gap.applies, group_gap.flag),
    "limits": Flagging(lambda facts: bool(facts.plan.problem.team.settings.limits), _limits),
}
"""By the names of the rules in ``planner.rules``."""
