"""Who was on duty at the great festivals of the last years, on the Fairness sheet."""

from __future__ import annotations

from datetime import timedelta

from planner.cells.formulas import Formula
from planner.cells.references import quoted
from planner.domain import DutyWeek, FestivalTime
from planner.domain.quarters import week_of
from planner.files.workbook import text
from planner.files.workbook.page import Page
from planner.files.workbook.style import DATE, HEAD, LOOSE, SECTION, TEXT
from planner.files.workbook.workings import Workings
from planner.publicholidays import festival_name, festival_times

GREAT = ("christmas", "chinese-new-year", "hari-raya-puasa", "deepavali")
_YEARS = timedelta(days=3 * 366)


def festivals_held(page: Page, work: Workings, row: int) -> int:
    """A row a festival of the planned weeks and of three years before them, as far as it is known
    who was on duty; gives the first row that is free below."""
    found = [(time, weeks) for time in _times(work) if (weeks := _known(work, time))]
    if not found:
        return row
    page.put(row, 1, "On duty at the great festivals", SECTION, spill=True)
    for column, title in enumerate(("Festival", "From", "On duty"), start=1):
        page.put(row + 1, column, title, HEAD)
    for number, (time, weeks) in enumerate(found, start=row + 2):
        page.put(number, 1, festival_name(time.festival), TEXT)
        page.put(number, 2, time.days[0], DATE, spill=True)
        page.put(number, 3, _holders(work, weeks), LOOSE, spill=True)
    page.widths[2] = max(page.widths.get(2, 0.0), 17.0)
    return row + 3 + len(found)


def _times(work: Workings) -> list[FestivalTime]:
    problem = work.facts.problem
    known = [problem.horizon.first, *(week.first for week in problem.history.weeks[:1])]
    first = max(min(known), problem.horizon.first - _YEARS)
    times = [t for key in GREAT for t in festival_times(key, first, problem.horizon.last)]
    return sorted(times, key=lambda time: (GREAT.index(time.festival), time.days))


def _known(work: Workings, time: FestivalTime) -> list[DutyWeek]:
    """The weeks of a festival, if it is known of all of them who was on duty."""
    problem = work.facts.problem
    weekday = problem.team.handover_weekday
    weeks = sorted({week_of(day, weekday) for day in time.days})
    past = frozenset(problem.history.weeks)
    return weeks if all(week in past or week in problem.weeks for week in weeks) else []


def _holders(work: Workings, weeks: list[DutyWeek]) -> Formula | str:
    """Whoever holds duties in these weeks, each once a week; planned ones follow edits."""
    problem = work.facts.problem
    cells, values = [], []
    holder = work.by_week("holder", work.seats)
    for week in weeks:
        if week in problem.weeks:
            w = problem.weeks.index(week)
            for s in range(work.seats):
                cell = holder.seen(holder.at(w, s))
                cells.append(f'IF({cell}="","",", "&{cell})')
                name = work.facts.holders[w][s]
                values += [name] if name else []
        else:
            names = [held.engineer for held in problem.history if held.duty.week == week]
            past = text.listed(name for name in names if name)
            if past:
                cells.append(quoted(f", {past}"))
                values.append(past)
    if all(week not in problem.weeks for week in weeks):
        return text.listed(values)
    return Formula(f"MID({'&'.join(cells)},3,999)", text.listed(values))
