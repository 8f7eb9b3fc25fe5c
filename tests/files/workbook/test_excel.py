"""The workbook as Excel has it: TRUE and FALSE are typed, errors are said, and limits are kept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from planner.domain import Limit, Rota
from planner.domain.hours import DAY, Hours, Stretch
from planner.files.workbook import write
from planner.files.workbook.titles import ALL_HOLD, CANNOT_CHECK, NOT_CHECKED
from planner.rules import RULES
from tests.build import away, day, engineer, problem, rota, rotation, swap
from tests.files import office as by_hand
from tests.files.live import as_checked, cells, checks, differences, formulas, plan_of, verdict
from tests.files.sample_plans import broken, crowd_plan, sample_plan, two_rotations_plan
from tests.files.typed import Typed
from tests.outside import program


@pytest.fixture
def typed(tmp_path) -> Typed:
    return Typed(tmp_path)


def _edited(typed, plan, **names):
    """The plan's workbook as written, and after these names were typed into the Rota sheet."""
    path, after = typed.folder / "rota.xlsx", typed.folder / "edited.xlsx"
    write(plan, path, "inputs")
    assert not differences(path, typed.recalculated([path])[path])
    edits = [by_hand.write_text("Rota", cell, name) for cell, name in names.items()]
    typed.edited([(path, after, edits)])
    _, report = as_checked(plan, after)
    said = verdict(after)
    assert said.broken.keys() == {breach.rule for breach in report.breaches}
    return said, cells(after)


@pytest.mark.parametrize("limits", [{"primary": 2}, {"on-call": 3}, {"primary": 2, "on-call": 3}])
def test_a_limit_flags_those_above_it_and_nobody_else(typed, limits):
    team = problem(
        rotation("ABC", "primary", "secondary"),
        weeks=4,
        settings={"limits": tuple(Limit(*each) for each in limits.items())},
    )
    plan = plan_of(team, rota(team, "AB BC CA AB"))
    said, sheets = _edited(typed, plan)
    assert (said.broken, said.banner) == ({}, ALL_HOLD)
    said, sheets = _edited(typed, plan, E3="A", D4="A", E4="C")
    assert said.broken["limits"] == len(limits)
    assert "A is above the limit" in sheets["Rota"]["H5"]


def test_absences_break_part_week_duties_only_on_their_dates(typed):
    """A is away on Saturday of weeks 0 and 1; nights touch it, weekdays do not."""
    weekdays = Hours((Stretch(600, 4 * DAY + 1080),))
    nights = Hours(tuple(Stretch(DAY * n + 1200, DAY * n + 1920) for n in (1, 4, 6)))
    rotations = (
        replace(rotation("ABCD", name="days"), hours=weekdays),
        replace(rotation("ABCD", name="nights"), hours=nights),
    )
    absences = (away("A", 5), away("A", 12, kind="sick"))
    team = problem(*rotations, weeks=3, vacations=absences, holidays={"A": [5, 14]})
    said, _ = _edited(typed, plan_of(team, rota(team, "AB BC CD")), E3="A")
    assert said.broken == {"vacation": 1}


def test_a_vacation_typed_before_one_joins_or_after_one_leaves_keeps_nobody_away(typed):
    """Whoever holds a duty then is broken once, by eligibility; a day within counts as ever."""
    people = [engineer("A", joined=day(14)), engineer("D", left=day(20))]
    team = problem(rotation("ABCD"), weeks=4, engineers=people)
    path, after = typed.folder / "rota.xlsx", typed.folder / "edited.xlsx"
    plan = plan_of(team, rota(team, "B C B C"))
    write(plan, path, "inputs")
    rows = [("A", 7, 10), ("D", 23, 25), ("A", 10, 14), ("D", 20, 23)]
    for typed_rows, broken_rules in (
        (rows[:2], {"eligibility": 2}),
        (rows, {"eligibility": 2, "vacation": 2}),
    ):
        edits = [
            by_hand.write_text("Rota", cell, name) for cell, name in (("D3", "A"), ("D5", "D"))
        ]
        for n, (name, first, last) in enumerate(typed_rows, start=2):
            edits.append(by_hand.write_text("Vacations", f"A{n}", name))
            edits.append(by_hand.write_date("Vacations", f"B{n}", day(first)))
            edits.append(by_hand.write_date("Vacations", f"C{n}", day(last)))
        typed.edited([(path, after, edits)])
        _, report = as_checked(plan, after)
        assert verdict(after).broken == Counter(breach.rule for breach in report.breaches)
        assert verdict(after).broken == broken_rules


