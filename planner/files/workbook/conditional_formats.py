"""Colours that follow what cells say: conditional formats, the earlier ones winning.

Their formulas look at cells of their own sheet, or at defined names, which every version of
Excel allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from planner.cells.facts import Facts
from planner.cells.references import LONGEST, letters, quoted
from planner.files.workbook.page import Page
from planner.files.workbook.style import RED, Highlight
from planner.files.workbook.titles import ENGINEERS_NAME
from planner.grouping import grouped

_PLAIN = Highlight()


def highlight_names(
    page: Page,
    cells: str,
    first: str,
    fills: Mapping[str, str],
    *,
    where: str = "",
    change: Highlight = _PLAIN,
) -> None:
    """Give every name its colour wherever it stands; ``first`` is the first of the cells. With
    ``where``, only where that holds too, and with the rest of ``change``."""
    by_colour = grouped((colour, f"{first}={quoted(name)}") for name, colour in fills.items())
    for colour, tests in by_colour.items():
        formula = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        if where:
            formula = f"AND({where},{formula})"
        if len(formula) <= LONGEST:
            page.highlight(cells, formula, _filled(change, colour), stop=True)


@lru_cache(maxsize=256)
def _filled(change: Highlight, colour: str) -> Highlight:
    return replace(change, fill=colour)


def rows_by_colour(
    facts: Facts, top: int, columns: tuple[int, int]
) -> Iterator[tuple[str, str, str]]:
    """Of a grid with a row for each engineer who is there: each colour, the cells of whom it is,
    and the first of them. ``columns`` are the first and the last."""
    first, last = map(letters, columns)
    people = enumerate(facts.present, start=top)
    rows = grouped((facts.colours[facts.engineers[e].name], row) for row, e in people)
    for colour, numbers in rows.items():
        cells = " ".join(f"{first}{n}:{last}{n}" for n in numbers)
        yield colour, cells, f"{first}{numbers[0]}"


def highlight_mistakes(
    page: Page, row: int, last: int, *, people: str, dates: tuple[str, str]
) -> None:
    """In rows that people fill: red names that are nobody's, and dates that are missing or
    end before they begin. ``people`` and ``dates`` are letters of columns."""
    for column in people:
        first = f"{column}{row}"
        unknown = f"AND(LEN({first})>0,SUMPRODUCT(--({ENGINEERS_NAME}={first}))=0)"
        page.highlight(f"{first}:{column}{last}", unknown, RED, stop=True)
    since, until = dates
    dated = f"ISNUMBER(${since}{row}),ISNUMBER(${until}{row}),${until}{row}>=${since}{row}"
    missing = f"AND(LEN(${people[0]}{row})>0,NOT(AND({dated})))"
    page.highlight(f"{since}{row}:{until}{last}", missing, RED)
