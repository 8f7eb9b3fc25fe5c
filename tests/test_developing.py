"""The worked examples of the page for developers, applied to a copy of the package and run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest

from planner import cli
from planner.files.workbook.titles import ALL_HOLD
from tests.conftest import CHECKOUT
from tests.files.live import cells, verdict
from tests.files.office import write_text
from tests.files.typed import Typed
from tests.generated import PARTS, TEMPLATE, filled, template
from tests.keeping import keeps_to_its_schema
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


def run(copy: Path, *arguments: str, status: int | None = 0) -> str:
    """What a program of the copy prints; what it says of errors, if it ends with one."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert status in (None, done.returncode), done.stderr
    if arguments[2:] and arguments[2] in cli.COMMANDS:
        keeps_to_its_schema(arguments[2:], done.stdout, done.returncode)
    return done.stdout or done.stderr


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


# A rule and an aim: nothing of the planner but their modules and the lists is touched.

ENDS = {
    "team.toml": """
name = "Ends"
timezone = "Europe/London"
handover = "Monday 10:00"

[[rotation]]
name = "Ledger"
cycle = ["Ann", "Bob", "Cleo", "Dan", "Eve"]
roles = ["primary", "secondary"]

[aims]
order = ["junior month ends", "fair-share", "rest"]
""",
    "engineers.csv": """
name,country,subdivision,level
Ann,GB,ENG,senior
Bob,GB,ENG,senior
Cleo,GB,ENG,senior
Dan,GB,ENG,junior
Eve,GB,ENG,junior
""",
}
CLASH = {
    "team.toml": """
name = "Clash"
timezone = "Europe/London"
handover = "Monday 10:00"

[[rotation]]
name = "Ledger"
cycle = ["Ann", "Bob", "Cleo"]
roles = ["primary"]
""",
    "engineers.csv": "name,country,subdivision\nAnn,GB,ENG\nBob,GB,ENG\nCleo,GB,ENG\n",
    "vacations.csv": """
engineer,start,end
Bob,2024-07-29,2024-08-02
Cleo,2024-07-29,2024-08-02
Bob,2024-08-26,2024-08-30
Cleo,2024-08-26,2024-08-30
""",
}
BOTH = "had the last month end too"


def _found(copy: Path, files: dict[str, str], key: str) -> tuple[str, ...]:
    folder = copy / "inputs" / key
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")
    return "--team", key, "--quarter", "2024Q3"


@pytest.fixture(scope="module")
def planned(copy: Path) -> dict[str, Any]:
    """What planning says of the team, whose workbook is in the copy then."""
    team = _found(copy, ENDS, "ends")
    told = json.loads(run(copy, "-m", "planner", "plan", *team, "--json"))
    return cast(dict[str, Any], told["teams"][0])


def test_a_new_rule_and_aim_are_planned_with(copy: Path, planned: dict[str, Any]) -> None:
    first = planned["aims"][0]
    assert (first["aim"], first["part"]) == ("junior month ends", "month ends of juniors")
    # Two month ends of two seats, and three seniors who may have one each.
    assert first["value"] == first["bound"] == {"number": 1.0, "exact": "1"}
    at_month_ends = [
        duty["engineer"] for duty in planned["rota"] if duty["week"] in ("2024-W31", "2024-W35")
    ]
    assert len(set(at_month_ends)) == 4
    checked = json.loads(run(copy, "-m", "planner", "check", planned["path"], "--json"))["teams"][0]
    assert {"rule": "month end", "holds": True, "breaches": []} in checked["rules"]
    live = checked["aims"][0]
    assert first["proven"]
    assert (live["value"], live["bound"]) == (first["value"], first["bound"])


@pytest.mark.parametrize(
    ("w31", "w35"),
    [
        (("Ann", "Bob"), ("Cleo", "Dan")),
        (("Ann", "Dan"), ("Eve", "Ann")),
        (("Dan", "Eve"), ("Dan", "Eve")),
        (("Ann", ""), ("Ann", "Bob")),
        (("", "Bob"), ("Bob", "")),
    ],
)
def test_a_new_rule_flags_edits_where_check_does(
    copy: Path, planned: dict[str, Any], w31: tuple[str, str], w35: tuple[str, str], tmp_path: Path
) -> None:
    names = zip(("D6", "E6", "D10", "E10"), (*w31, *w35), strict=True)
    edits = [write_text("Rota", cell, name) for cell, name in names]
    after = tmp_path / "rota-2024Q3.xlsx"
    Typed(tmp_path).edited([(copy / planned["path"], after, edits)])
    told = run(copy, "-m", "planner", "check", str(after), "--json", status=None)
    checked = json.loads(told)["teams"][0]
    breaches = next(r for r in checked["rules"] if r["rule"] == "month end")["breaches"]
    said, sheets = verdict(after), cells(after)
    rows = {sheets["Checks"].get(f"A{n}"): n for n in range(6, 40)}

    both = [(seat, n) for seat, n in zip(("primary", "secondary"), w35, strict=True) if n in w31]
    both = [(seat, name) for seat, name in both if name]
    assert [breach["message"] for breach in breaches] == sorted(
        f"2024-W35: {name} {BOTH}" for _, name in both
    )
    lines = {n: str(sheets["Rota"].get(f"H{n}", "")).splitlines() for n in range(2, 15)}
    flagged = [(n, line) for n in lines for line in lines[n] if BOTH in line]
    assert flagged == [(10, f"! {seat}: {name} {BOTH}") for seat, name in both]
    row = rows["month end"]
    assert sheets["Checks"][f"B{row}"].startswith("Nobody is on call at two month ends running")
    assert sheets["Checks"][f"E{row}"] == ("broken" if both else "OK")
    assert sheets["Checks"][f"D{row}"] == len(both)
    where = "".join(f", {seat} {name}" for seat, name in both)
    assert sheets["Checks"].get(f"C{row}", "") == (f"2024-W35{where}" if both else "")

    juniors = sum(name in ("Dan", "Eve") for name in (*w31, *w35))
    assert checked["aims"][0]["value"]["number"] == juniors
    assert sheets["Checks"][f"D{rows['junior month ends']}"] == juniors
    assert (said.banner == ALL_HOLD) == all(rule["holds"] for rule in checked["rules"])


