"""The department of ``tests/data``, planned as a whole process; run on demand:

python -m pytest tests/benchmarks/test_department.py -q -s
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.benchmarks.test_start import LIBRARIES, seconds
from tests.conftest import CHECKOUT

PLAN = ("--from", "2025-01-06", "--weeks", "12", "--json")
MOST_SECONDS = 2.5
RUNS = 5


def test_the_department_is_proven_within_the_time_that_its_lead_would_wait(tmp_path: Path) -> None:
    """Loading, planning, checking and writing, against only importing the libraries.

    The fastest run counts: what else the machine does only ever adds.
    """
    shutil.copytree(CHECKOUT / "tests" / "data" / "department", tmp_path / "inputs" / "department")
    command = [sys.executable, "-m", "planner", "plan", *PLAN]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    (team,) = json.loads(said.stdout)["teams"]
    assert [aim["part"] for aim in team["aims"] if not aim["proven"]] == []
    own, floor = [], []
    for _ in range(RUNS):
        shutil.rmtree(tmp_path / "outputs")
        own.append(seconds(command, tmp_path))
        floor.append(seconds([sys.executable, "-c", LIBRARIES], tmp_path))
    within = ", ".join(f"{what} {spent:.2f} s" for what, spent in team["seconds"].items())
    print(
        f"\nthe department: {median(own):.2f} s as a whole process (fastest {min(own):.2f} s), "
        f"{median(own) / median(floor):.1f} × importing the libraries ({median(floor):.2f} s); "
        f"first run: {within}"
    )
    assert min(own) <= MOST_SECONDS
