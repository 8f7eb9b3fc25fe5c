"""Arrows run one way: which room of the planner may know which."""

from pathlib import Path

import pytest

from tests.conftest import run_process
from tests.house import (
    MODULES,
    PACKAGE,
    floors,
    imports,
    picture,
    room_of,
    rooms,
    rooms_known_by,
)

MOST_FLOORS, MOST_LOOSE, MOST_LINES = 13, 8, 300
SPINE = (
    "grouping",
    "records",
    "errors",
    "domain",
    "wording",
    "publicholidays",
    "problem",
    "runbook",
    "cells",
    "rules",
    "checking",
    "model",
    "files",
    "planning",
    "reporting",
    "api",
    "commands",
    "cli",
    "__main__",
)
"""Every room of the planner, from the ground up: none knows a later one."""

KNOWN_TO = {
    "model": {"planning"},
    "files": {"commands", "api"},
    "planning": {"reporting", "commands", "api"},
    "reporting": {"commands", "api", "__init__"},
    "api": {"__init__"},
    "commands": {"cli"},
    "cli": {"__main__"},
}
"""Rooms that only a few others may know: no rule knows a file, no file the solver."""

ONLY_IN = {
    "ortools": {"model"},
    "holidays": {"publicholidays"},
    "openpyxl": {"files"},
    "icalendar": {"files"},
    "click": {"commands", "cli"},
    "pandas": {"reporting"},
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_knows_only_rooms_that_it_may(path: Path) -> None:
    room = room_of(path)
    for other in sorted(rooms_known_by(path)):
        assert room in KNOWN_TO.get(other, {room}), f"{room} must not know {other}"
        if room != "__init__":
            assert SPINE.index(other) < SPINE.index(room), f"{room} must not know {other}"


def test_the_house_has_few_floors_and_no_circle() -> None:
    assert len(floors()) <= MOST_FLOORS, picture()


def test_the_door_is_narrow_and_no_module_is_long() -> None:
    loose = [path.name for path in PACKAGE.glob("*.py")]
    assert len(loose) <= MOST_LOOSE, loose
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not [str(path) for path, count in lines.items() if count > MOST_LINES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_its_room(path: Path) -> None:
    for name in imports(path):
        rooms = ONLY_IN.get(name.split(".")[0])
        assert rooms is None or room_of(path) in rooms, f"{path} imports {name}"


def test_the_walls_see_every_module() -> None:
    assert rooms().keys() == set(SPINE)
    assert "planner.errors.RotaError" in imports(PACKAGE / "cli.py"), "imports within functions too"


LOADED = """
import sys
from planner.cli import run
status = run(sys.argv[1:])
print("LOADED", *sorted({name.split(".")[0] for name in sys.modules}))
sys.exit(status)
"""


def loaded_by(*arguments: object, cwd: Path) -> set[str]:
    """The top-level modules loaded by the time that a command ends with success."""
    said = run_process(*arguments, cwd=cwd, code=LOADED)
    assert said.status == 0, said.err
    return set(said.out.rsplit("LOADED", 1)[1].split())


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, planner; planner.__version__; print(*sorted(sys.modules))"
    loaded = set(run_process(cwd=tmp_path, code=code).out.split())
    assert {name for name in loaded if name.startswith("planner")} == {"planner"}
    assert not loaded & {"ortools", "pandas", "numpy", "openpyxl", "holidays", "click"}


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = {"ortools", "pandas", "numpy", "openpyxl", "holidays", "icalendar"}
    assert not loaded_by("--help", cwd=tmp_path) & heavy


@pytest.mark.parametrize("command", ["init", "plan", "check", "fairness", "holidays"])
def test_a_commands_help_loads_no_solver(command: str, tmp_path: Path) -> None:
    heavy = {"ortools", "pandas", "numpy", "openpyxl", "holidays"}
    assert not loaded_by(command, "--help", cwd=tmp_path) & heavy


def test_commands_that_solve_nothing_load_no_solver(workplace: Path) -> None:
    """Planned once, a rota is told to be up to date, checked and counted without a solver."""
    team = ("--team", "data-engineering")
    loaded = loaded_by("plan", *team, "--quarter", "2024Q3", cwd=workplace)
    assert "ortools" in loaded
    assert "pandas" not in loaded, "the solver's usual front brings it"
    for arguments in (
        ("plan", *team, "--quarter", "2024Q3"),
        ("check", *team, "--quarter", "2024Q3"),
        ("fairness", *team),
        ("holidays", *team, "--quarter", "2024Q3"),
        ("init", "newcomers"),
    ):
        assert not loaded_by(*arguments, cwd=workplace) & {"ortools", "pandas"}, arguments


@pytest.mark.parametrize(
    ("command", "unused"),
    [
        (("show", "--quarter", "2024Q3"), ("planner.rules", "planner.model", "openpyxl")),
        (("who", "--at", "2024-08-06 03:00"), ("planner.rules", "planner.model", "holidays")),
        (("check", "--quarter", "2024Q3"), ("planner.model", "openpyxl")),
    ],
    ids=lambda value: value[0],
)
def test_a_look_loads_only_what_it_uses(
    command: tuple[str, ...], unused: tuple[str, ...], workplace: Path
) -> None:
    team = ("--team", "data-engineering")
    assert run_process("plan", *team, "--quarter", "2024Q3", cwd=workplace).status == 0
    code = LOADED.replace('name.split(".")[0]', "name")
    said = run_process(*command, *team, cwd=workplace, code=code)
    assert said.status == 0, said.err
    assert not set(unused) & set(said.out.rsplit("LOADED", 1)[1].split())
