"""The Fairness sheet: who does how much, who is owed what, and a chart of it."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from planner.cells.formulas import Formula
from planner.cells.references import letters
from planner.cells.workings import FESTIVAL, HOLIDAY
from planner.checking.finished import Plan
from planner.files.workbook import seats
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    AMOUNT,
    COUNT,
    FONT,
    HEAD,
    LINE,
    LOOSE_QUIET,
    QUIET,
    RED,
    SIGNED,
    TEXT,
    Look,
    colours,
)
from planner.files.workbook.titles import ENGINEERS_NAME
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.balances import NO_GAP

TITLE = "Fairness"
OTHERS, SPREAD = "Others", "Spread"
_CHART_TITLE = "Weeks on duty"
_BARS = ("4477AA", "CCBB44", "AA3377", "66CCEE", "228833", "EE6677", "BBBBBB")
WEEKS = COUNT.but(format="0.##")
STRONG = WEEKS.but(bold=True)
_MOST_ON_ONE_PAGE = 30
_LEGEND = (
    "Owed: the fair share of all duties, by share and weeks on the team. "
    "Balance: carried in + total − owed; above zero, somebody has done more than a fair share.",
    "Gaps: weeks from one duty to the next in the same role; 4 means every fourth week.",
    "Others: weeks on duty of nobody above, such as a mistyped name. "
    "Spread: the most total weeks less the fewest.",
)


def header(plan: Plan) -> tuple[str, ...]:
    """The titles of the columns."""
    duties = seats.titles(plan.problem.team).values()
    return (
        "Engineer",
        "Share",
        *duties,
        "Total",
        "Owed",
        "Carried in",
        "Balance",
        "Public-holiday days worked",
        "Own-festival days worked",
        "Shortest gap",
        "Longest gap",
    )


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A row an engineer, the others, the spread, and below them a chart of weeks."""
    titles = header(plan)
    people = work.people
    page.head(1, titles, filters=people, look=HEAD.but(align="center"))
    page.freeze(2, 2)
    for e in range(people):
        _engineer(page, work, e)
    last = 1 + people
    page.widths[1] = min(page.widths.get(1, 0), 34.0)
    page.name(ENGINEERS_NAME, 2, 1, last, 1)
    _others(page, work, last + 1, titles)
    _spread(page, work, last + 2, titles)
    for number, sentence in enumerate(_LEGEND):
        page.put(last + 4 + number, 1, sentence, LOOSE_QUIET, spill=True)
    _chart(page, last, work.seats, last + 5 + len(_LEGEND))
    if people <= _MOST_ON_ONE_PAGE:
        page.fit_on_pages()
    else:
        page.break_before(last + 5 + len(_LEGEND))
    page.protect()


def _engineer(page: Page, work: Workings, e: int) -> None:
    facts, row, seats = work.facts, 2 + e, work.seats
    engineer = facts.engineers[e]
    colour = colours(facts.problem.team)[engineer.name]
    page.put(row, 1, engineer.name, Look(fill=colour, wrap=True))
    page.put(row, 2, float(engineer.share), AMOUNT)
    for s in range(seats):
        page.put(row, 3 + s, _sum(work, "done", e, s), WEEKS)
    total, owed, carried = letters(3 + seats), letters(4 + seats), letters(5 + seats)
    done = _value(work, "done", e)
    page.put(row, 3 + seats, Formula(f"SUM(C{row}:{letters(2 + seats)}{row})", done), STRONG)
    page.put(row, 4 + seats, _sum(work, "owed", e), AMOUNT)
    page.put(row, 5 + seats, _sum(work, "carried in", e), SIGNED)
    balance = Formula(
        f"ROUND({carried}{row}+{total}{row}-{owed}{row},9)",
        round(_value(work, "carried in", e) + done - _value(work, "owed", e), 9),
    )
    page.put(row, 6 + seats, balance, SIGNED.but(bold=True))
    page.put(row, 7 + seats, _days(work, e, HOLIDAY), COUNT)
    page.put(row, 8 + seats, _days(work, e, FESTIVAL), COUNT)
    for column, longest in enumerate((False, True), start=9 + seats):
        page.put(row, column, _gap(work, e, longest=longest), COUNT)


def _sum(work: Workings, name: str, e: int, s: int | None = None) -> Formula:
    """What the workings say of an engineer, for one seat or all together."""
    block = work.by_person(name, work.seats)
    if s is not None:
        return Formula(block.seen(block.at(e, s)), work.value(block, e, s))
    return Formula(f"SUM({block.seen(block.across(e))})", _value(work, name, e))


def _value(work: Workings, name: str, e: int) -> float:
    block = work.by_person(name, work.seats)
    values = [work.value(block, e, s) for s in range(work.seats)]
    return sum(value for value in values if isinstance(value, int | float))


def _days(work: Workings, e: int, kind: int) -> Formula:
    days = work.own_days
    columns = [days.seen(days.down(column)) for column in (0, 1, 3)]
    text = f"SUMPRODUCT(({columns[0]}={e + 1})*({columns[1]}={kind})*{columns[2]})"
    total = 0
    for row in range(days.rows):
        times = work.value(days, row, 3)
        if (work.value(days, row, 0), work.value(days, row, 1)) == (e + 1, kind):
            total += times if isinstance(times, int) else 0
    return Formula(text, total)


