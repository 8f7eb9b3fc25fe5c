"""How long writing a workbook takes, against an earlier commit; run on demand, in a clone:

    python -m pytest tests/benchmarks/test_written.py -q -s -n0

Both versions are measured in turn, in processor time of processes of their own, a write for which
everything is loaded and seen once. The medians of five are compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.conftest import CHECKOUT

RUNS = 5
MEASURE = """
from pathlib import Path
from statistics import median
from time import process_time
from planner.files.workbook import write
from tests.files.sample_plans import crowd_plan, sample_plan
for made, times in ((sample_plan(), 9), (crowd_plan(20, 104), 3)):
    found = []
    for _ in range(times + 1):
        started = process_time()
        write(made, Path("rota.xlsx"), "inputs")
        found.append(process_time() - started)
    print(median(found[1:]))
"""


def test_a_quarter_takes_six_tenths_and_two_years_no_longer_than_before(
    before: Path, tmp_path: Path
) -> None:
    runs = [(_measured(before, tmp_path), _measured(CHECKOUT, tmp_path)) for _ in range(RUNS)]
    for place, (size, most) in enumerate((("4 × 13", 0.6), ("20 × 104", 1.0))):
        old, new = (median(run[version][place] for run in runs) for version in (0, 1))
        print(f"\n{size}: {new * 1000:.1f} ms, {new / old:.2f} of {old * 1000:.1f} ms before")
        assert new / old <= most


def _measured(checkout: Path, cwd: Path) -> list[float]:
    said = subprocess.run(
        [sys.executable, "-c", MEASURE],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(line) for line in said.stdout.split()]
