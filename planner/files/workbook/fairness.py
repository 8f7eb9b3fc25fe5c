"""The Fairness sheet: who does how much, who is owed what, and a chart of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

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

from planner.domain import Engineer
from planner.files.workbook import seats
from planner.files.workbook.page import Page
from planner.files.workbook.style import (
    AMOUNT,
    COUNT,
    FONT,
    HEAD,
    LINE,
    LOOSE_QUIET,
    SIGNED,
    TEXT,
    Look,
    colours,
)
from planner.ledger import Account, accounts
from planner.plan import Plan

TITLE = "Fairness"
ENGINEERS_NAME = "Engineers"
SPREAD = "Spread"
_BARS = ("4477AA", "CCBB44", "AA3377", "66CCEE", "228833", "EE6677", "BBBBBB")
STRONG = COUNT.but(bold=True)
_MOST_ON_ONE_PAGE = 30
_LEGEND = (
    "Owed: the fair share of all duties, by share and weeks on the team. "
    "Balance: carried in + total − owed; above zero, somebody has done more than a fair share.",
    "Gaps: weeks from one duty to the next in the same role; 4 means every fourth week.",
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


def fill(page: Page, plan: Plan) -> None:
    """A row an engineer, the spread, and below them a chart of weeks."""
    titles = header(plan)
    lines = _lines(plan)
    page.head(1, titles, filters=len(lines), look=HEAD.but(align="center"))
    page.freeze(2, 2)
    fills = colours(plan.problem.team)
    roles = len(seats.titles(plan.problem.team))
    for row, line in enumerate(lines, start=2):
        _put(page, row, line, fills[line.engineer.name])
    last = 1 + len(lines)
    page.widths[1] = min(page.widths.get(1, 0), 34.0)
    page.name(ENGINEERS_NAME, 2, 1, last, 1)
    _spread(page, last + 1, lines, titles)
    for number, sentence in enumerate(_LEGEND):
        page.put(last + 3 + number, 1, sentence, LOOSE_QUIET, spill=True)
    _chart(page, last, roles, last + 4 + len(_LEGEND))
    if len(lines) <= _MOST_ON_ONE_PAGE:
        page.fit_on_one_page()


@dataclass(frozen=True, slots=True)
class _Line:
    engineer: Engineer
    by_role: tuple[Fraction, ...]
    total: Account
    holiday_days: int
    festival_days: int
    gaps: tuple[int, ...]


def _put(page: Page, row: int, line: _Line, colour: str) -> None:
    page.put(row, 1, line.engineer.name, Look(fill=colour, wrap=True))
    page.put(row, 2, float(line.engineer.share), AMOUNT)
    for column, done in enumerate(line.by_role, start=3):
        page.put_amount(row, column, done)
    rest = 3 + len(line.by_role)
    page.put_amount(row, rest, Fraction(line.total.done), STRONG)
    page.put(row, rest + 1, float(line.total.owed), AMOUNT)
    page.put(row, rest + 2, float(line.total.carried_in), SIGNED)
    page.put(row, rest + 3, float(line.total.balance), SIGNED.but(bold=True))
    gaps = (min(line.gaps, default=None), max(line.gaps, default=None))
    for column, count in enumerate((line.holiday_days, line.festival_days, *gaps), rest + 4):
        page.put(row, column, count, COUNT)


def _lines(plan: Plan) -> list[_Line]:
    by_engineer: dict[str, list[Account]] = {}
    for account in accounts(plan.problem, plan.rota):
        by_engineer.setdefault(account.engineer, []).append(account)
    lines = []
    for engineer in plan.problem.engineers:
        *by_role, together = by_engineer[engineer.name]
        worked = {day for duty in plan.rota.duties_of(engineer.name) for day in duty.week.days}
        days_off = plan.problem.days_off
        holidays = {h.day for h in days_off.holidays.get(engineer.name, ())}
        times = days_off.festivals.get(engineer.name, ())
        festivals = {day for time in times for day in time.days}
        lines.append(
            _Line(
                engineer,
                tuple(Fraction(account.done) for account in by_role),
                together,
                len(worked & holidays),
                len(worked & festivals),
                tuple(_gaps(plan, engineer)),
            )
        )
    return lines


def _gaps(plan: Plan, engineer: Engineer) -> list[int]:
    duties = plan.rota.duties_of(engineer.name)
    gaps = []
    for rotation, role in seats.titles(plan.problem.team):
        weeks = [duty.week for duty in duties if (duty.rotation, duty.role) == (rotation, role)]
        gaps += [one.until(next_one) for one, next_one in pairwise(weeks)]
    return gaps


def _spread(page: Page, row: int, lines: Sequence[_Line], titles: Sequence[str]) -> None:
    totals = [Fraction(line.total.done) for line in lines]
    page.put_row(row, [SPREAD, *[None] * (len(titles) - 1)], TEXT.but(bold=True))
    page.put_amount(row, titles.index("Total") + 1, max(totals) - min(totals), STRONG)


def _chart(page: Page, last: int, roles: int, row: int) -> None:
    chart = BarChart()
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 60
    chart.title = _heading("Weeks on duty")
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
    chart.width, chart.height = 24, max(7.5, 3.5 + 0.75 * (last - 1))
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
