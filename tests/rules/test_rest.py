"""Fewest (engineer, two consecutive weeks) pairs with a duty in both; then no gap far too short."""

from dataclasses import replace
from fractions import Fraction

from planner.domain import Cover, Role
from planner.problem import Problem
from planner.rules import rest
from tests.build import away, day, engineer, lock, problem, rotation, swap, values

PAIR = rotation("ABCD", "primary", "secondary")


def running(of: Problem, written: str) -> Fraction:
    """The first part."""
    return values(rest, of, written)[0]


def test_a_free_week_between() -> None:
    assert running(problem(PAIR, weeks=3), "AB CD AB") == 0


def test_any_two_roles_running() -> None:
    # Weeks 0 and 1: A and B both. Weeks 1 and 2: B only.
    assert running(problem(PAIR, weeks=3), "AB BA BC") == 3


def test_three_weeks_running_are_two_pairs() -> None:
    assert running(problem(weeks=4), "A A A B") == 2


def test_the_week_before_the_first_counts() -> None:
    team = problem(PAIR, weeks=2, history="CD AB")
    assert running(team, "CA DB") == 1
    assert running(team, "CD AB") == 0


def test_pairs_within_history_are_settled() -> None:
    assert running(problem(weeks=1, history="A A"), "B") == 0


def test_restful_roles_do_not_count() -> None:
    pair = rotation("ABCD", "primary", Role("secondary", restful=True))
    # A: primary then secondary, restful. B: secondary, then primary. C: primary twice.
    team = problem(pair, weeks=4)
    assert running(team, "AB BA CD CA") == 1
    assert running(problem(pair, weeks=1, history="BA"), "AB") == 0


def test_rotations_count_together() -> None:
    team = problem(rotation("ABC"), rotation("ABC", name="s"), weeks=2)
    assert running(team, "AB CA") == 1


class TestUsualDistance:
    """The second part: no gap under ⌊M/2⌋ + 1 weeks, M = planned weeks ÷ duties owed in them."""

    def test_one_role_of_six(self) -> None:
        # 6 weeks ÷ 1 duty owed: M = 6, so four weeks. A again after two: 4 − 2.
        six = rotation("ABCDEF")
        assert values(rest, problem(six, weeks=6), "A B A C D E") == [0, 2]
        assert values(rest, problem(six, weeks=6), "A B C D A E") == [0, 0]

    def test_two_roles_are_counted_together(self) -> None:
        # 6 weeks, two roles, six people: two duties owed, M = 3, so two weeks.
        six = problem(rotation("ABCDEF", "primary", "secondary"), weeks=6)
        assert values(rest, six, "AB CD AE FB CD EF") == [0, 0]
        # Eight people: 6 ÷ 1½ = 4, three weeks; A again after two: 3 − 2; B after three.
        eight = problem(rotation("ABCDEFGH", "primary", "secondary"), weeks=6)
        assert values(rest, eight, "AB CD EA BF GH CD") == [0, 1]

    def test_rotations_are_counted_together(self) -> None:
        # A owes 2 × 4 ÷ 4 duties in four weeks: M = 2, two weeks. Weeks 0 and 1 run: 2 − 1.
        team = problem(rotation("ABCD"), rotation("ABCD", name="s"), weeks=4)
        assert values(rest, team, "AB CA DB CA") == [1, 1]

    def test_halves_round_up(self) -> None:
        # 5 weeks, two duties owed: 2½, so M = 3 and ⌊3/2⌋ + 1 = 2.
        two = problem(rotation("ABCDE", "primary", "secondary"), weeks=5)
        assert values(rest, two, "AB AC DE BC DE") == [1, 1]
        # 14 weeks ÷ 4: M = 3½ → 4, three weeks; 13 weeks ÷ 4 = 3¼ → 3, two weeks.
        fourteen = problem(rotation("ABCDEFG", "primary", "secondary"), weeks=14)
        assert rest.usual_distance(fourteen)["A"] == 4
        thirteen = problem(rotation("ABCDEFGH", "primary", "secondary"), weeks=13)
        assert rest.usual_distance(thirteen)["A"] == 4
        assert rest.usual_distance(problem(weeks=13))["A"] == 4

    def test_what_is_owed_is_by_share_and_absence(self) -> None:
        half = problem(weeks=8, engineers=[engineer("A", share="1/2")])
        # A owes 8 ÷ 7 of a duty: 7 weeks; the others 16 ÷ 7: 3½, so 4.
        assert rest.usual_distance(half) == {"A": 7, "B": 4, "C": 4, "D": 4}
        # D, ill for two weeks of four, owes ½; the others (2 ÷ 3 + 2 ÷ 4) = 7/6: 24/7 → 3.
        ill = problem(weeks=4, vacations=(away("D", 0, 13, "sick"),))
        assert rest.usual_distance(ill) == {"A": 3, "B": 3, "C": 3, "D": 8}

    def test_whoever_owes_nothing_has_no_usual_distance(self) -> None:
        ill = problem(weeks=2, vacations=(away("D", 0, 13, "sick"),))
        assert "D" not in rest.usual_distance(ill)

    def test_restful_roles_do_not_count(self) -> None:
        pair = rotation("ABCD", "primary", Role("secondary", restful=True))
        # M = 4 by primaries alone: three weeks.
        assert values(rest, problem(pair, weeks=4), "AB CA AD BC") == [0, 1]
        assert values(rest, problem(pair, weeks=4), "AB CA DA BA") == [0, 0]

    def test_the_gap_to_an_earlier_quarter_counts(self) -> None:
        pair = rotation("ABCD", "primary", Role("secondary", restful=True))
        assert values(rest, problem(weeks=4, history="A B"), "C D A B") == [0, 0]
        assert values(rest, problem(weeks=4, history="A B"), "C A D B") == [0, 0]
        assert values(rest, problem(weeks=4, history="B A"), "C A D B") == [0, 1]
        assert values(rest, problem(pair, weeks=4, history="CB DA"), "CB AC DB CA") == [0, 1]

    def test_gaps_beside_what_people_decided_do_not_count(self) -> None:
        assert values(rest, problem(weeks=5), "A B A C A") == [0, 2]
        assert values(rest, problem(weeks=5, locked=(lock(2, "A"),)), "A B A C A") == [0, 0]
        assert values(rest, problem(weeks=5, swaps=(swap("B", 2, "A"),)), "A B A C A") == [0, 0]
        # Two weeks running still are.
        assert values(rest, problem(weeks=4, locked=(lock(2, "A"),)), "B A A C") == [1, 0]

    def test_a_stand_in_is_no_turn_of_ones_own(self) -> None:
        team = problem(weeks=4)
        cover = Cover("B", day(8), day(9), "A", "r", "primary")
        assert values(rest, replace(team, covers=(cover,)), "C B A D") == [1, 0]

    def test_the_other_roles_of_a_swapped_week_are_filled_around_it(self) -> None:
        eight = rotation("ABCDEFGH", "primary", "secondary")
        # M = 4, three weeks. A: weeks 1 and 2; the secondary of week 2 beside a swapped primary.
        assert values(rest, problem(eight, weeks=4), "BC DA EA FG") == [1, 2]
        team = problem(eight, weeks=4, swaps=(swap("H", 2, "E"),))
        assert values(rest, team, "BC DA EA FG") == [1, 0]


def test_who_owes_several_duties_a_week_has_no_gap_before_the_first() -> None:
    """A owes three duties each week, so M is 0; the first one comes after none."""
    three = [rotation("A", name=name) for name in "rst"]
    assert values(rest, problem(*three, weeks=1), "A..") == [0, 0]
