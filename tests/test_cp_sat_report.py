"""The report on the solver in docs/cp-sat.md says what its script prints."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.conftest import CHECKOUT


def test_the_script_prints_what_stands_below_it() -> None:
    page = (CHECKOUT / "docs" / "cp-sat.md").read_text(encoding="utf-8")
    script, printed = re.findall(r"```(?:python)?\n(.*?)```", page, re.DOTALL)
    run = [sys.executable, "-c", script]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == printed
