"""What the Lock column of the Rota sheet locks, following edits: ``all``, or titles of roles."""

from __future__ import annotations

from planner.cells import Facts, Formula, Workings
from planner.cells.references import LINE_FEED, quoted
from planner.files.workbook.titles import LOCK_WORDS
from planner.files.workbook.workings.duties import FIRST_DUTY_COLUMN, rota_column

_COLUMNS_BEFORE_LOCK = 3
"""Holidays, Away and Problems stand between the duties and the Lock column."""


def fill(work: Workings) -> None:
    """Of each duty, whether it is locked: 1 or 0."""
    locked = work.by_week("locked", work.seats)
    for w in range(work.weeks):
        for s, value in enumerate(_locked(work.facts, w)):
            work.put(locked, w, s, Formula(_lock(work, w, s), int(value)))


def _locked(facts: Facts, w: int) -> list[bool]:
    """Of each seat, whether the Lock column names it, or all."""
    problem = facts.problem
    locked = {held.duty for held in problem.locked}
    duties = [problem.duties[n] for n in problem.duties_in(problem.weeks[w])]
    whole = bool(duties) and all(duty in locked for duty in duties)
    return [whole or duty in locked for duty in facts.duties[w]]


def _lock(work: Workings, w: int, s: int) -> str:
    row = work.by_week("row in Rota").at(w)
    column = rota_column(work, FIRST_DUTY_COLUMN + work.seats + _COLUMNS_BEFORE_LOCK)
    said = f"LOWER(TRIM(INDEX({column},{row})))"
    words = quoted(f";{';'.join(sorted(LOCK_WORDS))};")
    title = quoted(f";{work.facts.titles[s].lower()};")
    parts = said
    for mark in (LINE_FEED, '","'):
        parts = f'SUBSTITUTE({parts},{mark},";")'
    parts = f'";"&SUBSTITUTE(SUBSTITUTE({parts},"; ",";")," ;",";")&";"'
    return (
        f'IF({row}=0,0,IF({said}="",0,'
        f'0+(ISNUMBER(FIND(";"&{said}&";",{words}))+ISNUMBER(FIND({title},{parts}))>0)))'
    )
