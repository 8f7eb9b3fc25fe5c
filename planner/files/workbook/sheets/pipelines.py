"""The Pipelines sheet: what the team is on call for, who is today, and what to do then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from planner.cells.formulas import Formula
from planner.cells.references import quoted
from planner.cells.workings import TODAY
from planner.checking.finished_plan import Plan
from planner.domain import Pipeline
from planner.files.workbook.page import Page
from planner.files.workbook.style import NOW_FILL, QUIET, WRAPPED
from planner.files.workbook.workings import Workings
from planner.runbook.escalation import on_call_for

TITLE = "Pipelines"
_SECOND_PAGE = 9
"""The column with which a second printed page begins: what is read at leisure."""


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A row a pipeline, in the team's order."""
    page.head(1, list(_COLUMNS), filters=len(plan.problem.team.pipelines))
    page.freeze(2, 2)
    for row, pipeline in enumerate(plan.problem.team.pipelines, start=2):
        for column, (widest, value) in enumerate(_COLUMNS.values(), start=1):
            look = WRAPPED.but(bold=True) if column == 1 else WRAPPED
            if column == 2 and not pipeline.rotation:
                look = QUIET
            if column == 3 and pipeline.rotation:
                look = WRAPPED.but(fill=NOW_FILL)
            page.put(row, column, value(pipeline, work), look.but(vertical="top"), widest=widest)
    page.protect()
    page.repeat_names()
    first = sum(page.widths.get(column, 10.0) for column in range(1, _SECOND_PAGE))
    later = sum(page.widths.get(column, 10.0) for column in range(_SECOND_PAGE, len(_COLUMNS) + 1))
    page.break_columns(max(first, page.widths[1] + later), [_SECOND_PAGE])


def _today(pipeline: Pipeline, work: Workings) -> Formula | None:
    """Who answers for it today, stand-ins included."""
    facts = work.facts
    mine = [s for s, (r, _) in enumerate(facts.seats) if r.name in pipeline.rotations]
    if not mine:
        return None
    doing, days = work.by_day("doing", work.seats), work.by_day("date")
    today = f"MATCH({TODAY},{days.seen(days.across(0))},0)"
    parts, values = [], []
    d = (date.today() - facts.days[0]).days
    for s in mine:
        role = facts.seats[s][1].name
        who = f"INDEX({doing.seen(doing.across(s))},{today})"
        parts.append(f'IF({who}="","",CHAR(10)&{who}&{quoted(f" ({role})")})')
        if 0 <= d < len(facts.days) and facts.doing[s][d]:
            values.append(f"{facts.doing[s][d]} ({role})")
    outside = "not in these weeks"
    formula = f'IFERROR(MID({"&".join(parts)},2,999),"{outside}")'
    inside = 0 <= d < len(facts.days)
    return Formula(formula, "\n".join(values) if inside else outside)


def _owners(pipeline: Pipeline, _: Workings) -> str:
    return "\n".join(filter(None, (pipeline.primary_owner, pipeline.secondary_owner)))


Value = Callable[[Pipeline, Workings], str | Formula | None]
_COLUMNS: dict[str, tuple[float, Value]] = {
    "Pipeline": (22.0, lambda pipeline, _: pipeline.name),
    "On call": (18.0, lambda pipeline, _: on_call_for(pipeline)),
    "On call today": (22.0, _today),
    "Respond within": (15.0, lambda pipeline, _: pipeline.respond_within),
    "Deadline": (20.0, lambda pipeline, _: pipeline.deadline),
    "SLA": (36.0, lambda pipeline, _: pipeline.sla),
    "Escalation": (36.0, lambda pipeline, _: pipeline.escalation),
    "Owners": (22.0, _owners),
    "Purpose": (36.0, lambda pipeline, _: pipeline.purpose),
    "Upstream": (28.0, lambda pipeline, _: pipeline.upstream),
    "Downstream": (28.0, lambda pipeline, _: pipeline.downstream),
    "Watched by": (24.0, lambda pipeline, _: pipeline.watched_by),
    "Common issues": (62.0, lambda pipeline, _: pipeline.common_issues),
}
"""By title, how wide a column may be, and what it says."""
