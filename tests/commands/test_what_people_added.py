"""What people added to a workbook outlives every command that writes it anew."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.commands import books

TEAM = "data-engineering"


def _add(book):
    book.create_sheet("Escalation")["A1"] = "Mei decides"
    rota = book["Rota"]
    rota["K1"], rota["K3"] = "Ticket", "OPS-3"
    rota["D4"].comment = Comment("asked twice", "Mei")
    rota["A18"] = "Tell Mei of swaps"


@pytest.mark.parametrize(
    "command",
    [
        ("plan", "--force", "--quarter", "2024Q3"),
        ("cover", "--engineer", "William", "--from", "2024-07-03"),
        ("replan", "--quarter", "2024Q3", "--as-of", "2024-06-20"),
    ],
    ids=lambda command: command[0],
)
def test_additions_are_there_afterwards(planned, rota, command):
    path = planned / "outputs" / TEAM / "rota-2024Q3.xlsx"
    books.change(path, _add)
    if command[0] == "replan":
        vacations = planned / "inputs" / TEAM / "vacations.csv"
        vacations.write_text("engineer,start,end\nWilliam,2024-07-01,2024-07-05\n", "utf-8")
    before = path.read_bytes()
    said = rota(*command, "--team", TEAM)
    assert said.status == 0, said.err
    assert path.read_bytes() != before
    book = openpyxl.load_workbook(path)
    assert book["Escalation"]["A1"].value == "Mei decides"
    assert [book["Rota"][cell].value for cell in ("K1", "K3", "A18")] == [
        *("Ticket", "OPS-3", "Tell Mei of swaps"),
    ]
    assert book["Rota"]["D4"].comment.text == "asked twice"
    assert "Only the old workbook still has" not in said.err