def test_sickness_typed_lets_one_wait_longer_for_the_next_duty(typed):
    """A is sick for half of six weeks, and so owes one duty in 4 weeks; hers are 2 apart."""
    team = problem(rotation("AB"), weeks=6)
    plan, path = plan_of(team, rota(team, "A B A B B B")), typed.folder / "rota.xlsx"
    write(plan, path, "inputs")
    after, part = typed.folder / "edited.xlsx", "weeks short of half one's usual distance"
    edits = [
        by_hand.write_text("Vacations", "A2", "A"),
        by_hand.write_text("Vacations", "D2", "sick"),
    ]
    edits += [
        by_hand.write_date("Vacations", "B2", day(21)),
        by_hand.write_date("Vacations", "C2", day(41)),
    ]
    typed.edited([(path, after, edits)])
    _, report = as_checked(plan, after)
    values = {value.part: value.value for value in report.values}
    assert dict(verdict(path).aims)[part] == 2
    assert dict(verdict(after).aims)[part] == values[part] == 1


def test_who_has_left_or_not_yet_joined_has_no_row_in_overview_and_calendar(typed):
    people = [
        engineer("A", left=day(-8)),
        engineer("C", joined=day(28)),
        engineer("E", left=day(9)),
    ]
    team = problem(rotation("ABCDEF"), weeks=4, engineers=people)
    plan = plan_of(team, rota(team, "E B D F"))
    _, sheets = _edited(typed, plan, D4="B")
    names = [sheets["Calendar"][f"A{row}"] for row in range(5, 9)]
    assert names == ["B", "D", "E", "F"]
    assert "A9" not in sheets["Calendar"]
    assert [sheets["Calendar"][f"{column}5"] for column in "IOPV"] == ["P", "P", "P", "P"]
    assert sheets["Calendar"]["B7"] == "P"
    shown = sheets["Overview"].values()
    assert not {"A", "C"} & set(shown)
    assert {"B", "D", "E", "F"} <= set(shown)


def test_a_kept_swap_says_nothing_and_a_broken_one_is_named(typed):
    team = problem(rotation("ABCD"), weeks=4, swaps=(swap("B", 1, "C", 2),))
    plan = plan_of(team, rota(team, "A C B D"))
    said, sheets = _edited(typed, plan)
    assert said.banner == ALL_HOLD
    assert "!" not in "".join(str(sheets["Rota"].get(f"G{row}")) for row in range(2, 6))
    said, sheets = _edited(typed, plan, D3="D")
    assert said.broken == {"agreed": 1}
    assert "! primary: an agreed swap gives this to C" in sheets["Rota"]["G3"]


def test_two_of_a_group_count_in_whatever_seats_they_share_a_week(typed):
    people = [engineer(name, group=group) for name, group in zip("ABCD", "xyyz", strict=True)]
    team = problem(
        rotation("ABCD", "first", "second", "third"),
        weeks=2,
        engineers=people,
        settings={"one_per_group": ("on-call",)},
    )
    plan = plan_of(team, rota(team, "ABD DCA"))
    assert _edited(typed, plan)[0].broken == {}
    said, sheets = _edited(typed, plan, F2="C")
    assert said.broken["one per group"] == 1
    assert "! second: B shares the week" in sheets["Rota"]["I2"]


