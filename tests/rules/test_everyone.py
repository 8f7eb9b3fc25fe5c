"""The fewest people hold no duty at all, of those who could."""

from datetime import timedelta

from planner.domain import Role
from planner.planning.plan import plan
from planner.rules import AIMS, aims_of, everyone
from planner.rules.open_duties import NAME as OPEN_DUTIES
from tests.build import away_week, engineer, problem, rotation, text, values, week

PAIR = rotation("ABCD", "primary", "secondary")


def test_everybody_has_a_turn() -> None:
    assert values(everyone, problem(PAIR, weeks=2), "AB CD") == [0]


def test_each_person_without_a_duty_counts_once() -> None:
    assert values(everyone, problem(PAIR, weeks=3), "AB BA AB") == [2]


def test_who_is_away_throughout_could_hold_none() -> None:
    team = problem(PAIR, weeks=2, vacations=(away_week("D", 0), away_week("D", 1)))
    assert values(everyone, team, "AB CA") == [0]


def test_one_week_there_is_enough_to_count() -> None:
    team = problem(PAIR, weeks=2, vacations=(away_week("D", 0),))
    assert values(everyone, team, "AB CA") == [1]


def test_who_has_not_joined_or_has_left_could_hold_none() -> None:
    people = (
        engineer("C", left=week(0).first - timedelta(days=1)),
        engineer("D", joined=week(1).first + timedelta(days=1)),
    )
    assert values(everyone, problem(PAIR, weeks=2, engineers=people), "AB BA") == [0]


def test_members_without_a_role_could_hold_none() -> None:
    people = (engineer("C", roles=("none",)), engineer("D", level="junior"), engineer("E"))
    seniors = rotation("ABCD", Role("primary", levels=("senior",)))
    old = tuple(engineer(name, level="senior") for name in "AB")
    team = problem(seniors, weeks=2, engineers=(*old, *people))
    assert values(everyone, team, "A B") == [0]
    assert values(everyone, team, "A A") == [1]


def test_a_role_that_does_not_run_in_the_weeks_there_gives_no_duty() -> None:
    # The month-end role runs in 2024-W31, week 4, when D is away.
    roles = ("primary", Role("month-end", weeks="month-end"))
    only = (engineer("D", roles=("month-end",)),)
    team = problem(rotation("ABCD", *roles), weeks=5, engineers=only)
    assert values(everyone, team, "A B C A BC") == [1]
    team = problem(
        rotation("ABCD", *roles), weeks=5, engineers=only, vacations=(away_week("D", 4),)
    )
    assert values(everyone, team, "A B C A BC") == [0]


def test_history_does_not_count() -> None:
    assert values(everyone, problem(weeks=3, history="D"), "A B C") == [1]


def test_a_team_pursues_it_only_if_its_order_names_it() -> None:
    assert everyone not in AIMS
    shadow = rotation("ABC", "primary", Role("shadow", optional=True))
    team = problem(shadow, aims=("everyone", "fair-share")).team
    assert [aim.NAME for aim in aims_of(team)] == [OPEN_DUTIES, "everyone", "fair-share"]
    assert everyone not in aims_of(problem().team)


def test_it_comes_before_fairness_where_the_team_puts_it_there() -> None:
    # A and B may be primary only; C both; D and E secondary only, who owe a third of each.
    people = [engineer(name, roles=("primary",)) for name in "AB"]
    people += [engineer(name, roles=("secondary",)) for name in "DE"]
    team = problem(
        rotation("ABCDE", "primary", "secondary"),
        weeks=2,
        engineers=people,
        settings={"limits": (("on-call", 1),)},
        aims=("everyone",),
    )
    found = plan(team)
    assert found.proven
    # Four duties for five people: one of them has none, and no rota has fewer.
    assert found.report.values[0].value == 1
    assert len(set(text(team, found.rota)) - {" "}) == 4


def test_more_people_than_duties_still_have_a_rota() -> None:
    found = plan(problem(rotation("ABCDEFG"), weeks=3, aims=("everyone",)))
    assert found.proven
    assert found.report.values[0].value == 4
