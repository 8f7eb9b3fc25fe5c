"""The two lists of rules and aims, and that none is without hand-written cases."""

from pathlib import Path

import pytest

from planner.rules import AIMS, ON_REQUEST, RULES
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
