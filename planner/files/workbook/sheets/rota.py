"""The Rota sheet: a row a week. People edit names, locks and notes here; it is read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

from planner.cells.formulas import Formula
from planner.cells.references import LINE_FEED, letters, quoted
from planner.cells.workings import BROKEN, TODAY
from planner.checking.finished_plan import Plan
from planner.domain import DutyWeek, Seat, Team
from planner.files.workbook import seats, text
from planner.files.workbook.conditional_formats import highlight_names
from planner.files.workbook.data_validation import choose_engineer, choose_word
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    ALARM_FILL,
    ALARM_INK,
    AMBER_INK,
    BAND_FILL,
    CHANGED_INK,
    DAY_OFF,
    GREEN,
    NOW,
    QUIET,
    RED,
    REST,
    REST_FILL,
    TEXT,
    WRAPPED,
    Highlight,
    Look,
)
from planner.files.workbook.text_width import needed_width
from planner.files.workbook.titles import (
    ALL_HOLD,
    AWAY,
    CANNOT_CHECK,
    ENDS,
    HOLIDAYS,
    LOCK,
    NOT_CHECKED,
    NOTE,
    PROBLEMS,
    ROTA_HEADER_NAME,
    STARTS,
    WEEK,
    column_name,
)
from planner.files.workbook.weeks import holiday_lines
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.reasons import BROKEN_MARK, CHANGED_MARK, MANY_PEOPLE
from planner.files.workbook.workings.verdict import MOST_BROKEN, banner_of

LOCKED_ALL = "all"
_WIDEST_NAME = 26.0
_ROWS_A_PAGE = 27
_HEAD_HEIGHT, _MOST_HEIGHT = 27.0, 62.0
"""All rows are as high as the fullest asks for, up to five lines; a note makes its own higher."""
_DAY = Look(format="ddd d mmm")
_NAME = Look(size=11, wrap=True, open=True)
_NAME_CHANGED = _NAME.but(bold=True)
_WEEK, _OPEN = TEXT.but(bold=True), WRAPPED.but(open=True)
_SMALL, _PROBLEMS = QUIET.but(size=9), QUIET.but(size=9, ink=AMBER_INK)
_LOOKS = (_WEEK, _DAY, _SMALL, _PROBLEMS, _OPEN)
_CHANGED = Highlight(ink=CHANGED_INK, bold=True, italic=True, mark=CHANGED_MARK)


def header(plan: Plan) -> tuple[str, ...]:
    """The titles of the columns, exactly as other people's tools expect them."""
    duties = seats.titles(plan.problem.team).values()
    return (WEEK, STARTS, ENDS, *duties, HOLIDAYS, AWAY, PROBLEMS, LOCK, NOTE)


