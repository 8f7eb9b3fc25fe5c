"""Folders in which some of the sample teams have been planned, once for all tests."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, run_process


@pytest.fixture(scope="session")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    for team in ("data-engineering", "xyz-tech"):
        shutil.copytree(CHECKOUT / "inputs" / team, folder / "inputs" / team)
    said = run_process("plan", "--quarter", "2024Q3", cwd=folder)
    assert said.status == 0, said.err
    (folder / "said.txt").write_text(said.out, encoding="utf-8")
    return folder


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy with two teams' third quarter of 2024 planned, made current."""
    folder = tmp_path / "planned"
    shutil.copytree(planned_once, folder)
    monkeypatch.chdir(folder)
    return folder
