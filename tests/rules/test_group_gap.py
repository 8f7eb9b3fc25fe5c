"""Two engineers of one home group never hold roles of a kind in adjacent weeks."""

from dataclasses import replace

from planner.domain import Duty, Held, Role, Rota
from planner.domain.people import Stage
from planner.rules import group_gap
from planner.rules.base import Fact
from tests.build import HOME, broken, engineer, problem, rota, rotation, week

PEOPLE = [
    engineer("A", group="x"),
    engineer("B", group="x"),
    engineer("C", group="y"),
    engineer("D"),
    engineer("E"),
]
ONE = rotation("ABCDE")
PAIR = rotation("ABCDE", "primary", "secondary")
MIXED = rotation("ABCDE", "primary", Role("desk", kind="in-hours"))
ON_CALL = {"group_gap": ("on-call",)}


def test_a_week_between_is_enough() -> None:
    team = problem(ONE, weeks=3, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "A C B") == []


def test_one_follows_another_of_the_group() -> None:
    team = problem(ONE, weeks=3, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "C A B") == [(2, "B")]


def test_in_any_roles_of_the_kind() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "AC DB") == [(1, "B")]


def test_the_same_person_is_a_matter_of_back_to_back() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "AC DA") == []


def test_the_same_week_is_a_matter_of_one_per_group() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "AB CD") == []


def test_two_of_a_group_that_go_on_together_each_follow_the_other() -> None:
    team = problem(PAIR, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "AB BA") == [(1, "B"), (1, "A")]


def test_no_group_is_not_a_group() -> None:
    team = problem(ONE, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "D E") == []


def test_roles_of_different_kinds_may_follow_each_other() -> None:
    settings = {"group_gap": ("in-hours", "on-call")}
    team = problem(MIXED, weeks=2, engineers=PEOPLE, settings=settings)
    assert broken(group_gap, team, "AC DB") == []


def test_kinds_that_the_team_does_not_name_may_follow_each_other() -> None:
    team = problem(MIXED, weeks=3, engineers=PEOPLE, settings={"group_gap": ("in-hours",)})
    assert broken(group_gap, team, "AC BD AE") == []
    assert broken(group_gap, team, "CA DB EA") == [(1, "B"), (2, "A")]


def test_rotations_are_looked_at_together() -> None:
    two = (rotation("AC"), rotation("BD", name="s"))
    team = problem(*two, weeks=2, engineers=PEOPLE, settings=ON_CALL)
    assert broken(group_gap, team, "AD CB") == [(1, "B")]


def test_the_week_before_the_first_counts() -> None:
    team = problem(ONE, weeks=2, engineers=PEOPLE, history="C A", settings=ON_CALL)
    assert broken(group_gap, team, "B C") == [(0, "B")]
    assert broken(group_gap, team, "A C") == []


def test_a_gap_in_history_is_no_neighbour() -> None:
    team = problem(ONE, weeks=1, engineers=PEOPLE, history="A .", settings=ON_CALL)
    assert broken(group_gap, team, "B") == []


def test_history_in_roles_that_the_team_no_longer_has_is_of_no_kind() -> None:
    team = problem(ONE, weeks=1, engineers=PEOPLE, settings=ON_CALL)
    old = Rota((Held(Duty(week(-1), "r", "gone"), "A"), Held(Duty(week(-1), "gone", "p"), "A")))
    team = replace(team, history=old)
    assert broken(group_gap, team, rota(team, "B")) == []
    assert list(group_gap.rows(team)) == []


def test_what_is_said_of_planned_and_of_past_weeks() -> None:
    team = problem(ONE, weeks=2, engineers=PEOPLE, history="A", settings=ON_CALL)
    said = [group_gap.say(team, Fact("group gap", week(n), detail="x|on-call")) for n in (0, 1)]
    assert said == [
        "2024-W27: nobody else of x may follow A in a role of kind on-call",
        "2024-W28: nobody of x may follow somebody else of x in a role of kind on-call",
    ]


def test_who_moves_to_a_group_counts_there_from_their_week_on() -> None:
    # C, of y, is of x from week 2 on.
    moved = replace(PEOPLE[2], stages=(Stage(week(2).first, HOME, group="x"),))
    people = [*PEOPLE[:2], moved, *PEOPLE[3:]]
    team = problem(ONE, weeks=4, engineers=people, settings=ON_CALL)
    assert broken(group_gap, team, "A C D E") == []
    assert broken(group_gap, team, "D A C E") == [(2, "C")]
    assert broken(group_gap, team, "D C A E") == []
    assert broken(group_gap, team, "D E C A") == [(3, "A")]
