"""Nobody holds the same role of the same rotation two weeks running; agreed swaps may."""

import pytest

from planner.model import enumerate_rotas
from planner.rules import back_to_back
from tests.build import broken, problem, rota, rotation, swap, week

PAIR = rotation("ABCD", "primary", "secondary")
ANY_ROLE = {"back_to_back": "any role"}


def test_two_weeks_running_in_one_role() -> None:
    assert broken(back_to_back, problem(PAIR, weeks=3), "AB AC BD") == [(1, "A")]


def test_one_week_between_is_enough() -> None:
    assert broken(back_to_back, problem(PAIR, weeks=3), "AB CD AB") == []


def test_another_role_is_allowed_by_default() -> None:
    assert broken(back_to_back, problem(PAIR, weeks=3), "AB BA AB") == []


def test_another_role_is_not_allowed_with_any_role() -> None:
    team = problem(PAIR, weeks=3, settings=ANY_ROLE)
    assert broken(back_to_back, team, "AB CD AB") == []
    assert broken(back_to_back, team, "AB CA DB") == [(1, "A")]


def test_another_rotation_is_allowed_by_default_only() -> None:
    two = (rotation("ABC"), rotation("ABC", name="s"))
    assert broken(back_to_back, problem(*two, weeks=2), "AB BC") == []
    team = problem(*two, weeks=2, settings=ANY_ROLE)
    assert broken(back_to_back, team, "AB BC") == [(1, "B")]


def test_the_last_pair_of_weeks_counts() -> None:
    assert broken(back_to_back, problem(weeks=4), "A B C C") == [(3, "C")]


def test_the_week_before_the_first_counts() -> None:
    team = problem(PAIR, weeks=2, history="CD AB")
    assert broken(back_to_back, team, "AC BD") == [(0, "A")]
    assert broken(back_to_back, team, "CD AB") == []
    assert broken(back_to_back, team, "BA CD") == []


def test_the_week_before_the_first_counts_with_any_role() -> None:
    team = problem(PAIR, weeks=2, history="CD AB", settings=ANY_ROLE)
    assert broken(back_to_back, team, "CD AB") == []
    assert broken(back_to_back, team, "CA BD") == [(0, "A")]


def test_a_gap_in_history_is_no_neighbour() -> None:
    # History ends with an open week, so A's duty there lies two weeks before week 0.
    assert broken(back_to_back, problem(weeks=2, history="A ."), "A B") == []


def test_three_weeks_running_are_two_breaches() -> None:
    assert broken(back_to_back, problem(weeks=4), "A A A B") == [(1, "A"), (2, "A")]


def test_an_agreed_swap_may_break_it_on_either_side() -> None:
    # By the swap, B takes A's week 1; with it B holds weeks 0, 1 and 2.
    team = problem(weeks=4, swaps=(swap("A", 1, "B"),))
    assert broken(back_to_back, team, "B B B A") == []


def test_a_swap_excuses_only_its_own_week() -> None:
    team = problem(weeks=4, swaps=(swap("A", 1, "B"),))
    assert broken(back_to_back, team, "C B A A") == [(3, "A")]
    assert broken(back_to_back, team, "A B B B") == [(3, "B")]


def test_a_swap_excuses_both_people_where_both_take_a_week() -> None:
    # B takes A's week 1, and A takes B's week 3.
    team = problem(weeks=4, swaps=(swap("A", 1, "B", for_week=3),))
    assert broken(back_to_back, team, "B B A A") == []


def test_a_swap_that_is_not_agreed_excuses_nothing() -> None:
    team = problem(weeks=4, swaps=(swap("A", 1, "B", agreed=False),))
    assert broken(back_to_back, team, "B B C D") == [(1, "B")]


OFF = {"back_to_back": "off"}
AT_MOST_TWO = {"back_to_back": "off", "most_running": 2}


def test_weeks_may_run_on_where_the_rule_is_off() -> None:
    assert broken(back_to_back, problem(weeks=4, settings=OFF), "A A A A") == []
    assert not back_to_back.can_be_broken(problem(weeks=4, settings=OFF))


def test_at_most_so_many_weeks_running() -> None:
    team = problem(weeks=5, settings=AT_MOST_TWO)
    assert broken(back_to_back, team, "A A B A A") == []
    assert broken(back_to_back, team, "B A A A A") == [(3, "A"), (4, "A")]
    assert back_to_back.can_be_broken(team)


def test_weeks_running_count_in_any_role_and_rotation() -> None:
    two = rotation("ABCD"), rotation("ABCD", name="s")
    assert broken(back_to_back, problem(*two, weeks=3, settings=AT_MOST_TWO), "AB CA AD") == [
        (2, "A")
    ]
    team = problem(PAIR, weeks=4, settings={"most_running": 2})
    assert broken(back_to_back, team, "AB CA AD BC") == [(2, "A")]
    assert broken(back_to_back, team, "AB AC BA CA") == [(1, "A"), (3, "A"), (2, "A"), (3, "A")]


def test_weeks_running_from_the_quarter_before() -> None:
    team = problem(weeks=2, settings=AT_MOST_TWO, history="B A A")
    assert broken(back_to_back, team, "A B") == [(0, "A")]
    assert broken(back_to_back, team, "B A") == []
    assert broken(back_to_back, problem(weeks=2, settings=AT_MOST_TWO, history="A ."), "A A") == []
    lone = problem(weeks=2, settings=AT_MOST_TWO, history="B A")
    assert broken(back_to_back, lone, "A A") == [(1, "A")]


def test_an_agreed_swap_makes_a_run_longer_and_is_told() -> None:
    team = problem(weeks=4, settings=AT_MOST_TWO, swaps=(swap("B", 1, "A"),))
    assert broken(back_to_back, team, "A A A B") == []
    assert broken(back_to_back, team, "B B B A") == [(2, "B")]
    told = back_to_back.agreed_exceptions(team, rota(team, "A A A B"))
    assert [(name, duty.week) for name, duty in told] == [("A", week(2))]


def test_one_week_running_at_most_is_no_two() -> None:
    team = problem(weeks=3, settings={"back_to_back": "off", "most_running": 1})
    assert broken(back_to_back, team, "A A B") == [(1, "A")]


@pytest.mark.parametrize(
    ("history", "ways"), [("", 6), ("A", 5), ("B A", 5), ("A A", 3), ("A B B", 3)]
)
def test_the_solver_leaves_so_many_rotas_of_three_weeks(history: str, ways: int) -> None:
    team = problem(rotation("AB"), weeks=3, settings=AT_MOST_TWO, history=history)
    assert len(list(enumerate_rotas(team))) == ways
