"""The Overview sheet: the whole rota on one page, understood at a glance. It follows edits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from math import ceil

from planner.cells.formulas import Formula
from planner.cells.references import DAY_ZERO, letters, quoted
from planner.cells.workings import TODAY
from planner.domain import DutyWeek
from planner.domain.quarters import MONTHS
from planner.files.workbook import seats, text
from planner.files.workbook.conditional_formats import rows_by_colour
from planner.files.workbook.page import Page
from planner.files.workbook.readback.typed import Row
from planner.files.workbook.sheets.checks import put_banner
from planner.files.workbook.sheets.overview_cells import cells
from planner.files.workbook.style import (
    AMOUNT,
    AWAY_FILL,
    BANNER,
    COUNT,
    HEAD,
    INK,
    LOOSE,
    LOOSE_QUIET,
    NOW,
    QUIET_INK,
    RED,
    SECTION,
    SIGNED,
    Highlight,
    Look,
)
from planner.files.workbook.text_width import needed_height, needed_width
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.sentences import rounded, sentences
from planner.files.workbook.workings.turns import COVERED, LOCKED
from planner.files.workbook.workings.weeks_off import AWAY, FESTIVAL, HOLIDAY
from planner.wording import day, days

TITLE = "Overview"
WEEKS_A_PAGE = 14
"""Some quarters have fourteen."""
_FIRST_WEEK = 2
"""The column of the first week."""
_WEEK_WIDTH, _NAME_WIDTH, _WIDEST_NAME = 6.6, 16.0, 26.0
_ROW_HEIGHT = 19.0
_MOST_CHANGES = 6
_LEGEND_LETTERS = 140
_ABSENT_FILL = "D9D9D9"
_MONTH = HEAD.but(wrap=False, align="center")
_WEEK = Look(fill="DCE3EA", align="center", size=8, wrap=True)
_CELL = Look(align="center", size=10, ink=QUIET_INK)
_WRAPPED = LOOSE.but(wrap=True)
_TOTALS = ("weeks", "fair share", "balance", "shortest gap")


def fill(page: Page, work: Workings, changed: Sequence[Row]) -> None:
    """A title, the verdict, what is fair in plain words, the grid, and what changed last."""
    problem = work.facts.problem
    when = days(problem.horizon.first, problem.horizon.last)
    title = f"{problem.team.name} · {problem.horizon.label}"
    column = _text_column(work)
    page.put(1, column, title, BANNER, spill=True)
    beside = _FIRST_WEEK + max(6, ceil(needed_width(title, BANNER) / _WEEK_WIDTH) - 3 + column)
    page.put(1, beside, f"{when} {problem.horizon.last.year}", LOOSE_QUIET, spill=True)
    put_banner(page, work, 2, column)
    row = 3
    for sentence in sentences(work):
        page.put(row, column, sentence, LOOSE if column == 1 else _WRAPPED, spill=True)
        if column > 1:
            page.merge(row, column, row, column + WEEKS_A_PAGE - 1)
            width = WEEKS_A_PAGE * _WEEK_WIDTH
            page.heights[row] = needed_height(str(sentence.value), width, _WRAPPED)
        row += 1
    top, people = row + 3, work.facts.present
    _headings(page, work, top - 2)
    looks = [_CELL.but(month_before=edge) for edge in _edges(work)]
    for row, e in enumerate(people, start=top):
        _engineer(page, work, row, e, looks)
    last = top + len(people) - 1
    _colour(page, work, top, people)
    row = _legend(page, work, last + 2)
    _changes(page, work, row + 1, changed)
    _lay_out(page, work, top)
    page.protect()


def _text_column(work: Workings) -> int:
    """Where sentences begin: of several printed pages only the first should have them, and each
    repeats the first column."""
    return 1 if work.weeks <= WEEKS_A_PAGE else _FIRST_WEEK


def _headings(page: Page, work: Workings, row: int) -> None:
    weeks = work.facts.problem.weeks
    page.put(row, 1, None, HEAD)
    page.put(row + 1, 1, "Engineer", HEAD.but(wrap=False))
    columns = enumerate(weeks, start=_FIRST_WEEK)
    for (_, year, month), of_month in groupby(
        columns, key=lambda each: ((each[0] - _FIRST_WEEK) // WEEKS_A_PAGE, *_month_of(each[1]))
    ):
        span = [column for column, _ in of_month]
        name = MONTHS[month - 1] if len(span) > 2 else MONTHS[month - 1][:3]
        for column in span:
            said = f"{name} {year}" if len(span) > 1 else name
            page.put(row, column, said if column == span[0] else None, _MONTH, spill=True)
        page.merge(row, span[0], row, span[-1])
    for column, (week, edge) in enumerate(zip(weeks, _edges(work), strict=True), _FIRST_WEEK):
        said = f"W{week.name[-2:]}\n{day(week.first)[4:]}"
        page.put(row + 1, column, said, _WEEK.but(month_before=edge), widest=_WEEK_WIDTH)
    column = _FIRST_WEEK + work.weeks
    totals = [*seats.codes_of_roles(work.facts.problem.team).values(), *_TOTALS]
    if work.roles == 1:
        totals = list(_TOTALS)
    for number, said in enumerate(totals, start=column):
        page.put(row, number, None, HEAD)
        page.put(row + 1, number, said, HEAD.but(align="center", size=8), widest=8)
    page.heights[row + 1] = 26.0


def _month_of(week: DutyWeek) -> tuple[int, int]:
    """The year and month of its fourth day."""
    middle = week.first + timedelta(days=3)
    return middle.year, middle.month


def _edges(work: Workings) -> list[bool]:
    """Of each week, whether it is the first of a month, but for the very first."""
    months = [_month_of(week) for week in work.facts.problem.weeks]
    return [False, *(month != before for before, month in pairwise(months))]


def _engineer(page: Page, work: Workings, row: int, e: int, looks: Sequence[Look]) -> None:
    """``looks`` are those of the weeks."""
    facts = work.facts
    engineer = facts.engineers[e]
    name_look = Look(fill=facts.colours[engineer.name], bold=True, wrap=True)
    page.put(row, 1, engineer.name, name_look, widest=_WIDEST_NAME)
    page.heights[row] = max(_ROW_HEIGHT, needed_height(engineer.name, _WIDEST_NAME, name_look))
    weeks = zip(facts.problem.weeks, cells(work, e), looks, strict=True)
    for column, (week, cell, look) in enumerate(weeks, start=_FIRST_WEEK):
        absent = not engineer.employed(week)
        page.put(row, column, cell, look.but(fill=_ABSENT_FILL) if absent else look, spill=True)
    column = _FIRST_WEEK + work.weeks
    if work.roles > 1:
        for n in range(work.roles):
            value = work.shown(work.by_person("done", work.roles), e, n)
            page.put(row, column + n, value, COUNT.but(format="0.##"), spill=True)
        column += work.roles
    total, share, carried_in = (
        work.of_all_roles(name, e) for name in ("done", "owed", "carried in")
    )
    page.put(row, column, total, COUNT.but(format="0.##", bold=True), spill=True)
    page.put(row, column + 1, share, AMOUNT.but(format="0.0"), spill=True)
    at, fair = page.place(row, column), page.place(row, column + 1)
    sum_of_all = f"({carried_in.text}+{at}-{fair})"
    # Of less than half of a tenth neither sign is shown.
    balance = Formula(
        f"ROUND({sum_of_all}+SIGN({sum_of_all})*0.0000000001,1)",
        rounded(carried_in.value + total.value - share.value),
    )
    page.put(row, column + 2, balance, SIGNED.but(format='+0.0;"−"0.0;0.0'), spill=True)
    page.put(row, column + 3, work.shown(work.by_person("shortest"), e), COUNT, spill=True)


def _colour(page: Page, work: Workings, top: int, people: Sequence[int]) -> None:
    """Duties in their holders' colours whatever else the week is; red while away; this week."""
    facts = work.facts
    columns = _FIRST_WEEK, _FIRST_WEEK + work.weeks - 1
    first, end = map(letters, columns)
    cell = f"{first}{top}"
    grid = f"{cell}:{end}{top + len(people) - 1}"
    begins = quoted("".join((AWAY, FESTIVAL, HOLIDAY)))
    on_duty = f"AND(LEN({cell})>0,ISERROR(FIND(LEFT({cell},1),{begins})))"
    is_away = f"ISNUMBER(FIND({quoted(AWAY)},{cell}))"
    standing_in = f'LEFT({cell},1)="("'
    page.highlight(grid, f"AND({on_duty},{is_away},NOT({standing_in}))", RED, stop=True)
    for colour, cells_of, here in rows_by_colour(facts, top, columns):
        own = on_duty.replace(cell, here)
        page.highlight(cells_of, own, Highlight(fill=colour, ink=INK, bold=True), stop=True)
    page.highlight(grid, is_away, Highlight(fill=AWAY_FILL), stop=True)
    begin = DAY_ZERO.toordinal() - facts.problem.weeks[0].first.toordinal()
    week = f"INT(({TODAY}+{begin})/7)+{_FIRST_WEEK}=COLUMN({first}1)"
    page.highlight(f"{first}{top - 1}:{end}{top - 1}", week, NOW)


