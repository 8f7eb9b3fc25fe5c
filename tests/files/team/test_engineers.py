from fractions import Fraction
from pathlib import Path

import pytest

from planner.files.team.engineers import parse_share
from tests.files.team_folder import SOUND, the_problem


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("1", Fraction(1)),
        ("1.0", Fraction(1)),
        ("100%", Fraction(1)),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("0,5", Fraction(1, 2)),
        ("50 %", Fraction(1, 2)),
        ("1/2", Fraction(1, 2)),
        ("½", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        ("12.5%", Fraction(1, 8)),
        ("2/3", Fraction(2, 3)),
    ],
)
def test_shares_are_exact(written: str, share: Fraction) -> None:
    assert parse_share(written) == share


@pytest.mark.parametrize("written", ["0", "0%", "1.1", "101%", "-0.5", "1/0", "3/2", "1e-1", "nan"])
def test_what_is_no_share(written: str) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        parse_share(written)


@pytest.mark.parametrize("twin", ["Ai\u200edil", "aidil", "A\u00adidil", "\u0410idil"])
def test_two_engineers_that_look_the_same(tmp_path: Path, twin: str) -> None:
    people = f"{SOUND['engineers.csv']}{twin},MY,KUL,\n"
    problem = the_problem(tmp_path / "a", {"engineers.csv": people})
    assert (problem.file, problem.row, problem.column) == ("engineers.csv", 5, "name")
    assert "See row 2" in problem.hint
