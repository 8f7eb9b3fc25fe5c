"""``rota check``: a rota as planned holds; edited, it says what broke and what got worse."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from planner.rules import RULES
from tests.commands.test_plan import BOOK, DATA, QUARTER, edit, vacation
from tests.conftest import Said

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")


def test_a_rota_as_planned_holds(rota: Rota) -> None:
    said = rota("check", *QUARTER)
    assert said.status == 0, said
    for rule in RULES:
        assert f"\n{rule.NAME}" in said.out
    assert "BROKEN" not in said.out
    assert "as planned, proven" in said.out
    assert "than planned" not in said.out
    assert "since it was planned" not in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def holders(column: str) -> list[str]:
    """Who is in a column of the Rota sheet, week by week."""
    import openpyxl

    sheet = openpyxl.load_workbook(BOOK)["Rota"]
    return [sheet[f"{column}{row}"].value for row in range(2, 15)]


def test_a_broken_rule_is_status_1_and_says_where(rota: Rota) -> None:
    edit(BOOK, "D3", holders("D")[0])
    said = rota("check", *QUARTER, *DATA)
    assert said.status == 1
    assert "The workbook has been edited" in said.out
    assert "BROKEN" in said.out
    assert "2024-W28" in said.out


def test_a_vacation_that_came_later_breaks_a_rule_too(rota: Rota) -> None:
    vacation("data-engineering", f"{holders('D')[2]},2024-07-18,2024-07-18,sick")
    document = json.loads(rota("check", *QUARTER, *DATA, "--json").out)
    (checked,) = document["teams"]
    assert document["version"] == 2
    assert checked["exit_status"] == 1
    assert checked["inputs_changed"]
    assert not checked["edited"]
    broken = [rule for rule in checked["rules"] if not rule["holds"]]
    assert [rule["rule"] for rule in broken] == ["vacation"]
    (breach,) = broken[0]["breaches"]
    assert breach["week"] == "2024-W29"
    assert breach["engineer"] == holders("D")[2]


def test_what_an_exchange_costs_against_the_plan(rota: Rota) -> None:
    """Primary and secondary of one week change places: allowed, but less fair by role."""
    primary, secondary = holders("D"), holders("E")
    week = next(
        n
        for n in range(1, 12)
        if primary[n] not in secondary[n - 1 : n + 2] and secondary[n] not in primary[n - 1 : n + 2]
    )
    edit(BOOK, f"D{week + 2}", secondary[week])
    edit(BOOK, f"E{week + 2}", primary[week])
    said = rota("check", *QUARTER, *DATA)
    assert said.status == 0, said.out
    assert "worse than planned by" in said.out


def test_one_workbook_by_its_path(rota: Rota) -> None:
    said = rota("check", BOOK)
    assert said.status == 0, said.err
    assert said.out.count("coverage") == 1
    assert str(BOOK) in said.out


def test_a_quarter_that_was_not_planned(rota: Rota) -> None:
    said = rota("check", "--quarter", "2025Q1")
    assert said.status == 2
    assert "rota-2025Q1.xlsx" in said.err
    assert said.out == ""


def test_a_workbook_says_whose_it_is_wherever_it_was_copied_to(rota: Rota, tmp_path: Path) -> None:
    copied = tmp_path / "Downloads" / "rota-2024Q3 (1).xlsx"
    copied.parent.mkdir()
    copied.write_bytes(BOOK.read_bytes())
    said = rota("check", copied)
    assert said.status == 0, said.err
    assert "Data engineering" in said.out


def test_a_workbook_of_nobody(rota: Rota, tmp_path: Path) -> None:
    """Its record is gone, and it is in nobody's folder."""
    stray = tmp_path / "nobody" / "rota-2024Q3.xlsx"
    stray.parent.mkdir()
    book = openpyxl.load_workbook(BOOK)
    del book["About"]
    book.save(stray)
    said = rota("check", stray)
    assert said.status == 2
    assert "nobody" in said.err
    assert rota("check", stray, *DATA).status == 0
