"""The two lists of rules and aims, and that none is without hand-written cases."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from mypy import api as mypy

import planner.rules
from planner.domain import aims
from planner.rules import AIMS, ON_REQUEST, RULES, gaps, open_duties, split_turns
from planner.rules.base import Aim, Rule, complete
from tests.build import AIMS as AIMS_OF_THE_DESIGN


def test_rules_in_their_order() -> None:
    assert [rule.NAME for rule in RULES] == [
        "coverage",
        "vacation",
        "eligibility",
        "one duty",
        "least rest",
        "back-to-back",
        "whole turns",
        "agreed",
        "mentoring",
        "one per group",
        "group gap",
        "limits",
        "other teams",
    ]


def test_aims_in_their_order() -> None:
    assert tuple(aim.NAME for aim in AIMS) == AIMS_OF_THE_DESIGN


EACH = (*RULES, *AIMS, *ON_REQUEST)


@pytest.mark.parametrize("name", [module.NAME for module in EACH])
def test_each_has_cases_and_a_statement(name: str) -> None:
    module = next(module for module in EACH if name == module.NAME)
    cases = Path(str(module.__file__)).stem
    assert Path(__file__).with_name(f"test_{cases}.py").is_file()
    assert module.STATEMENT.endswith(".")


@pytest.mark.parametrize("part", ["flag", "beside", "bends", "SET_ASIDE", "WHOLE", "rows"])
def test_a_rule_that_leaves_out_a_part_is_refused_by_name(part: str) -> None:
    parts = {name: value for name, value in vars(RULES[0]).items() if name != part}
    with pytest.raises(ImportError, match=rf"the rule “coverage” leaves out {part}: see"):
        complete(cast(Rule, SimpleNamespace(**parts)), Rule)


def test_an_aim_that_leaves_out_parts_is_refused_by_name() -> None:
    with pytest.raises(
        ImportError, match=r"the aim “x” leaves out live, MEANS, STATEMENT and costs: see"
    ):
        complete(cast(Aim, SimpleNamespace(NAME="x", values=lambda: (), parts=lambda: ())), Aim)


FOLDER = Path(str(planner.rules.__file__)).parent
BY_ITSELF = (open_duties, split_turns, gaps)
"""Aims that nobody's order names."""


def test_whatever_states_itself_is_in_a_list() -> None:
    """A module without a line would be no rule, and nobody would say so."""
    stating = {
        path.stem
        for path in FOLDER.glob("*.py")
        if re.search(r"^STATEMENT = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert stating == {Path(str(module.__file__)).stem for module in (*EACH, *BY_ITSELF)}


def test_every_module_fits_what_a_rule_or_an_aim_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are loaded by name, so that their signatures are compared here."""
    lines = []
    for kind, modules in (("Rule", RULES), ("Aim", (*AIMS, *ON_REQUEST, open_duties))):
        for module in modules:
            stem = Path(str(module.__file__)).stem
            lines += [f"from planner.rules import {stem}", f"_{stem}: {kind} = {stem}"]
    monkeypatch.chdir(FOLDER.parents[1])
    code = "\n".join(["from planner.rules.base import Aim, Rule", *lines])
    apart = ["--config-file=", "--cache-dir=.mypy_cache/rules"]
    said, errors, status = mypy.run([*apart, "--strict", "-c", code])
    assert status == 0, said + errors


def test_a_name_that_no_module_states_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = (FOLDER / "__init__.py").read_text(encoding="utf-8")
    for name, said in (("twins", "planner.rules.twins"), ("fair share", "states “fair-share”")):
        monkeypatch.setattr(aims, "USUAL_ORDER", (name,))
        with pytest.raises(ImportError, match=said):
            exec(lists, vars(planner.rules).copy())
