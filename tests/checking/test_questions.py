"""What the planner asks about facts of the past."""

from __future__ import annotations

from dataclasses import replace

from planner.checking.questions import questions_about
from planner.domain import Duty, Held, Rota
from planner.domain.rotations import Dated
from planner.problem import Problem
from tests.build import day, engineer, problem, rotation, week


def asked(of: Problem) -> str:
    return "\n".join(questions_about(of))


def test_a_member_who_owes_much_and_held_nothing_is_asked_about() -> None:
    people = [engineer("E", joined=day(-2000))]
    team = problem(rotation("ABCE"), weeks=13, engineers=people, history="A B C " * 4)
    assert (
        "E owes 3.0 duties from 2019 to 2024 and has held none. New to this rotation? "
        'Write { name = "E", since = 2024-07-01 } in its cycle'
    ) in asked(team)
    dated = replace(rotation("ABCE"), dates=(Dated("E", since=day(0)),))
    assert asked(problem(dated, weeks=13, engineers=people, history="A B C " * 4)) == ""


def test_little_owed_is_chance() -> None:
    assert asked(problem(rotation("ABCE"), weeks=13, history="A B C A")) == ""


def test_a_role_never_held_is_asked_about() -> None:
    pair = rotation("ABC", "primary", "secondary")
    team = problem(pair, weeks=13, history="AC BC AC BC AC BC")
    assert "C owes 2.0 duties as primary in 2024 and has held none" in asked(team)


def test_a_row_of_history_in_the_planned_weeks_is_told() -> None:
    team = problem(weeks=2)
    held = Held(Duty(week(1), "r", "primary"), "C")
    told = replace(team, team=replace(team.team, history=Rota((held,))), locked=(held,))
    assert "history.csv gives 2024-W28 primary to C" in asked(told)
