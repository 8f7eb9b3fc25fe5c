"""The aims about the order in which people take turns: everyone, rest, cycle and rhythm, following
edits.
"""

from __future__ import annotations

from planner.domain import DutyWeek
from planner.files.workbook.formulas import Formula, runs
from planner.files.workbook.workings.facts import Facts, squeezed
from planner.files.workbook.workings.sheet import Workings
from planner.rules import rhythm as rule


def everyone(work: Workings, part: int) -> str:
    """People who hold nothing, though there is a week in which they could."""
    return f"SUM({work.by_person('idle').down()})"


def prepare_everyone(work: Workings) -> None:
    """Whether each engineer holds no duty, and is there in a week that has a role for them."""
    facts, idle, number = work.facts, work.by_person("idle"), work.by_week("number", work.seats)
    for e in range(work.people):
        weeks = [w for w in range(work.weeks) if _may_hold_some(facts, e, w)]
        there = "+".join(f"COUNTIF({work.away.across(e, a, b)},0)" for a, b in runs(weeks))
        text = f"(COUNTIF({number.whole},{e + 1})=0)*({there or '0'}>0)"
        busy = any(e + 1 in row for row in facts.held_by)
        free = any(facts.away[w][e] == 0 for w in weeks)
        work.put(idle, e, 0, Formula(text, int(free and not busy)))


def _may_hold_some(facts: Facts, e: int, w: int) -> bool:
    """Whether a role runs that the engineer may hold, vacations aside."""
    engineer = facts.engineers[e]
    return engineer.employed(facts.plan.problem.weeks[w]) and any(
        facts.runs[w][s] and engineer.name in rotation.cycle and engineer.may_hold(role)
        for s, (rotation, role) in enumerate(facts.seats)
    )


def rest(work: Workings, part: int) -> str:
    """Pairs of consecutive weeks."""
    tired = work.by_week("tired", work.people)
    last = work.people - 1
    later = f"{tired.at(0)}:{tired.at(work.weeks - 1, last)}"
    earlier = f"{tired.at(-1)}:{tired.at(work.weeks - 2, last)}"
    return f"SUMPRODUCT({later}*{earlier})"


def prepare_rest(work: Workings) -> None:
    """Whether each engineer has a tiring duty in each week, or stands in for some of one."""
    facts = work.facts
    tired, names = work.by_week("tired", work.people), work.by_person("name")
    number, doing = work.by_week("number", work.seats), work.by_day("doing", work.seats)
    seats = [s for s, (_, role) in enumerate(facts.seats) if not role.restful]
    before = _tired_before(facts)
    for e in range(work.people):
        work.put(tired, -1, e, int(facts.engineers[e].name in before))
        for w in range(work.weeks):
            parts = [f"({number.at(w, s)}={e + 1})" for s in seats]
            days = (doing.across(s, 7 * w, 7 * w + 6) for s in seats)
            parts += [f"SUMPRODUCT(--({doing.seen(cells)}={names.at(e)}))" for cells in days]
            on_duty = any(
                facts.held_by[w][s] == e + 1 or facts.names[e] in facts.doing[s][7 * w : 7 * w + 7]
                for s in seats
            )
            work.put(tired, w, e, Formula(f"--({'+'.join(parts) or '0'}>0)", int(on_duty)))


def _tired_before(facts: Facts) -> set[str]:
    """Who had a tiring duty in the week before the first."""
    problem = facts.plan.problem
    before = problem.weeks[0].later(-1)
    known = {(rotation.name, role.name): role for rotation, role in facts.seats}
    found = set()
    for held in problem.history:
        role = known.get((held.duty.rotation, held.duty.role))
        if held.duty.week == before and held.engineer and role and not role.restful:
            found.add(held.engineer)
    for duty, names in problem.covered.items():
        role = known.get((duty.rotation, duty.role))
        if duty.week == before and role and not role.restful:
            found |= {name for name in names if name}
    return found


def cycle(work: Workings, part: int) -> str:
    """Departures from the cycle; then absences not exchanged with the week next to them."""
    if part:
        return f"SUM({work.by_week('not exchanged', work.seats).whole})"
    number, turn = work.by_week("number", work.seats), work.by_week("turn", work.seats)
    return f"SUMPRODUCT(({turn.whole}>0)*({number.whole}<>{turn.whole}))"


def prepare_cycle(work: Workings) -> None:
    """Whose turn each duty is by the cycle; and where that engineer is away, whether the duty
    is not exchanged with the week that the team prefers."""
    facts, problem = work.facts, work.facts.plan.problem
    turn = work.by_week("turn", work.seats)
    for w, week in enumerate(problem.weeks):
        for s in range(work.seats):
            work.put(turn, w, s, _turn(facts, s, week) if facts.runs[w][s] else 0)
    if problem.team.settings.cover == "anyone":
        return
    step = 1 if problem.team.settings.cover == "next" else -1
    missed = work.by_week("not exchanged", work.seats)
    for w in range(work.weeks):
        for s in range(work.seats):
            if facts.runs[w][s]:
                work.put(missed, w, s, _not_exchanged(work, w, s, w + step))


def _turn(facts: Facts, s: int, week: DutyWeek) -> int:
    rotation, role = facts.seats[s]
    return facts.number(squeezed(facts.plan.problem.turn(rotation, role, week)))


def _not_exchanged(work: Workings, w: int, s: int, other: int) -> Formula:
    """Of the week next to it, ``other``, the duty may not be planned, or not be an exchange."""
    facts, number = work.facts, work.by_week("number", work.seats)
    mine, weeks = _turn(facts, s, facts.plan.problem.weeks[w]), range(work.weeks)
    away = facts.away[w][mine - 1]
    cell = work.away.at(mine - 1, w)
    theirs = 0
    if other in weeks and facts.runs[other][s]:
        theirs = _turn(facts, s, facts.plan.problem.weeks[other])
    if theirs in (0, mine):
        return Formula(f"--({cell}>0)", int(away > 0))
    text = f"IF({cell}=0,0,1-({number.at(w, s)}={theirs})*({number.at(other, s)}={mine}))"
    exchanged = facts.held_by[w][s] == theirs and facts.held_by[other][s] == mine
    return Formula(text, int(away > 0 and not exchanged))


def rhythm(work: Workings, part: int) -> str:
    """Weeks too close together."""
    return f"SUM({work.by_week('too close', work.seats).whole})"


def prepare_rhythm(work: Workings) -> None:
    """By how many weeks each duty comes too early after the last one of its holder."""
    facts, problem = work.facts, work.facts.plan.problem
    every, gap = work.by_person("every", work.seats), work.by_week("gap", work.seats)
    close, number = work.by_week("too close", work.seats), work.by_week("number", work.seats)
    turns: dict[tuple[int, int], int] = {}
    for s, (rotation, role) in enumerate(facts.seats):
        for e, engineer in enumerate(facts.engineers):
            member = engineer.name in rotation.cycle and engineer.may_hold(role)
            turns[e + 1, s] = rule.turn_every(problem, rotation, role, engineer) if member else 0
            work.put(every, e, s, turns[e + 1, s])
        for w in range(work.weeks):
            cell, held = number.at(w, s), facts.held_by[w][s]
            text = f"IF({cell}=0,0,MAX(0,{work.person('every', cell, s)}-{gap.at(w, s)}))"
            since = work.value(gap, w, s)
            assert isinstance(since, int)
            value = max(0, turns[held, s] - since) if held else 0
            work.put(close, w, s, Formula(text, value))
