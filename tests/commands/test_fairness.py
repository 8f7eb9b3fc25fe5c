"""``rota fairness``: the ledger over everything published and all history."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.commands.test_plan import DATA
from tests.conftest import Said

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")
HISTORY = Path("inputs/data-engineering/history.csv")


def ledger(rota: Rota, *arguments: object) -> dict[str, dict[str, str]]:
    said = rota("fairness", *DATA, "--json", *arguments)
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    keys = ("done", "owed", "carried_in", "balance")
    return {each["name"]: {key: each[key]["exact"] for key in keys} for each in team["engineers"]}


def test_the_table(rota: Rota) -> None:
    said = rota("fairness")
    assert said.status == 0, said.err
    for words in ("Data engineering", "William", "owed", "balance", "worked", "13 weeks"):
        assert words in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_duties_done_are_those_of_the_rota_and_balances_even_out(rota: Rota) -> None:
    lines = ledger(rota)
    assert sum(Fraction(line["done"]) for line in lines.values()) == 26
    assert sum(Fraction(line["owed"]) for line in lines.values()) == 26
    assert sum(Fraction(line["balance"]) for line in lines.values()) == 0


def test_weeks_limit_what_is_shown_and_not_the_balance(rota: Rota) -> None:
    whole, last = ledger(rota), ledger(rota, "--weeks", 4)
    assert sum(Fraction(line["done"]) for line in last.values()) == 8
    for name, line in last.items():
        assert line["balance"] == whole[name]["balance"]
        shown = Fraction(line["done"]) - Fraction(line["owed"])
        assert Fraction(line["carried_in"]) == Fraction(line["balance"]) - shown


def test_history_counts_and_its_gaps_are_owed_by_nobody(rota: Rota) -> None:
    """William did one primary week half a year before; the weeks between are unknown."""
    before = ledger(rota)
    HISTORY.write_text(
        "week,rotation,role,engineer\n2024-W01,Data pipelines,primary,William\n", encoding="utf-8"
    )
    after = ledger(rota)
    for name in after:
        gained = Fraction(after[name]["balance"]) - Fraction(before[name]["balance"])
        assert gained == (Fraction(3, 4) if name == "William" else Fraction(-1, 4))


def test_nothing_known_is_said(rota: Rota) -> None:
    said = rota("fairness", *DATA, "--quarter", "2030Q1")
    assert said.status == 2
    assert "no duty is known in 2030Q1" in said.err
