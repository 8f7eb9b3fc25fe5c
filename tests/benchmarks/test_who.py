"""``rota who`` against a process that imports openpyxl and click; run on demand:

python -m pytest tests/benchmarks/test_who.py -q -s
"""

import shutil
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.test_start import seconds
from tests.conftest import CHECKOUT

MEASURE = [sys.executable, "-c", "import openpyxl, click"]
AT = ("--at", "2024-08-06 03:00")
RUNS = 21


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    shutil.copytree(CHECKOUT / "inputs", folder / "inputs")
    seconds([sys.executable, "-m", "planner", "plan", "--quarter", "2024Q3"], folder)
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("--team", "data-engineering"),
        ("--team", "saas-analytics", "--pipeline", "Aggregate Profit"),
        (),
    ],
    ids=["one team", "one pipeline", "five teams"],
)
def test_who_takes_at_most_half_as_long_again(planned: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "planner", "who", *AT, *arguments]
    for each in (command, MEASURE):
        seconds(each, planned)
    times = [(seconds(command, planned), seconds(MEASURE, planned)) for _ in range(RUNS)]
    own, other = (median(column) for column in zip(*times, strict=True))
    print(f"\nrota who {' '.join(arguments)}: {own:.3f} s, {own / other:.2f} × {other:.3f} s")
    assert own <= 1.5 * other
