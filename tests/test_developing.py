"""The worked examples of the page for developers, applied to a copy of the package and run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import CHECKOUT
from tests.generated import PARTS, TEMPLATE, filled, template
from tests.pages import PAGES

PAGE = (CHECKOUT / "docs" / "developing.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(python|diff) (\S+)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with every example of the page in it, and the sample teams."""
    folder = tmp_path_factory.mktemp("scratch")
    for name in ("planner", "inputs"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(CHECKOUT / name, folder / name, ignore=leave)
    for kind, name, body in _BLOCK.findall(PAGE):
        if kind == "python":
            (folder / name).write_text(body, encoding="utf-8")
        else:
            _apply(folder, body)
    return folder


def _apply(folder: Path, diff: str) -> None:
    """Exchange the lines of each piece, wherever in its file they stand, but once only."""
    for part in re.split(r"^--- a/.*\n\+\+\+ b/", diff, flags=re.MULTILINE)[1:]:
        name, pieces = part.split("\n", 1)
        path = folder / name
        for piece in re.split(r"^@@.*@@\n", pieces, flags=re.MULTILINE)[1:]:
            lines = piece.splitlines()
            old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " -")
            new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " +")
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{name} has these lines {text.count(old)} times:\n{old}"
            path.write_text(text.replace(old, new), encoding="utf-8")


def run(copy: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_new_command_tells_text_json_and_its_schema(copy: Path) -> None:
    program = ("-m", "planner", "people", "--team", "data-engineering")
    assert "William" in run(copy, *program)
    told = json.loads(run(copy, *program, "--json"))
    jsonschema.validate(told, json.loads(run(copy, "-m", "planner", "schema", "people")))
    assert told["teams"][0]["engineers"][0]["share"] == {"number": 1.0, "exact": "1"}
    assert "people" in run(copy, "-m", "planner", "--help")


def test_a_new_export_is_offered_and_written(copy: Path) -> None:
    team = ("--team", "data-engineering", "--quarter", "2024Q3")
    run(copy, "-m", "planner", "plan", *team)
    lines = run(copy, "-m", "planner", "export", *team, "--format", "names").splitlines()
    assert len(lines) == 26
    assert lines[0].startswith("2024-W27 ")


def test_a_new_column_is_read(copy: Path) -> None:
    people = copy / "inputs" / "data-engineering" / "engineers.csv"
    header, first, *rest = people.read_text(encoding="utf-8").splitlines()
    with_phone = [f"{header},phone", f"{first},+44 20 7946 0000", *(f"{row}," for row in rest)]
    people.write_text("\n".join(with_phone) + "\n", encoding="utf-8")
    code = (
        "from planner import load_team; "
        "print([e.phone for e in load_team('inputs/data-engineering').engineers if e.phone])"
    )
    assert run(copy, "-c", code).strip() == "['+44 20 7946 0000']"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_follows_from_the_code_is_as_it_is_today(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == filled(text), "python docs/refresh.py writes it"


def test_every_part_stands_somewhere() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert all(f"<!-- {name} -->" in pages for name in PARTS)
    assert TEMPLATE.read_text(encoding="utf-8") == template()