def fill(page: Page, plan: Plan, work: Workings, notes: Mapping[DutyWeek, str]) -> None:
    """A header in row 1 and a row a week below it, so that pandas reads it as it is."""
    titles = header(plan)
    weeks = plan.problem.weeks
    page.head(1, [text.clean(title) for title in titles], filters=len(weeks))
    page.heights[1] = _HEAD_HEIGHT
    page.freeze(2, 4)
    holidays, locks = holiday_lines(plan), _locks(plan)
    months = [week.first.month for week in weeks]
    bands = accumulate((a != b for a, b in pairwise(months)), initial=False)
    for row, (week, band) in enumerate(zip(weeks, bands, strict=True), start=2):
        lines = (holidays[week], locks.get(week), notes.get(week))
        _row(page, row, plan, work, lines, BAND_FILL if band % 2 else "")
    page.widths.update({2: 13.0, 3: 13.0})
    longest = max(needed_width(CHANGED_MARK + name, _NAME_CHANGED) for name in work.facts.names)
    for column in range(4, 4 + work.seats):
        page.widths[column] = max(page.widths[column], min(longest, _WIDEST_NAME))
    page.widths[len(titles)] = max(page.widths.get(len(titles), 0), 24.0)
    page.level(2, 1 + len(weeks), _MOST_HEIGHT, but=len(titles))
    page.fit_on_pages(-(-len(weeks) // _ROWS_A_PAGE))
    _help_editing(page, plan, titles)
    _colour(page, work, titles)
    page.protect()


def _row(
    page: Page,
    row: int,
    plan: Plan,
    work: Workings,
    typed: tuple[Sequence[str], str | None, str | None],
    band: str,
) -> None:
    """``typed`` are the week's holidays, its lock and its note."""
    w = row - 2
    week = plan.problem.weeks[w]
    edge = w > 0 and week.first.month != week.later(-1).first.month
    plain, dated, small, told, typed_look = _looks(edge, band)
    fills, duties = work.facts.colours, plan.problem.duty_index
    page.put(row, 1, week.name, plain)
    page.put(row, 2, week.first, dated)
    page.put(row, 3, week.last, dated)
    column = 4
    for seat in plan.problem.team.seats:
        duty = seat.in_week(week)
        holder = plan.rota.holder(duty)
        colour = fills.get(holder or "", "") or (ALARM_FILL if duty in duties else REST.fill)
        look = _NAME.but(month_above=edge, fill=colour)
        page.put(row, column, holder, look, widest=_WIDEST_NAME)
        column += 1
    holidays, lock, note = typed
    page.put(row, column, "\n".join(holidays), small, widest=58)
    who = _of_week(work, row, "who is away", w)
    widest = 26.0 if work.people <= MANY_PEOPLE else 46.0
    page.put(row, column + 1, who, small, widest=widest)
    problems = _of_week(work, row, "problems", w)
    page.put(row, column + 2, problems, told, widest=60)
    page.put(row, column + 3, lock, typed_look, widest=24)
    page.put(row, column + 4, note, typed_look, widest=40)


@lru_cache(maxsize=8)
def _looks(edge: bool, band: str) -> tuple[Look, ...]:
    """Those of a row, which a month may begin, in the order of ``_LOOKS``."""
    return tuple(base.but(month_above=edge, fill=base.fill or band) for base in _LOOKS)


def _of_week(work: Workings, row: int, name: str, w: int) -> Formula:
    """What the workings say of the week named in this row, wherever the row went."""
    block, weeks = work.by_week(name), work.by_week("week")
    named = weeks.seen(weeks.down())
    said = f"INDEX({block.seen(block.down())},MATCH($A{row},{named},0))"
    said = f'IF(ISERROR({said}),"{CANNOT_CHECK}",{said}&"")'
    text = f'IF(SUMPRODUCT(--({named}=$A{row}))=0,"",{said})'
    return Formula(text, work.value(block, w))


def _locks(plan: Plan) -> dict[DutyWeek, str]:
    """What the Lock column says: ``all``, or the titles of the locked roles."""
    titles = seats.titles(plan.problem.team)
    locked = {held.duty for held in plan.problem.locked}
    found = {}
    for week in plan.problem.weeks:
        duties = [plan.problem.duties[n] for n in plan.problem.duties_in(week)]
        chosen = [titles[d.seat] for d in duties if d in locked]
        if chosen:
            found[week] = LOCKED_ALL if len(chosen) == len(duties) else text.listed(chosen)
    return found


def _help_editing(page: Page, plan: Plan, titles: tuple[str, ...]) -> None:
    """Names that survive inserted rows and columns, and lists to choose from."""
    last = 1 + len(plan.problem.weeks)
    page.name(ROTA_HEADER_NAME, 1, 1, 1, len(titles))
    for column in range(1, len(titles) + 1):
        page.name(column_name(column), 1, column, last, column)
    team = plan.problem.team
    columns = [(_hours(team, seat), n) for n, seat in enumerate(team.seats, start=4)]
    for said, alike in groupby(columns, key=itemgetter(0)):
        numbers = [number for _, number in alike]
        choose_engineer(page, 2, numbers[0], last, numbers[-1], help_text=said)
    words = (LOCKED_ALL, *seats.titles(team).values())
    choose_word(page, words, 2, titles.index(LOCK) + 1, last)


def _hours(team: Team, seat: Seat) -> str:
    """From when to when duties of part of a week are, shown at a duty's cell: its title is only a
    name."""
    said = team.hours_said(seat.rotation)
    return text.clean(f"{seat.rotation}: {said}") if said else ""


def _colour(page: Page, work: Workings, titles: tuple[str, ...]) -> None:
    """Red, amber, changed and this week; the Problems cell of the row says which and why.

    The first highlight that holds gives the whole look: Excel would go on, LibreOffice does not.
    """
    last = 1 + work.weeks
    problems = letters(titles.index(PROBLEMS) + 1)
    reasons = f"{LINE_FEED}&${problems}2"
    fills = {text.clean(name): colour for name, colour in work.facts.colours.items()}
    for column, title in enumerate(work.facts.titles, start=4):
        first = f"{letters(column)}2"
        cells = f"{first}:{letters(column)}{last}"
        broken, changed, remark = (
            f"ISNUMBER(FIND({LINE_FEED}&{quoted(f'{mark}{title}: ')},{reasons}))"
            for mark in (BROKEN_MARK, CHANGED_MARK, "")
        )
        page.highlight(
            cells, f"AND({changed},{broken})", replace(RED, mark=CHANGED_MARK), stop=True
        )
        page.highlight(cells, broken, RED, stop=True)
        both, marked = f"{changed},{remark}", replace(DAY_OFF, mark=CHANGED_MARK)
        highlight_names(page, cells, first, fills, where=both, change=marked)
        highlight_names(page, cells, first, fills, where=remark, change=DAY_OFF)
        highlight_names(page, cells, first, fills, where=changed, change=_CHANGED)
        page.highlight(cells, f"LEN({first})=0", Highlight(fill=REST_FILL), stop=True)
        highlight_names(page, cells, first, fills)
    page.highlight(f"A2:C{last}", f"AND($B2<={TODAY},{TODAY}<=$C2)", NOW)
    is_broken = f"ISNUMBER(FIND({LINE_FEED}&{quoted(BROKEN_MARK)},{reasons}))"
    page.highlight(f"{problems}2:{problems}{last}", is_broken, Highlight(ink=ALARM_INK, bold=True))
    _banner(page, f"{problems}1")


def _banner(page: Page, cell: str) -> None:
    """The head of the Problems column says how many rules are broken; its text stays the title."""
    for broken in range(1, MOST_BROKEN + 1):
        said = f"{PROBLEMS} – {banner_of(broken)}"
        page.highlight(cell, f"{BROKEN}={broken}", replace(RED, says=said))
    failed = replace(RED, says=f"{PROBLEMS} – {NOT_CHECKED}")
    page.highlight(cell, f"ISERROR({BROKEN})", failed, stop=True)
    page.highlight(
        cell,
        f"{BROKEN}=0",
        replace(GREEN, says=f"{PROBLEMS} – {ALL_HOLD}"),
    )
