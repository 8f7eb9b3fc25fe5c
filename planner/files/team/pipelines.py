"""``pipelines.csv``: what the team is on call for."""

from __future__ import annotations

from pathlib import Path

from planner.domain import Pipeline
from planner.files.team.choices import Choices, fold
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.runbook.deadlines import parse_deadlines

_TEXTS = (
    "purpose",
    "primary_owner",
    "secondary_owner",
    "respond_within",
    "sla",
    "upstream",
    "downstream",
    "watched_by",
    "escalation",
    "common_issues",
)
HOURS = ("24x7", "office hours")
COLUMNS = Columns("pipelines.csv", ("pipeline",), (*_TEXTS, "rotation", "hours", "deadline"))


def read_pipelines(path: Path, rotations: Choices, reading: Reading) -> tuple[Pipeline, ...]:
    """Every pipeline, sorted by name; one without a rotation has nobody on call."""
    found: list[Pipeline] = []
    first_rows: dict[str, int | None] = {}
    for row in read_csv(path, COLUMNS, reading).rows:
        pipeline = _pipeline(row, rotations)
        if pipeline is None:
            continue
        first = first_rows.setdefault(fold(pipeline.name), row.source.row)
        if first != row.source.row:
            row.problem("pipeline", "stands here twice", f"See row {first}; delete one of them.")
        found.append(pipeline)
    return tuple(sorted(found, key=lambda pipeline: pipeline.name))


def _rotations(text: str, known: Choices) -> str:
    """One rotation, or several that cover the week together: ``days; nights``."""
    names = filter(None, (name.strip() for name in text.split(";")))
    return "; ".join(dict.fromkeys(map(known.require, names)))


def _pipeline(row: Row, rotations: Choices) -> Pipeline | None:
    name = row.needed("pipeline")
    rotation = row.read("rotation", lambda text: _rotations(text, rotations))
    hours = row.choice("hours", HOURS)
    row.read("deadline", parse_deadlines)
    if name is None:
        return None
    return Pipeline(
        name=name,
        rotation=rotation or "",
        hours=hours or "",
        deadline=row.text("deadline"),
        **{column: row.text(column) for column in _TEXTS},
    )
