"""Which rotas exist, and what history they hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from planner.domain import Duty, Rota
from planner.errors import InputError
from planner.files.published.rotas import past, published_path
from planner.files.workbook import write
from tests.files.sample_plans import FIRST, sample_plan

PLAN = sample_plan()
TEAM = PLAN.problem.team
ROTATION = "Investor pipelines"


def _publish(outputs: Path, plan) -> Path:
    path = published_path(outputs, plan.problem.team.key, plan.problem.horizon)
    write(plan, path, "inputs")
    return path


def _set(path: Path, cell: str, value: str | None) -> None:
    book = openpyxl.load_workbook(path)
    book["Rota"][cell] = value
    book.save(path)


def test_where_a_rota_lies(tmp_path):
    found = published_path(tmp_path, "sample", PLAN.problem.horizon)
    assert found == tmp_path / "sample" / "rota-2024Q3.xlsx"


def test_without_rotas_there_is_only_the_teams_own_past(tmp_path):
    before = Duty(FIRST.later(-1), ROTATION, "primary")
    team = replace(
        TEAM, history=Rota.of({before: "Choo", Duty(FIRST, ROTATION, "primary"): "Choo"})
    )
    assert past(tmp_path, TEAM, FIRST).rota == Rota()
    assert past(tmp_path, team, FIRST).rota == Rota.of({before: "Choo"})


def test_earlier_weeks_count_with_their_edits_and_open_duties(tmp_path):
    path = _publish(tmp_path, PLAN)
    _set(path, "D2", "Choo")
    _set(path, "D3", None)
    found = past(tmp_path, TEAM, FIRST.later(5)).rota
    assert [week.name for week in found.weeks] == [f"2024-W{n}" for n in range(27, 32)]
    assert found.holder(Duty(FIRST, ROTATION, "primary")) == "Choo"
    open_duty = Duty(FIRST.later(1), ROTATION, "primary")
    assert open_duty in found
    assert found.holder(open_duty) is None


def test_a_published_rota_overrides_history_csv(tmp_path):
    _publish(tmp_path, PLAN)
    duty, older = Duty(FIRST, ROTATION, "primary"), Duty(FIRST.later(-1), ROTATION, "primary")
    team = replace(TEAM, history=Rota.of({duty: "Thiru", older: "Thiru"}))
    found = past(tmp_path, team, FIRST.later(13)).rota
    assert found.holder(duty) == "Aidil"
    assert found.holder(older) == "Thiru"
    assert len(found) == 27


def test_of_two_rotas_the_one_that_begins_later_counts(tmp_path):
    _publish(tmp_path, PLAN)
    start = FIRST.later(4)
    later = sample_plan(label=f"{start.name}+2", first=start, weeks=2)
    _publish(tmp_path, later)
    found = past(tmp_path, TEAM, FIRST.later(13)).rota
    duty = Duty(start, ROTATION, "primary")
    assert later.rota.holder(duty) == found.holder(duty)
    _set(published_path(tmp_path, "sample", later.problem.horizon), "D2", "Thiru")
    assert past(tmp_path, TEAM, FIRST.later(13)).rota.holder(duty) == "Thiru"


@pytest.mark.parametrize(
    "name",
    [
        "rota-2024Q3.before-20261120T091200.xlsx",
        "~$rota-2024Q3.xlsx",
        "Copy of rota-2024Q3.xlsx",
        "rota-2024Q3 (1).xlsx",
        ".rota-2024Q3.xlsx.123-0.tmp",
        "rota-2024Q9.xlsx",
    ],
)
def test_backups_and_copies_are_no_past(tmp_path, name):
    path = _publish(tmp_path, PLAN)
    shutil.move(path, path.with_name(name))
    assert past(tmp_path, TEAM, FIRST.later(13)).rota == Rota()


def test_rotas_that_begin_later_are_not_opened(tmp_path):
    path = published_path(tmp_path, "sample", PLAN.problem.horizon)
    path.parent.mkdir()
    path.write_text("no workbook")
    assert past(tmp_path, TEAM, FIRST).rota == Rota()


def test_what_cannot_be_understood_in_an_earlier_rota_is_said(tmp_path):
    _set(_publish(tmp_path, PLAN), "D2", "Tiru")
    with pytest.raises(InputError, match="“Tiru” is not an engineer"):
        past(tmp_path, TEAM, FIRST.later(13))
