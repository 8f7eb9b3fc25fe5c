"""The Pipelines sheet: what the team is on call for, and what to do when it breaks."""

from __future__ import annotations

from planner.domain import Pipeline
from planner.files.workbook.page import Page
from planner.files.workbook.style import QUIET, TEXT, WRAPPED
from planner.finished import Plan

TITLE = "Pipelines"
HEADER = (
    "Pipeline",
    "Purpose",
    "Owners",
    "On call",
    "Respond within",
    "Deadline",
    "SLA",
    "Upstream",
    "Downstream",
    "Watched by",
    "Escalation",
    "Common issues",
)
_WIDEST = (20.0, 26.0, 24.0, 18.0, 16.0, 18.0, 26.0, 18.0, 18.0, 14.0, 36.0, 36.0)


def fill(page: Page, plan: Plan) -> None:
    """A row a pipeline, in the team's order."""
    page.head(1, HEADER, filters=len(plan.problem.team.pipelines))
    page.freeze(2, 2)
    for row, pipeline in enumerate(plan.problem.team.pipelines, start=2):
        for column, value in enumerate(_values(pipeline), start=1):
            look = TEXT.but(bold=True, wrap=True) if column == 1 else WRAPPED
            if column == 4 and not pipeline.rotation:
                look = QUIET
            page.put(row, column, value, look, widest=_WIDEST[column - 1])


def on_call(pipeline: Pipeline) -> str:
    """The rotation that answers for the pipeline, or that nobody is on call; with its hours."""
    return (pipeline.rotation or "no on-call") + (f" ({pipeline.hours})" if pipeline.hours else "")


def _values(pipeline: Pipeline) -> tuple[str, ...]:
    owners = [owner for owner in (pipeline.primary_owner, pipeline.secondary_owner) if owner]
    return (
        pipeline.name,
        pipeline.purpose,
        "\n".join(owners),
        on_call(pipeline),
        pipeline.respond_within,
        pipeline.deadline,
        pipeline.sla,
        pipeline.upstream,
        pipeline.downstream,
        pipeline.watched_by,
        pipeline.escalation,
        pipeline.common_issues,
    )
