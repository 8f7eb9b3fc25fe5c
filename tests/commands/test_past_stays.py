"""What is past stays as it was published, whatever people change in place, without dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_process

TOML = """name = "Watch"
timezone = "Europe/London"

[aims]
order = ["fair-share"]

[[rotation]]
name = "Watch"
cycle = {cycle}
roles = ["primary", "secondary"]
"""
HEADER = "name,country,subdivision,roles,share,left,formerly\n"
HISTORY = "week,rotation,role,engineer\n" + "".join(
    f"2023-W{n},Watch,primary,{name}\n" for n, name in enumerate(["Ana", "Ben"] * 6, start=40)
)
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
EDITS = (
    "Ana Ben Cy Di, Ana;;;; Ben;;;; Cy;secondary;;; Di;;0.2;;",
    # Cy is promoted, Di works more, Ben leaves and is taken out of the cycle, Flo is put in.
    "Ana Cy Di Flo, Ana;;;; Ben;;;2024-03-31; Cy;;;; Di;;1;; Flo;;;;",
    # Di is called otherwise, Ana works half, Flo may not be primary.
    "Ana Cy Dilara Flo, Ana;;0.5;; Ben;;;2024-03-31; Cy;;;; Dilara;;1;;Di Flo;secondary;;;",
    "Flo Cy Gus Dilara, Ana;none;0.5;; Ben;;;2024-03-31; Cy;;0.3;; Dilara;;1;;Di Flo;;;; Gus;;;;",
)
"""The cycle; and of each engineer name, roles, share, last day and earlier name."""


def change(folder: Path, edit: str) -> None:
    cycle, people = (part.split() for part in edit.split(","))
    rows = [person.split(";", 1) for person in people]
    team = folder / "inputs" / "watch"
    team.mkdir(parents=True, exist_ok=True)
    (team / "team.toml").write_text(TOML.format(cycle=str(cycle).replace("'", '"')), "utf-8")
    lines = [f"{name},GB,ENG,{rest.replace(';', ',')}\n" for name, rest in rows]
    (team / "engineers.csv").write_text(HEADER + "".join(lines), "utf-8")


def fairness(folder: Path, label: str) -> str:
    said = run_process("fairness", "--quarter", label, cwd=folder)
    assert said.status == 0, said.err
    return said.out


@pytest.mark.parametrize("history", [False, True])
def test_fairness_of_past_quarters_is_the_same_to_the_byte(tmp_path: Path, history: bool) -> None:
    seen: dict[str, str] = {}
    for label, edit in zip(QUARTERS, EDITS, strict=True):
        change(tmp_path, edit)
        if history:
            (tmp_path / "inputs" / "watch" / "history.csv").write_text(HISTORY, "utf-8")
        for past, before in seen.items():
            now = fairness(tmp_path, past)
            if "Dilara" in edit and "Di  " in before:
                now, before = words(now), words(before.replace("Di  ", "Dilara"))
            assert now == before, (label, past)
        said = run_process("plan", "--quarter", label, cwd=tmp_path)
        assert said.status == 0, said.err
        seen[label] = fairness(tmp_path, label)
        assert fairness(tmp_path, label) == seen[label]


def test_a_pause_that_reaches_into_past_weeks_takes_nothing_out_of_them(tmp_path: Path) -> None:
    change(tmp_path, EDITS[0])
    assert run_process("plan", "--quarter", "2024Q1", cwd=tmp_path).status == 0
    asked = ("fairness", "check", "show")
    before = [run_process(each, "--quarter", "2024Q1", cwd=tmp_path).out for each in asked]
    toml = tmp_path / "inputs" / "watch" / "team.toml"
    toml.write_text(f"{toml.read_text('utf-8')}pauses = ['2024-02-05..2024-03-10']\n", "utf-8")
    after = [run_process(each, "--quarter", "2024Q1", cwd=tmp_path).out for each in asked]
    told = "The inputs have changed since it was planned.\n"
    assert told in after[1]
    assert (after[0], after[2]) == (before[0], before[2])
    assert words(after[1].replace(told, "")) == words(before[1].replace(", proven", ""))
    said = run_process("replan", "--quarter", "2024Q1", "--as-of", "2024-02-15", cwd=tmp_path)
    assert said.status == 0, said.err
    assert "2024-W06" not in said.out
    assert "2024-W08" in said.out


def words(text: str) -> list[str]:
    """All but rules and spaces, which are as long as the longest name."""
    return text.replace("─", "").split()