def test_holidays_of_a_single_role_follow_the_rota_and_a_note_below_breaks_nothing(typed):
    team = problem(rotation("ABC"), weeks=3, holidays={"A": (1,), "B": (8,)})
    plan = plan_of(team, rota(team, "B C A"))
    before = dict(_edited(typed, plan)[0].aims)
    said, _ = _edited(typed, plan, D2="A", D3="B", D4="C", A20="a note of somebody's")
    assert (said.broken, said.banner) == ({}, ALL_HOLD)
    worked = "public-holiday days worked"
    assert (before[worked], dict(said.aims)[worked]) == (0, 2)


FAILS = "=NA()"
VISIBLE = ("Overview", "Rota", "Fairness", "Checks", "Calendar")


def test_what_an_engine_cannot_calculate_is_never_said_to_hold(typed):
    """A formula of every kind is broken in turn: its rule, at least, is not OK any more."""
    plan, path = sample_plan(), typed.folder / "rota.xlsx"
    write(plan, path, "inputs")
    sheet = openpyxl.load_workbook(path)["Workings"]
    blocks = {
        str(name.value): cell.coordinate
        for name in sheet[4]
        if name.value and (cell := sheet.cell(7, name.column)).data_type == "f"
    }
    flags = {f"flag {rule.NAME}": rule.NAME for rule in RULES}
    assert len(flags.keys() & blocks.keys()) >= 4
    jobs = {
        name: (path, typed.folder / f"{n}.xlsx", [("formula", "Workings", cell, FAILS)])
        for n, (name, cell) in enumerate(blocks.items())
    }
    typed.edited(jobs.values())
    for name, (_, after, _) in jobs.items():
        found = cells(after)
        results = {rule: result for rule, (_, result) in checks(after).items()}
        if name in flags:
            assert results[flags[name]] == CANNOT_CHECK
        if name in ("row in Rota", "primary", "number"):  # of whoever holds the first role
            assert results["vacation"] == results["coverage"] == CANNOT_CHECK
            assert f"! primary: {CANNOT_CHECK}" in found["Rota"]["H3"]
        if CANNOT_CHECK in results.values():
            assert found["Checks"]["A2"] == f"{NOT_CHECKED}: see Checks"
        shown = [value for title in VISIBLE for value in found[title].values()]
        assert any(CANNOT_CHECK in str(value) or str(value)[:1] == "#" for value in shown), name


def test_a_week_whose_reasons_cannot_be_told_says_so(typed):
    plan, path, after = sample_plan(), typed.folder / "a.xlsx", typed.folder / "b.xlsx"
    write(plan, path, "inputs")
    sheet = openpyxl.load_workbook(path)["Workings"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "problems")
    typed.edited([(path, after, [("formula", "Workings", f"{column}6", FAILS)])])
    assert cells(after)["Rota"]["H2"] == CANNOT_CHECK


def _crowd_of_two_rotations():
    names = [f"Person {number:03}" for number in range(320)]
    team = problem(
        rotation(names[::2] + names[1:60:2], "primary", "secondary", name="first"),
        rotation(names[1::2], "primary", "secondary", name="second"),
        weeks=13,
        engineers=[engineer(name, group=f"group {n % 3}") for n, name in enumerate(names)],
        vacations=tuple(away(name, 0, 13) for name in names[::2]),
        settings={
            "one_per_group": ("on-call",),
            "group_gap": ("on-call",),
            "limits": (Limit("primary", 1),),
        },
    )
    holders = {
        duty: team.turn(
            team.team.rotation(duty.rotation),
            team.team.rotation(duty.rotation).role(duty.role),
            duty.week,
        )
        for duty in team.duties
    }
    return plan_of(team, Rota.of(holders))


