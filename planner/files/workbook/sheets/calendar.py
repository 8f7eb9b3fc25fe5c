"""The Calendar sheet: a row an engineer, a column a day. What it shows follows edits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from itertools import groupby, repeat

from planner.cells.facts import Facts
from planner.cells.references import Block, letters, quoted
from planner.cells.workings import (
    AWAY_FROM,
    AWAY_UNTIL,
    AWAY_WHO,
    DAYS,
    FIRST_DAY_COLUMN,
    TODAY,
    WORKINGS,
)
from planner.checking.finished_plan import Plan
from planner.domain.quarters import MONTHS, WEEKDAYS
from planner.files.workbook import seats, text
from planner.files.workbook.conditional_formats import rows_by_colour
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    ALARM_FILL,
    ALARM_INK,
    AMBER_INK,
    AWAY_FILL,
    DAY_OFF,
    HEAD,
    INK,
    NOW,
    QUIET_INK,
    RED,
    TEXT,
    Highlight,
    Look,
)
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.seat_codes import FEW_SEATS, SeatCodes, seat_codes
from planner.files.workbook.workings.weeks_off import AWAY, FESTIVAL, HOLIDAY

TITLE = "Calendar"
_FIRST_ROW = 5
_DAY_WIDTH = 3.0
_NAME_WIDTH = 24.0
_MOST_WEEKS_A_PAGE = 7
_HOLIDAY_FILL, _FESTIVAL_FILL, _WEEKEND_FILL = "FFF3C4", "E7DDF3", "ECECEC"


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """Four heading rows (month, week, day, weekday), whoever is there, and a legend."""
    days = work.facts.days
    weekend = _weekend(plan, days)
    _headings(page, days, plan)
    fills = work.facts.colours
    looks = [_look(day.isoweekday() in weekend, day.day == 1) for day in days]
    for row, e in enumerate(work.facts.present, start=_FIRST_ROW):
        fill = fills[work.facts.engineers[e].name]
        name_look = Look(fill=fill, vertical="center", wrap=True)
        page.put(row, 1, work.facts.names[e], name_look, widest=34)
        _engineer(page, work, row, e, looks)
        page.heights[row] = 18
    for column in range(FIRST_DAY_COLUMN, FIRST_DAY_COLUMN + len(days)):
        page.widths[column] = _DAY_WIDTH
    page.widths[1] = max(page.widths[1], _NAME_WIDTH)
    page.freeze(_FIRST_ROW, FIRST_DAY_COLUMN)
    page.repeat(_FIRST_ROW - 1)
    page.repeat_names()
    width = page.widths[1] + 7 * _weeks_a_page(plan) * _DAY_WIDTH
    page.break_columns(width, _page_starts(plan)[1:])
    below = _FIRST_ROW + len(work.facts.present) + 1  # where every printed page has the names
    for row, (line, line_look) in enumerate(_legend_lines(plan), start=below):
        page.put(row, 1, line, line_look.but(size=9, wrap=True))
    _colour(page, work)
    page.protect()


def _engineer(page: Page, work: Workings, row: int, e: int, looks: list[Look]) -> None:
    """Each day as the letters of a duty, if any, and the sign of a day off.

    Down a column the formulas are alike, which spreadsheets read several times as fast.
    """
    facts = work.facts
    codes = seat_codes(work)
    doing, signs = work.by_day("doing", work.seats), work.by_day("days off", work.people)
    begins = tuple(
        None if parts is None else tuple(_begins(facts, s, d) for d in range(len(facts.days)))
        for s, parts in enumerate(facts.parts)
    )
    values = [""] * len(facts.days)
    several = facts.settings.one_duty != "a week"
    for s, code in reversed([*enumerate(codes.names)]):
        days, begin = facts.days_of(s, facts.names[e]), begins[s]
        if begin is not None:
            mine = {*days}
            days = [d for d, parts in enumerate(begin) if not mine.isdisjoint(parts)]
        for d in days:
            values[d] = f"{code}+{values[d]}".strip("+") if several else code
    off, absent = _days_off(facts, e), _absences(facts, e)
    for d, day in enumerate(facts.days):
        if day in off:
            work.put(signs, e, d, off[day])
        values[d] += AWAY if day in absent else off.get(day, "")
    page.put_line(
        row,
        FIRST_DAY_COLUMN,
        _texts(row, e, codes, several, begins, doing, signs, work.away),
        values,
        looks,
    )


@lru_cache(maxsize=256)
def _texts(
    row: int,
    e: int,
    codes: SeatCodes,
    several: bool,
    begins: tuple[tuple[tuple[int, ...], ...] | None, ...],
    doing: Block,
    signs: Block,
    away: Block,
) -> tuple[str, ...]:
    """An engineer's formulas, a day each."""
    found = []
    for d in range(doing.columns):
        column = letters(FIRST_DAY_COLUMN + d)
        days = [[d] if begin is None else begin[d] for begin in begins]
        on_duty = (_each_duty if several else _on_duty)(row, codes, doing, days)
        sign = f"{DAYS}!{signs.at(e, d)}"
        out = (
            f"SUMPRODUCT(({AWAY_WHO}=$A{row})*({AWAY_FROM}<={column}$3)*({AWAY_UNTIL}>={column}$3))"
        )
        absent = f"{WORKINGS}!{away.at(e, d // 7)}"
        found.append(f'{on_duty}&IF({absent}=0,{sign},IF({out}>0,"{AWAY}",{sign}))')
    return tuple(found)


