"""LibreOffice opens a workbook, saves it anew, and nothing is lost.

Where no LibreOffice is installed there is nothing to test with, so no test is defined.
"""

from __future__ import annotations

import shutil
import subprocess

import openpyxl
import pytest

from planner.files.workbook import read, write
from tests.files.sample_plans import FIRST, sample_plan, two_rotations_plan

SOFFICE = shutil.which("soffice")

if SOFFICE is not None:
    NAMES = ['=HYPERLINK("x")', "Bo*", 'Ng, Wei "W"', "שלומית כהן"]
    PLANS = {"names": sample_plan(NAMES), "two": two_rotations_plan()}

    @pytest.fixture(scope="module")
    def saved_anew(tmp_path_factory):
        folder = tmp_path_factory.mktemp("office")
        (folder / "new").mkdir()
        for name, plan in PLANS.items():
            write(plan, folder / f"{name}.xlsx", "inputs", notes={FIRST: "two\nlines"})
        subprocess.run(
            [
                *(SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
                *("--headless", "--convert-to", "xlsx", "--outdir", folder / "new"),
                *(folder / f"{name}.xlsx" for name in PLANS),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder / "new"

    @pytest.mark.parametrize("name", list(PLANS))
    def test_a_workbook_that_libreoffice_saved_is_read_and_not_edited(saved_anew, name):
        plan = PLANS[name]
        found = read(saved_anew / f"{name}.xlsx", plan.problem.team)
        assert found.rota == found.planned == plan.rota
        assert found.locked == plan.problem.locked
        assert found.notes == {FIRST: "two\nlines"}
        assert found.proofs == plan.proofs
        assert found.horizon == plan.problem.horizon
        assert found.guesses == ()
        assert not found.edited

    def test_libreoffice_keeps_names_lists_and_texts(saved_anew):
        book = openpyxl.load_workbook(saved_anew / "names.xlsx")
        assert {"Engineers", "RotaHeader", "RotaColumn1", "AboutRecord"} <= set(book.defined_names)
        chosen = book["Rota"].data_validations.dataValidation
        assert "Engineers" in {choice.formula1 for choice in chosen}
        cells = [c for s in book.worksheets for row in s.iter_rows() for c in row]
        assert {c.data_type for c in cells if c.value in NAMES} == {"s"}
