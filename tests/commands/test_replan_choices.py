"""``rota replan`` on damaged workbooks, and asked for alternatives and trade-offs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.books import change, column, edit, kept, place, rows
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.commands.test_replan import REPLAN, TEAM, answer, document, on_duty, takes_away
from tests.conftest import Said
from tests.files.office import Office

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")


class TestDamage:
    def test_a_row_deleted_in_part_is_filled_again(self, rota: Rota) -> None:
        was = on_duty("2024-W30"), on_duty("2024-W30", "secondary")
        edit(
            BOOK,
            **{
                place(BOOK, "2024-W30", "primary"): None,
                place(BOOK, "2024-W30", "secondary"): None,
            },
        )
        (first, second) = answer(rota)["changes"]
        assert {first["why"], second["why"]} == {"was open"}
        assert (first["new"], second["new"]) == was
        assert rota("check", *QUARTER, *DATA).status == 0

    def test_a_deleted_row_is_told_and_filled_again(self, rota: Rota) -> None:
        change(BOOK, lambda book: book["Rota"].delete_rows(5))
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert "2024-W30 has no row: its duties are read as open." in said.err
        assert "2 of 26 duties change" in said.out
        assert len(column(BOOK, "Week")) == 13

    def test_a_name_that_is_nobodys_is_refused_with_its_cell(self, rota: Rota) -> None:
        cell = place(BOOK, "2024-W30", "primary")
        edit(BOOK, **{cell: "Wiliam"})
        before = BOOK.read_bytes()
        said = rota(*REPLAN)
        assert said.status == 2
        assert f"sheet Rota, row 5, cell {cell}: “Wiliam” is not an engineer" in said.err
        assert "Did you mean “William”?" in said.err
        assert BOOK.read_bytes() == before

    def test_renamed_sheets_and_moved_rows_are_read(self, rota: Rota) -> None:
        def rearrange(book: Any) -> None:
            book["Rota"].title = "Dienstplan"
            book["Vacations"].title = "Urlaub"
            book["Dienstplan"].insert_rows(1, amount=2)

        change(BOOK, rearrange)
        before = takes_away_from("Dienstplan", "2024-W36")
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert "Sheet “Dienstplan” is read as Rota" in said.err
        assert on_duty("2024-W36") != before
        assert "Only the old one" not in said.out

    def test_a_workbook_saved_by_libreoffice_is_read(self, rota: Rota, tmp_path: Path) -> None:
        saved = Office(tmp_path).recalculated([BOOK.resolve()])
        shutil.copy(saved[BOOK.resolve()], BOOK)
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert "Nothing has to change." in said.out
        takes_away("2024-W36")
        assert rota(*REPLAN).status == 0
        assert rota("check", *QUARTER, *DATA).status == 0

    @pytest.mark.parametrize("mark", [f".~lock.{BOOK.name}#", f"~${BOOK.name}"])
    def test_a_workbook_open_elsewhere_is_left_alone(self, rota: Rota, mark: str) -> None:
        takes_away("2024-W36")
        (BOOK.parent / mark).touch()
        before = BOOK.read_bytes()
        said = rota(*REPLAN)
        assert said.status == 2
        assert f"{BOOK} is open in" in said.err
        assert BOOK.read_bytes() == before
        assert rota(*REPLAN, "--dry-run").status == 0, "asking needs no writing"

    def test_a_read_only_workbook_is_left_alone(self, rota: Rota) -> None:
        takes_away("2024-W36")
        BOOK.chmod(0o444)
        said = rota(*REPLAN)
        assert said.status == 2
        assert f"{BOOK} is read-only" in said.err
        assert kept(BOOK) == []

    def test_no_workbook_is_said(self, rota: Rota) -> None:
        said = rota("replan", "--quarter", "2025Q1", *DATA)
        assert said.status == 2
        assert "there is no outputs/data-engineering/rota-2025Q1.xlsx" in said.err


def takes_away_from(sheet: str, week: str) -> str:
    """As :func:`takes_away`, from a Rota sheet of another name with two rows above it."""
    row = next(row for row in rows(BOOK, sheet) if row[0] == week)
    vacation(TEAM, f"{row[3]},2024-09-04,2024-09-04,annual")
    return str(row[3])


class TestChoices:
    def test_alternatives_change_equally_few_duties(self, rota: Rota) -> None:
        before, vacations = BOOK.read_bytes(), Path(f"inputs/{TEAM}/vacations.csv")
        without = vacations.read_bytes()
        for week in column(BOOK, "Week")[3:]:
            vacations.write_bytes(without)
            takes_away(str(week))
            answers = document(rota(*REPLAN, "--alternatives", "3", "--json"))["answers"]
            if len(answers) > 1:
                break
        assert 1 < len(answers) <= 3
        assert len({len(each["changes"]) for each in answers}) == 1
        rotas = {json.dumps(each["rota"]) for each in answers}
        assert len(rotas) == len(answers)
        said = rota(*REPLAN, "--alternatives", "3")
        for words in ("Answer 1:", f"Answer {len(answers)}:", "Nothing was written."):
            assert words in said.out
        assert BOOK.read_bytes() == before

    def test_the_trade_off_shows_what_each_further_change_buys(self, rota: Rota) -> None:
        takes_away("2024-W36")
        answers = document(rota(*REPLAN, "--trade-off", "--json"))["answers"]
        numbers = [len(each["changes"]) for each in answers]
        values = [[aim["value"]["number"] for aim in each["aims"]] for each in answers]
        assert numbers == sorted(numbers)
        assert values == sorted(values, reverse=True), "each buys something"
        assert len(answers) > 1
        said = rota(*REPLAN, "--trade-off")
        assert f"With {numbers[-1]} changes:" in said.out
        assert said.out.rstrip().endswith("Nothing was written.")

    def test_spend_buys_what_the_trade_off_shows(self, rota: Rota) -> None:
        takes_away("2024-W36")
        least, *better = document(rota(*REPLAN, "--trade-off", "--json"))["answers"]
        further = len(better[0]["changes"]) - len(least["changes"])
        said = rota(*REPLAN, "--spend", further)
        assert said.status == 0, said.err
        few, must = len(better[0]["changes"]), len(least["changes"])
        assert f"{few} of 26 duties change, of which {must} must." in said.out
        (checked,) = json.loads(rota("check", *QUARTER, *DATA, "--json").out)["teams"]
        assert [a["value"]["number"] for a in checked["aims"]] == [
            a["value"]["number"] for a in better[0]["aims"]
        ]
        assert f"at most {further} more" in checked["given"]

    def test_a_new_wish_changes_nothing_by_itself(self, rota: Rota) -> None:
        name = on_duty("2024-W39", "secondary")
        with Path(f"inputs/{TEAM}/wishes.csv").open("a", encoding="utf-8") as file:
            file.write(f"{name},2024-W39,off,\n")
        told = document(rota(*REPLAN, "--dry-run", "--json"))
        assert told["answers"][0]["changes"] == []
        assert told["news"][0].startswith(f"{name} now wishes not to be on call in 2024-W39")
        text = " ".join(rota(*REPLAN).out.split())
        assert f"{name} now wishes not to be on call in 2024-W39 (wishes.csv row" in text
        assert "The best exchange is 2024-W39" in text
