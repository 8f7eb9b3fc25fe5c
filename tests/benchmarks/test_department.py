"""The department of ``tests/data``, planned as a whole process; run on demand:

python -m pytest tests/benchmarks/test_department.py -q -s
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.test_start import LIBRARIES, compiled_once
from tests.conftest import CHECKOUT

PLAN = ("-m", "planner", "plan", "--from", "2025-01-06", "--weeks", "12", "--json")
MOST_SECONDS = 2.5
RUNS = 5


def spent(command: Sequence[str], folder: Path) -> tuple[float, float, str]:
    """Seconds from start to end, seconds of processors, and what was said."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    said = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=compiled_once(folder),
        check=True,
        capture_output=True,
        text=True,
    )
    whole, after = perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    working = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return whole, working, said.stdout


def test_the_department_is_proven_within_the_time_that_its_lead_would_wait(tmp_path: Path) -> None:
    """Loading, planning, checking and writing, against only importing the libraries.

    The fastest run counts: what else the machine does only ever adds.
    """
    shutil.copytree(CHECKOUT / "tests" / "data" / "department", tmp_path / "inputs" / "department")
    libraries = ("-c", LIBRARIES)
    spent(libraries, tmp_path)
    (team,) = json.loads(spent(PLAN, tmp_path)[2])["teams"]
    assert [aim["part"] for aim in team["aims"] if not aim["proven"]] == []
    own, floor = [], []
    for _ in range(RUNS):
        shutil.rmtree(tmp_path / "outputs")
        own.append(spent(PLAN, tmp_path))
        floor.append(spent(libraries, tmp_path))
    whole, working = (median(column) for column in list(zip(*own, strict=True))[:2])
    least, most = min(run[0] for run in own), median(run[1] for run in floor)
    within = json.loads(own[-1][2])["teams"][0]["seconds"]
    parts = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in within.items())
    print(
        f"\nthe department as a whole process: {whole:.2f} s (fastest {least:.2f} s; {parts}); "
        f"of processors {working:.2f} s, {working / most:.1f} × importing the libraries "
        f"({most:.2f} s)"
    )
    assert least <= MOST_SECONDS
