"""What numbers and texts become in a formula."""

from __future__ import annotations

import pytest

from planner.cells.formulas import Lifted, lift


@pytest.mark.parametrize(
    ("said", "text"),
    [(1, "1"), (1.0, "1.0"), (0, "0"), ("1", '"1"'), ('say "no"', '"say ""no"""'), ("", '""')],
)
def test_a_number_keeps_its_type_and_a_text_its_quotes(said: Lifted, text: str) -> None:
    again = lift(said)
    assert (again.text, again.value) == (text, said)
    assert type(again.value) is type(said)
