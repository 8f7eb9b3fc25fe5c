"""What a written workbook holds, sheet by sheet."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas
import pytest

from planner.cells.colours import PALETTE
from planner.cells.text import CUT_MARK, LONGEST, clean
from planner.domain import Settings
from planner.domain.absence_kinds import KINDS, words_for
from planner.files.workbook import read, write
from planner.files.workbook.style import ALARM_FILL, REST_FILL
from planner.files.workbook.text import fold, plain
from planner.rules import RULES
from tests.conftest import run_process
from tests.files.sample_plans import FIRST, broken, large_plan, sample_plan, two_rotations_plan

SHEETS = [
    *("Overview", "Rota", "Fairness", "Checks", "Calendar", "Cover"),
    *("Vacations", "Holidays", "Pipelines", "About"),
]
"""Of a first plan: nothing has changed."""
HIDDEN = ["Workings", "Days"]


def _written(plan, path, **extra):
    """What a reader sees that does not calculate."""
    write(plan, path, "inputs", **extra)
    return openpyxl.load_workbook(path, data_only=True)


def _rows(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _table(sheet):
    """Rows as dicts, for sheets with their header in row 1."""
    header, *rows = _rows(sheet)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return _written(
        sample_plan(), tmp_path_factory.mktemp("w") / "rota.xlsx", notes={FIRST: "bring cake"}
    )


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    return _written(broken(two_rotations_plan()), tmp_path_factory.mktemp("w") / "rota.xlsx")


def test_the_sheets_are_in_their_order(sample, two):
    assert sample.sheetnames == two.sheetnames == SHEETS + HIDDEN
    assert [s.title for s in sample.worksheets if s.sheet_state == "hidden"] == HIDDEN


def test_the_rota_header_is_exact(sample, two):
    assert _rows(sample["Rota"])[0] == [
        *("Week", "Starts", "Ends", "primary", "secondary"),
        *("Holidays", "Away", "Problems", "Lock", "Note"),
    ]
    assert _rows(two["Rota"])[0] == [
        *("Week", "Starts", "Ends", "Profit and engagement: primary"),
        *("Profit and engagement: month-end", "Growth: primary"),
        *("Holidays", "Away", "Problems", "Lock", "Note"),
    ]


def test_a_row_of_the_rota_says_everything_about_its_week(sample):
    rows = {row["Week"]: row for row in _table(sample["Rota"])}
    assert list(rows) == [f"2024-W{n}" for n in range(27, 40)]
    assert rows["2024-W27"] == {
        "Week": "2024-W27",
        "Starts": datetime(2024, 7, 1),
        "Ends": datetime(2024, 7, 7),
        "primary": "Aidil",
        "secondary": "Spencer",
        "Holidays": None,
        "Away": None,
        "Problems": None,
        "Lock": None,
        "Note": "bring cake",
    }
    assert rows["2024-W29"]["Lock"] == "primary"
    assert rows["2024-W30"]["Away"] == "Aidil"
    assert rows["2024-W38"]["Holidays"].splitlines() == [
        "Mon 16 Sep Malaysia Day (Aidil, Choo, Thiru)",
        "Tue 17 Sep Prophet Muhammad's Birthday (Aidil, Choo)",
        "Tue 17 Sep Prophet Muhammad's Birthday (estimated) (Thiru)",
    ]
    assert rows["2024-W38"]["Problems"].splitlines()[0] == (
        "primary: Thiru on duty on Malaysia Day (Mon 16 Sep), "
        "Prophet Muhammad's Birthday (estimated) (Tue 17 Sep)"
    )
    assert rows["2024-W37"]["Problems"] == "Choo, primary: agreed swap, two weeks running"


def test_reasons_are_kept_to_oneself_unless_the_team_shows_them(sample, tmp_path):
    """What anybody may type for annual leave is listed for all; of a person it is not said."""
    listed = {*words_for("annual")} - {"annual"}
    sheets = [_rows(sample[title]) for title in sample.sheetnames if title != "About"]
    hidden = str([cell for rows in sheets for row in rows for cell in row if cell not in listed])
    assert "own festival (estimated)" in hidden
    assert not [word for word in ("Deepavali", "annual", "sick", "Bali", "oper") if word in hidden]
    shown = _written(sample_plan(settings=Settings(show_reasons=True)), tmp_path / "r.xlsx")
    away = _table(shown["Vacations"])[0]
    assert (away["Kind"], away["Note"], away["Logged"]) == ("annual", "Bali", datetime(2024, 6, 1))
    rows = {row["Week"]: row for row in _table(shown["Rota"])}
    assert rows["2024-W30"]["Away"] == "Aidil (annual)"
    assert "Thiru: Deepavali (estimated)" in rows["2024-W35"]["Holidays"]


def test_a_role_that_does_not_run_is_empty_and_shaded_and_an_open_duty_marked(two):
    rows = {row["Week"]: row for row in _table(two["Rota"])}
    running = [week for week, row in rows.items() if row["Profit and engagement: month-end"]]
    assert running == ["2024-W31", "2024-W35", "2024-W39"]
    assert rows["2024-W32"]["Growth: primary"] is None
    assert rows["2024-W32"]["Problems"] == "! Growth: primary: nobody"
    shaded = {two["Rota"]["E2"].fill.fgColor.rgb, two["Rota"]["F7"].fill.fgColor.rgb}
    assert shaded == {"FFF1F1F1", "FFFBD5D5"}


def test_pandas_reads_the_rota_as_it_is(tmp_path):
    write(sample_plan(), tmp_path / "rota.xlsx", "inputs")
    frame = pandas.read_excel(tmp_path / "rota.xlsx", sheet_name="Rota")
    assert list(frame["Week"]) == [f"2024-W{n}" for n in range(27, 40)]
    assert frame["Starts"].dt.date[0] == date(2024, 7, 1)
    assert list(frame["primary"][:3]) == ["Aidil", "Choo", "Spencer"]


def test_fairness_has_a_row_an_engineer_and_a_spread(sample):
    rows = {row["Engineer"]: row for row in _table(sample["Fairness"]) if row["Total"] is not None}
    assert list(rows) == ["Aidil", "Choo", "Spencer", "Thiru", "Others", "Spread"]
    assert rows["Others"]["Total"] == 0
    assert rows["Spread"]["Total"] == 7 - 6
    assert (rows["Aidil"]["primary"], rows["Aidil"]["secondary"], rows["Aidil"]["Total"]) == (
        *(4, 3, 7),
    )
    assert sum(rows[name]["Owed"] for name in list(rows)[:4]) == pytest.approx(26)
    for name in list(rows)[:4]:
        row = rows[name]
        assert row["Balance"] == pytest.approx(row["Carried in"] + row["Total"] - row["Owed"])
    assert rows["Thiru"]["Share"] == 0.5
    assert rows["Choo"]["Public-holiday days worked"] == 4
    assert (rows["Aidil"]["Shortest gap"], rows["Choo"]["Shortest gap"]) == (2, 1)
    said = f"Aidil: 7 weeks, fair share {round(rows['Aidil']['Owed'], 1):g}"
    assert rows["Aidil"]["In words"].startswith(said)


def test_fairness_has_a_chart_whose_axes_show(sample):
    (chart,) = sample["Fairness"]._charts
    assert chart.x_axis.delete is False
    assert chart.y_axis.delete is False
    roles, marks = chart._charts
    assert (len(roles.series), len(marks.series)) == (2, 1), "two roles, and the fair share"


def test_the_chart_says_what_it_shows_to_whoever_cannot_see_it(tmp_path):
    write(sample_plan(), tmp_path / "rota.xlsx", "inputs")
    with zipfile.ZipFile(tmp_path / "rota.xlsx") as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Weeks on duty: a column for each of 4 engineers' in drawing


def test_formula_cells_are_protected_and_input_cells_open(sample):
    rota = sample["Rota"]
    assert rota.protection.sheet
    assert rota.protection.password is None
    open_cells = {c.coordinate for c in rota[2] if not c.protection.locked}
    assert open_cells == {"D2", "E2", "I2", "J2"}
    vacations = sample["Vacations"]
    assert [vacations[f"A{row}"].protection.locked for row in (2, 3, 4)] == [True, True, False]
    assert not sample["Cover"]["A2"].protection.locked


def test_every_sheet_with_formulas_is_protected_without_a_password(tmp_path):
    write(two_rotations_plan(), tmp_path / "rota.xlsx", "inputs")
    book = openpyxl.load_workbook(tmp_path / "rota.xlsx")
    calculating = {
        sheet.title
        for sheet in book.worksheets
        if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    }
    assert {"Rota", "Fairness", "Checks", "Calendar", "Pipelines", "About"} <= calculating
    protected = {s.title for s in book.worksheets if s.protection.sheet}
    assert calculating <= protected
    assert not [s.title for s in book.worksheets if s.protection.password]


def test_cells_have_named_styles(sample):
    assert sample["Rota"]["A1"].style == "Rota heading"
    assert sample["Fairness"]["C2"].style == "Normal"
    assert sample["Vacations"]["B2"].style == "Rota date"
    assert "Rota good" in sample.named_styles


def test_printed_pages_say_whose_rota_they_are_in_fewer_letters_than_excel_refuses(tmp_path):
    plan = sample_plan()
    team = replace(plan.problem.team, name="R&D " * 100)
    write(replace(plan, problem=replace(plan.problem, team=team)), tmp_path / "r.xlsx", "inputs")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    footer = re.search("<oddFooter>(.*?)</oddFooter>", sheet)[1].replace("&amp;", "&")
    assert footer.startswith("&LR&&D R&&D")
    assert len(footer) <= 255


def test_rows_to_be_typed_are_filtered_checked_and_explained(sample):
    for title in ("Vacations", "Cover"):
        sheet = sample[title]
        rules = sheet.data_validations.dataValidation
        assert {rule.type for rule in rules} == {"list", "date"}
        choices = ('"primary,secondary"', f'"{",".join(KINDS)}"')
        assert any(rule.formula1 in choices for rule in rules)
        assert sheet.auto_filter.ref.startswith("A1:")
        assert any(rule.prompt for rule in rules)


def test_checks_name_every_rule_and_every_aim(sample, two):
    fine = _rows(sample["Checks"])
    assert fine[1][0] == "All rules hold"
    assert fine[2][0] == "Not every aim is proven: a better rota may exist."
    rules = {row[0]: row for row in fine[5 : 5 + len(RULES)]}
    assert {name: row[4] for name, row in rules.items()} == {rule.NAME: "OK" for rule in RULES}
    report = sample_plan().report
    aims = [row[2:6] for row in fine[-len(report.values) :]]
    value = float(report.values[0].value)
    assert aims[0] == ["primary", pytest.approx(value), pytest.approx(value), "proven"]
    departures = next(v.value for v in report.values if v.part == "departures from the cycle")
    assert aims[-2] == ["departures from the cycle", departures, departures - 1, "not proven"]
    assert aims[-1][2:] == [None, "not proven"]


def test_checks_say_which_rules_are_broken_how_often_and_where_first(two):
    report = broken(two_rotations_plan()).report
    found = {row[0]: row for row in _rows(two["Checks"])}
    place, times, result = found["one duty"][2:5]
    assert (place[:8], times, result) == ("2024-W31", 3, "broken")
    everywhere = ("Profit and engagement: primary", "month-end", "Growth: primary")
    assert all(seat in place for seat in everywhere)
    for rule in RULES:
        assert found[rule.NAME][3] == len(report.breaches_of(rule.NAME)), rule.NAME
    banner = f"{len({breach.rule for breach in report.breaches})} rules broken: see Checks"
    assert _rows(two["Checks"])[1][0] == banner
    assert banner in [row[0] for row in _rows(two["About"])]


def test_the_calendar_shows_who_is_on_duty_away_and_off(sample):
    grid = {row[0]: row[1:] for row in _rows(sample["Calendar"])[4:8]}
    assert list(grid) == ["Aidil", "Choo", "Spencer", "Thiru"]
    first = date(2024, 7, 1)
    assert grid["Aidil"][:7] == ["P"] * 7
    assert grid["Spencer"][:7] == ["S"] * 7
    assert grid["Aidil"][(date(2024, 7, 8) - first).days] == "h"
    assert grid["Aidil"][(date(2024, 7, 22) - first).days] == "×"
    assert grid["Thiru"][(date(2024, 8, 31) - first).days] == "f"


def test_the_other_sheets(sample, two):
    assert _rows(sample["Cover"])[0] == [
        *("Engineer", "From", "Until", "Covered by", "Rotation", "Role", "Note")
    ]
    away = [row for row in _table(sample["Vacations"]) if row["Engineer"]]
    assert [(row["Engineer"], row["Kind"]) for row in away] == [("Aidil", "away"), ("Choo", "away")]
    holidays = _table(sample["Holidays"])
    assert holidays[0]["Week"] == "2024-W28"
    assert (holidays[0]["Where"], holidays[0]["Who"]) == ("MY/KUL, MY/PNG", "Aidil, Choo, Thiru")
    assert {row["Certainty"] for row in holidays} == {"confirmed", "estimated"}
    pipelines = _table(two["Pipelines"])
    assert [row["On call"] for row in pipelines] == ["Growth (24x7)", "no on-call (office hours)"]
    about = {row[0]: row[1] for row in _rows(two["About"])}
    assert about["Inputs"] == "inputs"
    assert about["Handover"] == "Monday 10:00, Europe/London"
    assert "=cmd|' /C calc'!A0" in about


def test_sheets_with_nothing_on_them_are_left_out(tmp_path):
    path = tmp_path / "rota.xlsx"
    said = _written(large_plan(), path)
    assert not {"Changes", "Pipelines"} & set(said.sheetnames)
    assert read(path, large_plan().problem.team).changes == ()
    change = ("2024-W27", "primary", "Aidil", "Choo", "is away", "2024-06-30 09:00")
    assert _rows(_written(large_plan(), path, changed=[change])["Changes"]) == [
        ["Week", "Duty", "Old", "New", "Why", "When"],
        list(change),
    ]
    assert read(path, large_plan().problem.team).changes == (change,)


def test_lists_to_choose_from_and_names_that_survive_edits(sample):
    rota = sample["Rota"]
    choices = {str(v.sqref): v for v in rota.data_validations.dataValidation}
    names = next(v for v in choices.values() if v.formula1 == "Engineers")
    assert names.errorStyle == "warning"
    assert "D2" in names.sqref
    assert "E14" in names.sqref
    assert sample.defined_names["Engineers"].attr_text == "'Fairness'!$A$2:$A$5"
    assert sample.defined_names["RotaHeader"].attr_text == "'Rota'!$A$1:$J$1"


def test_every_sheet_is_ready_for_screen_and_paper(sample):
    for sheet in (s for s in sample.worksheets if s.sheet_state == "visible"):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.tabColor is not None
        assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Arial"}
    assert sample["Rota"].freeze_panes == "D2"
    assert sample["Rota"].auto_filter.ref == "A1:J14"
    assert sample["Rota"].print_title_rows == "$1:$1"
    assert sample.properties.title == "Investor data engineering: on-call rota 2024Q3"


def test_two_equal_plans_differ_only_in_the_time_of_planning(tmp_path):
    one = _written(sample_plan(), tmp_path / "one.xlsx")
    other = _written(sample_plan(), tmp_path / "other.xlsx")
    for title in one.sheetnames:
        rows = zip(_rows(one[title]), _rows(other[title]), strict=True)
        assert all(a == b for a, b in rows if a[0] != "Planned at"), title


NASTY = ['=HYPERLINK("http://x","y")', "+1+cmd|' /C calc'!A0", "-2", "@SUM(A1)"]


def test_no_text_from_inputs_becomes_a_formula(tmp_path):
    plan = broken(sample_plan(NASTY))
    team = replace(plan.problem.team, name="=1+1", settings=Settings(show_reasons=True))
    plan = replace(plan, problem=replace(plan.problem, team=team))
    path = tmp_path / "rota.xlsx"
    said = _written(plan, path, notes={FIRST: "=2+2"})
    assert {row["primary"] for row in _table(said["Rota"])} == set(NASTY)
    workbook = openpyxl.load_workbook(path)
    cells = [c for s in workbook.worksheets for row in s.iter_rows() for c in row]
    texts = {*NASTY, "=1+1", "=2+2"}
    assert {c.data_type for c in cells if c.value in texts} == {"s"}
    outside_quotes = [re.sub('"[^"]*"', "", c.value) for c in cells if c.data_type == "f"]
    assert len(outside_quotes) > 1000
    assert not [f for f in outside_quotes if "HYPERLINK" in f or "cmd" in f or "!A0" in f]


def test_the_first_highlight_that_holds_gives_a_duty_its_whole_look(sample):
    """Excel goes on to later highlights and LibreOffice does not, so each of them ends there."""
    formats = sample["Rota"].conditional_formatting
    rules = next(f.rules for f in formats if str(f.sqref) == "D2:D14")
    assert all(rule.stopIfTrue for rule in rules)
    assert [rule.priority for rule in rules] == sorted(rule.priority for rule in rules)
    fills = [rule.dxf.fill.bgColor.rgb[2:] for rule in rules]
    names = list(PALETTE[:4])
    assert fills == [*[ALARM_FILL] * 2, *names * 3, REST_FILL, *names]
    marked = [rule.dxf.numFmt is not None for rule in rules]
    assert marked == [True, False, *[True] * 4, *[False] * 4, *[True] * 4, *[False] * 5]


def test_a_day_off_leaves_a_duty_in_its_holders_colour(sample):
    formats = sample["Rota"].conditional_formatting
    rules = next(f.rules for f in formats if str(f.sqref) == "D2:D14")
    edged = [rule for rule in rules if rule.dxf.border and rule.dxf.border.left.style]
    assert {rule.dxf.fill.bgColor.rgb[2:] for rule in edged} == set(PALETTE[:4])


def test_a_year_of_twelve_has_a_colour_for_each_engineer(tmp_path):
    rota = _written(large_plan(), tmp_path / "rota.xlsx")["Rota"]
    fills = {row[3].value: row[3].fill.fgColor.rgb for row in rota.iter_rows(min_row=2)}
    assert len(fills) == len(set(fills.values())) == 12


def test_rows_of_the_rota_have_one_height_unless_somebody_wrote_a_note(sample):
    heights = {row: sample["Rota"].row_dimensions[row].height for row in range(2, 15)}
    assert len(set(heights.values())) == 1


def test_clean_strips_what_no_cell_can_hold_and_marks_what_it_cuts():
    assert clean("a\x00b\x0bc\r\nd\te\ud800\uffff") == "abc\nd\te"
    long = clean("😀" * LONGEST)
    assert long.endswith(CUT_MARK)
    assert len(long.encode("utf-16-le")) // 2 <= LONGEST
    assert clean("x" * LONGEST) == "x" * LONGEST


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (datetime(2024, 8, 5), "2024-08-05"),
        (date(2024, 8, 5), "2024-08-05"),
        (3.0, "3"),
        (2.5, "2.5"),
        ("  two\u00a0 words\n", "two words"),
        ("\uff21bc", "Abc"),
    ],
)
def test_plain_says_the_same_however_a_value_is_stored(value, said):
    assert plain(value) == said


def test_fold_forgets_capitals():
    assert fold(" STRASSE ") == fold("straße")


def test_a_workbook_is_written_without_openpyxl(tmp_path):
    code = (
        "import sys; from pathlib import Path; from planner.files.workbook import write;"
        "from tests.files.sample_plans import sample_plan;"
        "write(sample_plan(), Path('rota.xlsx'), 'inputs'); print('openpyxl' in sys.modules)"
    )
    assert run_process(cwd=tmp_path, code=code).out.split() == ["False"]


def test_no_single_cell_is_merged(tmp_path):
    """Excel repairs files in which one is: here the last week stands alone in its month."""
    write(sample_plan(weeks=5), tmp_path / "rota.xlsx", "inputs")
    with zipfile.ZipFile(tmp_path / "rota.xlsx") as archive:
        merged = re.findall(
            '<mergeCell ref="([^"]*)"', archive.read("xl/worksheets/sheet1.xml").decode()
        )
    assert merged == ["B8:E8"]
