"""Nobody exceeds the most duties of a role or kind."""

from dataclasses import replace

from hypothesis import strategies as st

from planner.domain import Limit, Role
from planner.model import enumerate_rotas
from planner.problem import Problem
from planner.rules import limits
from tests import oracle
from tests.build import broken, problem, rotation, text
from tests.strategies import over, tiny

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


def in_windows(*limits_: tuple[str, int, int]) -> dict[str, object]:
    return {"limits": limits_}


def test_in_every_window_of_so_many_weeks() -> None:
    team = problem(PAIR, weeks=5, settings=in_windows(("primary", 1, 3)))
    assert broken(limits, team, "AB BC CA AB BC") == []
    # A is primary in weeks 0 and 2; B again in week 3, after week 1.
    assert broken(limits, team, "AB BC AB BC CA") == [(2, "A"), (3, "B")]


def test_the_last_window_counts() -> None:
    team = problem(PAIR, weeks=4, settings=in_windows(("primary", 1, 2)))
    assert broken(limits, team, "AB BC CA CB") == [(3, "C")]


def test_earlier_weeks_count_in_a_window() -> None:
    team = problem(weeks=3, history="A B C", settings=in_windows(("primary", 1, 4)))
    assert broken(limits, team, "D A B") == []
    assert broken(limits, team, "C D B") == [(0, "C")]


def test_any_role_counts_all_duties_of_all_rotations() -> None:
    two = (rotation("ABCD"), rotation("ABCD", name="s"))
    team = problem(*two, weeks=4, settings=in_windows(("any role", 1, 2)))
    assert broken(limits, team, "AB CD AB CD") == []
    assert broken(limits, team, "AB CA AB CD") == [(1, "A"), (2, "A")]


def test_several_in_a_window() -> None:
    team = problem(PAIR, weeks=4, settings=in_windows(("any role", 2, 3)))
    assert broken(limits, team, "AB AC BC AB") == []
    assert broken(limits, team, "AB AC AB CB") == [(2, "A")]


def test_the_solver_allows_what_the_check_passes() -> None:
    """All rotas of a small team with a history: the rows let through just what breaks nothing."""
    settings = {"back_to_back": "same role", **in_windows(("primary", 1, 3), ("any role", 2, 4))}
    team = problem(PAIR, weeks=4, history="AB CA", settings=settings)
    from_solver = {text(team, rota) for rota in enumerate_rotas(team)}
    assert from_solver == {text(team, rota) for rota in oracle.all_rotas(team)}


@over(tiny(most_rotas=300), st.data(), seeds=6, each=8)
def test_windows_of_random_teams(team: Problem, data: st.DataObject) -> None:
    names = sorted({role.name for _, role in team.seats} | {"any role"})
    drawn = [
        Limit(name, data.draw(st.integers(1, 2)), data.draw(st.integers(2, 5)))
        for name in data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    ]
    rules = replace(team.team.settings, limits=tuple(drawn))
    team = replace(team, team=replace(team.team, settings=rules))
    from_solver = {text(team, rota) for rota in enumerate_rotas(team)}
    assert from_solver == {text(team, rota) for rota in oracle.all_rotas(team)}
