"""The README says what is so: its tables are the program's, and its examples run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from planner.rules import AIMS, RULES
from tests.conftest import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
ANYTHING = "…"
PROGRESS = re.compile(r"[\w-]+: [\w-]+, .*, (proven|no bound|at best .*)")
"""What is told on the way of whatever takes longer than a second, on a slow machine."""


def test_the_tables_state_every_rule_and_aim_in_order() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", README, flags=re.MULTILINE)
    stated = [row for row in rows if row[0] in {each.NAME for each in (*RULES, *AIMS)}]
    assert stated == [(each.NAME, each.STATEMENT) for each in (*RULES, *AIMS)]


def test_the_two_lines_stand_as_ci_runs_them() -> None:
    assert [line for line in README.splitlines() if line.startswith("pip install ")] == [
        "pip install -e . -c constraints.txt && rota plan --quarter 2024Q3",
        "pip install -e '.[test]' -c constraints.txt && pytest",
    ]


def examples() -> list[tuple[str, list[str]]]:
    """Each command of the console blocks, and the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same, where ``…`` alone stands for any lines."""
    if not shown:
        return not printed
    if shown[0] == ANYTHING:
        return any(agrees(shown[1:], printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and agrees(shown[1:], printed[1:])


def test_every_example_prints_what_is_shown(tmp_path: Path) -> None:
    """One after the other in a fresh copy of the checkout, as a reader would type them."""
    shutil.copytree(CHECKOUT / "inputs", tmp_path / "inputs")
    (tmp_path / "outputs").mkdir()
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    assert len(examples()) >= 5
    for command, shown in examples():
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        printed = [
            line for line in done.stdout.rstrip("\n").splitlines() if not PROGRESS.fullmatch(line)
        ]
        assert agrees(shown, printed), f"$ {command}\n{done.stdout}"


def test_examples_fit_the_page() -> None:
    for command, shown in examples():
        assert all(len(line) <= 110 for line in (f"$ {command}", *shown))


def test_the_examples_are_compared_line_by_line() -> None:
    assert agrees(["a", "…", "d"], ["a", "b", "c", "d"])
    assert agrees(["…"], [])
    assert not agrees(["a", "…", "d"], ["a", "b"])
    assert not agrees([], ["a"])
