"""The aims about festivals and public holidays, following edits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from planner.domain import FestivalTime
from planner.files.workbook.formulas import Block, Formula, as_number
from planner.files.workbook.workings.balances import FESTIVAL, HOLIDAY, own_days
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import Workings
from planner.rules import public_holidays as rule


def festivals(work: Workings, part: int) -> str:
    """Days on own festivals, primaries twice; then festivals held again."""
    if part == 0:
        days = own_days(work)
        return f"SUMIF({days.down(1)},{FESTIVAL},{days.down(4)})"
    return f"SUM({_held_again(work).down(1)})"


def prepare_festivals(work: Workings) -> None:
    """A row for each festival of the planned weeks that its engineer had before: who, and
    whether it is held both times."""
    rows = list(_recurring(work.facts))
    block, number = _held_again(work, len(rows)), work.by_week("number", work.seats)
    for row, (e, known, before, now) in enumerate(rows):

        def held(weeks: list[int], e: int = e) -> str:
            return "+".join(f"COUNTIF({number.across(w)},{e + 1})" for w in weeks) or "0"

        def is_held(weeks: list[int], e: int = e) -> bool:
            return any(e + 1 in work.facts.held_by[w] for w in weeks)

        text = f"({held(now)}>0)*({int(known)}+{held(before)}>0)"
        again = is_held(now) and (known or is_held(before))
        work.put(block, row, 0, e + 1)
        work.put(block, row, 1, Formula(text, int(again)))


def _held_again(work: Workings, rows: int = 0) -> Block:
    return work.list_below("festivals held again", rows, 2)


def _recurring(facts: Facts) -> Iterator[tuple[int, bool, list[int], list[int]]]:
    """Engineers from 0, whether they are known to have held the festival the last time, and
    the planned weeks of that time and of this one."""
    problem = facts.plan.problem
    for e, engineer in enumerate(facts.engineers):
        last: dict[str, FestivalTime] = {}
        for time in problem.days_off.festivals.get(engineer.name, ()):
            before = last.get(time.festival)
            last[time.festival] = time
            now = _weeks(facts, time)
            if before and now:
                past = problem.history.duties_of(engineer.name)
                known = any(day in duty.week for duty in past for day in before.days)
                yield e, known, _weeks(facts, before), now


def _weeks(facts: Facts, time: FestivalTime) -> list[int]:
    weeks = enumerate(facts.plan.problem.weeks)
    return [w for w, week in weeks if any(day in week for day in time.days)]


def holidays(work: Workings, part: int) -> str:
    """Days worked; then the squares of what is above a fair share."""
    if part == 0:
        days = own_days(work)
        return f"SUMIF({days.down(1)},{HOLIDAY},{days.down(3)})"
    beyond = work.by_person("holidays beyond")
    return f"ROUND(SUMPRODUCT({beyond.down()}*{beyond.down()}),9)"


def prepare_holidays(work: Workings) -> None:
    """Each engineer's holidays worked above a fair share, what history left them included."""
    facts = work.facts
    worked, beyond = work.by_person("holidays worked"), work.by_person("holidays beyond")
    brought, owed = work.by_person("holidays before"), work.by_person("owed", work.seats)
    days, number = own_days(work), work.by_person("number")
    before, now = rule.above_share(facts.plan.problem, facts.plan.rota)
    counts = rule.worked_days(facts.plan.problem, facts.plan.rota)
    for e, engineer in enumerate(facts.engineers):
        own = f"({days.down(0)}={number.at(e)})*({days.down(1)}={HOLIDAY})*{days.down(3)}"
        work.put(worked, e, 0, Formula(f"SUMPRODUCT({own})", counts[engineer.name]))
        work.put(brought, e, 0, float(before[engineer.name]))
        share = f"SUM({owed.across(e)})/SUM({owed.whole})"
        share = f"IF(SUM({owed.whole})=0,0,{share})"
        text = f"MAX(0,{brought.at(e)}+{worked.at(e)}-SUM({worked.down()})*{share}-{rule.SLACK})"
        value = max(Fraction(0), before[engineer.name] + now[engineer.name] - rule.SLACK)
        work.put(beyond, e, 0, Formula(text, as_number(value)))
