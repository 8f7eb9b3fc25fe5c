"""How long each holder of a duty has not held the same role, following edits."""

from __future__ import annotations

from datetime import date

from planner.cells.facts import Facts
from planner.cells.formulas import Formula
from planner.cells.references import DAY_ZERO
from planner.cells.workings import Workings
from planner.domain import DutyWeek

NO_GAP = 1000
"""More weeks than any gap has: whoever never held the seat has waited since the year 1900."""


def fill(work: Workings) -> None:
    """Weeks, or turns of several, since the holder last held the same role, before the quarter's
    edge too."""
    facts = work.facts
    before = work.by_person("last held", work.roles)
    number, first = work.by_week("number", work.seats), work.by_week("first")
    gap = work.by_week("gap", work.seats)
    history = _last_held(facts)
    for e in range(work.people):
        for n in range(work.roles):
            work.put(before, e, n, history.get((e + 1, n), 0))
    for n, seats in enumerate(facts.strands):
        last = {e: day for (e, strand), day in history.items() if strand == n}
        if facts.seats[seats[0]][0].turn > 1:
            _in_turns(work, n, last)
            continue
        for w, week in enumerate(facts.problem.weeks):
            for s in seats:
                held, cell = facts.held_by[w][s], number.at(w, s)
                times = [
                    f"SUMPRODUCT(MAX(({number.down(t, -1, w - 1)}={cell})"
                    f"*{first.down(0, -1, w - 1)}))"
                    for t in seats
                ]
                times += [f"({number.at(w, t)}={cell})*{first.at(w)}" for t in seats if t < s]
                text = (
                    f"IF({cell}=0,{NO_GAP},MIN({NO_GAP},({first.at(w)}-MAX({','.join(times)},"
                    f"{work.person('last held', cell, n)}))/7))"
                )
                days = (week.first - last.get(held, DAY_ZERO)).days
                work.put(gap, w, s, Formula(text, min(NO_GAP, days // 7) if held else NO_GAP))
                last[held] = week.first


def _in_turns(work: Workings, n: int, last: dict[int, date]) -> None:
    """Of a role whose turns last several weeks, each counts where it begins."""
    facts, stints = work.facts, work.facts.problem.stints
    number, gap = work.by_week("number", work.seats), work.by_week("gap", work.seats)
    begins = work.by_week("turn begins", work.seats)
    _, begin, length = facts.turn_numbers(facts.seats[facts.strands[n][0]][0].name)
    for w, week in enumerate(facts.problem.weeks):
        for s in facts.strands[n]:
            duty = facts.duties[w][s]
            opens = facts.runs[w][s] and stints.opens(duty)
            work.put(begins, w, s, week.first if opens else 0)
            if not opens:
                work.put(gap, w, s, NO_GAP)
                continue
            held, cell = facts.held_by[w][s], number.at(w, s)
            times = [
                f"SUMPRODUCT(MAX(({number.down(t, 0, w - 1)}={cell})*{begins.down(t, 0, w - 1)}))"
                for t in facts.strands[n]
                if w
            ]
            here = (t for t in facts.strands[n] if t < s)
            times += [f"({number.at(w, t)}={cell})*{begins.at(w, t)}" for t in here]
            times.append(work.person("last held", cell, n))
            now = stints.number(duty.rotation, week)
            latest = f"MAX({','.join(times)})"
            since = f"{now}-INT(({latest}-{begin})/{7 * length})"
            text = f"IF({cell}=0,{NO_GAP},MIN({NO_GAP},{since}))"
            past = stints.number(duty.rotation, DutyWeek(last.get(held, DAY_ZERO)))
            work.put(gap, w, s, Formula(text, min(NO_GAP, now - past) if held else NO_GAP))
            last[held] = week.first


def _last_held(facts: Facts) -> dict[tuple[int, int], date]:
    team = facts.problem.team
    strands = {strand: n for n, strand in enumerate(team.strands)}
    numbers = {engineer.name: e for e, engineer in enumerate(facts.engineers, start=1)}
    found: dict[tuple[int, int], date] = {}
    for held in facts.problem.history:
        strand = strands.get(team.strand(held.duty.seat))
        if strand is not None and held.engineer in numbers:
            found[numbers[held.engineer], strand] = held.duty.week.first
    return found
