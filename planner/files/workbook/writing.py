"""A plan becomes a workbook: up to eleven sheets, and two hidden ones behind their formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from planner.checking.finished_plan import Plan
from planner.domain import DutyWeek, Rota
from planner.files.atomic_write import replace_file
from planner.files.workbook import text, titles, workings
from planner.files.workbook.additions import NOTHING, Additions
from planner.files.workbook.book import Book
from planner.files.workbook.carry_over import keep
from planner.files.workbook.page import Page
from planner.files.workbook.readback.typed import Row
from planner.files.workbook.record import Record, fingerprint
from planner.files.workbook.save import save
from planner.files.workbook.sheets import (
    about,
    calendar,
    changes,
    checks,
    cover,
    fairness,
    holidays,
    overview,
    pipelines,
    rota,
    vacations,
)
from planner.files.workbook.snapshot import snapshot_of
from planner.files.workbook.weeks import own_festivals, shared_holidays
from planner.files.workbook.workings import DAYS, WORKINGS

SHEETS = {
    overview.TITLE: "33475B",
    titles.ROTA: "33475B",
    fairness.TITLE: "4477AA",
    checks.TITLE: "228833",
    calendar.TITLE: "66CCEE",
    titles.COVER: "CCBB44",
    titles.CHANGES: "CCBB44",
    titles.VACATIONS: "EE6677",
    holidays.TITLE: "EE6677",
    pipelines.TITLE: "AA3377",
    titles.ABOUT: "BBBBBB",
}
"""The sheets in their order, with the colours of their tabs."""

Replace: TypeAlias = Callable[[Path, Callable[[Path], None]], None]
"""As :func:`planner.files.atomic_write.replace_file`."""

_NO_NOTES: Mapping[DutyWeek, str] = MappingProxyType({})


def write(
    plan: Plan,
    path: Path,
    inputs_fingerprint: str,
    *,
    notes: Mapping[DutyWeek, str] = _NO_NOTES,
    changed: Sequence[Row] = (),
    theirs: Additions = NOTHING,
    replace: Replace = replace_file,
) -> None:
    """Write the plan's workbook to ``path``, replacing what is there in one step.

    ``notes`` fill the Note column, ``changed`` the Changes sheet, ``theirs`` is what people added
    to the workbook that is replaced; ``replace`` puts the file in its place. Two equal plans
    differ only in About's "Planned at" and in the file's metadata.

    Raises ``OutputError`` if the file cannot be written; then nothing has changed.
    """
    horizon = plan.problem.horizon
    title = text.clean(f"{plan.problem.team.name}: on-call rota {horizon.label}")
    book = Book(title, f"{horizon.weeks[0]} to {horizon.weeks[-1]}")
    _fill(book, plan, inputs_fingerprint, notes, changed, theirs)
    replace(path, lambda fresh: save(book, fresh))


def _fill(
    book: Book,
    plan: Plan,
    inputs_fingerprint: str,
    notes: Mapping[DutyWeek, str],
    changed: Sequence[Row],
    theirs: Additions,
) -> None:
    empty = _empty(plan, changed)
    pages = {title: book.page(title, tab) for title, tab in SHEETS.items() if title not in empty}
    backstage = [book.hidden(title) for title in (WORKINGS, DAYS)]
    work = workings.fill(backstage[0], backstage[1], plan)
    overview.fill(pages[overview.TITLE], work, changed)
    rota.fill(pages[titles.ROTA], plan, work, notes)
    fairness.fill(pages[fairness.TITLE], plan, work)
    checks.fill(pages[checks.TITLE], plan, work)
    calendar.fill(pages[calendar.TITLE], plan, work)
    cover.fill(pages[titles.COVER], plan, work)
    vacations.fill(pages[titles.VACATIONS], plan, work)
    if titles.CHANGES in pages:
        changes.fill(pages[titles.CHANGES], changed)
    if holidays.TITLE in pages:
        holidays.fill(pages[holidays.TITLE], plan)
    if pipelines.TITLE in pages:
        pipelines.fill(pages[pipelines.TITLE], plan, work)
    if theirs != NOTHING:
        keep(theirs, pages, book.page)
    record = _record(plan, inputs_fingerprint, pages)
    about.fill(pages[titles.ABOUT], plan, work, record)
    for page in pages.values():
        page.foot(book.title)
    for sheet in backstage:
        sheet.protect()


def _empty(plan: Plan, changed: Sequence[Row]) -> set[str]:
    """The sheets that would hold nothing, and on which nobody can type anything."""
    filled = {
        titles.CHANGES: bool(changed),
        holidays.TITLE: bool(shared_holidays(plan) or own_festivals(plan)),
        pipelines.TITLE: bool(plan.problem.team.pipelines),
    }
    return {title for title, anything in filled.items() if not anything}


def _record(plan: Plan, inputs_fingerprint: str, pages: Mapping[str, Page]) -> Record:
    problem = plan.problem
    planned = Rota.of((duty, plan.rota.holder(duty)) for duty in problem.duties)
    content = fingerprint(
        (pages[title].grid(), 0, left_out) for title, left_out in EDITABLE.items()
    )
    key, horizon = problem.team.key, problem.horizon
    titles = rota.header(plan)
    snapshot = snapshot_of(problem)
    facts = problem.facts()
    proofs, given = plan.proofs, plan.given
    return Record(
        key, horizon, inputs_fingerprint, content, titles, planned, proofs, snapshot, given, facts
    )


EDITABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {titles.ROTA: titles.DERIVED, titles.VACATIONS: (), titles.COVER: ()}
)
"""The sheets that people may edit, with those columns that only follow from the others."""
