"""Each engineer's own holidays and festival days, and how often they are on duty on them,
following edits."""

from __future__ import annotations

from datetime import date, timedelta

from planner.cells.facts import Facts
from planner.cells.formulas import Formula
from planner.cells.workings import FESTIVAL, HOLIDAY, Workings
from planner.domain import PRIMARY


def fill(work: Workings) -> None:
    """A row for each engineer's own holiday or festival day: who, which kind, how often on duty,
    and the same with primaries counted double."""
    facts = work.facts
    rows = _own_days(facts)
    block = work.list_below("own days off", len(rows), 5)
    doing, names = work.by_day("doing", work.seats), work.by_person("name")
    first = facts.days[0]
    for row, (e, kind, day) in enumerate(rows):
        d, who = (day - first).days, names.at(e)
        found = [(s, days) for s in range(work.seats) for days in _touching(facts, s, d)]
        cells = []
        for s, days in found:
            mine = "+".join(f"({doing.seen(doing.at(s, day))}={who})" for day in days)
            cells.append(mine if len(days) == 1 else f"(({mine})>0)")
        on_duty = [any(facts.doing[s][n] == facts.names[e] for n in days) for s, days in found]
        weights = [2 if facts.seats[s][1].shared == PRIMARY else 1 for s, _ in found]
        times = "0+" + ("+".join(cells) or "0")
        weighed = "+".join(f"{n}*{c}" for n, c in zip(weights, cells, strict=True)) or "0"
        total = sum(n for n, on in zip(weights, on_duty, strict=True) if on)
        work.put(block, row, 0, e + 1)
        work.put(block, row, 1, kind)
        work.put(block, row, 2, day)
        work.put(block, row, 3, Formula(times, sum(on_duty)))
        work.put(block, row, 4, Formula(weighed, total))


def _touching(facts: Facts, s: int, d: int) -> list[list[int]]:
    """Of each of the seat's duties that touch a day, the days on which those parts begin."""
    found: dict[int, list[int]] = {}
    for w in range(max(0, d // 7 - 1), min(len(facts.problem.weeks), d // 7 + 1)):
        parts = facts.parts[s]
        if parts is None:
            days = [d] if d // 7 == w else []
        else:
            days = [7 * w + part.day for part in parts if d - 7 * w in part.days]
        if days:
            found[w] = days
    return list(found.values())


def _own_days(facts: Facts) -> list[tuple[int, int, date]]:
    """(engineer from 0, kind, day), each day once."""
    beyond = max(max(shape) for shape in facts.shapes) - 6
    first, last = facts.days[0], facts.days[-1] + timedelta(days=beyond)
    days_off = facts.problem.days_off
    found = []
    for e, engineer in enumerate(facts.engineers):
        holidays = days_off.counted(engineer.name)
        times = days_off.festivals.get(engineer.name, ())
        festivals = {day for time in times for day in time.days}
        for kind, days in ((HOLIDAY, holidays), (FESTIVAL, festivals)):
            found += [(e, kind, day) for day in sorted(days) if first <= day <= last]
    return found
