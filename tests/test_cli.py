"""The program from outside: help, exit statuses, and one clear message for everything wrong."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from planner import __version__, cli
from planner.errors import DisagreementError, InfeasibleError, TimeRanOutError
from tests.conftest import CHECKOUT, Said, run_process

Rota = Callable[..., Said]


def test_help_names_every_command_and_exit_status(rota: Rota) -> None:
    said = rota("--help")
    assert said.status == 0
    for name in cli.COMMANDS:
        assert f"  {name} " in said.out
    statuses = " ".join(said.out.split("Exit status:")[1].split())
    assert [part.strip()[0] for part in statuses.split(";")] == ["0", "1", "2", "3", "4"]
    assert all(len(line) <= 80 for line in said.out.splitlines())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_with_examples_of_its_values(rota: Rota, name: str) -> None:
    said = rota(name, "--help")
    assert said.status == 0
    assert f"Usage: rota {name}" in said.out
    assert "--json" in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def told(path: Path) -> Iterator[str]:
    """Every text in a module; what an f-string fills in is an X."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(v.value if isinstance(v, ast.Constant) else "X" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_command_that_is_recommended_has_these_options() -> None:
    """As in “rota cover --engineer Ana --from 2024-08-14 …”, wherever that is said."""
    recommended = re.compile(rf"rota ({'|'.join(cli.COMMANDS)})\b([^`.]*)")
    found = 0
    for path in sorted((CHECKOUT / "planner").rglob("*.py")):
        for match in (match for text in told(path) for match in recommended.finditer(text)):
            command = getattr(import_module(f"planner.commands.{match[1]}"), match[1])
            known = {option for each in command.params for option in each.opts} | {"--help"}
            named = set(re.findall(r"--[a-z][\w-]*", match[2]))
            assert named <= known, (path.name, match[0])
            found += len(named)
    assert found > 50


def test_version_is_the_projects(rota: Rota) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert rota("--version").out == f"rota {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plam"], ["No such command 'plam'", "'plan'"]),
        (["plan"], ["--quarter", "--from"]),
        (["plan", "--quarter", "2024Q3", "--weeks", "4"], ["not both"]),
        (["plan", "--from", "2024-07-01"], ["--weeks"]),
        (["plan", "--from", "1 July", "--weeks", "4"], ["“1 July” is not a date"]),
        (["plan", "--quarter", "2024Q3", "--time-limit", "0"], ["--time-limit"]),
        (["plan", "--quarter", "2024Q3", "--tem", "x"], ["--tem", "--team"]),
        (["check", "x.xlsx", "--quarter", "2024Q3"], ["not both"]),
        (["fairness", "--weeks", "0"], ["--weeks"]),
    ],
)
def test_bad_usage_is_status_2(rota: Rota, arguments: list[str], words: list[str]) -> None:
    said = rota(*arguments)
    assert said.status == 2
    assert said.out == ""
    for word in words:
        assert word in said.err


def failing_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("planner.commands.plan.team_folders", fail)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InfeasibleError("XYZ", ["2024-W32: everybody is away"]), 3),
        (TimeRanOutError("No rota was found within 1 s."), 4),
        (DisagreementError(("cycle: solver 1, check 2",)), 70),
    ],
)
def test_each_error_has_its_status(
    rota: Rota, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    failing_with(error, monkeypatch)
    said = rota("plan", "--quarter", "2024Q3")
    assert said.status == status
    assert str(error) in said.err


def test_a_fault_of_the_program_is_one_clear_line(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROTA_TRACEBACK", raising=False)
    failing_with(ZeroDivisionError("division\nby zero"), monkeypatch)
    said = rota("plan", "--quarter", "2024Q3")
    assert said.status == 70
    assert "This is a fault of rota: ZeroDivisionError: division by zero" in said.err
    assert "--traceback" in said.err
    assert "Traceback" not in said.err
    with pytest.raises(ZeroDivisionError):
        rota("--traceback", "plan", "--quarter", "2024Q3")
    monkeypatch.setenv("ROTA_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        rota("plan", "--quarter", "2024Q3")


def test_an_interruption_is_said_and_is_130(rota: Rota, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_with(KeyboardInterrupt(), monkeypatch)
    said = rota("plan", "--quarter", "2024Q3")
    assert said.status == 130
    assert "Stopped" in said.err


def test_a_closed_pipe_is_quiet(workplace: Path) -> None:
    """As in ``rota holidays … | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "planner", "holidays", "--quarter", "2024Q3"],
        cwd=workplace,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == cli.PIPE_CLOSED


def test_a_terminal_that_knows_no_lines_gets_marks_instead(workplace: Path) -> None:
    said = run_process("holidays", "--quarter", "2024Q3", cwd=workplace, PYTHONIOENCODING="latin-1")
    assert said.status == 0, said.err
    assert "????" in said.out
