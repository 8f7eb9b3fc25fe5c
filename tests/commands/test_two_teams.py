"""One person in two teams, by e-mail address: what the other team published counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planner
from tests.conftest import Said, run_process

TOML = """name = "{name}"
timezone = "Europe/London"
{more}
[rules]
other_teams = "{rule}"

[aims]
order = ["fair-share", "cycle"]
"""
HEADER = "name,email,country,subdivision\n"
PERIOD = ("--from", "2024-07-01", "--weeks", "6")
CLASH = "is on duty for"


def team(folder: Path, name: str, people: str, rule: str = "warn", more: str = "") -> None:
    inputs = folder / "inputs" / name
    inputs.mkdir(parents=True)
    (inputs / "team.toml").write_text(TOML.format(name=name, rule=rule, more=more), "utf-8")
    rows = "".join(f"{who.split('@')[0]},{who},GB,ENG\n" for who in people.split())
    (inputs / "engineers.csv").write_text(HEADER + rows, "utf-8")


def rota(folder: Path, *line: str) -> Said:
    return run_process(*line, cwd=folder)


def weeks_of(folder: Path, team: str, name: str) -> set[str]:
    said = rota(folder, "show", "--team", team, "--json")
    (shown,) = json.loads(said.out)["teams"]
    return {held["week"] for held in shown["rota"] if held["engineer"] == name}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Ana is in two teams, written otherwise in the second."""
    team(tmp_path, "apps", "Ana@x.org Ben@x.org")
    team(tmp_path, "base", "ANA@X.ORG Cy@x.org")
    return tmp_path


def test_a_clash_is_told_by_plan_and_by_check_of_either_team(shared: Path) -> None:
    assert rota(shared, "plan", "--team", "apps", *PERIOD).status == 0
    said = rota(shared, "plan", "--team", "base", *PERIOD)
    assert said.status == 0
    both = weeks_of(shared, "apps", "Ana") & weeks_of(shared, "base", "ANA")
    assert both
    assert f"ANA {CLASH} apps as well in {min(both)}" in " ".join(said.err.split())
    for name, other in (("apps", "base"), ("base", "apps")):
        checked = rota(shared, "check", "--team", name)
        assert checked.status == 0
        assert f"{CLASH} {other} as well in {min(both)}" in " ".join(checked.out.split())
        (told,) = json.loads(rota(shared, "check", "--team", name, "--json").out)["teams"]
        assert f"{CLASH} {other} as well in {min(both)}" in told["warnings"][0]


def test_as_a_rule_the_team_planned_later_keeps_clear(tmp_path: Path) -> None:
    team(tmp_path, "apps", "Ana@x.org Ben@x.org", "never")
    team(tmp_path, "base", "ANA@X.ORG Cy@x.org Di@x.org", "never")
    said = rota(tmp_path, "plan", *PERIOD, "--workers", "2")
    assert said.status == 0, said.err
    assert "Planned one after the other, as they share people: apps, base." in said.err
    assert "base: Warning: ANA is on duty for apps in" in said.err
    assert weeks_of(tmp_path, "apps", "Ana")
    assert not weeks_of(tmp_path, "apps", "Ana") & weeks_of(tmp_path, "base", "ANA")
    again = rota(tmp_path, "plan", *PERIOD)
    assert again.status == 0
    assert again.out.count("is up to date") == 2
    for name in ("apps", "base"):
        assert rota(tmp_path, "check", "--team", name).status == 0


def test_as_a_rule_a_clash_is_a_breach(shared: Path) -> None:
    rota(shared, "plan", *PERIOD)
    toml = shared / "inputs" / "base" / "team.toml"
    toml.write_text(toml.read_text("utf-8").replace("warn", "never"), "utf-8")
    said = rota(shared, "check", "--team", "base")
    assert said.status == 1
    assert "ANA is on duty for apps as well" in " ".join(said.out.split())


def test_a_replan_keeps_clear_too(shared: Path) -> None:
    rota(shared, "plan", *PERIOD)
    toml = shared / "inputs" / "base" / "team.toml"
    toml.write_text(toml.read_text("utf-8").replace("warn", "never"), "utf-8")
    said = rota(shared, "replan", "--team", "base", *PERIOD, "--as-of", "2024-06-01")
    assert said.status == 0, said.err
    assert not weeks_of(shared, "apps", "Ana") & weeks_of(shared, "base", "ANA")


