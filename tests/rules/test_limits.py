"""Nobody exceeds the most duties of a role or kind."""

from planner.domain import Role
from planner.rules import limits
from tests.build import broken, problem, rotation

PAIR = rotation("ABC", "primary", "secondary")


def test_up_to_the_limit() -> None:
    team = problem(PAIR, weeks=4, settings={"limits": (("primary", 2),)})
    assert broken(limits, team, "AB BA AB CA") == []


def test_one_too_many_is_reported_where_it_happens() -> None:
    # A is primary in weeks 0, 2 and 3: the third is too many.
    team = problem(PAIR, weeks=4, settings={"limits": (("primary", 2),)})
    assert broken(limits, team, "AB BA AB AC") == [(3, "A")]


def test_other_roles_do_not_count() -> None:
    team = problem(PAIR, weeks=4, settings={"limits": (("primary", 2),)})
    assert broken(limits, team, "BA CA BA CA") == []


def test_a_kind_counts_all_its_roles() -> None:
    roles = ("primary", "secondary", Role("desk", kind="in-hours"))
    team = problem(rotation("ABCD", *roles), weeks=3, settings={"limits": (("on-call", 2),)})
    assert broken(limits, team, "ABC BAC CDA") == []
    assert broken(limits, team, "ABC BAC ACD") == [(2, "A")]


def test_rotations_count_together() -> None:
    two = (rotation("ABC"), rotation("ABC", name="s"))
    team = problem(*two, weeks=3, settings={"limits": (("primary", 2),)})
    assert broken(limits, team, "AB BA CB") == [(2, "B")]


def test_history_does_not_count() -> None:
    team = problem(weeks=2, history="A B A", settings={"limits": (("primary", 1),)})
    assert broken(limits, team, "C A") == []


def test_a_limit_of_nothing() -> None:
    team = problem(PAIR, weeks=1, settings={"limits": (("secondary", 0),)})
    assert broken(limits, team, "AB") == [(0, "B")]
