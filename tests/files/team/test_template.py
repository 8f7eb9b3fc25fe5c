"""A new team's folder: what it holds, what it refuses, and that it can be planned at once."""

import csv
import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.quarters import quarter
from planner.errors import OutputError, UsageError
from planner.files.team import template as newteam
from planner.files.team.folder import load_team
from planner.files.team.template import FILES, create
from planner.planning.assemble import assemble
from planner.planning.plan import plan

COLUMNS = {
    "engineers.csv": "name email country subdivision festivals level share joined left group "
    "roles accounts",
    "vacations.csv": "engineer start end kind logged note",
    "wishes.csv": "engineer week wish note",
    "swaps.csv": "engineer week with for_week rotation role agreed",
    "holidays.csv": "date country subdivision change name source",
    "pipelines.csv": "pipeline purpose primary_owner secondary_owner rotation hours "
    "respond_within deadline sla upstream downstream watched_by escalation common_issues",
    "history.csv": "week rotation role engineer",
}
KEYS = {
    "": "name timezone handover business_days week_one year_starts",
    "rotation": "name cycle roles pauses",
    "rules": "one_duty back_to_back most_running cover notice mentoring one_per_group group_gap "
    "limits most_load owed_during catch_up other_teams show_reasons",
    "aims": "order",
}
ROLE_KEYS = "name kind weeks optional levels offset restful"


def without_marks(text: str) -> str:
    """The file with every sample put to use: lines that begin with # and no space."""
    return re.sub(r"^#(?=[^\s#:])", "", text, flags=re.MULTILINE)


def test_a_new_team_has_every_file_in_reading_order(tmp_path):
    written = create(tmp_path / "inputs", "payments-data")
    folder = tmp_path / "inputs" / "payments-data"
    assert written == tuple(folder / file for file in FILES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == ["payments-data"]


def test_the_team_bears_the_name_that_was_given(tmp_path):
    create(tmp_path, "payments-data")
    settings = tomllib.loads((tmp_path / "payments-data" / "team.toml").read_text("utf-8"))
    assert settings["name"] == "payments-data"


@pytest.mark.parametrize("file", sorted(COLUMNS))
def test_every_table_has_all_columns_and_explains_each(file, tmp_path):
    create(tmp_path, "t")
    lines = (tmp_path / "t" / file).read_text("utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#"))
    assert header.split(",") == COLUMNS[file].split()
    explained = [match[1] for line in lines if (match := re.match(r"# (\w+)  +\S", line))]
    assert explained == header.split(",")


@pytest.mark.parametrize("file", sorted(COLUMNS))
def test_explanations_stay_in_one_cell_and_samples_fit_their_columns(file, tmp_path):
    create(tmp_path, "t")
    lines = (tmp_path / "t" / file).read_text("utf-8").splitlines()
    prose = [line for line in lines if line.startswith("# ")]
    assert prose
    assert not [line for line in prose if "," in line or "\t" in line]
    rows = list(csv.reader(lines[lines.index("#") :]))
    table = [row for row in rows if len(row) > 1]
    assert len(table) >= 2
    assert {len(row) for row in table} == {len(COLUMNS[file].split())}


def test_every_setting_stands_in_team_toml(tmp_path):
    create(tmp_path, "t")
    text = (tmp_path / "t" / "team.toml").read_text("utf-8")
    settings = tomllib.loads(without_marks(text))
    for table, keys in KEYS.items():
        found = settings[table] if table else settings
        found = found[0] if isinstance(found, list) else found
        missing = [key for key in keys.split() if key not in found]
        assert not missing, table
    for key in ROLE_KEYS.split():
        assert re.search(rf"^#   {key} +=", text, flags=re.MULTILINE), key


def test_the_samples_are_a_team_that_loads(tmp_path):
    create(tmp_path, "payments-data")
    team = load_team(tmp_path / "payments-data")
    assert (team.key, team.name) == ("payments-data", "payments-data")
    assert [engineer.name for engineer in team.engineers] == ["Ana", "Ben", "Chitra", "Dewi"]
    assert (team.vacations, team.wishes, team.swaps, team.holiday_changes) == ((), (), (), ())
    assert (team.pipelines, len(team.history)) == ((), 0)


