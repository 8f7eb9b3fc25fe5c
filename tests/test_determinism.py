"""The same inputs give the same rota: whatever the order of rows, the hash seed and the run."""

import csv
import random
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import CHECKOUT, run_process

TEAMS = sorted(folder.name for folder in (CHECKOUT / "inputs").iterdir() if folder.is_dir())


def shuffled(folder: Path, seed: int) -> None:
    """Put the rows of every table of a team folder into another order."""
    dice = random.Random(seed)
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        dice.shuffle(rows)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])


def planned(folder: Path, outputs: Path, hash_seed: str) -> dict[str, pd.DataFrame]:
    """The Rota and Fairness sheets of every team, planned in a process of its own."""
    said = run_process(
        "plan",
        "--quarter",
        "2024Q3",
        "--inputs",
        str(folder),
        "--outputs",
        str(outputs),
        PYTHONHASHSEED=hash_seed,
    )
    assert said.status == 0, said.err
    return {
        f"{team}, {sheet}": pd.read_excel(outputs / team / "rota-2024Q3.xlsx", sheet_name=sheet)
        for team in TEAMS
        for sheet in ("Rota", "Fairness")
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    return planned(CHECKOUT / "inputs", tmp_path_factory.mktemp("first"), "0")


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_hash_seed_and_run_make_no_difference(
    first: dict[str, pd.DataFrame], tmp_path: Path, seed: int
) -> None:
    folder = tmp_path / "inputs"
    shutil.copytree(CHECKOUT / "inputs", folder)
    for team in TEAMS:
        shuffled(folder / team, seed)
    again = planned(folder, tmp_path / "outputs", str(seed))
    for name, sheet in first.items():
        # Places in the files ("vacations.csv row 3") are the one thing that may differ.
        said = sheet.astype(str).replace(r" row \d+", "", regex=True)
        pd.testing.assert_frame_equal(
            said, again[name].astype(str).replace(r" row \d+", "", regex=True), obj=name
        )