@pytest.mark.parametrize(
    "made",
    [_crowd_of_two_rotations, lambda: crowd_plan(20, 104), lambda: broken(two_rotations_plan())],
    ids=["320 people", "20 × 104", "two rotations"],
)
def test_excels_limits_are_kept(typed, made):
    path = typed.folder / "rota.xlsx"
    write(made(), path, "inputs")
    book = openpyxl.load_workbook(path)
    texts = dict(formulas(path))
    for sheet in book.worksheets:
        for number, found in enumerate(sheet.conditional_formatting):
            for n, rule in enumerate(found.rules):
                texts.update(
                    {
                        (sheet.title, f"format {number}.{n}.{m}"): f
                        for m, f in enumerate(rule.formula)
                    }
                )
    worst = {"characters": 0, "arguments": 0, "levels": 0}
    for text in set(texts.values()):
        worst["characters"] = max(worst["characters"], len(text))
        for key, value in zip(("arguments", "levels"), _shape(text), strict=True):
            worst[key] = max(worst[key], value)
    assert worst["characters"] <= 8192, worst
    assert worst["arguments"] <= 255, worst
    assert worst["levels"] <= 64, worst
    assert "=NA()" not in texts.values()
    assert not differences(path, typed.recalculated([path])[path])


def _shape(text: str) -> tuple[int, int]:
    """The most arguments of any function, and how deep functions and brackets are nested."""
    depth = most = deepest = 0
    counts = [0]
    for part in re.findall(r'"(?:[^"]|"")*"|[(),{}]|[^"(),{}]+', text):
        if part in "({":
            counts.append(1)
            depth, deepest = depth + 1, max(deepest, depth + 1)
        elif part in ")}":
            most, depth = max(most, counts.pop()), depth - 1
        elif part == ",":
            counts[-1] += 1
    return most, deepest


def test_a_swap_in_the_last_week_is_no_second_week_running(typed):
    """There is no week behind it: one comparison alone above 0 is TRUE in Excel."""
    team = problem(rotation("ABCD"), weeks=3, swaps=(swap("B", 1, "D", 2),))
    _edited(typed, plan_of(team, rota(team, "A D B")))


@pytest.mark.parametrize("engine", ["typed", "office"])
def test_every_word_for_annual_leave_is_owed_and_no_other(engine, typed, tmp_path):
    """Typed into the Vacations sheet, as read back by ``rota check``."""
    if engine == "office":
        program("soffice")
        typed = by_hand.Office(tmp_path)
    team = problem(rotation("ABC"), weeks=4, vacations=(away("C", 22, 23, kind="sick"),))
    plan, path = plan_of(team, rota(team, "A B C A")), typed.folder / "rota.xlsx"
    write(plan, path, "inputs")
    words = ["AL", "pto", "Urlaub", "cuti tahunan", "congés payés", "MC", "unpaid vacation"]
    day = team.weeks[1].first
    jobs = []
    for n, word in enumerate(words):
        row = [
            by_hand.write_text("Vacations", "A3", "A"),
            by_hand.write_text("Vacations", "D3", word),
        ]
        row += [by_hand.write_date("Vacations", cell, day) for cell in ("B3", "C3")]
        jobs.append((path, tmp_path / f"{n}-typed.xlsx", row))
    typed.edited(jobs)
    for _, after, _ in jobs:
        _, report = as_checked(plan, after)
        values = {value.part: float(value.value) for value in report.values}
        assert dict(verdict(after).aims) == pytest.approx(values)


@pytest.mark.parametrize("seats", [70, pytest.param(130, marks=pytest.mark.long)])
def test_many_seats_stay_within_excels_limits(typed, seats):
    """A role a seat, in two weeks: more than functions fit into each other, or letters into one
    formula."""
    names = [f"P{n}" for n in range(seats + 10)]
    roles = [f"role{n}" for n in range(seats)]
    team = problem(rotation(names, *roles), weeks=2)
    weeks = [names[:seats], names[10:]]
    held = zip(team.duties, [name for week in weeks for name in week], strict=True)
    plan = plan_of(team, Rota.of(held))
    path = typed.folder / "rota.xlsx"
    write(plan, path, "inputs")
    texts = {*formulas(path).values()}
    assert max(map(_levels, texts)) <= 64
    assert max(map(len, texts)) <= 8192
    assert "=NA()" not in texts
    if seats < 100:  # more take minutes
        assert not differences(path, typed.recalculated([path])[path])


def _levels(formula):
    depth = most = 0
    for letter in re.sub('"[^"]*"', "", formula):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        most = max(most, depth)
    return most
