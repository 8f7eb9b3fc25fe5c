"""How long LibreOffice takes with a large workbook; run on demand:

    python -m pytest tests/benchmarks/test_workbook.py -q -s

What a small workbook takes is taken off: that is LibreOffice's own start.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from planner.files.workbook import write
from tests.files.office import Office
from tests.files.sample_plans import crowd_plan, sample_plan

RUNS = 3


def test_twenty_engineers_for_two_years_open_and_calculate_within_five_seconds(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path)
    small, large = tmp_path / "small.xlsx", tmp_path / "large.xlsx"
    write(sample_plan(), small, "inputs")
    started = perf_counter()
    write(crowd_plan(20, 104), large, "inputs")
    written = perf_counter() - started
    office.recalculated([small])
    times: dict[Path, list[float]] = {small: [], large: []}
    for _ in range(RUNS):
        for path, found in times.items():
            started = perf_counter()
            office.recalculated([path])
            found.append(perf_counter() - started)
    more = median(times[large]) - median(times[small])
    size = large.stat().st_size
    print(
        f"\nwritten in {written:.2f} s, {size // 1000} kB; opened, calculated, saved: {more:.2f} s"
    )
    assert written <= 3
    assert size <= 1_000_000
    assert more <= 5
