"""What ``--json`` prints keeps to schemas that the program itself tells, mistakes included.

That every document that any test has printed does is seen by ``tests/keeping.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from planner.cli import COMMANDS
from tests.conftest import CHECKOUT, Said
from tests.keeping import keeps_to_its_schema, validator_of

Rota = Callable[..., Said]
TELLING = [name for name in COMMANDS if name != "schema"]


@pytest.mark.parametrize("command", TELLING)
def test_each_command_has_a_schema_that_is_one(rota: Rota, command: str) -> None:
    told = json.loads(rota("schema", command).out)
    jsonschema.Draft202012Validator.check_schema(told)
    assert told == validator_of(command).schema
    assert told["title"] == f"rota {command} --json"


def test_the_names_are_listed_and_hinted_at(rota: Rota) -> None:
    assert rota("schema").out.split() == [*TELLING, "rota", "team.toml"]
    said = rota("schema", "chekc")
    assert said.status == 2
    assert "Did you mean “check”?" in said.err
    exported = json.loads(rota("schema", "rota").out)
    assert exported["title"] == "rota export, version 1"


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (
            ("check", "rota.xlsx", "--quarter", "2024Q3", "--json"),
            2,
            "not both",
        ),
        (("plan", "--json", "--quarter", "2024Q3", "--from", "2024-07-01"), 2, "not both"),
        (("plan", "--json", "--quarter", "2024Q9"), 2, "2024Q9"),
        (("who", "--json", "--team", "nobodys"), 2, "nobodys"),
        (("fairness", "--json", "--wekks", "3"), 2, "--wekks"),
        (("fairnes", "--json"), 2, "fairness"),
        (("--json",), 2, "--json"),
        (("schema", "plan", "--json"), 2, "--json"),
    ],
)
@pytest.mark.usefixtures("workplace")
def test_mistakes_are_told_as_json_too(
    rota: Rota, arguments: tuple[str, ...], status: int, error: str
) -> None:
    said = rota(*arguments)
    document = json.loads(said.out)
    entry = document.get("teams", [document])[0]
    assert (said.status, entry["exit_status"]) == (status, status)
    assert error in entry["error"]
    assert error in said.err


def test_bad_inputs_are_told_with_every_problem(rota: Rota, workplace: Path) -> None:
    rows = workplace / "inputs" / "data-engineering" / "vacations.csv"
    rows.write_text(rows.read_text() + "Wiliam,2024-07-01,2024-07-05\nDong,,\n")
    said = rota("holidays", "--json", "--team", "data-engineering", "--quarter", "2024Q3")
    (entry,) = json.loads(said.out)["teams"]
    assert said.status == entry["exit_status"] == 2
    assert entry["problems"][0]["value"] == "Wiliam"
    assert len(entry["problems"]) > 1
    assert entry["holidays"] == []
    assert entry["horizon"] is None


def test_a_schema_refuses_what_is_not_told() -> None:
    validator = validator_of("check")
    good = {"version": 2, "teams": []}
    validator.validate(good)
    for bad in ({"version": 2, "rotas": []}, {"version": 1, "teams": []}, {**good, "more": 1}):
        assert not validator.is_valid(bad)
    sound = {"team": "a", "exit_status": 0, "error": None, "problems": []}
    assert not validator.is_valid({"version": 2, "teams": [sound]})


STARTS = re.compile(r"subprocess\.(?:run|Popen)|\bcli\.run|\bos\.fork|\bCliRunner")
"""By which a test could start the program."""


def test_no_test_has_json_printed_that_is_not_compared() -> None:
    found = [
        path.name
        for path in (CHECKOUT / "tests").rglob("*.py")
        if "benchmarks" not in path.parts
        and STARTS.search(text := path.read_text(encoding="utf-8"))
        and "--json" in text
        and "keeps_to_its_schema(" not in text
    ]
    # In its help; by the fixture beside a process without it; where nothing can be written.
    assert sorted(found) == ["test_cli.py", "test_fetch.py", "test_safe_output.py"]


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("show", "--json"), '{"version": 2, "teams": [], "more": 1}'),
        (("who", "--json"), '{"version": 2, "teams": [NaN]}'),
        (("--json", "nothing"), '{"version": 2, "teams": []}'),
        (("fairness", "--json"), ""),
        (("export", "--format", "json"), '{"version": 2, "teams": []}'),
    ],
)
def test_what_is_not_promised_is_refused_wherever_it_is_printed(
    arguments: tuple[str, ...], printed: str
) -> None:
    with pytest.raises((jsonschema.ValidationError, ValueError)):
        keeps_to_its_schema(arguments, printed)