def test_the_samples_still_load_with_every_sample_row_and_setting_put_to_use(tmp_path):
    for path in create(tmp_path, "t"):
        path.write_text(without_marks(path.read_text("utf-8")), "utf-8")
    team = load_team(tmp_path / "t")
    assert [(v.engineer, v.start.isoformat()) for v in team.vacations] == [
        ("Ana", "2024-08-05"),
        ("Chitra", "2024-09-11"),
    ]
    assert len(team.wishes) == 2
    assert [swap.agreed for swap in team.swaps] == [True]
    assert len(team.holiday_changes) == 1
    assert len(team.pipelines) == 2
    assert len(team.history) == 2
    horizon = quarter("2024Q3", team)
    solved = plan(assemble(team, horizon, team.history), 60.0)
    assert solved.report.holds


@pytest.mark.parametrize("label", ["2002Q1", "2024Q3", "2026Q4", "2035Q2", "2076Q4"])
def test_the_samples_can_be_planned_at_once(label, tmp_path):
    create(tmp_path, "t")
    team = load_team(tmp_path / "t")
    solved = plan(assemble(team, quarter(label, team), team.history), 60.0)
    assert solved.report.holds
    assert solved.proven
    weeks = [solved.rota.duties_of(engineer.name) for engineer in team.engineers]
    assert {len(duties) for duties in weeks} <= {6, 7}


@pytest.mark.parametrize("name", ["a", "payments-data", "team_7", "7up", "Équipe", "数据"])
def test_names_that_are_fine(name, tmp_path):
    assert create(tmp_path, name)[0] == tmp_path / name / "team.toml"


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "a b", "a/b", "../up", "/root", "-x", "_x", "a.b", "a\n", "a\\b", 'a"b'),
        *("NUL", "com1", "x" * 61),
    ],
)
def test_names_that_are_not(name, tmp_path):
    with pytest.raises(UsageError):
        create(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=80))
def test_a_name_is_one_plain_folder_or_refused(name):
    try:
        newteam._ensure_name(name)
    except UsageError:
        return
    assert Path(name).parts == (name,)
    assert not re.search(r'[\s."\\/<>:|?*]', name)
    assert tomllib.loads(f'name = "{name}"') == {"name": name}


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "t").mkdir()
    create(tmp_path, "t")
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == sorted(FILES)


@pytest.mark.parametrize("file", ["team.toml", "notes.txt", ".hidden"])
def test_a_folder_that_holds_anything_is_left_alone(file, tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / file).write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        create(tmp_path, "t")
    assert [path.name for path in (tmp_path / "t").iterdir()] == [file]
    assert (tmp_path / "t" / file).read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_a_file_of_that_name_is_left_alone(tmp_path):
    (tmp_path / "t").write_text("mine")
    with pytest.raises(OutputError, match="no folder"):
        create(tmp_path, "t")
    assert (tmp_path / "t").read_text() == "mine"


def test_inputs_that_is_a_file_is_said_plainly(tmp_path):
    (tmp_path / "inputs").write_text("mine")
    with pytest.raises(OutputError, match="cannot be made"):
        create(tmp_path / "inputs", "t")


@pytest.mark.parametrize("existing", [False, True])
def test_nothing_is_left_where_writing_stops_half_way(existing, tmp_path, monkeypatch):
    if existing:
        (tmp_path / "t").mkdir()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(newteam.os, "rename", full)
    with pytest.raises(OutputError, match="No space left"):
        create(tmp_path, "t")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in tmp_path.iterdir()] in ([], ["t"])


def test_a_team_folder_is_shared_like_any_other_folder(tmp_path):
    (tmp_path / "plain").mkdir()
    create(tmp_path, "t")
    assert os.stat(tmp_path / "t").st_mode == os.stat(tmp_path / "plain").st_mode
