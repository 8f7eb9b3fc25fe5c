"""Every duty is held by exactly one engineer; an optional role by at most one."""

from planner.domain import Role, Rota
from planner.rules import coverage
from tests.build import broken, problem, rota, rotation

PAIR = rotation("ABC", "primary", "secondary")


def test_every_duty_held_is_fine() -> None:
    assert broken(coverage, problem(PAIR, weeks=2), "AB BC") == []


def test_an_open_duty_is_a_breach_where_it_is() -> None:
    assert broken(coverage, problem(PAIR, weeks=2), "AB B.") == [(1, "")]


def test_a_rota_that_does_not_speak_of_a_duty_leaves_it_open() -> None:
    team = problem(PAIR, weeks=2)
    assert broken(coverage, team, Rota(rota(team, "AB BC").held[:3])) == [(1, "")]


def test_a_stranger_holds_nothing() -> None:
    assert broken(coverage, problem(PAIR, weeks=2), "AB BX") == [(1, "X")]


def test_an_optional_duty_may_stay_open() -> None:
    team = problem(rotation("ABC", "primary", Role("shadow", optional=True)), weeks=2)
    assert broken(coverage, team, "AB B.") == []


def test_every_rotation_counts() -> None:
    team = problem(rotation("AB"), rotation("CD", name="s"), weeks=2)
    assert broken(coverage, team, "AC BD") == []
    assert broken(coverage, team, "AC .D") == [(1, "")]


def test_a_month_end_role_exists_in_month_end_weeks_only() -> None:
    # Week 4 runs from 29 July to 4 August: it holds the 29th, 30th and 31st, three of July's
    # last five working days (25, 26, 29, 30, 31).
    team = problem(rotation("ABC", "primary", Role("extra", weeks="month-end")), weeks=5)
    assert [str(duty) for duty in team.duties if duty.role == "extra"] == ["2024-W31 r extra"]
    assert broken(coverage, team, "A B C A BC") == []
    assert broken(coverage, team, "A B C A B.") == [(4, "")]
