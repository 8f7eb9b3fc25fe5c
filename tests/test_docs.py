"""The pages of docs/ say what is so: examples run, tables are whole, and recipes plan."""

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import planner
from planner.cli import COMMANDS
from planner.domain.people import LEAST_SHARE
from planner.files import read_limits
from planner.files.fetch import download
from planner.files.team import engineers, keys, toml_values
from planner.files.team.calendars import contentlines
from planner.files.team.calendars import reading as calendars
from planner.files.team.folder import TABLES
from planner.publicholidays import FESTIVALS
from planner.rules import AIMS, ON_REQUEST, RULES, gaps, open_duties, split_turns
from planner.rules.changes import CoverAsAgreed, FewestChanges, FewestPeople, ShortNotice
from tests.conftest import CHECKOUT
from tests.pages import PAGES, Reader, agrees, examples, examples_of, refreshed

DOCS = CHECKOUT / "docs"
WITH_EXAMPLES = [page for page in PAGES if examples(page)]


def text(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_every_example_prints_what_is_shown(page: Path, tmp_path: Path) -> None:
    """One after the other in a fresh copy of the sample teams; `docs/refresh.py` rewrites them."""
    reader = Reader(tmp_path)
    for example in examples(page):
        printed = reader.types(example)
        assert agrees(example.shown, printed), f"$ {example.typed}\n" + "\n".join(printed)


def test_the_two_lines_stand_as_ci_runs_them() -> None:
    assert [line for line in text("README.md").splitlines() if line.startswith("pip install ")] == [
        "pip install -e . -c constraints.txt && rota plan --quarter 2024Q3",
        "pip install -e '.[test]' -c constraints.txt && pytest",
    ]


def test_the_pages_with_examples_are_these() -> None:
    names = {str(page.relative_to(CHECKOUT)) for page in WITH_EXAMPLES}
    assert names == {"README.md", "docs/commands.md", "docs/git.md", "docs/python.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_block_stands_outside_of_the_tests(page: Path) -> None:
    """Commands are in blocks that run; other blocks are pieces of files."""
    allowed = {"console", "pycon", "yaml"}
    for fence in re.findall(r"^```(.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
        language, _, rest = fence.partition(" ")
        if language in ("toml", "csv"):
            assert rest.startswith("team.toml" if language == "toml" else ""), fence
            assert page.name == "modelling.md"
        elif language == "sh":
            assert page.name == "README.md", "the two lines that CI runs"
        elif language in ("python", "diff", "text"):
            run = ("developing.md", "cp-sat.md")
            assert page.name in run, "tests/test_developing.py and tests/model apply and run them"
        else:
            assert language in allowed, f"{page.name}: {fence}"


def test_the_readme_states_every_rule_and_aim_in_order() -> None:
    page = text("README.md").split("## Rules and aims", 1)[1]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", page, flags=re.MULTILINE)
    stated = [row for row in rows if row[0] not in ("rule", "aim")]
    assert stated == [(each.NAME, each.STATEMENT) for each in (*RULES, *AIMS)]


def test_the_aims_of_occasions_are_stated_too() -> None:
    page = text("docs/aims.md")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", page, flags=re.MULTILINE)
    modules = (*ON_REQUEST, open_duties, split_turns, gaps)
    occasions = (*modules, FewestChanges, CoverAsAgreed, ShortNotice, FewestPeople)
    assert rows[1:] == [(each.NAME, each.STATEMENT) for each in occasions]
    names = {path.stem for path in (CHECKOUT / "planner" / "rules").glob("*.py")}
    stated = {each.__name__.rsplit(".", 1)[1] for each in (*RULES, *AIMS, *modules)}
    shared = {"__init__", "base", "changes", "remaining", "short_gaps", "wanted_gaps"}
    shared |= {"agree_to_run", "at_once", "on_duty", "tired_weeks", "weeks_running", "windows"}
    assert names - stated == shared


def test_every_command_has_its_section_in_order() -> None:
    sections = re.findall(r"^## `rota (\w+)`$", text("docs/commands.md"), flags=re.MULTILINE)
    assert sorted(sections) == sorted(COMMANDS)


def documented(section: str) -> list[str]:
    """The first column of the table of a section of the inputs page."""
    page = text("docs/inputs.md")
    body = page.split(f"{section}\n", 1)[1]
    body = re.split(r"^##", body, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| \**`(\w+)`\** \|", body, flags=re.MULTILINE)


@pytest.mark.parametrize("columns", TABLES, ids=lambda columns: columns.file)
def test_every_column_is_documented(columns: object) -> None:
    assert sorted(documented(f"## `{columns.file}`")) == sorted(columns.all)
    page = text("docs/inputs.md").split(f"## `{columns.file}`", 1)[1]
    for name in columns.required:
        assert f"| **`{name}`** |" in page.split("\n## ", 1)[0], "needed columns are bold"


def test_every_key_is_documented() -> None:
    assert sorted(documented("## `team.toml`")) == sorted(keys.TEAM)
    assert sorted(documented("### `[[rotation]]`")) == sorted(keys.ROTATION)
    assert sorted(documented("### `[[rotation.role]]`")) == sorted(keys.ROLE)
    assert sorted(documented("### `[rules]`")) == sorted(keys.RULES)
    vacations = ["summary", "not_us", "whose", "count", "half_days", "feeds"]
    assert documented("### `[vacations]`") == vacations
    assert documented("### `[aims]`") == ["order"]


def test_every_festival_is_documented() -> None:
    listed = text("docs/inputs.md").split("The festivals known are", 1)[1].split(";", 1)[0]
    assert sorted(re.findall(r"`([\w-]+)`", listed)) == sorted(FESTIVALS)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)#\n]+)[^)\n]*\)", prose):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


# Recipes

_PIECE = re.compile(r"^```(toml|csv) (\S+)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


def recipes() -> dict[str, dict[str, str]]:
    """Per section of the page, its pieces by file."""
    sections = re.split(r"^## ", text("docs/modelling.md"), flags=re.MULTILINE)
    found = {}
    for section in sections:
        title = section.splitlines()[0]
        found[title.removeprefix("# ")] = {file: body for _, file, body in _PIECE.findall(section)}
    return found


RECIPES = recipes()
SMALLEST = RECIPES["How to model your team"]


def folder_of(recipe: dict[str, str], at: Path) -> Path:
    """A team folder made of a recipe's pieces, and of the smallest team where it says nothing."""
    folder = at / "night-watch"
    folder.mkdir()
    for file, body in {**SMALLEST, **recipe}.items():
        if file == "team.toml" and body != SMALLEST["team.toml"]:
            smallest = SMALLEST["team.toml"]
            settings, rotation = smallest.split("\n[[rotation]]\n")
            parts = [settings, body]
            if "[[rotation]]" not in body:
                parts.append("[[rotation]]\n" + rotation)
            body = "\n".join(parts)
            tomllib.loads(body)
        (folder / file).write_text(body, encoding="utf-8")
    return folder


@pytest.mark.parametrize("title", RECIPES)
def test_every_recipe_plans(title: str, tmp_path: Path) -> None:
    rota = planner.plan(folder_of(RECIPES[title], tmp_path), "2024Q3", time_limit=10)
    assert rota.holds
    claim = CLAIMS.get(title)
    if claim is not None:
        claim(rota)


def next_covers(rota: planner.PlannedRota) -> None:
    """Ben is away in his week: he and Chitra, whose turn is next, exchange."""
    primaries = rota.to_frame()["primary"].tolist()
    assert primaries[:5] == ["Ana", "Chitra", "Ben", "Dewi", "Ana"]


def swap_stands(rota: planner.PlannedRota) -> None:
    primaries = rota.to_frame()["primary"]
    assert (primaries["2024-W28"], primaries["2024-W30"]) == ("Dewi", "Ben")


def part_time(rota: planner.PlannedRota) -> None:
    done = rota.fairness_frame().query("seat == 'all'").set_index("engineer")["done"]
    assert done["Ben"] in (3, 4)
    assert done.drop("Ben").min() >= 7


def department(rota: planner.PlannedRota) -> None:
    """Shadows in as many weeks as two people's limit of five allows, and home teams apart."""
    weeks = rota.to_frame().fillna("")
    assert (weeks["shadow"] != "").sum() == 10
    home = {engineer.name: engineer.group for engineer in rota.problem.engineers}
    pairs = zip(weeks["desk"], weeks["shadow"], strict=True)
    in_hours = [{home[name] for name in pair if name} for pair in pairs]
    assert not any(one & other for one, other in pairwise(in_hours))
    assert {*weeks["desk"], *weeks["shadow"], *weeks["night"]} >= home.keys()


def leavers(rota: planner.PlannedRota) -> None:
    weeks = rota.to_frame()
    assert weeks[weeks["primary"] == "Ben"]["ends"].max().date() <= date(2024, 8, 30)
    assert weeks[weeks["primary"] == "Esra"]["starts"].min().date() >= date(2024, 8, 5)
    assert weeks[weeks["primary"] == "Farid"]["starts"].min().date() >= date(2024, 7, 15)


def shadows(rota: planner.PlannedRota) -> None:
    """Every other week until Dewi is one of the primaries, who owe a quarter from then on."""
    weeks = rota.to_frame()
    assert weeks[weeks["primary"] == "Dewi"]["starts"].min().date() >= date(2024, 9, 2)
    apart = weeks[weeks["shadow"] == "Dewi"]["starts"].diff().dropna()
    assert [each.days for each in apart] == [14] * 4
    owed = rota.fairness_frame().query("engineer == 'Dewi'").set_index("seat")["owed"]
    assert (owed["primary"], owed["shadow"]) == (1, 4.5)


def month_ends(rota: planner.PlannedRota) -> None:
    extra = rota.to_frame()["month-end"]
    assert list(extra[extra != ""].index) == ["2024-W31", "2024-W35", "2024-W39"]


def mentored(rota: planner.PlannedRota) -> None:
    weeks = rota.to_frame()
    junior = weeks[weeks["primary"].isin(["Chitra", "Dewi"])]
    assert junior["secondary"].isin(["Ana", "Ben"]).all()


def own_turns(rota: planner.PlannedRota) -> None:
    duty = rota.duties[0]
    assert rota.problem.turn(*rota.problem.seats[0], duty.week) == "Chitra"


CLAIMS = {
    "“Anybody may swap, if both agree”": swap_stands,
    "“If you are on holiday, the next in the rotation covers”": next_covers,
    "“Week numbers of the company's calendar decide”": own_turns,
    "“More people at the end of the month”": month_ends,
    "“Seniors support juniors”": mentored,
    "A department: one rota for many home teams": department,
    "Shadows": shadows,
    "Part-time": part_time,
    "Joiners and leavers": leavers,
}


def test_the_claims_are_about_recipes() -> None:
    assert CLAIMS.keys() <= RECIPES.keys()


# The comparison itself


def test_examples_are_compared_line_by_line() -> None:
    assert agrees(["a", "…", "d"], ["a", "b", "c", "d"])
    assert agrees(["…"], [])
    assert not agrees(["a", "…", "d"], ["a", "b"])
    assert not agrees([], ["a"])


def test_examples_are_found_with_what_they_print() -> None:
    found = list(examples_of("console", "$ a\nb\n$ c\n"))
    assert [(one.typed, one.shown) for one in found] == [("a", ("b",)), ("c", ())]
    found = list(examples_of("console", "$ cat > a <<'END'\n$ b\n> c\nEND\nd\n$ e\n"))
    assert found[0].typed == "cat > a <<'END'\n$ b\n> c\nEND"
    assert [one.shown for one in found] == [("d",), ()]
    found = list(examples_of("pycon", ">>> for n in m:\n...     n\n1\n>>> o\n"))
    assert [(one.typed, one.shown) for one in found] == [("for n in m:\n    n", ("1",)), ("o", ())]


def test_refreshing_leaves_out_what_the_page_leaves_out() -> None:
    shown = ("a 1", "…", "d 1", "e 1", "…", "z 1")
    printed = ["a 2", "b 2", "c 2", "d 2", "e 2", "f 2", "z 2"]
    assert refreshed(shown, printed) == ["a 2", "…", "d 2", "e 2", "…", "z 2"]
    assert refreshed(("a", "…"), ["b", "c"]) == ["b", "…"]
    assert refreshed(("…", "a"), ["b", "c"]) == ["…", "c"]
    assert refreshed(("a",), ["b", "c"]) == ["b", "c"]
    assert refreshed(("a", "…"), ["a", "c"]) == ["a", "…"]


def test_the_limits_are_those_that_hold() -> None:
    said = text("docs/inputs.md").split("## How much is read")[1]
    megabytes = (
        read_limits.TEXT_FILE,
        read_limits.SETTINGS_FILE,
        read_limits.WORKBOOK_FILE,
        read_limits.WORKBOOK_UNPACKED,
        download.LARGEST,
        contentlines.LARGEST,
    )
    told = [f"{size // read_limits.MEGABYTE} MB" for size in megabytes]
    numbers = (
        read_limits.ELEMENTS,
        read_limits.LAST_ROW,
        read_limits.LAST_COLUMN,
        engineers.MOST,
        calendars._MOST_ABSENCES,
    )
    told += [f"{number:,}" for number in numbers]
    told += [str(LEAST_SHARE), f"nested {toml_values._DEEPEST} deep"]
    assert [one for one in told if one not in said] == []
