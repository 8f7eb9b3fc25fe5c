"""Who counts as a member in weeks that are past, and what later changes leave alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from planner.domain import Seat
from planner.domain.people import Stage
from planner.domain.rotations import Dated
from planner.domain.week_facts import Member, WeekFacts
from planner.problem import Problem, ledger
from tests.build import HOME, day, engineer, problem, rotation, week

SEAT = Seat("r", "primary")


def members(of: Problem, n: int) -> str:
    there = of.membership.in_week(of.team.rotations[0], week(n))
    return "".join(member.name for member in there)


def carried(of: Problem) -> dict[str, Fraction]:
    return ledger.carried_in(of, SEAT)


def test_who_is_in_no_cycle_was_a_member_from_the_first_to_the_last_duty() -> None:
    team = problem(rotation("AB"), engineers=[engineer("D")], history="A B D A D B A")
    assert [members(team, n) for n in range(-7, 1)] == ["AB"] * 2 + ["ABD"] * 3 + ["AB"] * 3
    # Owed: two halves, three thirds, two halves.
    assert carried(team) == {"A": 0, "B": -1, "D": 1}
    assert sum(carried(team).values()) == 0


def test_dates_count_for_more_than_duties() -> None:
    stream = replace(rotation("ABD"), dates=(Dated("D", since=day(-7), until=day(6)),))
    team = problem(stream, history="A D B")
    assert [members(team, n) for n in (-3, -1, 0, 1)] == ["AB", "ABD", "ABD", "AB"]


def test_a_member_may_come_back() -> None:
    stream = replace(rotation("AB"), dates=(Dated("B", until=day(-8)), Dated("B", since=day(7))))
    team = problem(stream, history="A B A")
    assert [members(team, n) for n in (-2, -1, 0, 1)] == ["AB", "A", "A", "AB"]


def test_a_stage_holds_from_the_first_whole_week() -> None:
    d = engineer("D", share="1/5", stages=(Stage(day(-12), HOME, share=Fraction(1)),))
    team = problem(rotation("AD"), engineers=[d], history="A A D")
    shares = {
        n: team.membership.in_week(team.team.rotations[0], week(n))[1].share for n in (-2, -1)
    }
    # Day −12 is the Wednesday of week −2.
    assert shares == {-2: Fraction(1, 5), -1: Fraction(1)}
    assert carried(team)["D"] == 1 - Fraction(1, 6) - Fraction(1, 6) - Fraction(1, 2)


def test_recorded_weeks_are_reckoned_by_what_was_recorded() -> None:
    team = problem(rotation("ABC"), history="A B")
    facts = WeekFacts({"r": (Member("A", Fraction(1)), Member("B", Fraction(1, 3)))})
    team = replace(team, recorded={week(-2): facts, week(-1): facts})
    # A owes ¾ and B ¼ of each; C, in the cycle by now, nothing.
    assert carried(team) == {"A": Fraction(-1, 2), "B": Fraction(1, 2), "C": 0}


def test_recorded_roles_decide_what_was_owed() -> None:
    pair = rotation("AB", "primary", "secondary")
    facts = WeekFacts(
        {"r": (Member("A", Fraction(1)), Member("B", Fraction(1), None, ("secondary",)))}
    )
    team = replace(problem(pair, history="AB"), recorded={week(-1): facts})
    assert carried(team) == {"A": 0, "B": 0}


def test_weeks_that_were_only_reckoned_give_way_to_dates() -> None:
    stream = replace(rotation("ABC"), dates=(Dated("C", since=day(0)),))
    three = WeekFacts({"r": tuple(Member(name, Fraction(1)) for name in "ABC")}, reckoned=True)
    team = replace(problem(stream, history="A B"), recorded={week(-2): three, week(-1): three})
    assert carried(team) == {"A": 0, "B": 0, "C": 0}
    undated = replace(problem(rotation("ABC"), history="A B"), recorded=team.recorded)
    assert carried(undated)["C"] == Fraction(-2, 3)


def test_what_is_recorded_of_a_plan_is_what_it_was_planned_with() -> None:
    d = engineer("D", share="1/2", left=day(13))
    team = problem(rotation("ABD"), weeks=3, engineers=[d], history="A")
    facts = team.facts()
    assert list(facts) == [week(n) for n in (-1, 0, 1, 2)]
    assert [facts[w].reckoned for w in facts] == [True, False, False, False]
    assert facts[week(1)].members["r"][2] == Member("D", Fraction(1, 2))
    assert [m.name for m in facts[week(2)].members["r"]] == ["A", "B"]
    assert [facts[week(n)].turns["r"] for n in range(3)] == ["B", "D", "A"]


def test_recorded_facts_survive_undated_edits_in_place() -> None:
    before = problem(rotation("ABC"), weeks=3, history="A B C A")
    later = problem(
        rotation("AB"), weeks=3, history="A B C A", engineers=[engineer("C", share="1/4")]
    )
    kept = replace(later, recorded={w: f for w, f in before.facts().items() if w < week(0)})
    assert carried(kept) == carried(before)
