"""Nobody's turn in a role comes back within half a cycle."""

from planner.rules import spacing
from tests.build import day, engineer, lock, problem, rotation, swap, values

SIX = rotation("ABCDEF")


def test_half_a_cycle_of_four() -> None:
    # N = 4: from three weeks on (⌊4/2⌋ + 1) a gap is long enough.
    assert values(spacing, problem(weeks=5), "A B C A D") == [0]
    assert values(spacing, problem(weeks=5), "A B A C D") == [1]


def test_half_a_cycle_of_six() -> None:
    # N = 6: four weeks. A again after 2 weeks: 4 − 2; B again after 3: 4 − 3.
    assert values(spacing, problem(SIX, weeks=5), "A B A C B") == [2 + 1]
    assert values(spacing, problem(SIX, weeks=5), "A B C D A") == [0]


def test_half_a_cycle_of_five_is_rounded_down() -> None:
    # N = 5: ⌊5/2⌋ + 1 = 3.
    five = problem(rotation("ABCDE"), weeks=5)
    assert values(spacing, five, "A B C A D") == [0]
    assert values(spacing, five, "A B A C D") == [1]


def test_only_successive_turns_are_compared() -> None:
    # Weeks 0, 2, 4: two gaps of two weeks, and none of four.
    assert values(spacing, problem(weeks=5), "A B A C A") == [2]


def test_roles_are_counted_apart() -> None:
    pair = rotation("ABCD", "primary", "secondary")
    assert values(spacing, problem(pair, weeks=3), "AB CA AD") == [1]
    assert values(spacing, problem(pair, weeks=3), "AB CD BA") == [0]


def test_rotations_are_counted_apart() -> None:
    team = problem(rotation("ABCD"), rotation("ABCD", name="s"), weeks=3)
    assert values(spacing, team, "AB CA DC") == [0]


def test_the_gap_to_an_earlier_quarter_counts() -> None:
    # A in week −1 and in week 1: 3 − 2. The gap within history, of one week, is settled.
    assert values(spacing, problem(weeks=2, history="A A"), "B A") == [1]
    assert values(spacing, problem(weeks=2, history="A B"), "C A") == [0]


def test_gaps_beside_an_agreed_swap_do_not_count() -> None:
    # D takes week 2 from A by agreement, after D's own week 1 and before D's own week 4.
    team = problem(weeks=5, swaps=(swap("A", 2, "D"),))
    assert values(spacing, team, "B D D C D") == [0]
    # The gap from week 1 to week 4, over the swap, is none between two duties.
    assert values(spacing, problem(weeks=5), "B D D C D") == [2 + 1]


def test_gaps_beside_a_lock_do_not_count() -> None:
    team = problem(weeks=5, locked=(lock(2, "A"),))
    assert values(spacing, team, "A B A C A") == [0]
    # A's lock says nothing of B.
    assert values(spacing, team, "B C A B C") == [0]
    assert values(spacing, team, "C B A B C") == [1]


def test_a_lock_in_another_role_says_nothing() -> None:
    team = problem(
        rotation("ABCD", "primary", "secondary"), weeks=3, locked=(lock(1, "A", "secondary"),)
    )
    assert values(spacing, team, "AB CA AD") == [1]


def test_half_a_share_comes_half_as_often() -> None:
    # 3½ shares: N = 7 for A, so four weeks; 3½, rounded to 4, for the others, so three.
    team = problem(weeks=5, engineers=[engineer("A", share="1/2")])
    assert values(spacing, team, "A B C A D") == [1]
    assert values(spacing, team, "B A C B D") == [0]


def test_a_joiner_counts_for_the_weeks_worked() -> None:
    # E is there for two weeks of four: 4½ shares, N = 5, three weeks.
    team = problem(rotation("ABCDE"), engineers=[engineer("E", joined=day(14))])
    assert values(spacing, team, "A B A C") == [1]


def test_the_other_roles_of_a_swapped_week_are_filled_around_it() -> None:
    pair = rotation("ABCDEF", "primary", "secondary")
    # A, secondary in weeks 1 and 3: 4 − 2. A swap of week 3's primary takes that gap out.
    assert values(spacing, problem(pair, weeks=4), "BC DA EF CA") == [2]
    swapped = problem(pair, weeks=4, swaps=(swap("E", 3, "C"),))
    assert values(spacing, swapped, "BC DA EF CA") == [0]
    # A lock of it does not.
    locked = problem(pair, weeks=4, locked=(lock(3, "C"),))
    assert values(spacing, locked, "BC DA EF CA") == [2]
    # A gap is counted from the last turn that planning was free to place; A: 4 − 3.
    later = problem(pair, weeks=5, swaps=(swap("E", 3, "C"),))
    assert values(spacing, later, "BC DA EF CB FA") == [1]
