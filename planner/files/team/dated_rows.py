"""Further rows of an engineer in ``engineers.csv``: what holds from a date on.

Empty cells keep what the row before says; a row holds from the first whole duty week after its
date in the column ``since``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.domain import Engineer, Level
from planner.domain.people import Stage
from planner.files.team.choices import Choices
from planner.files.team.engineer_cells import parse_share, read_region, read_roles
from planner.files.team.rows import Row

UNDATED = ("email", "festivals", "joined", "left", "accounts", "off_days", "formerly")
"""What a further row cannot change."""


def with_stages(engineer: Engineer, rows: Sequence[Row], roles: Choices) -> Engineer:
    """The engineer of the first row, with what later rows say; problems are noted."""
    dated: dict[date, Row] = {}
    for row in rows:
        since = row.date("since")
        if since in dated:
            row.problem("since", f"is the date of row {dated[since].source.row} too", "Keep one.")
        elif since is not None:
            dated[since] = row
        for column in UNDATED:
            if row.text(column):
                row.problem(column, "does not change with a date", "Write it in the first row.")
    facts = (engineer.region, engineer.level, engineer.share, engineer.group, engineer.roles)
    before = Stage(date.min, *facts)
    stages = []
    for since in sorted(dated):
        before = _stage(before, since, dated[since], roles)
        stages.append(before)
    return replace(engineer, stages=tuple(stages))


def _stage(before: Stage, since: date, row: Row, roles: Choices) -> Stage:
    placed = row.text("country") or row.text("subdivision")
    region = read_region(row, before.region.country) if placed else None
    level: Level | None = row.choice("level", Level)
    share = row.read("share", parse_share)
    return Stage(
        since,
        region or before.region,
        level or before.level,
        before.share if share is None else share,
        row.text("group") or before.group,
        tuple(sorted(set(read_roles(row, roles)))) if row.text("roles") else before.roles,
    )