def _gap(work: Workings, e: int, *, longest: bool) -> Formula:
    """The shortest or longest time between two duties in the same role; blank if there is none."""
    number, gap = work.by_week("number", work.seats), work.by_week("gap", work.seats)
    own = f"({number.seen(number.whole)}={e + 1})*({gap.seen(gap.whole)}<{NO_GAP})"
    reach = gap.seen(gap.whole) if longest else f"({NO_GAP}-{gap.seen(gap.whole)})"
    most = f"SUMPRODUCT(MAX({own}*{reach}))"
    found = []
    for w in range(work.weeks):
        for s in range(work.seats):
            weeks = work.value(gap, w, s)
            if work.value(number, w, s) == e + 1 and isinstance(weeks, int) and weeks < NO_GAP:
                found.append(weeks)
    if longest:
        return Formula(f'IF({most}=0,"",{most})', max(found, default=""))
    return Formula(f'IF({most}=0,"",{NO_GAP}-{most})', min(found, default=""))


def _others(page: Page, work: Workings, row: int, titles: Sequence[str]) -> None:
    """Duties done by nobody above: a mistyped name shows here."""
    page.put_row(row, [OTHERS, *[None] * (len(titles) - 1)], QUIET)
    doing, runs = work.by_day("doing", work.seats), work.by_day("runs", work.seats)
    for s in range(work.seats):
        column = letters(3 + s)
        filled = f'({doing.seen(doing.across(s))}<>"")'
        if not work.facts.every_week[s]:
            filled += f"*{runs.seen(runs.across(s))}"
        text = f"ROUND(SUMPRODUCT(1*{filled})/7-SUM({column}2:{column}{row - 1}),6)"
        page.put(row, 3 + s, Formula(text, _strangers(work, s)), WEEKS)
    total = sum(_strangers(work, s) for s in range(work.seats))
    text = f"SUM(C{row}:{letters(2 + work.seats)}{row})"
    page.put(row, 3 + work.seats, Formula(text, total), STRONG)
    seen = f"A{row}:{letters(3 + work.seats)}{row}"
    page.highlight(seen, f"${letters(3 + work.seats)}${row}>0", RED)


def _strangers(work: Workings, s: int) -> float:
    facts = work.facts
    days = sum(
        bool(name) and not facts.number(name) and facts.runs[d // 7][s]
        for d, name in enumerate(facts.doing[s])
    )
    return days // 7 if days % 7 == 0 else round(days / 7, 6)


def _spread(page: Page, work: Workings, row: int, titles: Sequence[str]) -> None:
    totals = [_value(work, "done", e) for e in range(work.people)]
    page.put_row(row, [SPREAD, *[None] * (len(titles) - 1)], TEXT.but(bold=True))
    column = letters(3 + work.seats)
    cells = f"{column}2:{column}{row - 2}"
    spread = Formula(f"MAX({cells})-MIN({cells})", max(totals) - min(totals))
    page.put(row, titles.index("Total") + 1, spread, STRONG)


def _chart(page: Page, last: int, roles: int, row: int) -> None:
    chart = BarChart()
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 60
    chart.title = _heading(_CHART_TITLE)
    chart.style = 10
    weeks = Reference(page.sheet, min_col=3, max_col=2 + roles, min_row=1, max_row=last)
    chart.add_data(weeks, titles_from_data=True)
    chart.set_categories(Reference(page.sheet, min_col=1, min_row=2, max_row=last))
    for number, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = _BARS[number % len(_BARS)]
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorUnit = 1 if last < 30 else None
    chart.y_axis.number_format = "0"
    chart.y_axis.crosses = "max"
    grid = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    chart.y_axis.majorGridlines = ChartLines(spPr=grid)
    for part in (chart.x_axis, chart.y_axis, chart.legend):
        part.txPr = _lettering(900, bold=False)
    chart.legend.position = "b"
    chart.layout = Layout(manualLayout=ManualLayout(x=0.18, y=0.14, w=0.76, h=0.62))
    chart.width, chart.height = 24, max(7.5, 3.5 + 0.65 * (last - 1))
    page.chart_title = _CHART_TITLE
    page.chart_text = (
        f"{_CHART_TITLE}: a bar for each of {last - 1} engineers, in one piece for each role. "
        "The same numbers stand in the table above."
    )
    page.sheet.add_chart(chart, f"A{row}")


def _lettering(size: int, *, bold: bool) -> RichText:
    """Sizes are in hundredths of a point."""
    return RichText(p=[Paragraph(pPr=_properties(size, bold), endParaRPr=CharacterProperties())])


def _heading(said: str) -> Title:
    run = RegularTextRun(t=said)
    written = RichText(p=[Paragraph(pPr=_properties(1200, bold=True), r=[run])])
    return Title(tx=Text(rich=written), overlay=False)


def _properties(size: int, bold: bool) -> ParagraphProperties:
    font = Font(typeface=FONT)
    return ParagraphProperties(defRPr=CharacterProperties(sz=size, b=bold, latin=font))