def _on_duty(row: int, codes: SeatCodes, doing: Block, days: Sequence[Sequence[int]]) -> str:
    """The code of the first seat that the engineer of a row has on one of its days."""
    me = f"$A{row}"
    if doing.rows > FEW_SEATS:
        tests = []
        for begins, of_these in groupby(range(doing.rows), key=lambda s: tuple(days[s])):
            seats = [*of_these]
            for n in begins:
                column = doing.down(n, seats[0], seats[-1])
                tests.append((f"({doing.seen(column)}={me})", seats[0], seats[-1]))
        return codes.first_below(tests) if tests else '""'
    said = '""'
    for s, code in reversed([*enumerate(codes.names)]):
        for n in days[s]:
            cell = f"{DAYS}!{letters(FIRST_DAY_COLUMN + n)}${doing.row + s}"
            said = f'IF({cell}={me},"{code}",{said})'
    return said


def _each_duty(row: int, codes: SeatCodes, doing: Block, days: Sequence[Sequence[int]]) -> str:
    """The codes of all seats that the engineer of a row has on one of their days, “1+2”."""
    said = []
    for s, code in enumerate(codes.names):
        cells = [f"{DAYS}!{letters(FIRST_DAY_COLUMN + n)}${doing.row + s}" for n in days[s]]
        # Begun with 0, for a condition alone is TRUE or FALSE, and FALSE>0 is TRUE.
        tests = "+".join(["0", *(f"({cell}=$A{row})" for cell in cells)])
        said += [f'IF({tests}>0,"{code} ","")'] if cells else []
    return f'SUBSTITUTE(TRIM({"&".join(said)})," ","+")' if said else '""'


