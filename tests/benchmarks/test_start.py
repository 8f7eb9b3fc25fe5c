"""How long the program takes, against what it cannot do without; run on demand:

    python -m pytest tests/benchmarks -q -s

Runs of what is compared are interleaved and their medians taken, so that a noisy machine
slows both alike.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.conftest import CHECKOUT

LIBRARIES = "from ortools.sat.python import cp_model; import openpyxl, holidays, click"


def compiled_once(folder: Path) -> dict[str, str]:
    """Surroundings in which modules are compiled once, as installed ones are.

    Whatever this machine's settings: some forbid Python to keep what it compiles.
    """
    kept = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **kept, "PYTHONPATH": str(CHECKOUT)}


def seconds(command: Sequence[str], folder: Path) -> float:
    started = perf_counter()
    subprocess.run(command, cwd=folder, env=compiled_once(folder), check=True, capture_output=True)
    return perf_counter() - started


def compare(command: list[str], measure: list[str], folder: Path, runs: int) -> float:
    """How many times as long the command takes as the measure."""
    for each in (command, measure):
        seconds([sys.executable, *each], folder)
    times: list[tuple[float, float]] = []
    for _ in range(runs):
        if (folder / "outputs").exists():
            shutil.rmtree(folder / "outputs")
        times.append(
            (
                seconds([sys.executable, *command], folder),
                seconds([sys.executable, *measure], folder),
            )
        )
    own, other = (median(column) for column in zip(*times, strict=True))
    ratio = own / other
    print(f"\n{' '.join(command)}: {own:.3f} s, {ratio:.2f} × {measure[-1]!r} ({other:.3f} s)")
    return ratio


def test_planning_a_quarter_costs_little_more_than_loading_its_libraries(tmp_path: Path) -> None:
    """Four engineers, thirteen weeks, two roles, the whole process."""
    team = "data-engineering"
    shutil.copytree(CHECKOUT / "inputs" / team, tmp_path / "inputs" / team)
    plan = ["-m", "planner", "plan", "--quarter", "2024Q3"]
    assert compare(plan, ["-c", LIBRARIES], tmp_path, runs=11) <= 1.8


def test_help_costs_little_more_than_python(tmp_path: Path) -> None:
    assert compare(["-m", "planner", "--help"], ["-c", "pass"], tmp_path, runs=21) <= 8
