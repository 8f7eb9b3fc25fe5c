"""Who holds what: read from the Rota sheet by week, wherever people moved its rows; who does
each day, stand-ins included; and who is away when, typed vacations included.
"""

from __future__ import annotations

from datetime import date

from planner.files.workbook.formulas import Formula, quoted
from planner.files.workbook.workings.sheet import (
    AWAY_FROM,
    AWAY_UNTIL,
    AWAY_WHO,
    COVER_BY,
    COVER_FROM,
    COVER_ROLE,
    COVER_ROTATION,
    COVER_UNTIL,
    COVER_WHO,
    Workings,
)

FIRST_DUTY_COLUMN = 4
"""Of the Rota sheet."""

_COVER_RANKS = 1000
"""Rows of the Cover sheet are counted down from here, so that MAX finds the first."""


def fill(work: Workings) -> None:
    """People, weeks, holders, days and absences."""
    _people(work)
    _weeks(work)
    _holders(work)
    _days(work)
    _away(work)


def _people(work: Workings) -> None:
    names, numbers = work.by_person("name"), work.by_person("number")
    work.put_column(names, 0, work.facts.names)
    work.put_column(numbers, 0, range(1, work.people + 1))


def _weeks(work: Workings) -> None:
    week, first, last = work.by_week("week"), work.by_week("first"), work.by_week("last")
    row = work.by_week("row in Rota")
    weeks = work.facts.plan.problem.weeks
    before = weeks[0].later(-1)
    work.put(week, -1, 0, before.name)
    work.put(first, -1, 0, before.first)
    for w, each in enumerate(weeks):
        work.put(week, w, 0, each.name)
        work.put(first, w, 0, each.first)
        work.put(last, w, 0, each.last)
        found = f"IFERROR(MATCH({week.at(w)},{work.rota_column(1)},0),0)"
        work.put(row, w, 0, Formula(found, w + 1))


def _holders(work: Workings) -> None:
    facts = work.facts
    holder, number = work.by_week("holder", work.seats), work.by_week("number", work.seats)
    planned = work.by_week("planned", work.seats)
    row, names = work.by_week("row in Rota"), work.by_person("name").down()
    numbers = work.by_person("number").down()
    columns = [work.rota_column(FIRST_DUTY_COLUMN + s) for s in range(work.seats)]
    for s, title in enumerate(facts.titles):
        work.put(holder, -2, s, title)
        work.put(number, -1, s, facts.held_before[s])
    for w in range(work.weeks):
        at = row.at(w)
        for s in range(work.seats):
            name, cell = facts.holders[w][s], holder.at(w, s)
            found = f'IF({at}=0,"",TRIM(INDEX({columns[s]},{at})))'
            work.put(holder, w, s, Formula(found, name))
            found = f'IF({cell}="",0,SUMPRODUCT(MAX(({names}={cell})*{numbers})))'
            work.put(number, w, s, Formula(found, facts.held_by[w][s]))
            work.put(planned, w, s, name)


def _days(work: Workings) -> None:
    """Who does each day. A stand-in may have a stand-in in turn, in a row further down."""
    facts, holder = work.facts, work.by_week("holder", work.seats)
    dates = work.by_day("date")
    doing, first = work.by_day("doing", work.seats), work.by_day("first cover", work.seats)
    for d, day in enumerate(facts.days):
        work.put(dates, 0, d, day)
    for s, (rotation, role) in enumerate(facts.seats):
        here = _of_seat(rotation.name, role.name)
        for d, day in enumerate(facts.days):
            held = holder.seen(holder.at(d // 7, s))
            when, rank = dates.at(0, d), first.at(s, d)
            found = _first_cover(held, when, here)
            work.put(first, s, d, Formula(found, _rank(work, d, s, day)))
            by = f"INDEX({COVER_BY},{_COVER_RANKS}-{rank})"
            again = _first_cover(by, when, here, below=rank)
            chosen = f"INDEX({COVER_BY},{_COVER_RANKS}-{again})"
            text = f"IF({rank}=0,{held},IF({again}=0,{by},{chosen}))"
            work.put(doing, s, d, Formula(text, facts.doing[s][d]))


def _of_seat(rotation: str, role: str) -> str:
    """Whether a row of the Cover sheet speaks of a seat; empty cells speak of any."""
    return (
        f'(({COVER_ROTATION}="")+({COVER_ROTATION}={quoted(rotation)})>0)'
        f'*(({COVER_ROLE}="")+({COVER_ROLE}={quoted(role)})>0)'
    )


def _first_cover(name: str, day: str, of_seat: str, below: str = "") -> str:
    """The rank of the first row that takes a day of a duty from somebody; 0 if there is none."""
    ranks = f"({_COVER_RANKS}-ROW({COVER_WHO})+MIN(ROW({COVER_WHO}))-1)"
    further = f"*({ranks}<{below})" if below else ""
    return (
        f'SUMPRODUCT(MAX(({COVER_WHO}={name})*({COVER_WHO}<>"")*({COVER_FROM}<={day})'
        f"*({COVER_UNTIL}>={day})*{of_seat}{further}*{ranks}))"
    )


def _rank(work: Workings, d: int, s: int, day: date) -> int:
    facts = work.facts
    rotation, role = facts.seats[s]
    holder = facts.holders[d // 7][s].casefold()
    for number, cover in enumerate(facts.covers, start=1):
        meant = cover.rotation in ("", rotation.name) and cover.role in ("", role.name)
        if meant and cover.engineer.casefold() == holder and cover.start <= day <= cover.end:
            return _COVER_RANKS - number
    return 0


def _away(work: Workings) -> None:
    facts = work.facts
    away = work.by_week("away", work.people)
    first, last = work.by_week("first"), work.by_week("last")
    names = work.by_person("name")
    for w in range(work.weeks):
        for e in range(work.people):
            found = (
                f"SUMPRODUCT(({AWAY_WHO}={names.at(e)})*({AWAY_FROM}<={last.at(w)})"
                f"*({AWAY_UNTIL}>={first.at(w)}))"
            )
            work.put(away, w, e, Formula(found, facts.away[w][e]))
