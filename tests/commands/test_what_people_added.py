"""What people added to a workbook outlives every command that writes it anew."""

from __future__ import annotations

import shutil

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from planner.files.workbook.foreign_colours import rgb
from tests.commands import books

TEAM = "data-engineering"


AS_OF = ("--as-of", "2024-06-20")
COMMANDS = {
    "plan": ("plan", "--force", "--quarter", "2024Q3"),
    "cover": ("cover", "--engineer", "William", "--from", "2024-07-03"),
    "replan": ("replan", "--quarter", "2024Q3", *AS_OF),
    "swap": (),
}


def _asked(command, planned, path):
    """What is typed; for a re-plan, somebody is away since."""
    if command == "swap":
        held, week = (books.column(path, title)[5] for title in ("primary", "Week"))
        return "swap", "--engineer", held, "--week", week, *AS_OF, "--apply"
    if command == "replan":
        vacations = planned / "inputs" / TEAM / "vacations.csv"
        vacations.write_text("engineer,start,end\nWilliam,2024-07-01,2024-07-05\n", "utf-8")
    return COMMANDS[command]


def _add(book):
    book.create_sheet("Escalation")["A1"] = "Mei decides"
    rota = book["Rota"]
    rota["K1"], rota["K3"] = "Ticket", "OPS-3"
    rota["D4"].comment = Comment("asked twice", "Mei")
    rota["A18"] = "Tell Mei of swaps"


@pytest.mark.parametrize("command", ["plan", "cover", "replan"])
def test_additions_are_there_afterwards(planned, rota, command):
    path = planned / "outputs" / TEAM / "rota-2024Q3.xlsx"
    books.change(path, _add)
    asked, before = _asked(command, planned, path), path.read_bytes()
    said = rota(*asked, "--team", TEAM)
    assert said.status == 0, said.err
    assert path.read_bytes() != before
    book = openpyxl.load_workbook(path)
    assert book["Escalation"]["A1"].value == "Mei decides"
    assert [book["Rota"][cell].value for cell in ("K1", "K3", "A18")] == [
        *("Ticket", "OPS-3", "Tell Mei of swaps"),
    ]
    assert book["Rota"]["D4"].comment.text == "asked twice"
    assert "Only the old workbook still has" not in said.err


WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=9)
    .map(str.strip)
    .filter(lambda said: said and not said.startswith("="))
)
ROWS = st.integers(2, 14)
"""Of the Rota sheet's thirteen weeks."""
ADDITIONS = st.fixed_dictionaries(
    {
        "sheets": st.dictionaries(st.sampled_from(["Own", "Ours", "Ø 1"]), WORDS, max_size=2),
        "column": st.dictionaries(ROWS, WORDS, max_size=3),
        "comments": st.dictionaries(ROWS, WORDS, max_size=3),
        "fills": st.dictionaries(ROWS, st.sampled_from(["00AA55", "123456"]), max_size=3),
        "notes": st.dictionaries(ROWS, WORDS, max_size=3),
        "below": st.dictionaries(st.integers(17, 24), WORDS, max_size=2),
        "beside": st.dictionaries(st.sampled_from(["Overview", "Checks"]), WORDS, max_size=2),
        "chart": st.booleans(),
    }
)


@pytest.mark.parametrize("tries", [1, pytest.param(12, marks=pytest.mark.long)])
@pytest.mark.parametrize("command", COMMANDS)
def test_random_additions_are_there_afterwards_or_are_named(planned, rota, command, tries):
    path = planned / "outputs" / TEAM / "rota-2024Q3.xlsx"
    kept = planned / "kept"
    for folder in ("inputs", "outputs"):
        shutil.copytree(planned / folder, kept / folder)

    @seed(len(command))
    @settings(
        max_examples=tries + 1,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(ADDITIONS)
    def outlive(added):
        for folder in ("inputs", "outputs"):
            shutil.rmtree(planned / folder)
            shutil.copytree(kept / folder, planned / folder)
        head = books.rows(path, "Rota")[0]
        note, own = head.index("Note") + 1, len(head) + 2
        books.change(path, lambda book: _add_all(book, added, note, own))
        asked, before = _asked(command, planned, path), path.read_bytes()
        said = rota(*asked, "--team", TEAM)
        assert said.status == 0, said.err
        assert path.read_bytes() != before
        _found(openpyxl.load_workbook(path), added, note, f"{said.out}{said.err}")

    outlive()


def _add_all(book, added, note, own):
    rota = book["Rota"]
    for title, said in added["sheets"].items():
        sheet = book.create_sheet(title)
        sheet["B2"] = said
        if added["chart"]:
            chart = BarChart()
            chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
            sheet.add_chart(chart, "C1")
    for row, said in added["column"].items():
        rota.cell(row, own).value = said
    for row, said in added["comments"].items():
        rota.cell(row, 4).comment = Comment(said, "Mei")
    for row, colour in added["fills"].items():
        rota.cell(row, 5).fill = PatternFill("solid", fgColor=f"FF{colour}")
    for row, said in added["notes"].items():
        rota.cell(row, note).value = said
    for row, said in added["below"].items():
        rota.cell(row, 2).value = said
    for title, said in added["beside"].items():
        book[title].cell(40, 12).value = said


def _found(book, added, note, said):
    """Every addition, week by week; only a chart cannot be kept, and is named."""
    rota = book["Rota"]
    for title, word in added["sheets"].items():
        assert book[title]["B2"].value == word
        assert (f"a chart on the sheet “{title}”" in said) == added["chart"]
    for row, word in added["column"].items():
        assert word in [cell.value for cell in rota[row]][note:]
    assert {row: rota.cell(row, 4).comment.text for row in added["comments"]} == added["comments"]
    assert {row: rgb(rota.cell(row, 5).fill.fgColor) for row in added["fills"]} == added["fills"]
    assert {row: rota.cell(row, note).value for row in added["notes"]} == added["notes"]
    assert {row: rota.cell(row, 2).value for row in added["below"]} == added["below"]
    assert {title: book[title].cell(40, 12).value for title in added["beside"]} == added["beside"]
