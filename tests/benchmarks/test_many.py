"""A thousand different teams, planned and written by two worker processes; run on demand:

    python -m pytest tests/benchmarks/test_many.py -q -s

Prints where the time goes, and how the memory of the program and its workers moves. What is held
to is processor time, as the clock runs faster than the work on a machine that has other things to
do: two cores have 240 seconds of it in 120. ``TEAMS=100`` plans fewer.

A hundred of them are planned by an earlier commit too, in a clone, in turn with today's version:
the same teams in the order of aims that it had, and in each version's usual order.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import pytest

from tests.benchmarks.thousand import IMPOSSIBLE, write_teams
from tests.conftest import CHECKOUT

TEAMS = int(os.environ.get("TEAMS", "1000"))
PLAN = ("plan", "--quarter", "2024Q3", "--json")
WORKERS = 2
SECONDS = 120
EVERY = 0.5
"""Seconds between two looks at the memory."""
SLOWEST = 250
"""How many times as long as the median the hardest team may take; it was 530 times."""
BESIDE, RUNS = 100, 3
BEFORE_AIMS = ["fair-share", "festivals", "wishes", "rest", "holidays", "cycle", "rhythm"]
"""The order of aims at the earlier commit."""


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
    solving = sorted((team["seconds"]["solving"], team["team"]) for team in document["teams"])
    (usual, _), (longest, slowest) = solving[TEAMS // 2], solving[-1]
    print(f"slowest to solve: {slowest}, {longest:.1f} s, {longest / usual:.0f} times the usual")

    assert sum(summary["statuses"].values()) == TEAMS
    assert set(summary["statuses"]) <= {"planned", "infeasible"}
    assert all(a["proven"] for team in document["teams"] for a in team["aims"])
    assert longest <= SLOWEST * usual
    assert processor / WORKERS <= SECONDS * TEAMS / 1000 + 3  # both load the libraries
    (_, early), (own, late) = quarters[1], quarters[-1]
    assert late <= 1.1 * early
    assert own <= 100


@pytest.mark.parametrize(("aims", "most"), [(BEFORE_AIMS, 0.75), (None, 1.0)])
def test_a_hundred_beside_the_version_before(
    aims: list[str] | None, most: float, before: Path, tmp_path: Path
) -> None:
    write_teams(tmp_path / "inputs", BESIDE)
    for file in (tmp_path / "inputs").glob("*/team.toml") if aims else ():
        file.write_text(f"{file.read_text()}\n[aims]\norder = {json.dumps(aims)}\n")
    runs = [(_processor(before, tmp_path), _processor(CHECKOUT, tmp_path)) for _ in range(RUNS)]
    old, new = (1000 * median(run[version] for run in runs) / BESIDE for version in (0, 1))
    order = "the aims before" if aims else "the usual aims"
    print(f"\n{order}: {new:.0f} ms a team, {new / old:.2f} of {old:.0f} ms before")
    assert new / old <= most


def _processor(checkout: Path, folder: Path) -> float:
    """Seconds of processor time in which a version plans the teams in one process."""
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "planner", *PLAN, "--workers", "1"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
    )
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert len([*(folder / "outputs").glob("*/*.xlsx")]) == BESIDE - BESIDE // IMPOSSIBLE
    return ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime
