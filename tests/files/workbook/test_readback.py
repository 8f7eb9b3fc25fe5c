"""A workbook is read back with whatever people did to it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import Duty, Engineer, Held, Region, Role, Rota, Rotation
from planner.errors import InputError, OutputError
from planner.files.workbook import read, write
from planner.files.workbook.text import clean, fold
from tests.benchmarks.instances import SIZES, problem_of
from tests.files.live import plan_of
from tests.files.sample_plans import FIRST, large_plan, sample_plan, two_rotations_plan

PLAN = sample_plan()
TEAM = PLAN.problem.team
ROTATION = "Investor pipelines"
NOTES = {FIRST: "bring cake", FIRST.later(3): "=not a formula"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rota-2024Q3.xlsx"
    write(PLAN, path, "inputs", notes=NOTES)
    return path


def _edit(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def _set(path, cell, value, sheet="Rota"):
    def change(book):
        book[sheet][cell] = value

    _edit(path, change)


def _first(role="primary"):
    return Duty(FIRST, ROTATION, role)


@pytest.mark.parametrize("plan", [PLAN, two_rotations_plan(), large_plan()])
def test_what_was_written_is_read(plan, tmp_path):
    notes = {week: f"note {week}" for week in plan.problem.weeks[::3]}
    write(plan, tmp_path / "rota.xlsx", "inputs", notes=notes)
    found = read(tmp_path / "rota.xlsx", plan.problem.team)
    assert found.rota == found.planned == plan.rota
    assert found.locked == plan.problem.locked
    assert found.notes == notes
    assert found.horizon == plan.problem.horizon
    assert found.proofs == plan.proofs
    assert found.inputs_fingerprint == "inputs"
    assert found.guesses == ()
    assert not found.edited


_NAMES = st.one_of(
    st.sampled_from(
        [
            '=HYPERLINK("x")',
            "Bo*",
            ">5",
            'Ng, Wei "W"',
            "'quoted",
            "-",
            "all",
            "2024-W30",
            "שלומית כהן",
            "عبد الرحمن",
            "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley",
            "<b>&amp;</b>",
            "李小龍",
        ]
    ),
    st.text(min_size=1, max_size=60),
).filter(lambda name: clean(name) and fold(name))


@settings(max_examples=20, deadline=None)
@given(st.lists(_NAMES, min_size=4, max_size=4, unique_by=fold), st.text(max_size=30))
def test_any_names_and_notes_come_back(names, note):
    plan = sample_plan(names, weeks=4)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rota.xlsx"
        write(plan, path, "inputs", notes={FIRST: note})
        found = read(path, plan.problem.team)
    assert found.rota == plan.rota
    assert found.locked == plan.problem.locked
    assert found.guesses == ()
    assert not found.edited
    assert found.notes.get(FIRST, "") == (clean(note).strip() if fold(note) else "")


def test_a_changed_name_is_read_and_noticed(path):
    _set(path, "D2", "Choo")
    found = read(path, TEAM)
    assert found.rota.holder(_first()) == "Choo"
    assert found.planned == PLAN.rota
    assert found.edited
    assert found.guesses == ()


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Rota", "I5", "all"),
        ("Rota", "J6", "a note"),
        ("Rota", "M3", "a column of one's own"),
        ("Rota", "A17", "below the table"),
        ("Vacations", "A2", "Thiru"),
        ("Vacations", "C2", datetime(2024, 7, 27)),
    ],
)
def test_whatever_people_may_edit_is_noticed(path, sheet, cell, value):
    _set(path, cell, value, sheet)
    assert read(path, TEAM).edited


def test_a_cover_is_noticed_and_read(path):
    def cover(book):
        start = datetime(2024, 7, 3)
        book["Cover"].append(["Aidil", start, datetime(2024, 7, 4), "Thiru"])

    _edit(path, cover)
    found = read(path, TEAM)
    assert found.edited
    assert [(c.engineer, c.stand_in) for c in found.covers] == [("Aidil", "Thiru")]


def test_a_vacation_typed_below_the_others_is_returned(path):
    def vacation(book):
        start = datetime(2024, 8, 5)
        book["Vacations"].append([" thiru ", start, "2024-08-09", "Sick", None, "flu"])

    _edit(path, vacation)
    found = read(path, TEAM)
    assert found.edited
    assert [(v.engineer, str(v.start), str(v.end), v.kind, v.note) for v in found.vacations] == [
        ("Thiru", "2024-08-05", "2024-08-09", "sick", "flu")
    ]
    assert str(found.vacations[0].source).startswith("rota-2024Q3.xlsx, sheet Vacations row ")


def test_vacations_that_the_planner_wrote_are_not_typed(path):
    assert read(path, TEAM).vacations == ()
    without = replace(TEAM, vacations=())
    assert read(path, without).vacations == ()


def test_half_a_vacation_is_refused_with_its_cell(path):
    _edit(path, lambda book: book["Vacations"].append(["Thiru"]))
    with pytest.raises(InputError) as refused:
        read(path, TEAM)
    assert "sheet Vacations, row" in str(refused.value)
    assert "cell B" in str(refused.value)


def test_rows_of_the_changes_sheet_are_kept_as_they_stand(path):
    written = ("2024-W27", "primary", "B", "C", "swapped", "2024-06-30 09:00")
    write(PLAN, path, "inputs", changed=[written])
    _edit(path, lambda book: book["Changes"].append(["2024-W28", "primary", "A", "B", "why"]))
    typed = ("2024-W28", "primary", "A", "B", "why", "")
    assert read(path, TEAM).changes == (written, typed)


def test_what_only_follows_from_the_rest_is_no_edit(path):
    _set(path, "H3", "recalculated")
    _set(path, "J9", "  ")
    assert not read(path, TEAM).edited


def test_an_emptied_cell_is_an_open_duty(path):
    _set(path, "E2", None)
    found = read(path, TEAM)
    assert _first("secondary") in found.rota
    assert found.rota.holder(_first("secondary")) is None


def test_names_are_known_by_case_width_and_spaces_and_the_guess_is_said(path):
    _set(path, "D2", " \uff23hoo ")
    found = read(path, TEAM)
    assert found.rota.holder(_first()) == "Choo"
    assert found.guesses == ("D2: “Choo” is read as “Choo”.",)


def test_words_for_nobody_are_guessed(path):
    _set(path, "D2", "nobody")
    found = read(path, TEAM)
    assert found.rota.holder(_first()) is None
    assert found.guesses == ("D2: “nobody” is read as nobody.",)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("all", ["primary", "secondary"]),
        ("X", ["primary", "secondary"]),
        ("primary", ["primary"]),
        ("Secondary; PRIMARY", ["primary", "secondary"]),
        ("no", []),
    ],
)
def test_locks(path, text, roles):
    _set(path, "I4", None)
    _set(path, "I2", text)
    found = read(path, TEAM).locked
    assert found == tuple(Held(_first(role), PLAN.rota.holder(_first(role))) for role in roles)


def test_rows_may_be_sorted_moved_apart_and_columns_moved(path):
    def shuffle(book):
        rota = book["Rota"]
        rows = [[cell.value for cell in row] for row in rota.iter_rows()]
        order = [0, 2, 1, 3, 9, 8, 7, 6, 5, 4]
        rota.delete_rows(1, 20)
        rota.append(["Rota of the team"])
        for row in (rows[0], *reversed(rows[1:])):
            rota.append([None, *(row[n] for n in order)])
            for cell in rota[rota.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            if row[0] == "2024-W30":
                rota.append([])
        rota.title = "Our plan"

    _edit(path, shuffle)
    found = read(path, TEAM)
    assert found.rota == PLAN.rota
    assert found.notes == NOTES
    assert found.locked == PLAN.problem.locked
    assert found.guesses == ("Sheet “Our plan” is read as Rota, by its columns.",)


def test_a_renamed_sheet_is_found_by_its_defined_name(path):
    def rename(book):
        book["Rota"].title = "Plan"
        for defined in book.defined_names.values():
            defined.attr_text = defined.attr_text.replace("'Rota'", "Plan")

    _edit(path, rename)
    found = read(path, TEAM)
    assert found.rota == PLAN.rota
    assert found.guesses == ("Sheet “Plan” is read as Rota.",)
    assert not found.edited


def test_a_renamed_column_is_found_by_its_defined_name(path):
    _set(path, "D1", "On call")
    found = read(path, TEAM)
    assert found.rota == PLAN.rota
    assert found.guesses == ("D1: “On call” is read as “primary”.",)


def test_a_deleted_row_leaves_open_duties_and_is_said(path):
    _edit(path, lambda book: book["Rota"].delete_rows(2))
    found = read(path, TEAM)
    assert found.rota.holder(_first()) is None
    assert len(found.rota) == len(PLAN.rota)
    assert found.guesses == ("2024-W27 has no row: its duties are read as open.",)


def test_without_the_planners_record_the_rota_is_read_all_the_same(path):
    _edit(path, lambda book: book.remove(book["About"]))
    found = read(path, TEAM)
    assert found.rota == PLAN.rota
    assert found.horizon == PLAN.problem.horizon
    assert (found.planned, found.proofs, found.inputs_fingerprint) == (None, (), "")
    assert found.edited
    assert "record is missing" in found.guesses[0]


def test_everything_wrong_is_said_at_once_with_its_place(path):
    wrong = {"D2": "Tiru", "A3": "2024-W99", "A5": "2024-W29", "A6": "2025-W01", "I7": "primry"}

    def spoil(book):
        for cell, value in wrong.items():
            book["Rota"][cell] = value

    _edit(path, spoil)
    with pytest.raises(InputError) as caught:
        read(path, TEAM)
    said = [str(problem).removeprefix(f"{path}, sheet Rota, ") for problem in caught.value.problems]
    assert said == [
        "row 2, cell D2: “Tiru” is not an engineer of this team. Did you mean “Thiru”?",
        "row 3, cell A3: “2024-W99” is not a week such as 2024-W27.",
        "row 5, cell A5: “2024-W29” is in row 4 too.",
        "row 6, cell A6: “2025-W01” is not one of the weeks of this rota, 2024-W27 to 2024-W39.",
        "row 7, cell I7: “primry” is neither “all” nor a role. Did you mean “primary”?",
    ]


def test_a_missing_column_is_said(path):
    _edit(path, lambda book: book["Rota"].delete_cols(9))
    _edit(path, lambda book: book.defined_names.pop("RotaColumn9"))
    with pytest.raises(InputError, match="“Lock” is a missing column"):
        read(path, TEAM)


def test_a_workbook_of_another_team_is_refused(path):
    with pytest.raises(InputError, match="“sample” is not this team, other"):
        read(path, replace(TEAM, key="other"))


def test_a_workbook_without_a_rota_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(InputError, match="no sheet “Rota”"):
        read(tmp_path / "empty.xlsx", TEAM)


def test_what_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "rota.xlsx").write_bytes(b"PK not really")
    with pytest.raises(OutputError, match="cannot be read as an Excel workbook"):
        read(tmp_path / "rota.xlsx", TEAM)
    with pytest.raises(OutputError, match="there is no such file"):
        read(tmp_path / "none.xlsx", TEAM)


def test_half_a_workbook_is_refused(path):
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(OutputError, match="cannot be read as an Excel workbook"):
        read(path, TEAM)


def test_a_role_that_came_or_went_since_is_said(path):
    roles = (Role("primary"), Role("shadow"))
    people = (*TEAM.engineers, Engineer("Zoe", Region("GB", "ENG")))
    team = replace(
        TEAM, engineers=people, rotations=(Rotation(ROTATION, TEAM.rotations[0].cycle, roles),)
    )
    found = read(path, team)
    assert {held.duty.role for held in found.rota} == {"primary"}
    assert found.guesses == (
        "“shadow” is new in the team: the workbook has no column.",
        "Investor pipelines, secondary: no longer a role of the team, left out.",
    )


def test_a_name_where_the_role_was_not_planned_is_kept_and_said(tmp_path):
    plan = two_rotations_plan()
    path = tmp_path / "rota.xlsx"
    write(plan, path, "inputs")
    _set(path, "E2", "Thiru")
    found = read(path, plan.problem.team)
    duty = Duty(FIRST, "Profit and engagement", "month-end")
    assert found.rota.holder(duty) == "Thiru"
    assert found.guesses == ("E2: month-end was not planned for 2024-W27.",)


def test_reading_needs_neither_solver_nor_pandas():
    program = (
        "import sys, planner.files.workbook, planner.files.published.rotas;"
        "sys.exit(bool({'ortools', 'pandas', 'holidays'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_year_of_two_hundred_people_is_read_back(path):
    of = problem_of(SIZES["XL"])
    rotations = {rotation.name: rotation for rotation in of.team.rotations}
    by_turns = Rota.of(
        (duty, of.turn(rotations[duty.rotation], of.team.role_of(duty), duty.week))
        for duty in of.duties
    )
    write(plan_of(of, by_turns), path, "inputs")
    assert read(path, of.team).rota == by_turns
