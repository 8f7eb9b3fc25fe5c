"""How far apart one's duties lie, over all roles, and how that is said."""

from planner.checking.gaps_between import Gap, gaps_between
from planner.domain import Role
from tests import build

PAIR = build.rotation("ABCDEF", "primary", "secondary")


def said(written: str, weeks: int, history: str = "") -> str:
    of = build.problem(PAIR, weeks=weeks, history=history)
    return gaps_between(of, build.rota(of, written)).said()


def test_gaps_are_over_all_roles() -> None:
    of = build.problem(PAIR, weeks=5)
    found = gaps_between(of, build.rota(of, "AB CD BE FA CD"))
    assert found.each == (
        Gap("A", build.week(3), 3),
        Gap("B", build.week(2), 2),
        Gap("C", build.week(4), 3),
        Gap("D", build.week(4), 3),
    )
    assert found.least_of("B") == 2
    assert found.least_of("E") is None
    assert found.usual_for("E") == 3


def test_what_is_said_of_the_shortest() -> None:
    assert (
        said("AB CD EF AB CD EF", 6) == "Nobody is on duty again within 2 weeks; usual distance 3."
    )
    assert (
        said("AB CD AE BF CD EF", 6) == "Nobody is on duty again within 1 week; usual distance 3."
    )
    assert said("AB CD EF", 3) == "Nobody is on duty twice."


def test_who_has_two_weeks_running_is_named_unless_there_are_many() -> None:
    assert said("AB CA DE FB CD EF", 6).startswith("A (2024-W28) is on duty two weeks running;")
    assert said("AB BC DE FA CD EF", 6).startswith("B (2024-W28) is on duty two weeks running;")
    assert said("AB CA AC EF EB DF", 6).startswith("4 times somebody is on duty two weeks running;")


def test_the_last_duty_before_counts() -> None:
    assert said("CA BD EF", 3, history="EF AB").startswith("A (2024-W27) is on duty two weeks")


def test_a_restful_role_does_not_count() -> None:
    roles = build.rotation("ABC", "primary", Role("shadow", restful=True))
    of = build.problem(roles, weeks=3)
    assert gaps_between(of, build.rota(of, "AB BC CA")).each == ()
    assert (
        gaps_between(of, build.rota(of, "AB BA AC"))
        .said()
        .startswith("Nobody is on duty again within 1 week; usual distance 3")
    )
