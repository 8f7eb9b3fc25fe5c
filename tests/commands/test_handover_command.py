"""``rota handover``: the message for the channel, from what is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.commands.test_who import holders
from tests.conftest import Said

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")
DATA = ("--team", "data-engineering")
XYZ = ("--team", "xyz-tech")


def test_the_message(rota: Rota) -> None:
    said = rota("handover", *DATA, "--week", "2024-W35")
    assert said.status == 0, said.err
    before, now = holders()["2024-W34"], holders()["2024-W35"]
    lines = said.out.splitlines()
    assert lines[0] == "Handover Data engineering, 2024-W35: Mon 26 Aug 2024 10:00 BST"
    for role in ("primary", "secondary"):
        stays = f"{now[role]} (stays)"
        passing = f"{before[role]} → {now[role]}"
        assert f"• {role}: {stays if before[role] == now[role] else passing}" in lines
    assert "• William, Mon 26 Aug – Fri 30 Aug" in lines, "from vacations.csv"
    assert any("Late Summer Bank Holiday" in line for line in lines)
    assert any("+8h after 00:00 Europe/London" in line for line in lines)
    assert any(line.startswith("• Agg Engagement: OOM from skew") for line in lines)


def test_pipelines_without_on_call_are_named(rota: Rota) -> None:
    said = rota("handover", *XYZ, "--week", "2024-W35")
    assert "• Daily growth for experiments (office hours)" in said.out


def test_the_weeks_note_comes_along(rota: Rota) -> None:
    path = Path("outputs/data-engineering/rota-2024Q3.xlsx")
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["Rota"][1]]
    book["Rota"].cell(3, header.index("Note") + 1).value = "new schema goes live"
    book.save(path)
    said = rota("handover", *DATA, "--week", "2024-W28")
    assert said.out.rstrip().endswith("Note:\n• new schema goes live")


def test_json(rota: Rota) -> None:
    said = rota("handover", *DATA, "--week", "2024-W35", "--json")
    (team,) = json.loads(said.out)["teams"]
    assert team["at"] == "2024-08-26T10:00:00+01:00"
    assert team["message"].startswith("Handover Data engineering, 2024-W35")


def test_weeks_that_nobody_planned_or_that_are_none(rota: Rota) -> None:
    said = rota("handover", *DATA, "--week", "2025-W05")
    assert said.status == 2
    assert "speaks of 2025-W05" in said.err
    said = rota("handover", *DATA, "--week", "W5")
    assert said.status == 2
    assert "is not a week such as 2024-W27" in said.err
    said = rota("handover", *DATA)
    assert said.status == 2, "the next week to begin is years after the sample's"
