"""Writing a rota anew over a published one, with everything that people wrote in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.checking import Report, check
from planner.checking.finished import Plan, Proof
from planner.checking.warnings import warnings_about
from planner.commands.published_rota import Opened
from planner.domain import Duty, Rota, Team
from planner.problem import Problem
from planner.rules.changes import changed

if TYPE_CHECKING:
    from planner.planning.replan import Replan

Row = tuple[str, ...]
BY_HAND = "edited by hand"


def republish(opened: Opened, answer: Replan, now: datetime) -> Path:
    """Keep the old workbook aside and write the new one; returns where the old one is.

    Notes, locks, stand-ins and the rows of the Changes sheet stay; new changes are added.
    Raises ``OutputError`` if a file cannot be written; then the old workbook is as it was.
    """
    reasons = {change.duty: change.why for change in answer.changes}
    return _write(opened, answer.plan, reasons, opened.fingerprint, now)


def rewrite(
    opened: Opened,
    problem: Problem,
    rota: Rota,
    reasons: Mapping[Duty, str],
    inputs_fingerprint: str,
    now: datetime,
) -> Path:
    """Write a rota that people decided on, without searching for a better one.

    ``reasons`` say why each changed duty changed. What was proven is said again only as far as
    neither the aim nor one before it has another value than then.
    """
    report = check(problem, rota)
    proofs = _still_proven(opened, report)
    warnings = tuple(warnings_about(problem))
    plan = Plan(problem, rota, report, proofs, warnings, given=opened.published.given)
    return _write(opened, plan, reasons, inputs_fingerprint, now)


def _write(
    opened: Opened,
    plan: Plan,
    reasons: Mapping[Duty, str],
    inputs_fingerprint: str,
    now: datetime,
) -> Path:
    from planner.files.safely import keep_aside
    from planner.files.workbook import write

    published, when = opened.published, f"{now:%Y-%m-%d %H:%M}"
    rows = [*published.changes, *_by_hand(opened, when)]
    for duty in changed(plan.problem, published.rota, plan.rota):
        old, new = published.rota.holder(duty), plan.rota.holder(duty)
        rows.append(_row(opened.team, duty, old, new, reasons[duty], when))
    kept = keep_aside(opened.path, now)
    write(plan, opened.path, inputs_fingerprint, notes=published.notes, changed=rows)
    return kept


def _still_proven(opened: Opened, report: Report) -> tuple[Proof, ...]:
    planned = {(proof.aim, proof.part): proof for proof in opened.published.proofs}
    proofs = []
    same = True
    for value in report.values:
        old = planned.get((value.aim, value.part))
        same = same and old is not None and old.value == value.value
        bound = old.bound if old is not None and same else None
        proofs.append(Proof(value.aim, value.part, value.value, bound))
    return tuple(proofs)


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
    seat = team.title(duty.seat)
    return (duty.week.name, seat, old or "", new or "", why, when)
