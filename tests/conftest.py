"""What tests of the program share: running it, here or as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from planner import cli
from planner.reporting.documents import Document

CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Said:
    """What one run of the program left: its exit status and what it wrote where."""

    status: int
    out: str
    err: str


UNDESCRIBED: set[str] = set()
"""Commands whose JSON has no schema yet."""


@cache
def validator_of(command: str) -> jsonschema.Draft202012Validator:
    """What every JSON document of a command has to keep to."""
    document = import_module(cli.COMMANDS[command][0]).DOCUMENT
    assert isinstance(document, Document)
    schema = document.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def told(arguments: tuple[object, ...], said: Said) -> Said:
    """The same, once it is seen that any JSON printed keeps to the schema of its command."""
    named = [word for word in map(str, arguments) if word in cli.COMMANDS]
    known = named and named[0] not in UNDESCRIBED
    if "--json" in arguments and known and "--help" not in arguments:
        validator_of(named[0]).validate(json.loads(said.out))
    return said


@pytest.fixture
def rota(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the program in this process: quick, and just what ``main`` does."""

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        status = cli.run([str(argument) for argument in arguments])
        return told(arguments, Said(status, *capsys.readouterr()))

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
    return told(arguments, Said(done.returncode, done.stdout, done.stderr))


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample teams in ``inputs`` and nothing in ``outputs``, made current."""
    shutil.copytree(CHECKOUT / "inputs", tmp_path / "inputs")
    (tmp_path / "outputs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path
