"""The workbook that checks itself: two engines calculate what Python wrote, and after edits.

IronCalc types TRUE and FALSE as Excel does; LibreOffice is the one that people have.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from planner.domain import Duty, Rota
from planner.domain.quarters import quarter
from planner.errors import InputError
from planner.files.team.folder import load_team
from planner.files.workbook import read, write
from planner.files.workbook.workings.verdict import banner_of
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from tests import build
from tests.build import rota as written
from tests.conftest import CHECKOUT
from tests.files import office as by_hand
from tests.files.live import (
    agrees,
    as_checked,
    cells,
    checks,
    differences,
    edits,
    formulas,
    plan_of,
    plans,
    verdict,
)
from tests.files.office import Office
from tests.files.sample_plans import (
    FIRST,
    broken,
    crowd_plan,
    large_plan,
    sample_plan,
    two_rotations_plan,
)
from tests.files.typed import Typed
from tests.outside import program

TEAMS = sorted(path.parent.name for path in (CHECKOUT / "inputs").glob("*/team.toml"))
MANY = 8
"""Workbooks in one start of LibreOffice."""

SEEDS = pytest.mark.parametrize(
    ("start", "batches"),
    [*((n, 2) for n in range(2)), *(pytest.param(n, 6, marks=pytest.mark.long) for n in range(8))],
)
"""Of batches, the first is the simplest one, those after it are random."""


def _tries(batches):
    return settings(
        max_examples=batches,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


Engine = Office | Typed


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    program("soffice")
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module", params=["typed", "office"])
def engine(request, tmp_path_factory) -> Engine:
    if request.param == "office":
        return request.getfixturevalue("office")
    return Typed(tmp_path_factory.mktemp("typed"))


def _planned(name):
    team = load_team(CHECKOUT / "inputs" / name)
    return plan(assemble(team, quarter("2024Q3", team), Rota()))


def test_what_was_written_for_the_five_teams_and_samples_is_calculated(engine, tmp_path):
    made = {name: _planned(name) for name in TEAMS}
    made |= {"sample": sample_plan(), "two": broken(two_rotations_plan()), "large": large_plan()}
    assert len(TEAMS) == 5
    _compare(engine, tmp_path, list(made.values()))


@SEEDS
def test_what_was_written_for_random_teams_is_calculated(engine, tmp_path_factory, start, batches):
    @seed(start)
    @_tries(batches)
    @given(st.lists(plans(), min_size=MANY, max_size=MANY))
    def equals(made):
        _compare(engine, tmp_path_factory.mktemp("random"), made)

    equals()


def _compare(engine, folder, made):
    paths = [folder / f"{number}.xlsx" for number in range(len(made))]
    for path, each in zip(paths, made, strict=True):
        write(each, path, "inputs")
        said = verdict(path)
        assert said.broken == Counter(breach.rule for breach in each.report.breaches)
        assert [value for _, value in said.aims] == pytest.approx(
            [float(value.value) for value in each.report.values]
        )
    calculated = engine.recalculated(paths)
    assert not [line for path in paths for line in differences(path, calculated[path])]


@SEEDS
def test_after_edits_the_sheet_says_what_rota_check_says(engine, tmp_path_factory, start, batches):
    @seed(start)
    @_tries(batches)
    @given(st.data())
    def agree(data):
        made = [data.draw(plans()) for _ in range(MANY)]
        changed = [data.draw(edits(each)) for each in made]
        note(str(changed))
        _compare_edited(engine, tmp_path_factory.mktemp("edited"), made, changed)

    agree()


def _compare_edited(engine, folder, made, changed):
    jobs = []
    for number, (each, change) in enumerate(zip(made, changed, strict=True)):
        write(each, folder / f"{number}.xlsx", "inputs")
        jobs.append((folder / f"{number}.xlsx", folder / f"{number}-edited.xlsx", change))
    engine.edited(jobs)
    for each, (_, path, _) in zip(made, jobs, strict=True):
        published, report = as_checked(each, path)
        said = verdict(path)
        agrees(said, published, report)
        assert said.banner == banner_of(len({breach.rule for breach in report.breaches}))


LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmo"
NAMES = (
    ['=HYPERLINK("x")', "Bo*", ">5", "#N/A"],
    [
        'Ng, Wei "W"',
        "שלומית כהן",
        LONG_NAME,
        "Bob",
    ],
    ["Bo", "bo?", "=1+1", "'quoted"],
    ["TRUE", "~*", "<>", "{=A1}"],
)


def test_odd_names_count_and_stay_names(office, tmp_path):
    made = [sample_plan(names) for names in NAMES]
    _compare(office, tmp_path, made)
    for number, each in enumerate(made):
        calculated = office.folder / "recalculated" / f"{number}.xlsx"
        found = read(calculated, each.problem.team)
        assert found.rota == each.rota
        assert not found.edited
        for name in NAMES[number]:
            row = next(n for n in range(2, 6) if cells(calculated)["Fairness"][f"A{n}"] == name)
            duties = len(each.rota.duties_of(name))
            assert cells(calculated)["Fairness"][f"E{row}"] == duties, name


def test_round_trips(office, tmp_path):
    """Each job is one thing that people do to a workbook, and one duty edited besides."""
    made = sample_plan()
    team = made.problem.team
    again = by_hand.write_text("Rota", "D2", "Choo")
    jobs = {
        "saved again": [],
        "rows": [again, by_hand.insert_rows("Rota", 3, 2), by_hand.insert_rows("Rota", 0)],
        "columns": [again, by_hand.insert_columns("Rota", 4), by_hand.insert_columns("Rota", 0)],
        "renamed": [again, *(by_hand.rename(t, f"My {t}") for t in ("Rota", "Checks", "About"))],
        "moved": [
            again,
            by_hand.move_rows("Rota", "A3:E3", "A30:E30"),
            by_hand.move_rows("Rota", "A9:E9", "A3:E3"),
            by_hand.move_rows("Rota", "A30:E30", "A9:E9"),
            by_hand.delete_rows("Rota", 29),
        ],
        "deleted helpers": [again, *(by_hand.delete_sheet(t) for t in ("Workings", "Days"))],
        "row deleted": [by_hand.delete_rows("Rota", 5)],
    }
    tasks = []
    for name, change in jobs.items():
        write(made, tmp_path / f"{name}.xlsx", "inputs")
        tasks.append((tmp_path / f"{name}.xlsx", tmp_path / f"{name} edited.xlsx", change))
    office.edited(tasks)
    edited = {held.duty: held.engineer for held in made.rota}
    edited[Duty(FIRST, team.rotations[0].name, "primary")] = "Choo"
    for name, _ in jobs.items():
        path = tmp_path / f"{name} edited.xlsx"
        found, report = as_checked(made, path)
        if name == "saved again":
            assert (found.rota, found.edited) == (made.rota, False)
        elif name != "row deleted":
            assert found.rota == Rota.of(edited), name
        if name not in ("deleted helpers", "renamed"):
            said = verdict(path)
            assert said.broken == Counter(breach.rule for breach in report.breaches), name
            assert said.banner == banner_of(len(said.broken)), name
    rows = checks(tmp_path / "row deleted edited.xlsx")
    assert rows["no row is missing"] == ("2024-W31", "broken")
    assert rows["coverage"][1] == "broken"
    assert rows["weeks are consecutive"] == (None, "OK")


def test_twenty_engineers_for_two_years_are_written_and_calculated_in_time(engine, tmp_path):
    small, large = tmp_path / "small.xlsx", tmp_path / "large.xlsx"
    times = {}
    for path, each in ((small, sample_plan()), (large, crowd_plan(20, 104))):
        write(each, path, "inputs")
        started = process_time()
        write(each, path, "inputs")
        times[path] = process_time() - started
    assert len(formulas(large)) > 16_000
    assert large.stat().st_size <= 1_000_000
    assert times[large] <= 3
    assert times[large] <= 25 * times[small], "writing should grow with the number of cells"
    assert not differences(large, engine.recalculated([large])[large])


def test_what_cannot_be_read_back_is_not_said_to_hold(office, tmp_path):
    made, path = sample_plan(), tmp_path / "sample.xlsx"
    write(made, path, "inputs")
    day = FIRST.first
    dates = [by_hand.write_date("Vacations", cell, day) for cell in ("B9", "C9")]
    jobs = {
        "a week twice": [by_hand.move_rows("Rota", "A3:E3", "A20:E20")],
        "another week": [
            by_hand.move_rows("Rota", "A3:E3", "A20:E20"),
            by_hand.write_text("Rota", "A20", "2024-W40"),
        ],
        "a vacation": [by_hand.write_text("Vacations", "A9", "Chooo"), *dates],
        "dates": [by_hand.write_text("Vacations", "A9", "Choo"), *dates[:1]],
        "a stranger": [
            by_hand.write_text("Cover", "A2", "Choo"),
            by_hand.write_text("Cover", "D2", "Chooo"),
            *(by_hand.write_date("Cover", cell, day) for cell in ("B2", "C2")),
        ],
    }
    consecutive, readable = "weeks are consecutive", "typed rows can be read"
    wrong = {
        "a vacation": {readable: "the sheet Vacations"},
        "dates": {readable: "the sheet Vacations"},
        "a stranger": {readable: "the sheet Cover"},
        "a week twice": {consecutive: "a week has two rows"},
        "another week": {consecutive: "2024-W40"},
    }
    office.edited([(path, tmp_path / f"{name}.xlsx", job) for name, job in jobs.items()])
    for name in jobs:
        edited = tmp_path / f"{name}.xlsx"
        with pytest.raises(InputError):
            read(edited, made.problem.team)
        found = {
            rule: where for rule, (where, result) in checks(edited).items() if result == "broken"
        }
        assert found == wrong[name]
        assert verdict(edited).banner == banner_of(1)


def test_rows_deleted_and_sorted_where_people_type_leave_the_sheet_and_the_check_agreed(
    office, tmp_path
):
    """Of two stand-ins and two vacations one each goes, or the two change places."""
    made, path = sample_plan(), tmp_path / "sample.xlsx"
    first = FIRST.first
    typed = []
    for row, day in ((2, 0), (3, 7)):
        dates = first + timedelta(days=day), first + timedelta(days=day + 1)
        held = made.rota.holder(made.problem.duties[2 * (day // 7)])
        other = next(name for name in ("Aidil", "Choo") if name != held)
        for sheet, n in (("Cover", row), ("Vacations", row + 7)):
            typed.append(by_hand.write_text(sheet, f"A{n}", held))
            typed.append(by_hand.write_date(sheet, f"B{n}", dates[0]))
            typed.append(by_hand.write_date(sheet, f"C{n}", dates[1]))
        typed.append(by_hand.write_text("Cover", f"D{row}", other))
    jobs = {"typed": []}
    for sheet, row in (("Cover", 2), ("Vacations", 9)):
        at, of, aside = (f"A{n}:D{n}" for n in (row, row + 1, 30))
        jobs[f"{sheet} row"] = [by_hand.delete_rows(sheet, row - 1)]
        jobs[f"{sheet} rows below"] = [by_hand.delete_rows(sheet, row + 3, 20)]
        moves = ((at, aside), (of, at), (aside, of))
        jobs[f"{sheet} sorted"] = [by_hand.move_rows(sheet, *move) for move in moves]
        jobs[f"{sheet} sorted"].append(by_hand.delete_rows(sheet, 29))
        jobs[f"{sheet} inserted"] = [by_hand.insert_rows(sheet, row), by_hand.insert_rows(sheet, 0)]
    write(made, path, "inputs")
    office.edited([(path, tmp_path / f"{name}.xlsx", typed + job) for name, job in jobs.items()])
    for name in jobs:
        found, report = as_checked(made, tmp_path / f"{name}.xlsx")
        said = verdict(tmp_path / f"{name}.xlsx")
        assert len(found.covers) == (1 if name == "Cover row" else 2), name
        assert len(found.vacations) == (1 if name == "Vacations row" else 2), name
        assert said.broken.keys() == {breach.rule for breach in report.breaches}, name
        assert said.banner == banner_of(len(said.broken)), name
        values = {value.part: float(value.value) for value in report.values}
        assert dict(said.aims) == pytest.approx(values), name


def test_festivals_held_again_and_missed_exchanges_follow_edits(engine, tmp_path):
    """A has the feast in weeks 0 and 3, B had it before week 0; A is away in week 4, which is hers.

    The edits give A the second feast, exchange weeks 4 and 5, and leave D without a duty.
    """
    made = plan_of(feasts := _feasts(), written(feasts, "AC BD CA DB AC BD"))
    path, edited = tmp_path / "feasts.xlsx", tmp_path / "edited.xlsx"
    write(made, path, "inputs")
    parts = (
        "own festivals held again",
        "absences not exchanged with the following week",
        "people without a duty",
    )
    assert [dict(verdict(path).aims)[part] for part in parts] == [0, 1, 0]
    cells_typed = {"D5": "A", "D6": "B", "D7": "A", "E3": "C", "E7": "C"}
    typed = [by_hand.write_text("Rota", cell, name) for cell, name in cells_typed.items()]
    engine.edited([(path, edited, typed)])
    said, (_, report) = dict(verdict(edited).aims), as_checked(made, edited)
    assert [said[part] for part in parts] == [1, 0, 1]
    assert said == pytest.approx({value.part: float(value.value) for value in report.values})


def _feasts():
    problem = build.problem(
        build.rotation("ABCD", "primary", "secondary"),
        weeks=6,
        festivals={"A": (("feast", 0, 1), ("feast", 21, 22)), "B": (("feast", -7, -6),)},
        vacations=(build.away("A", 29, 30),),
        settings={"cover": "next"},
        aims=(*build.AIMS, "everyone"),
    )
    # By the company's week numbers, so that turns begin with A.
    return replace(problem, team=replace(problem.team, week_one=problem.weeks[0].first))
