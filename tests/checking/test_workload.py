"""Who is on duty in too many of their weeks."""

from fractions import Fraction

from planner.checking.workload import load_warnings, loads
from tests import build

PAIR = build.rotation("ABC", "primary", "secondary")


def warned(written: str, weeks: int, **facts: object) -> list[str]:
    of = build.problem(PAIR, weeks=weeks, **facts)  # type: ignore[arg-type]
    return list(load_warnings(of, build.rota(of, written)))


def test_a_week_with_two_duties_is_one_week() -> None:
    of = build.problem(PAIR, weeks=4)
    assert [
        (each.engineer, Fraction(each.on_duty, each.weeks))
        for each in loads(of, build.rota(of, "AA BA BC C."))
    ] == [
        ("A", Fraction(1, 2)),
        ("B", Fraction(1, 2)),
        ("C", Fraction(1, 2)),
    ]


def test_half_of_ones_weeks_is_not_more_than_half() -> None:
    assert warned("AB CA BC .A", 4)[0].startswith(
        "on duty in more than half of their weeks: A (3 of 4). Google's SRE book asks for"
    )
    assert warned("AB CA BC .B", 4)[0].count(" of 4") == 1
    assert warned("AB C. .C A.", 4) == []


def test_weeks_are_whole() -> None:
    assert warned("AB CA B. .A C.", 5) == [], "A has three of five, as near to half as can be"
    assert "A (4 of 5)" in warned("AB CA B. .A A.", 5)[0]


def test_the_teams_own_most_comes_first() -> None:
    load = {"most_load": (1, 3)}
    (said,) = warned("AB CA .. A. .. ..", 6, settings=load)
    assert said == (
        "on duty in more of their weeks than 1 in 3, the most_load of team.toml: A (3 of 6)"
    )
    assert warned("AB CA ..", 3, settings=load)[0].endswith("A (2 of 3)")
    assert warned("AB C. ..", 3, settings=load) == []


def test_weeks_before_joining_and_after_leaving_do_not_count() -> None:
    joiner = build.engineer("C", joined=build.day(14))
    (said,) = warned("AB AB CA BC", 4, engineers=[joiner])
    assert "C (2 of 2)" in said
