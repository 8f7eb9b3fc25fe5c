"""What one plan depends on, derived from a team, weeks, history and days off."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from planner.domain import Duty, Role
from planner.problem import Problem
from tests.build import away_week, day, engineer, lock, problem, rotation, swap, week
from tests.oracle.facts import Facts
from tests.strategies import small

PAIR = rotation("ABCD", "primary", "secondary")


def primary(n: int) -> Duty:
    return Duty(week(n), "r", "primary")


def test_duties_run_week_by_week_in_the_teams_order() -> None:
    extra = Role("extra", weeks="month-end")
    team = problem(rotation("AB", "primary", extra), rotation("CD", name="q"), weeks=5)
    said = [(week(0).until(d.week), d.rotation, d.role) for d in team.duties]
    # Week 4 (29 July to 4 August) is July's month-end week.
    assert said == [
        *((n, stream, "primary") for n in range(4) for stream in "rq"),
        (4, "r", "primary"),
        (4, "r", "extra"),
        (4, "q", "primary"),
    ]


def test_indices_are_places_in_the_lists() -> None:
    team = problem(PAIR, weeks=3)
    assert [team.duty_index[duty] for duty in team.duties] == list(range(6))
    assert [team.engineer_index[name] for name in "ABCD"] == [0, 1, 2, 3]
    assert team.duties_in(week(1)) == (2, 3)
    assert team.duties_in(week(9)) == ()


def test_agreed_swaps_and_locks_fix_duties() -> None:
    team = problem(
        swaps=(swap("A", 0, "B", for_week=2), swap("C", 3, "D", agreed=False)),
        locked=[lock(1, "D")],
    )
    assert [(f.duty, f.engineer, f.because) for f in team.fixed] == [
        (primary(0), "B", "swap"),
        (primary(2), "A", "swap"),
        (primary(1), "D", "lock"),
    ]
    assert team.swapped == {("B", week(0)), ("A", week(2))}


def test_what_is_fixed_outside_the_planned_weeks_is_left_out() -> None:
    team = problem(weeks=2, swaps=(swap("A", 5, "B", for_week=1),), locked=[lock(7, "A")])
    assert [(f.duty, f.engineer) for f in team.fixed] == [(primary(1), "A")]


def test_who_owes_a_share() -> None:
    stream = rotation("ABCD", Role("primary", levels=("senior",)))
    people = [
        engineer("A", level="senior"),
        engineer("B", level="junior"),
        engineer("C", level="senior", joined=day(7)),
        engineer("D", level="senior"),
        engineer("E", level="senior"),
    ]
    absences = (away_week("A", 0), away_week("D", 1, "sick"))
    team = problem(stream, engineers=people, vacations=absences)
    role = stream.roles[0]
    # B is no senior, E no member. A's annual vacation changes nothing; C joins in week 1.
    assert [e.name for e in team.active(stream, role, week(0))] == ["A", "D"]
    assert [e.name for e in team.active(stream, role, week(1))] == ["A", "C"]


def test_turns() -> None:
    team = problem(PAIR)
    first, second = PAIR.roles
    assert "".join(team.turn(PAIR, first, week(n)) for n in range(6)) == "ABCDAB"
    assert "".join(team.turn(PAIR, second, week(n)) for n in range(6)) == "CDABCD"


def test_turns_count_on_from_history() -> None:
    stream = rotation("ABC")
    team = problem(stream, history="C B A C")
    # Each phase fits one of the last three duties, B A C; that with C in week −1 the latest.
    assert team.turn(stream, stream.roles[0], week(0)) == "A"
    team = problem(stream, history="A B C B A B")
    # B A B: two of them fit a walk of A B in weeks −2 and −1.
    assert team.turn(stream, stream.roles[0], week(0)) == "C"


def test_turns_count_from_the_company_calendar() -> None:
    stream = rotation("ABC")
    team = problem(stream, history="C B A C", week_one=day(-7 * 26))
    # Week 0 is week 27: (27 − 1) mod 3 = 2.
    assert team.turn(stream, stream.roles[0], week(0)) == "C"
    # The year does not start it again: 52 weeks on, it is week 79, (79 − 1) mod 3 = 0.
    assert team.turn(stream, stream.roles[0], week(52)) == "A"


@settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
@given(small())
def test_everything_derived_is_as_the_oracle_derives_it(team: Problem) -> None:
    facts = Facts(team)
    assert team.duties == facts.duties
    assert team.month_ends == facts.month_ends
    for duty in team.duties:
        stream = team.team.rotation(duty.rotation)
        role = stream.role(duty.role)
        assert team.turn(stream, role, duty.week) == facts.turn(duty)
        active = {engineer.name for engineer in team.active(stream, role, duty.week)}
        assert active == set(facts.owed(duty))


def test_of_two_proposed_swaps_that_contradict_each_other_the_first_counts() -> None:
    proposed = (swap("A", 0, "B", 1, agreed=False), swap("A", 1, "B", agreed=False))
    hoped = problem(weeks=4, swaps=proposed).wishes
    assert [(wish.week, wish.wish) for wish in hoped] == [(week(0), "off"), (week(1), "on")]
