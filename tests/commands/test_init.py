"""``rota init``: what it says, and its exit status."""

import json

import pytest

from planner.files.team.folder import load_team
from planner.files.team.template import FILES


def test_it_lists_the_files_and_says_what_to_do_next(rota, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = rota("init", "payments-data")
    assert said.status == 0
    assert said.out.splitlines() == [f"inputs/payments-data/{file}" for file in FILES]
    assert "rota plan --team payments-data --quarter 2024Q3\n" in said.err
    assert (tmp_path / "inputs" / "payments-data" / "team.toml").is_file()


def test_another_inputs_folder_is_named_in_the_next_step(rota, tmp_path):
    said = rota("init", "t", "--inputs", tmp_path / "teams")
    assert said.status == 0
    assert f"--inputs {tmp_path / 'teams'}" in said.err
    assert (tmp_path / "teams" / "t" / "engineers.csv").is_file()


def test_json_names_the_folder_and_the_files(rota, tmp_path):
    said = rota("init", "t", "--inputs", tmp_path, "--json")
    document = json.loads(said.out)
    assert (document["version"], document["team"]) == (2, "t")
    assert document["folder"] == str(tmp_path / "t")
    assert document["files"] == [str(tmp_path / "t" / file) for file in FILES]
    assert said.err == ""


@pytest.mark.parametrize("like", ["follow-the-sun", "weekends"])
def test_samples_of_other_shapes_explain_themselves_and_load(rota, tmp_path, like):
    said = rota("init", "t", "--like", like, "--inputs", tmp_path)
    assert said.status == 0
    team = load_team(tmp_path / "t")
    assert [r.hours is not None for r in team.rotations] == [True, True]
    assert len(team.engineers) == {"follow-the-sun": 8, "weekends": 6}[like]
    assert team.pipelines[0].rotations == tuple(r.name for r in team.rotations)
    assert "# subdivision" in (tmp_path / "t" / "engineers.csv").read_text("utf-8")


def test_an_unknown_shape_is_told(rota, tmp_path):
    said = rota("init", "t", "--like", "weekend", "--inputs", tmp_path)
    assert said.status == 2
    assert "weekends" in said.err
    assert not (tmp_path / "t").exists()


def test_it_refuses_a_second_time_and_changes_nothing(rota, tmp_path):
    rota("init", "t", "--inputs", tmp_path)
    mine = tmp_path / "t" / "engineers.csv"
    mine.write_text("mine")
    said = rota("init", "t", "--inputs", tmp_path)
    assert (said.status, said.out) == (2, "")
    assert "not empty" in said.err
    assert mine.read_text() == "mine"


def test_a_bad_name_is_refused(rota, tmp_path):
    said = rota("init", "../t", "--inputs", tmp_path / "teams")
    assert said.status == 2
    assert "cannot name a team folder" in said.err
    assert list(tmp_path.iterdir()) == []