def test_weeks_that_begin_on_another_day_are_held_against_each_other(tmp_path: Path) -> None:
    wednesdays = 'handover = "Wednesday 10:00"\n'
    team(tmp_path, "apps", "Ana@x.org Ben@x.org", more=wednesdays)
    team(tmp_path, "base", "Ana@x.org Cy@x.org Di@x.org Ed@x.org", "never")
    one_week = ("--from", "2024-07-03", "--weeks", "1")
    assert rota(tmp_path, "plan", "--team", "apps", *one_week).status == 0
    assert weeks_of(tmp_path, "apps", "Ana") == {"2024-W27"}
    assert rota(tmp_path, "plan", "--team", "base", *PERIOD).status == 0
    assert weeks_of(tmp_path, "base", "Ana").isdisjoint({"2024-W27", "2024-W28"})


def test_a_team_that_cannot_be_read_is_told(shared: Path) -> None:
    (shared / "inputs" / "apps" / "team.toml").write_text("name = ", "utf-8")
    said = rota(shared, "plan", "--team", "base", *PERIOD)
    assert said.status == 0
    assert "ANA is in apps too, whose files cannot be read" in " ".join(said.err.split())


def test_teams_without_people_in_common_are_not_named(tmp_path: Path) -> None:
    team(tmp_path, "apps", "Ana@x.org Ben@x.org")
    team(tmp_path, "base", "Cy@x.org Di@x.org")
    said = rota(tmp_path, "plan", *PERIOD)
    assert said.status == 0
    assert "share people" not in said.err
    assert CLASH not in said.err


@pytest.mark.parametrize("rule", ["warn", "never"])
def test_who_is_on_duty_elsewhere_stands_in_last_or_never(tmp_path: Path, rule: str) -> None:
    team(tmp_path, "apps", "Ana@x.org")
    team(tmp_path, "base", "AL@x.org ANA@X.ORG Di@x.org", rule)
    one_week = ("--from", "2024-07-01", "--weeks", "1")
    assert rota(tmp_path, "plan", "--team", "base", *one_week).status == 0
    assert weeks_of(tmp_path, "base", "AL") == {"2024-W27"}
    ask = ("cover", "--team", "base", "--engineer", "AL", "--from", "2024-07-03", "--dry-run")
    said = rota(tmp_path, *ask, "--with", "ANA")
    assert said.status == 0, said.err
    assert "ANA is in apps too, which has published none of these weeks yet" in said.err
    assert rota(tmp_path, "plan", "--team", "apps", *one_week).status == 0
    said = rota(tmp_path, *ask, "--json")
    (found,) = json.loads(said.out)["needs"]
    names = [one["engineer"] for one in found["candidates"]]
    assert names == (["Di", "ANA"] if rule == "warn" else ["Di"])
    if rule == "warn":
        assert "is on duty for apps then" in found["candidates"][1]["but"]
    assert rota(tmp_path, *ask, "--with", "ANA").status == (0 if rule == "warn" else 2)


def test_the_functions_see_other_teams_too(tmp_path: Path) -> None:
    team(tmp_path, "apps", "Ana@x.org Ben@x.org")
    team(tmp_path, "base", "ANA@X.ORG Cy@x.org Di@x.org", "never")
    assert rota(tmp_path, "plan", "--team", "apps", *PERIOD).status == 0
    theirs = weeks_of(tmp_path, "apps", "Ana")
    base = tmp_path / "inputs" / "base"
    planned = planner.plan(base, from_="2024-07-01", weeks=6)
    assert theirs.isdisjoint(duty.week.name for duty in planned.rota.duties_of("ANA"))
    assert any("ANA is on duty for apps in" in warning for warning in planned.warnings)
    apart = planner.plan(base, from_="2024-07-01", weeks=6, outputs=tmp_path / "none")
    both = theirs & {duty.week.name for duty in apart.rota.duties_of("ANA")}
    assert both
    assert apart.holds
    checked = planner.check(apart, outputs=tmp_path / "outputs")
    assert {breach.week.name for breach in checked.report.breaches} == both
    assert any(min(both) in warning for warning in checked.warnings)
    again = planner.replan(apart, outputs=tmp_path / "outputs")
    assert {change.duty.week.name for change in again.changes} >= both
    assert theirs.isdisjoint(duty.week.name for duty in again.rota.duties_of("ANA"))
