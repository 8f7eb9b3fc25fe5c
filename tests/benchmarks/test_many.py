"""A thousand different teams, planned and written by two worker processes; run on demand:

    python -m pytest tests/benchmarks/test_many.py -q -s

Prints where the time goes, and how the memory of the program and its workers moves. What is held
to is processor time, as the clock runs faster than the work on a machine that has other things to
do: two cores have 240 seconds of it in 120. ``TEAMS=100`` plans fewer.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

from tests.benchmarks.thousand import write_teams
from tests.conftest import CHECKOUT

TEAMS = int(os.environ.get("TEAMS", "1000"))
PLAN = ("plan", "--quarter", "2024Q3", "--json")
WORKERS = 2
SECONDS = 120
EVERY = 0.5
"""Seconds between two looks at the memory."""


def megabytes(process: int) -> float:
    """What a process has in memory now; 0 if it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def workers_of(process: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process)], capture_output=True, text=True
    )
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return [int(pid) for pid, command in lines if "spawn_main" in command]


def test_a_thousand_teams(tmp_path: Path) -> None:
    write_teams(tmp_path / "inputs", TEAMS)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = monotonic()
    with (tmp_path / "out.json").open("wb") as out:
        program = subprocess.Popen(
            [sys.executable, "-m", "planner", *PLAN, "--workers", str(WORKERS)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
        memory = []
        while program.poll() is None:
            sleep(EVERY)
            workers = [megabytes(worker) for worker in workers_of(program.pid)]
            if any(workers):
                memory.append((megabytes(program.pid), max(workers)))
    elapsed = monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    summary = document["summary"]
    print(f"\n{TEAMS} teams, {WORKERS} workers: {elapsed:.1f} s by the clock,")
    print(f"{processor:.1f} s of processor time, {1000 * processor / TEAMS:.0f} ms a team")
    spent = {name: s for name, s in summary["seconds"].items() if name != "elapsed"}
    for name, seconds in spent.items():
        share = seconds / sum(spent.values())
        print(f"  {name:8} {share:5.0%}  {1000 * seconds / TEAMS:5.0f} ms a team by the clock")
    quarters = [memory[len(memory) * n // 4 - 1] for n in (1, 2, 3, 4)]
    print("memory after each quarter, in MB, of the program and of its largest worker:")
    print("  " + ", ".join(f"{own:.0f} and {worker:.0f}" for own, worker in quarters))
    print(summary["statuses"])

    assert sum(summary["statuses"].values()) == TEAMS
    assert set(summary["statuses"]) <= {"planned", "infeasible"}
    assert all(a["proven"] for team in document["teams"] for a in team["aims"])
    assert processor / WORKERS <= SECONDS * TEAMS / 1000 + 3  # both load the libraries
    (_, early), (own, late) = quarters[1], quarters[-1]
    assert late <= 1.1 * early
    assert own <= 100