def _begins(facts: Facts, s: int, d: int) -> tuple[int, ...]:
    """The days on which parts of a seat's duties begin that touch a day: its own, first."""
    parts = facts.parts[s] or ()
    found = [7 * w + p.day for w in (d // 7, d // 7 - 1) for p in parts if d - 7 * w in p.days]
    return tuple(sorted((n for n in found if n >= 0), reverse=True))


def _days_off(facts: Facts, e: int) -> dict[date, str]:
    """The sign of each day off that is not a vacation; festivals go before holidays."""
    days_off, name = facts.problem.days_off, facts.engineers[e].name
    found = {holiday.day: HOLIDAY for holiday in days_off.holidays.get(name, ())}
    for time in days_off.festivals.get(name, ()):
        found.update(dict.fromkeys(time.days, FESTIVAL))
    return found


def _absences(facts: Facts, e: int) -> set[date]:
    own = [v for v in facts.vacations if v.engineer == facts.engineers[e].name]
    return {day for day in facts.days if any(v.start <= day <= v.end for v in own)}


@cache
def _look(weekend: bool, month_begins: bool) -> Look:
    fill = _WEEKEND_FILL if weekend else ""
    return _CENTRED.but(fill=fill, ink=QUIET_INK, month_before=month_begins)


_CENTRED = Look(align="center", vertical="center", size=8)


def _colour(page: Page, work: Workings) -> None:
    """Duties in their engineers' colours, days off in greys and pale tints, today marked."""
    first, last = FIRST_DAY_COLUMN, FIRST_DAY_COLUMN + len(work.facts.days) - 1
    top, bottom = _FIRST_ROW, _FIRST_ROW + len(work.facts.present) - 1
    cell = f"{letters(first)}{top}"
    grid = f"{cell}:{letters(last)}{bottom}"
    signs = quoted(AWAY + HOLIDAY + FESTIVAL)
    on_duty = f"AND(LEN({cell})>0,ISERROR(FIND(LEFT({cell},1),{signs})))"
    also_off = f"AND(LEN({cell})>1,NOT(ISERROR(FIND(RIGHT({cell},1),{signs}))))"
    both = f'AND({on_duty},RIGHT({cell},1)="{AWAY}")'
    page.highlight(grid, both, RED, stop=True)
    for colour, cells, here in rows_by_colour(work.facts, top, (first, last)):
        own, off = on_duty.replace(cell, here), also_off.replace(cell, here)
        page.highlight(cells, off, replace(DAY_OFF, fill=colour), stop=True)
        page.highlight(cells, own, Highlight(fill=colour, ink=INK, bold=True), stop=True)
    for sign, colour in (
        (AWAY, AWAY_FILL),
        (FESTIVAL, _FESTIVAL_FILL),
        (HOLIDAY, _HOLIDAY_FILL),
    ):
        page.highlight(grid, f'{cell}="{sign}"', Highlight(fill=colour))
    today = f"{letters(first)}$3={TODAY}"
    page.highlight(f"{letters(first)}3:{letters(last)}4", today, NOW)


def _weeks_a_page(plan: Plan) -> int:
    """A printed page holds whole weeks, and all pages about equally many."""
    weeks = len(plan.problem.weeks)
    pages = -(-weeks // _MOST_WEEKS_A_PAGE)
    return -(-weeks // pages)


def _page_starts(plan: Plan) -> list[int]:
    """The first column of each printed page."""
    weeks = len(plan.problem.weeks)
    return [FIRST_DAY_COLUMN + 7 * n for n in range(0, weeks, _weeks_a_page(plan))]


def _weekend(plan: Plan, days: tuple[date, ...]) -> frozenset[int]:
    """Weekdays that are never working days where the team counts; else Saturday and Sunday."""
    working = {day.isoweekday() for day in days if day not in plan.problem.days_off.non_business}
    found = frozenset(range(1, 8)) - working
    return found if found and working else frozenset({6, 7})


def _headings(page: Page, days: tuple[date, ...], plan: Plan) -> None:
    for row, title in enumerate(("", "Week", "Day", ""), start=1):
        page.put(row, 1, title, HEAD)
    columns = enumerate(days, start=FIRST_DAY_COLUMN)
    starts = _page_starts(plan)
    for (_, year, month), of_month in groupby(
        columns, key=lambda each: (bisect_right(starts, each[0]), each[1].year, each[1].month)
    ):
        span = [column for column, _ in of_month]
        name = MONTHS[month - 1] if len(span) > 6 else MONTHS[month - 1][:3]
        said = f"{name} {year}" if len(span) > 3 else ""
        _heading(page, 1, span[0], len(span), said, _MONTH_HEAD)
    for number, week in enumerate(plan.problem.weeks):
        _heading(page, 2, FIRST_DAY_COLUMN + 7 * number, 7, week.name, _WEEK_HEAD)
    looks = [_DAY_HEADS[day.day == 1] for day in days]
    dated = [_DATE_HEADS[day.day == 1] for day in days]
    page.put_line(3, FIRST_DAY_COLUMN, repeat(""), days, dated)
    names = [WEEKDAYS[day.weekday()][:1] for day in days]
    page.put_line(4, FIRST_DAY_COLUMN, repeat(""), names, looks)


_MONTH_HEAD = HEAD.but(wrap=False)
_WEEK_HEAD = Look(fill="DCE3EA", align="center", size=8)
_DAY_HEAD = Look(fill="EEF1F4", align="center", size=7, ink=QUIET_INK)
_DAY_HEADS = (_DAY_HEAD, _DAY_HEAD.but(month_before=True))
_DATE_HEADS = tuple(look.but(format="d") for look in _DAY_HEADS)
"""Of any day, and of the first of a month."""


def _heading(page: Page, row: int, first: int, columns: int, said: str, look: Look) -> None:
    page.put_line(row, first, repeat(""), [said, *[""] * (columns - 1)], repeat(look))
    page.merge(row, first, row, first + columns - 1)


def _legend_lines(plan: Plan) -> Iterator[tuple[str, Look]]:
    """What each sign means, in the look that it has."""
    for said in seats.legend(plan.problem.team):
        yield text.clean(said), TEXT.but(bold=True)
    yield "both, brown edge = on duty on a day off", TEXT.but(bold=True, ink=AMBER_INK)
    yield "both, red = on duty while away", TEXT.but(fill=ALARM_FILL, ink=ALARM_INK)
    yield f"{AWAY} = away", TEXT.but(fill=AWAY_FILL)
    yield f"{FESTIVAL} = own festival", TEXT.but(fill=_FESTIVAL_FILL)
    yield f"{HOLIDAY} = public holiday", TEXT.but(fill=_HOLIDAY_FILL)
    yield "grey = weekend", TEXT.but(fill=_WEEKEND_FILL)
