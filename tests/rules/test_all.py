"""The two lists of rules and aims, and that none is without hand-written cases."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from planner.rules import AIMS, ON_REQUEST, RULES
from planner.rules.base import Aim, Rule, complete
from tests.build import AIMS as AIMS_OF_THE_DESIGN


def test_rules_in_their_order() -> None:
    assert [rule.NAME for rule in RULES] == [
        "coverage",
        "vacation",
        "eligibility",
        "one duty",
        "back-to-back",
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
