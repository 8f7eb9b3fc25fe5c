"""The schema of ``team.toml``, which editors use, and its reader know the same keys and values."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from planner.files.team import keys
from planner.files.team.reading import Reading
from planner.files.team.team_toml import read_team_file
from tests.conftest import CHECKOUT, Said
from tests.files.team.test_template import without_marks

SCHEMA = keys.schema()
TEMPLATE = CHECKOUT / "planner/files/templates/team/team.toml"
TABLES = {
    "": keys.TEAM,
    "[[rotation]]": keys.ROTATION,
    "[[rotation]]\n[[rotation.role]]": keys.ROLE,
    "[rules]": keys.RULES,
    "[aims]": keys.AIM_KEYS,
    "[vacations]": keys.VACATIONS,
}
VALUES = (
    *("true", "-1", "0", "1", "12", "101", "1.5", '""', '"x"', '"1 in 4"', '"2 weeks"', '"Every"'),
    *("[]", '["x"]', "[1]", '[""]', "{}", "{ x = 1 }", '{ primary = "1 in 4" }', "2024-07-01"),
    *('"Monday 10:00"', '"{engineer}"', '"any role"', '"block"', '["wishes"]', '["senior"]'),
    *('"GB"', '"UTC"', '"April"', '"DD/MM/YYYY"', '[{ name = "x" }]', '[{ nmae = "x" }]'),
    *(
        '{ x = "y" }',
        '"move"',
        '"month-end"',
        '"next"',
        '["annual"]',
        '["$FEED"]',
        "{ primary = 0 }",
    ),
)
SHAPES = ("is not a text", "is not a list", "is not a table", "is not true or", "is not a whole")


def plain(value: Any) -> Any:
    """As editors give TOML to a schema: dates are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def refused(text: str) -> list[str]:
    """What the schema finds wrong."""
    return [
        error.message for error in Draft7Validator(SCHEMA).iter_errors(plain(tomllib.loads(text)))
    ]


def problems(text: str, folder: Path) -> list[str]:
    """What the reader finds wrong."""
    path = folder / "team.toml"
    path.write_text(text, encoding="utf-8")
    reading = Reading()
    read_team_file(path, reading)
    return [f"{problem.column}: {problem.message}" for problem in reading.problems]


def probes() -> Iterator[tuple[str, str]]:
    """Every key with every value, each in a document that is well but for that."""
    for table, known in TABLES.items():
        for key in known:
            for value in VALUES:
                lines = [table, f"{key} = {value}"]
                if "[[" in table and key != "name":
                    lines.append('name = "primary"')
                yield f"{table} {key} = {value}", "\n".join(lines)


def test_what_the_reader_takes_is_right_in_an_editor_too(tmp_path: Path) -> None:
    """But for capitals, which the reader does not mind, and an editor's list of words does."""
    wrong = [
        (name, said)
        for name, text in probes()
        if not problems(text, tmp_path) and (said := refused(text)) and '"Every"' not in name
    ]
    assert not wrong


def test_what_has_the_wrong_shape_is_wrong_in_both(tmp_path: Path) -> None:
    """But for dates, which are texts for an editor's schema."""
    missed = []
    for name, text in probes():
        found = problems(text, tmp_path)
        bad = any(shape in each for each in found for shape in SHAPES)
        if bad and not refused(text) and "2024-07-01" not in name:
            missed.append((name, found))
    assert not missed


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_known_to_both_and_no_other(table: str, tmp_path: Path) -> None:
    known: Mapping[str, keys.Key] = TABLES[table]
    for key in known:
        text = f"{table}\n{key}x = 1"
        assert any("is not a key" in each for each in problems(text, tmp_path)), text
        assert any(f"'{key}x' was unexpected" in each for each in refused(text)), text
        assert known[key].says.endswith(".")
    assert not [
        key
        for key in known
        if any("is not a key" in each for each in problems(f"{table}\n{key} = 1", tmp_path))
    ]


@pytest.mark.parametrize("path", sorted(CHECKOUT.glob("inputs/*/team.toml")), ids=str)
def test_the_sample_teams_are_right(path: Path) -> None:
    assert refused(path.read_text(encoding="utf-8")) == []


def test_the_template_is_right_with_every_line_in_use_and_names_its_schema() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert refused(text) == refused(without_marks(text)) == []
    first = text.splitlines()[0]
    assert first.startswith("#:schema https://")
    assert first.endswith("/docs/team.schema.json")


def test_the_published_schema_is_that_of_today(rota: Callable[..., Said]) -> None:
    published = (CHECKOUT / "docs/team.schema.json").read_text(encoding="utf-8")
    again = "run `rota schema team.toml > docs/team.schema.json`"
    assert rota("schema", "team.toml").out == published, again
    Draft7Validator.check_schema(json.loads(published))
