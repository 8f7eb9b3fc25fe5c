"""One description of a table, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import jsonschema
import pytest

from planner.errors import InputError, InputProblem, UsageError
from planner.reporting.documents import Document, Failure, failed_text, json_text
from planner.reporting.kinds import AMOUNT, COUNT, DATE, DEFINITIONS, TEXT, TEXTS, maybe
from planner.reporting.table import Column, Shape, Table, many, one


@dataclass(frozen=True)
class Fruit:
    name: str
    weight: Fraction
    ripe: date | None
    kinds: tuple[str, ...] = ()


FRUIT = Shape[Fruit](
    Column("name", lambda fruit: fruit.name, TEXT, "Fruit"),
    Column("letters", lambda fruit: len(fruit.name), COUNT, json=False),
    Column("weight", lambda fruit: fruit.weight, AMOUNT, "kg"),
    Column("ripe", lambda fruit: fruit.ripe, maybe(DATE), "Ripe", frame=False),
    Column("kinds", lambda fruit: fruit.kinds, TEXTS),
)
FIG = Fruit("fig<b>", Fraction(1, 3), None)
PEAR = Fruit("pear", Fraction(2), date(2024, 9, 1), ("Kieffer", "Bosc"))
BASKET = Table(FRUIT, (FIG, PEAR))


def test_text_has_what_has_a_heading() -> None:
    assert BASKET.text().splitlines() == [
        "Fruit     kg  Ripe",
        "──────  ────  ──────────",
        "fig<b>  0.33  –",
        "pear       2  2024-09-01",
    ]


def test_html_says_the_same_and_escapes_it() -> None:
    told = BASKET.html({"pear": "#123456"})
    assert [told.count(word) for word in ("<tr>", "<td", "fig&lt;b&gt;", "#123456")] == [3, 6, 1, 1]
    assert "<b>" not in told


def test_a_frame_has_values_to_reckon_with() -> None:
    frame = BASKET.frame(index="name")
    assert list(frame.columns) == ["letters", "weight", "kinds"]
    assert frame["weight"].sum() == pytest.approx(7 / 3)
    assert frame.loc["pear", "letters"] == 4


def test_json_is_exact_and_keeps_to_its_schema() -> None:
    assert BASKET.json()[1] == {
        "name": "pear",
        "weight": {"number": 2.0, "exact": "2"},
        "ripe": "2024-09-01",
        "kinds": ["Kieffer", "Bosc"],
    }
    schema = {**FRUIT.schema(), "$defs": DEFINITIONS}
    for row in BASKET.json():
        jsonschema.validate(row, schema)
    for bad in ({**BASKET.json()[0], "name": None}, {"name": "fig"}, {**BASKET.json()[0], "x": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test_shapes_are_joined_and_nested() -> None:
    renamed = FRUIT + Shape[Fruit](Column("name", lambda fruit: fruit.name.upper()))
    assert [column.name for column in renamed.columns] == [c.name for c in FRUIT.columns]
    assert renamed.json(PEAR)["name"] == "PEAR"
    pair = Shape[tuple[Fruit, Fruit]](
        Column("first", lambda fruits: fruits[0], one(FRUIT)),
        Column("all", lambda fruits: fruits, many(FRUIT)),
    )
    told = pair.json((FIG, PEAR))
    assert told["first"] == FRUIT.json(FIG)
    assert [each["name"] for each in told["all"]] == ["fig<b>", "pear"]
    assert pair.nothing() == {"first": None, "all": []}


@pytest.mark.parametrize("each", [True, False])
def test_a_document_is_valid_whatever_became_of_a_team(each: bool) -> None:
    document = Document("pick", FRUIT, each)
    validator = jsonschema.Draft202012Validator(document.schema())
    problem = InputProblem("fruit.csv", 3, "name", "fgi", "is no fruit", "Did you mean “fig”?")
    for found in (PEAR, UsageError("no."), InputError([problem])):
        entry = document.entry("t", found)
        told = json.loads(document.text([json_text(entry)]))
        validator.validate(told)
        assert told["version"] == 2
        assert (told["teams"][0] if each else told)["team"] == "t"
    nothing = document.entry("t", UsageError("no.")) | {"error": None}
    whole = {"version": 2, "teams": [nothing]} if each else {"version": 2, **nothing}
    assert not validator.is_valid(whole), "without an error all has to be there"
    validator.validate(json.loads(failed_text(Failure.of(InputError([problem])))))


def test_a_document_of_many_is_the_same_as_if_written_whole() -> None:
    document = Document("pick", FRUIT, rest=Shape[int](Column("count", lambda n: n, COUNT)))
    for fruits in ((FIG, PEAR), (FIG,)):
        entries = [document.entry("Müller\n", fruit) for fruit in fruits]
        whole = {"version": 2, "teams": entries, "count": len(fruits)}
        assert document.text([json_text(each) for each in entries], len(fruits)) == json_text(whole)
        assert json.loads(json_text(whole)) == whole