def test_a_new_rule_explains_why_there_is_no_rota(copy: Path) -> None:
    team = _found(copy, CLASH, "clash")
    told = json.loads(run(copy, "-m", "planner", "plan", *team, "--json", status=3))["teams"][0]
    facts = told["impasse"]["clashes"][0]["facts"]
    assert {fact["rule"] for fact in facts} == {"month end", "vacation", "coverage"}
    said = run(copy, "-m", "planner", "plan", *team, status=3)
    assert "- 2024-W35: Ann cannot have this month end and the one before" in said
    assert "Ways out, cheapest first; each was tried and gives a rota:" in said
    assert "1. Ann agrees to be on call at two month ends running, in 2024-W35" in said
    assert "move Cleo's 26–30 August 2024 out of 2024-W35" in said


def test_the_way_out_of_a_new_rule_is_one(copy: Path) -> None:
    swaps = "engineer,week,with,for_week,agreed\nBob,2024-W35,Ann,,yes\n"
    team = _found(copy, {**CLASH, "swaps.csv": swaps}, "agreed")
    assert "2024-W35  Mon 26 Aug  Ann" in run(copy, "-m", "planner", "plan", *team)


def test_the_tables_of_the_pages_name_a_new_rule_and_aim(copy: Path) -> None:
    for name in ("tests", "docs"):
        shutil.copytree(CHECKOUT / name, copy / name, dirs_exist_ok=True)
    shutil.copy(CHECKOUT / "README.md", copy)
    code = (
        "from pathlib import Path; from tests.generated import filled, template; "
        "print(filled(Path('README.md').read_text('utf-8')), template())"
    )
    lines = run(copy, "-c", code).splitlines()
    assert any(line.startswith("| month end | Nobody is on call at two") for line in lines)
    assert any(line.startswith("| junior month ends | The fewest duties of") for line in lines)
    assert any(line.startswith("#order = [") and '"junior month ends"' in line for line in lines)


PARTS_OF_A_RULE = (
    *("NAME", "STATEMENT", "SET_ASIDE", "WHOLE", "ADDS_UP", "rows", "breaches", "say", "bends"),
    *("can_be_broken", "flag", "beside"),
)
PARTS_OF_AN_AIM = ("NAME", "STATEMENT", "MEANS", "parts", "costs", "values", "live")
EACH_PART = [
    *(("month_end", "rule “month end”", part) for part in PARTS_OF_A_RULE),
    *(("junior_month_ends", "aim “junior month ends”", part) for part in PARTS_OF_AN_AIM),
]


@pytest.mark.parametrize(("module", "what", "part"), EACH_PART)
def test_what_leaves_out_a_part_is_refused_at_import(
    copy: Path, module: str, what: str, part: str
) -> None:
    path = copy / "planner" / "rules" / f"{module}.py"
    whole = path.read_text(encoding="utf-8")
    less = re.sub(rf"^((?:def )?){part}\b", r"\1left_out", whole, flags=re.MULTILINE)
    assert less != whole
    path.write_text(less, encoding="utf-8")
    try:
        said = run(copy, "-B", "-c", "import planner.rules", status=1)
    finally:
        path.write_text(whole, encoding="utf-8")
    named = "" if part == "NAME" else f"the {what} "
    assert f"{named}leaves out {part}: see planner.rules.base" in said


def test_a_name_without_a_module_is_refused_at_import(copy: Path) -> None:
    for name in ("month_end", "junior_month_ends"):
        path = copy / "planner" / "rules" / f"{name}.py"
        away = path.rename(path.with_suffix(".txt"))
        try:
            said = run(copy, "-B", "-c", "import planner.rules", status=1)
        finally:
            away.rename(path)
        assert f"No module named 'planner.rules.{name}'" in said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_follows_from_the_code_is_as_it_is_today(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == filled(text), "python docs/refresh.py writes it"


def test_every_part_stands_somewhere() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert all(f"<!-- {name} -->" in pages for name in PARTS)
    assert TEMPLATE.read_text(encoding="utf-8") == template()
