"""Stand-ins for stand-ins in the workbook: each row of the Cover sheet takes over what its engineer
does, be it from the rows above; the sheet says the same as the check.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain import Cover
from planner.files.workbook import write
from planner.files.workbook.titles import CANNOT_CHECK, NOT_CHECKED
from planner.problem.doing import named
from tests import build
from tests.build import day
from tests.build import rota as written
from tests.files import office
from tests.files.live import as_checked, cells, checks, differences, plan_of, verdict
from tests.files.typed import Typed


@pytest.fixture
def engine(tmp_path):
    return Typed(tmp_path)


def _made(*covers):
    """A, B, C and D a week each, with stand-ins: who, first and last day, by whom."""
    problem = build.problem(build.rotation("ABCD"))
    found = tuple(Cover(who, day(a), day(b), by) for who, a, b, by in covers)
    rota = written(problem, "A B C D")
    return plan_of(replace(problem, covers=named(problem.team, rota, found)), rota)


def _typed(row, who, first, last, by):
    names = [office.write_text("Cover", f"{c}{row}", n) for c, n in (("A", who), ("D", by))]
    dates = [
        office.write_date("Cover", f"{c}{row}", day(n)) for c, n in (("B", first), ("C", last))
    ]
    return [*names, *dates]


def _first_week(path):
    """Who does each day of it, one letter a day."""
    days = cells(path)["Days"]
    row = next(cell[1:] for cell, name in days.items() if name == "doing")
    return "".join(days[f"{column}{row}"] for column in "BCDEFGH")


def _edited(engine, folder, made, rows):
    """The workbook with more rows typed below the written ones of its Cover sheet."""
    path, edited = folder / "written.xlsx", folder / "edited.xlsx"
    write(made, path, "inputs")
    assert not differences(path, engine.recalculated([path])[path])
    below = 2 + len(made.problem.covers)
    edits = [line for n, row in enumerate(rows) for line in _typed(below + n, *row)]
    engine.edited([(path, edited, edits)])
    return edited


@pytest.mark.parametrize(
    ("above", "typed", "does"),
    [
        ([], [("A", 0, 6, "B"), ("B", 2, 3, "C")], "BBCCBBB"),
        ([("A", 0, 6, "B")], [("B", 0, 4, "A"), ("A", 3, 6, "B")], "AAABBBB"),
        ([("A", 0, 6, "B"), ("B", 1, 6, "C"), ("C", 2, 6, "D")], [], "BCDDDDD"),
        (
            [("A", 0, 6, "B"), ("B", 1, 6, "C"), ("C", 2, 6, "D")],
            [("D", 3, 6, "A"), ("A", 4, 5, "C")],
            "BCDACCA",
        ),
    ],
    ids=["one in turn", "each for the other", "three written", "two more typed"],
)
def test_each_row_takes_over_what_its_engineer_does(engine, tmp_path, above, typed, does):
    made = _made(*above)
    edited = _edited(engine, tmp_path, made, typed)
    assert _first_week(edited) == does
    _, report = as_checked(made, edited)
    values = {value.part: float(value.value) for value in report.values}
    assert dict(verdict(edited).aims) == pytest.approx(values)
    assert verdict(edited).broken.keys() == {breach.rule for breach in report.breaches}


def test_more_rows_in_turn_than_the_sheet_follows_are_not_checked(engine, tmp_path):
    """Three are typed on Monday; when they are written, the sheet has room for two more."""
    rows = [("A", 0, 6, "B"), ("B", 0, 6, "C"), ("C", 0, 0, "D")]
    edited = _edited(engine, tmp_path, _made(), rows)
    assert verdict(edited).banner.startswith(NOT_CHECKED)
    assert checks(edited)["typed rows can be read"][1] == CANNOT_CHECK
    assert dict(verdict(edited).aims)["primary"] == "#N/A"
    assert _first_week(edited) == "#N/ACCCCCC"
