"""Every size and every kind of work, as a table and as JSON to compare with.

    python -m tests.benchmarks                    all sizes
    python -m tests.benchmarks S M --what plan    some
    python -m tests.benchmarks --keep             also rewrite tests/benchmarks/results.json

Beside each figure stands the one that was kept before, if there is one, and how many times as
long the work took as merely importing the libraries did in the same run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import click

from tests.benchmarks.instances import SIZES
from tests.conftest import CHECKOUT

KEPT = Path(__file__).with_name("results.json")
LIBRARIES = "from ortools.sat.python import cp_model; import openpyxl, holidays, click"
KINDS = ("plan", "replan", "check", "clash")
COLUMNS = ("", "seconds", "before", "× floor", "CPU s", "MiB", "proven", "")
WIDTHS = (11, 9, 9, 9, 9, 7, 8, 0)


@click.command(help=__doc__)
@click.argument("sizes", nargs=-1, type=click.Choice([*SIZES]))
@click.option("--what", multiple=True, type=click.Choice(KINDS), default=KINDS)
@click.option("--keep", is_flag=True, help="Rewrite what later runs are compared with.")
@click.option("--aims", is_flag=True, help="Also value and bound of every aim, and when it stood.")
def main(sizes: tuple[str, ...], what: tuple[str, ...], keep: bool, aims: bool) -> None:
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    floor = importing()
    click.echo(f"importing the libraries: {floor:.2f} s\n")
    click.echo(_line(COLUMNS))
    found: dict[str, Any] = {"floor": floor, "measured": before.get("measured", {})}
    for size in sizes or SIZES:
        for kind in what:
            name = f"{size} {kind}"
            measured = measure(size, kind)
            earlier = before.get("measured", {}).get(name, {}).get("seconds")
            click.echo(_row(name, measured, earlier, floor))
            if aims:
                for aim in measured["aims"]:
                    click.echo(_aim(aim))
            found["measured"][name] = measured
    if keep:
        KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def importing() -> float:
    """The seconds that importing the libraries takes, the median of several."""
    times = []
    for _ in range(5):
        started = perf_counter()
        subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
        times.append(perf_counter() - started)
    return median(times)


def measure(size: str, kind: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.measure", size, kind]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(name: str, found: dict[str, Any], earlier: float | None, floor: float) -> str:
    seconds = found["seconds"]
    return _line(
        (
            name,
            f"{seconds:.2f}",
            "" if earlier is None else f"{earlier:.2f}",
            f"{seconds / floor:.1f}",
            f"{found['cpu']:.2f}",
            f"{found['memory']:.0f}",
            "yes" if found["proven"] else "no",
            found["note"],
        )
    )


def _aim(aim: dict[str, Any]) -> str:
    bound = "proven" if aim["proven"] else f"at best {aim['bound']:g}"
    when = "" if aim["seconds"] is None else f"{aim['seconds']:8.2f} s"
    return f"    {when:>10}  {aim['name']}: {aim['value']:g}, {bound}"


def _line(cells: tuple[str, ...]) -> str:
    first, *numbers, note = cells
    padded = [f"{cell:>{width}}" for cell, width in zip(numbers, WIDTHS[1:], strict=False)]
    return f"{first:<{WIDTHS[0]}}{''.join(padded)}  {note}".rstrip()


if __name__ == "__main__":
    main()
