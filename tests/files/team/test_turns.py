"""``turn`` in ``team.toml``, and rules that let nobody hold a whole turn."""

from __future__ import annotations

import pytest

from tests.files.team.test_seats import refused, team


def test_a_turn_lasts_so_many_weeks(tmp_path):
    assert team(tmp_path, "turn = 2").rotation("Main").turn == 2
    assert team(tmp_path, "").rotation("Main").turn == 1


@pytest.mark.parametrize("written", ["0", "-2", "27", '"2"', "2.5", "true", '"2 weeks"', "[2]"])
def test_what_is_no_number_of_weeks_is_refused_with_its_line(tmp_path, written):
    said = refused(tmp_path, f"turn = {written}")
    assert "team.toml row 4" in said
    assert "1 to 26: turn = 2, say" in said


def test_a_key_that_is_nearly_turn_is_guessed(tmp_path):
    assert "turn" in refused(tmp_path, "turns = 2")


@pytest.mark.parametrize(
    ("rules", "row"),
    [
        ("most_running = 1", 6),
        ('limits = { primary = "1 in 2" }', 6),
        ("limits = { primary = 1 }", 6),
        ('[rules.limits]\n"any role" = "2 in 6"', 7),
    ],
)
def test_rules_that_let_nobody_hold_a_turn_are_refused(tmp_path, rules, row):
    length = 3 if "2 in 6" in rules else 2
    said = refused(tmp_path, f"turn = {length}\n[rules]\n{rules}")
    assert f"lets nobody hold a turn of Main, which lasts {length} weeks" in said
    assert f"Make it {length} or more" in said
    assert "team.toml row" in said
