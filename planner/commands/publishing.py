"""Writing a rota anew over a published one, with everything that people wrote in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planner.checking.finished_plan import Plan, Proof
from planner.checking.remarks import remarks_of
from planner.checking.report import Report, check
from planner.checking.warnings import warnings_of
from planner.commands.published_rota import Opened, open_rota
from planner.commands.saying import say
from planner.domain import Duty, Rota, Team
from planner.errors import OutputError, RotaError
from planner.files.transaction import Transaction
from planner.files.workbook import write
from planner.problem import Problem
from planner.rules.changes import changed

if TYPE_CHECKING:
    from planner.files.team.appending import Grown

Row = tuple[str, ...]
BY_HAND = "edited by hand"
PLANNED_ANEW = "planned anew"
ONLY_IN_OLD = "Only the old workbook still has {}."


def to_keep(team: Team, path: Path, outputs: Path) -> Opened:
    """A workbook with the stand-ins, locks, notes and vacations that people put into it.

    Raises ``OutputError`` if it cannot be read.
    """
    try:
        return open_rota(team, path, outputs)
    except RotaError as error:
        raise OutputError(
            f"what people put into {path} cannot be kept: {error.complaint}\n"
            "`rota plan --force --discard` plans without it, and keeps the old workbook beside it."
        ) from error


def plan_anew(opened: Opened, plan: Plan) -> tuple[Path | None, list[str]]:
    """As :func:`write_over`, for a plan that did not ask who held what before."""
    reasons = dict.fromkeys(plan.problem.duties, PLANNED_ANEW)
    kept, lost = write_over(opened, plan, reasons, opened.fingerprint)
    return kept, [ONLY_IN_OLD.format(what) for what in lost]


def first(plan: Plan, path: Path, before: str, inputs_fingerprint: str) -> Path | None:
    """Write a plan with nothing from before; what lies there, if anything, is kept beside it.

    ``before`` is the digest of that.
    """
    with Transaction(path.parent) as together:
        write(plan, path, inputs_fingerprint, replace=partial(together.replace, before=before))
        return together.keep(path, datetime.now()) if path.exists() else None


def rewrite(
    opened: Opened,
    problem: Problem,
    rota: Rota,
    reasons: Mapping[Duty, str],
    inputs_fingerprint: str,
    also: Sequence[Grown] = (),
) -> Path:
    """Write a rota that people decided on, without searching for a better one.

    ``reasons`` say why each changed duty changed. What was proven is said again only as far as
    neither the aim nor one before it has another value than then. What people added and only the
    old workbook still has is told.
    """
    report = check(problem, rota)
    proofs = _still_proven(opened, report)
    warnings = warnings_of(problem, rota)
    remarks, given = remarks_of(problem), opened.published.given
    plan = Plan(problem, rota, report, proofs, warnings, given=given, remarks=remarks)
    kept, lost = write_over(opened, plan, reasons, inputs_fingerprint, also)
    for what in lost:
        say(ONLY_IN_OLD.format(what))
    return kept


def write_over(
    opened: Opened,
    plan: Plan,
    reasons: Mapping[Duty, str],
    inputs_fingerprint: str,
    also: Sequence[Grown] = (),
) -> tuple[Path, tuple[str, ...]]:
    """Keep the old workbook aside and write the new one: where the old one is, and what of all
    that people added only that one still has.

    Notes, locks, stand-ins and the rows of the Changes sheet stay; new changes are added. The
    files of the inputs that grow by it are written with it. Raises ``OutputError`` if a file
    cannot be written, or the workbook is no longer what was opened; then all is as it was.
    """
    from planner.files.workbook.readback.lost_additions import own_parts
    from planner.files.workbook.readback.own_additions import read_additions
    from planner.files.workbook.writing import SHEETS

    published, now = opened.published, datetime.now()
    when = f"{now:%Y-%m-%d %H:%M}"
    rows = [*published.changes, *_by_hand(opened, when)]
    gone = [duty for duty in reasons if duty not in plan.problem.duty_index]
    for duty in (*gone, *changed(plan.problem, published.rota, plan.rota)):
        old, new = published.rota.holder(duty), plan.rota.holder(duty)
        rows.append(_row(opened.team, duty, old, new, reasons[duty], when))
    with Transaction(opened.path.parent) as together:
        replace = partial(together.replace, before=opened.digest)
        theirs = read_additions(opened.path, SHEETS)
        write(
            plan,
            opened.path,
            inputs_fingerprint,
            notes=published.notes,
            changed=rows,
            theirs=theirs,
            replace=replace,
        )
        kept = together.keep(opened.path, now)
        for grown in also:
            together.replace(grown.path, grown.write, grown.before)
    return kept, own_parts(kept, opened.path)


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
