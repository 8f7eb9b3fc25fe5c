"""What shells are told to go on with, by click's protocol and in bash itself; and examples."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from planner import cli
from planner.commands.examples import EXAMPLES
from tests.conftest import Said, run_process

pytestmark = pytest.mark.usefixtures("planned")
SHELLS = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])


def offered(line: str, shell: str = "bash") -> list[str]:
    """What a shell is offered at the end of a line; a blank there begins a new word."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        asked = {"COMP_WORDS": line, "COMP_CWORD": words[-1]}
    code = "from planner.cli import main; main()"
    said = run_process(code=code, _ROTA_COMPLETE=f"{shell}_complete", **asked)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    if shell == "zsh" or "plain" in lines:
        return lines[1::3]  # kind, value and help, each on a line
    return [line.partition(",")[2] for line in lines if line]


@SHELLS
def test_engineers_of_the_team(shell: str) -> None:
    assert offered("rota why --team data-engineering --engineer ", shell) == [
        "Dong",
        "Maxime",
        "Siddhant",
        "William",
    ]


@SHELLS
def test_weeks_quarters_and_pipelines(shell: str) -> None:
    weeks = offered("rota show --week 2024-W3", shell)
    assert weeks == [f"2024-W{n}" for n in range(30, 40)]
    assert offered("rota check --quarter 2024", shell) == ["2024Q3"]
    assert offered("rota who --team xyz-tech --pipeline unit", shell)[0].startswith("Unit")


def test_every_option_that_names_something_completes() -> None:
    named = {
        *("--team", "--engineer", "--with", "--without", "--week", "--for-week", "--quarter"),
        *("--pipeline", "--rotation", "--role"),
    }
    context = click.Context(cli.rota)
    for name in cli.COMMANDS:
        command = cli.rota.get_command(context, name)
        assert command
        for option in command.params:
            if named & set(option.opts):
                found = option.shell_complete(click.Context(command), "")
                assert found, f"{name} {option.opts}"


def test_this_quarter_and_the_next_can_be_planned() -> None:
    found = offered("rota plan --team data-engineering --quarter ")
    assert len(found) == 6
    assert found == sorted(found)


def test_a_folder_that_cannot_be_read_completes_nothing(planned: Path) -> None:
    (planned / "inputs/data-engineering/team.toml").write_text("name = ", encoding="utf-8")
    assert offered("rota why --team data-engineering --engineer ") == []
    assert offered("rota why --team nobody --engineer ") == []


def test_bash_types_a_name_of_two_words_as_one(planned: Path) -> None:
    """The script that bash sources, run as bash does when the tab key is pressed."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    rota = planned / "rota"
    rota.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m planner "$@"\n')
    rota.chmod(0o755)
    script = """
eval "$(_ROTA_COMPLETE=bash_source rota)"
COMP_WORDS=(rota who --team xyz-tech --pipeline Unit); COMP_CWORD=5
_rota_completion rota
eval "words=(${COMPREPLY[0]})"
printf '%s\\n' "${#COMPREPLY[@]}" "${#words[@]}" "${words[0]}"
"""
    done = subprocess.run(
        [bash, "-c", script],
        env={**os.environ, "PATH": os.pathsep.join([str(planned), os.environ["PATH"]])},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines() == ["1", "1", "Unit-level profit for experiments"], done.stderr


def test_every_command_has_examples_that_can_be_typed(rota: Callable[..., Said]) -> None:
    assert list(EXAMPLES) == [name for name in cli.COMMANDS if name in EXAMPLES]
    assert set(EXAMPLES) == set(cli.COMMANDS)
    context = click.Context(cli.rota)
    for name, lines in EXAMPLES.items():
        said = rota(name, "--help").out
        command = cli.rota.get_command(context, name)
        assert command
        for line in lines:
            assert f"  {line}\n" in said, "not wrapped"
            program, first, *rest = shlex.split(line.partition(" > ")[0])
            assert (program, first) == ("rota", name)
            command.make_context(name, rest)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_help_keeps_to_the_terminal(
    rota: Callable[..., Said], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for examples, which are to be copied as they stand."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for name in cli.COMMANDS:
        told = rota(name, "--help").out.partition("Examples:")[0]
        assert max(map(len, told.splitlines())) <= columns
