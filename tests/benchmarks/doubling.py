"""How the time to a proven fair share grows with the weeks and with the engineers.

    python -m tests.benchmarks.doubling

prints the median over several seeds, in seconds of processor time, and draws
``tests/benchmarks/doubling.png``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

import matplotlib as mpl

from planner.planning.plan import plan
from tests.benchmarks.instances import SIZES, Size, problem_of

SEEDS = range(1, 6)
WEEKS = (26, 52, 104, 208)
ENGINEERS = (6, 12, 24, 48)
PICTURE = Path(__file__).with_name("doubling.png")
MOST = 4.0
"""How many times the time a doubling may cost."""


def seconds(size: Size) -> float:
    """Until fair share is proven, from the assembled problem on; the median of the seeds."""
    times = []
    for seed in SEEDS:
        problem = problem_of(replace(size, seed=seed))
        problem = replace(problem, team=replace(problem.team, aims=("fair-share",)))
        started = process_time()
        found = plan(problem)
        times.append(process_time() - started)
        assert found.proven
    return median(times)


def main() -> None:
    medium = SIZES["M"]
    seconds(SIZES["S"])  # loads the solver
    by_weeks = [seconds(replace(medium, weeks=weeks)) for weeks in WEEKS]
    by_engineers = [seconds(replace(medium, engineers=count)) for count in ENGINEERS]
    _tell("weeks", WEEKS, by_weeks)
    _tell("engineers", ENGINEERS, by_engineers)
    _draw(by_weeks, by_engineers)


def _tell(name: str, sizes: tuple[int, ...], times: list[float]) -> None:
    for n, (size, time) in enumerate(zip(sizes, times, strict=True)):
        ratio = f"{time / times[n - 1]:5.2f} × the one before" if n else ""
        print(f"{size:4} {name:<10}{time:8.3f} s  {ratio}".rstrip())


def _draw(by_weeks: list[float], by_engineers: list[float]) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    doublings = range(-1, len(WEEKS) - 1)
    axes.plot(doublings, by_weeks, "o-", color="#4477AA", label="weeks, for 12 engineers")
    axes.plot(doublings, by_engineers, "s-", color="#EE6677", label="engineers, for 52 weeks")
    steepest = [by_weeks[1] * MOST**n for n in doublings]
    axes.plot(doublings, steepest, ":", color="#666666", label="four times with every doubling")
    axes.set_yscale("log")
    axes.set_xticks(list(doublings), [f"M × {2.0**n:g}" for n in doublings])
    axes.set_ylabel("seconds to a proven fair share")
    axes.legend(frameon=False)
    figure.savefig(PICTURE, dpi=110)


if __name__ == "__main__":
    main()
