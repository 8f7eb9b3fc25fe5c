"""How long the program takes, against what it cannot do without; run on demand:

    python -m pytest tests/benchmarks -q -s

Runs of what is compared are interleaved, and the medians of their processor time taken, so that a
noisy machine slows both alike. Which modules a command loads, and how long each takes, is told by
`python -X importtime -m planner …`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

import pytest

from tests.conftest import CHECKOUT

RUNS = 5
READERS = "import openpyxl, click"
LIBRARIES = "from ortools.sat.python import cp_model; import openpyxl, holidays, click"


def compiled_once(folder: Path) -> dict[str, str]:
    """Surroundings in which modules are compiled once, as installed ones are.

    Whatever this machine's settings: some forbid Python to keep what it compiles.
    """
    kept = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **kept, "PYTHONPATH": str(CHECKOUT)}


def seconds(command: Sequence[str], folder: Path) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=compiled_once(folder), check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(command: list[str], measure: list[str], folder: Path, runs: int = RUNS) -> float:
    """How many times as much processor time the command takes as the measure."""
    for each in (command, measure):
        seconds([sys.executable, *each], folder)
    times: list[tuple[float, float]] = []
    for _ in range(runs):
        if "plan" in command:
            shutil.rmtree(folder / "outputs")
        own = seconds([sys.executable, *command], folder)
        times.append((own, seconds([sys.executable, *measure], folder)))
    own, other = (median(column) for column in zip(*times, strict=True))
    ratio = own / other
    print(f"\n{' '.join(command)}: {own:.3f} s, {ratio:.2f} × {measure[-1]!r} ({other:.3f} s)")
    return ratio


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four engineers, thirteen weeks, two roles, planned."""
    folder = tmp_path_factory.mktemp("start")
    name = "data-engineering"
    shutil.copytree(CHECKOUT / "inputs" / name, folder / "inputs" / name)
    seconds([sys.executable, "-m", "planner", "plan", "--quarter", "2024Q3"], folder)
    return folder


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_look_at_a_rota_costs_little_more_than_loading_what_reads_workbooks(
    command: str, team: Path
) -> None:
    look = ["-m", "planner", command, "--quarter", "2024Q3"]
    assert compare(look, ["-c", READERS], team) <= 1.3


def test_who_is_on_call_costs_as_little(team: Path) -> None:
    ask = ["-m", "planner", "who", "--at", "2024-08-06 03:00"]
    assert compare(ask, ["-c", READERS], team) <= 1.3


def test_planning_a_quarter_costs_little_more_than_loading_its_libraries(team: Path) -> None:
    plan = ["-m", "planner", "plan", "--quarter", "2024Q3"]
    assert compare(plan, ["-c", LIBRARIES], team) <= 1.35


def test_help_costs_little_more_than_python(tmp_path: Path) -> None:
    assert compare(["-m", "planner", "--help"], ["-c", "pass"], tmp_path, runs=21) <= 8
