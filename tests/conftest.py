"""What tests of the program share: running it, here or as a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner import cli
from tests.keeping import keeps_to_its_schema

CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Said:
    """What one run of the program left: its exit status and what it wrote where."""

    status: int
    out: str
    err: str


@pytest.fixture
def rota(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the program in this process: quick, and just what ``main`` does."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        status = cli.run([str(argument) for argument in arguments])
        said = Said(status, *capsys.readouterr())
        keeps_to_its_schema(arguments, said.out, status)
        return said

    return run


def run_process(
    *arguments: object, cwd: Path | None = None, code: str = "", **environment: str
) -> Said:
    """Run the program, or some Python ``code``, as a process of its own."""
    start = ["-c", code] if code else ["-m", "planner"]
    done = subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    keeps_to_its_schema(arguments, done.stdout, done.returncode, cwd)
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample teams in ``inputs`` and nothing in ``outputs``, made current."""
    shutil.copytree(CHECKOUT / "inputs", tmp_path / "inputs")
    (tmp_path / "outputs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