def _legend(page: Page, work: Workings, row: int) -> int:
    """What every letter and sign means, in as many lines as a quarter's grid is wide."""
    team = work.facts.problem.team
    said = seats.legend(team)
    said += [
        f"{AWAY} = away",
        f"{FESTIVAL} = own festival",
        f"{HOLIDAY} = public holiday",
        f"{LOCKED} = locked",
        f"{COVERED} = somebody else does part of it, who bears the letter in brackets",
        "grey = not on the team",
    ]
    lines = [said[0]]
    for one in said[1:]:
        if len(lines[-1]) + len(one) > _LEGEND_LETTERS:
            lines.append(one)
        else:
            lines[-1] += f" · {one}"
    column = _text_column(work)
    for number, line in enumerate(lines):
        page.put(row + number, column, text.clean(line), LOOSE_QUIET.but(size=8), spill=True)
    return row + len(lines)


def _changes(page: Page, work: Workings, row: int, changed: Sequence[Row]) -> None:
    """What the last version changed, most of it."""
    if not changed:
        return
    latest = [change for change in changed if change[-1] == changed[-1][-1]]
    column = _text_column(work)
    page.put(row, column, f"Changed {latest[0][-1]}", SECTION.but(size=10), spill=True)
    for number, (week, duty, old, new, why, _) in enumerate(latest[:_MOST_CHANGES], start=1):
        said = f"{week} {duty}: {old or 'nobody'} → {new or 'nobody'}"
        said += f" ({why})" if why else ""
        page.put(row + number, column, said, LOOSE.but(size=9), spill=True)
    if len(latest) > _MOST_CHANGES:
        more = f"and {len(latest) - _MOST_CHANGES} more: see Changes"
        page.put(row + _MOST_CHANGES + 1, column, more, LOOSE_QUIET.but(size=9), spill=True)


def _lay_out(page: Page, work: Workings, top: int) -> None:
    """One page for thirteen weeks; a page a quarter for more."""
    for column in range(_FIRST_WEEK, _FIRST_WEEK + work.weeks):
        page.widths[column] = _WEEK_WIDTH
    page.widths[1] = max(page.widths.get(1, 0.0), _NAME_WIDTH)
    further = (work.roles if work.roles > 1 else 0) + len(_TOTALS)
    for column in range(_FIRST_WEEK + work.weeks, _FIRST_WEEK + work.weeks + further):
        page.widths[column] = 6.0 if column < _FIRST_WEEK + work.weeks + further - 4 else 8.0
    page.freeze(top, _FIRST_WEEK)
    if work.weeks <= WEEKS_A_PAGE:
        page.fit_on_pages()
        return
    page.repeat(top - 1, top - 2)
    page.repeat_names()
    starts = range(_FIRST_WEEK, _FIRST_WEEK + work.weeks, WEEKS_A_PAGE)
    width = (
        page.widths[1]
        + WEEKS_A_PAGE * _WEEK_WIDTH
        + sum(page.widths[_FIRST_WEEK + work.weeks + n] for n in range(further))
    )
    page.break_columns(width, list(starts)[1:])
