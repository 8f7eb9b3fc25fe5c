"""Writing a rota anew over a published one, with everything that people wrote in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.check import Report
from planner.commands.opened import Opened
from planner.commands.saying import seat_name
from planner.domain import Duty, Team
from planner.plan import Plan, Proof
from planner.problem import Problem

if TYPE_CHECKING:
    from planner.replanning import Replan

Row = tuple[str, ...]
BY_HAND = "edited by hand"


def republish(opened: Opened, answer: Replan, now: datetime) -> Path:
    """Keep the old workbook aside and write the new one; returns where the old one is.

    Notes, locks, stand-ins and the rows of the Changes sheet stay; new changes are added.
    Raises ``OutputError`` if a file cannot be written; then the old workbook is as it was.
    """
    from planner.files.safely import keep_aside
    from planner.files.workbook import write

    kept = keep_aside(opened.path, now)
    when = f"{now:%Y-%m-%d %H:%M}"
    changed = (*opened.published.changes, *_by_hand(opened, when), *_by_plan(answer, when))
    write(
        answer.plan,
        opened.path,
        opened.fingerprint,
        notes=opened.published.notes,
        changed=changed,
    )
    return kept


def rewrite(opened: Opened, problem: Problem, report: Report, now: datetime) -> Path:
    """Write the published rota as it is, for a problem that has changed beside it.

    What was proven stays said only where the aim's value is still the same.
    """
    from planner.files.safely import keep_aside
    from planner.files.workbook import write

    planned = {(proof.aim, proof.part): proof for proof in opened.published.proofs}
    proofs = []
    for value in report.values:
        old = planned.get((value.aim, value.part))
        bound = old.bound if old is not None and old.value == value.value else None
        proofs.append(Proof(value.aim, value.part, value.value, bound))
    given = opened.published.given
    plan = Plan(problem, opened.published.rota, report, tuple(proofs), given=given)
    changed = (*opened.published.changes, *_by_hand(opened, f"{now:%Y-%m-%d %H:%M}"))
    kept = keep_aside(opened.path, now)
    inputs = opened.published.inputs_fingerprint
    write(plan, opened.path, inputs, notes=opened.published.notes, changed=changed)
    return kept


def _by_plan(answer: Replan, when: str) -> list[Row]:
    team = answer.plan.problem.team
    return [
        _row(team, change.duty, change.old, change.new, change.why, when)
        for change in answer.changes
    ]


def _by_hand(opened: Opened, when: str) -> list[Row]:
    """What people changed in the workbook since it was written."""
    planned, published = opened.published.planned, opened.published.rota
    if planned is None:
        return []
    return [
        _row(opened.team, duty, planned.holder(duty), published.holder(duty), BY_HAND, when)
        for duty in opened.problem.duties
        if duty in planned and planned.holder(duty) != published.holder(duty)
    ]


def _row(team: Team, duty: Duty, old: str | None, new: str | None, why: str, when: str) -> Row:
    seat = seat_name(team, duty.rotation, duty.role)
    return (duty.week.name, seat, old or "", new or "", why, when)
