"""Flags of the rules about one duty: somebody holds it, who may, is there, and has no other."""

from __future__ import annotations

from planner.files.workbook.formulas import Formula
from planner.files.workbook.titles import OPEN_WORDS
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import AWAY_FROM, AWAY_UNTIL, AWAY_WHO, Workings

_NEVER = 2_958_465
"""The last day that spreadsheets know."""


def coverage(work: Workings, w: int, s: int) -> Formula | None:
    """1 where nobody of the team holds a duty that runs; optional ones may say that it is open."""
    facts = work.facts
    if not facts.runs[w][s]:
        return None
    number, holder = work.number(w, s), work.by_week("holder", work.seats).at(w, s)
    missing = facts.held_by[w][s] == 0
    if not facts.seats[s][1].optional:
        return Formula(f"--({number}=0)", int(missing))
    words = ",".join(f'"{word}"' for word in OPEN_WORDS)
    unknown = f'IF({holder}="",0,1-SUMPRODUCT(--({holder}={{{words}}})))'
    return Formula(f"IF({number}>0,0,{unknown})", int(missing and facts.holders[w][s] != ""))


def vacation(work: Workings, w: int, s: int) -> Formula:
    """How many vacations keep the holder away; 1 if only on days on which nobody stands in."""
    facts = work.facts
    number, holder = work.number(w, s), work.by_week("holder", work.seats).at(w, s)
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


def may_be_ineligible(facts: Facts) -> bool:
    """Whether there is anybody who may not hold some role, or is not there all the time."""
    people = range(len(facts.engineers))
    return any(e.joined or e.left for e in facts.engineers) or any(
        _barred(facts, e, s) for e in people for s in range(len(facts.seats))
    )


def prepare_eligibility(work: Workings) -> None:
    """Of each engineer the roles that are barred, and the first and last day on the team."""
    facts = work.facts
    barred = work.by_person("barred", work.seats)
    joined, left = work.by_person("joined"), work.by_person("left")
    for e, engineer in enumerate(facts.engineers):
        work.put(joined, e, 0, engineer.joined or 0)
        work.put(left, e, 0, engineer.left or _NEVER)
        for s in range(work.seats):
            work.put(barred, e, s, int(_barred(facts, e, s)))


def eligibility(work: Workings, w: int, s: int) -> Formula:
    """1 for a barred role, and 1 for a week before joining or after leaving."""
    number = work.number(w, s)
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


def one_duty(work: Workings, w: int, s: int) -> Formula:
    """1 at the first of several duties of one engineer, −1 at the others."""
    block, number = work.by_week("number", work.seats), work.number(w, s)
    text = (
        f"IF({number}=0,0,IF(COUNTIF({block.across(w)},{number})<2,0,"
        f"IF(COUNTIF({block.across(w, 0, s)},{number})=1,1,-1)))"
    )
    row = work.facts.held_by[w]
    value = 0 if not row[s] or row.count(row[s]) < 2 else 1 if row.index(row[s]) == s else -1
    return Formula(text, value)


def agreed(work: Workings, w: int, s: int) -> Formula | None:
    """Swaps only: the holder of a locked or partly covered cell is whoever stands in it."""
    facts = work.facts
    given = given_by_swap(facts, w, s)
    if not given:
        return None
    number = work.number(w, s)
    text = "+".join(f"({number}<>{n})" for n in given)
    return Formula(text, sum(facts.held_by[w][s] != n for n in given))


def given_by_swap(facts: Facts, w: int, s: int) -> list[int]:
    """To whom agreed swaps give a duty, by number."""
    duty = facts.duties[w][s]
    fixed = facts.plan.problem.fixed
    return [facts.number(f.engineer) for f in fixed if f.because == "swap" and f.duty == duty]
