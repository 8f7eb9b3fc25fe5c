"""Who stands in for part of a duty week, and what stand-ins do to rules, ledger and rest."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from planner.checking.report import check
from planner.domain import Cover, Duty, Rota
from planner.planning.plan import plan
from planner.planning.replan import replan
from planner.problem import Problem
from planner.problem.ledger import accounts
from planner.problem.stand_ins import Need, needs
from planner.rules import back_to_back, rest, vacation
from tests import build
from tests.build import day, week


def four(**facts: object) -> Problem:
    """A, B, C and D take turns for eight weeks."""
    return build.problem(build.rotation("ABCD"), weeks=8, **facts)  # type: ignore[arg-type]


def ill(problem: Problem, name: str, first: int, last: int, text: str = "") -> tuple[Need, ...]:
    rota = build.rota(problem, text or "ABCDABCD")
    return needs(problem, rota, name, day(first), day(last))


def names(need: Need) -> list[str]:
    return [candidate.engineer for candidate in need.candidates]


def cover(name: str, first: int, last: int, stand_in: str, role: str = "primary") -> Cover:
    return Cover(name, day(first), day(last), stand_in, "r", role)


def balances(problem: Problem, rota: Rota) -> dict[str, Fraction]:
    return {a.engineer: a.balance for a in accounts(problem, rota) if not a.role}


def test_the_previous_weeks_on_call_comes_first_if_the_team_says_so() -> None:
    (need,) = ill(four(settings={"cover": "previous"}), "B", 9, 20)
    assert (need.start, need.end) == (day(9), day(13)), "no other week is touched"
    assert need.candidates[0].engineer == "A"
    assert need.candidates[0].why == "holds the previous week"


def test_the_next_weeks_on_call_comes_first_if_the_team_says_so() -> None:
    (need,) = ill(four(settings={"cover": "next"}), "B", 9, 13)
    assert names(need)[0] == "C"


def test_otherwise_whoever_rests_then_and_has_done_least() -> None:
    (need,) = ill(four(), "B", 9, 13)
    assert names(need) == ["D", "A", "C"], "A and C have the weeks before and after"
    assert need.candidates[1].but == ("is primary in 2024-W27",)


def test_history_counts_before_the_first_week() -> None:
    problem = four(settings={"cover": "previous"}, history="D")
    (need,) = ill(problem, "A", 0, 6)
    assert names(need)[0] == "D"


def test_the_secondary_comes_first_for_a_primary() -> None:
    problem = build.problem(build.rotation("ABCD", "primary", "secondary"), weeks=2)
    primary, = needs(problem, build.rota(problem, "AC BD"), "A", day(2), day(4))  # fmt: skip
    assert names(primary)[0] == "C"
    secondary, = needs(problem, build.rota(problem, "AC BD"), "C", day(2), day(4))  # fmt: skip
    assert names(secondary)[-1] == "A", "who is primary has a duty already"


def test_who_is_away_on_one_of_the_days_is_no_candidate() -> None:
    problem = four(vacations=(build.away("D", 13),))
    assert names(ill(problem, "B", 9, 13)[0]) == ["A", "C"]
    assert names(ill(problem, "B", 9, 12)[0]) == ["D", "A", "C"], "the vacation begins later"


def test_who_has_not_joined_or_may_not_hold_the_role_is_no_candidate() -> None:
    people = [build.engineer("C", roles=("none",)), build.engineer("D", joined=day(10))]
    assert names(ill(four(engineers=people), "B", 9, 13)[0]) == ["A"]
    assert names(ill(four(engineers=people), "B", 10, 13)[0]) == ["D", "A"]


def test_days_off_of_a_candidate_are_told_and_rank_lower() -> None:
    problem = four(holidays={"D": [10]}, festivals={"A": [("feast", 9, 9)]})
    (need,) = ill(problem, "B", 9, 13)
    assert names(need) == ["C", "D", "A"]
    said = {candidate.engineer: candidate.but for candidate in need.candidates}
    assert "has a public holiday then" in said["D"]
    assert "has an own festival then" in said["A"]


def test_two_duty_weeks_are_two_needs() -> None:
    found = ill(four(), "B", 9, 38)
    assert [(n.duty.week, n.start, n.end) for n in found] == [
        (week(1), day(9), day(13)),
        (week(5), day(35), day(38)),
    ]


def test_nobody_on_duty_needs_no_cover() -> None:
    assert ill(four(), "B", 0, 6) == ()


def test_the_ledger_counts_days() -> None:
    problem = four()
    rota = build.rota(problem, "ABCDABCD")
    covered = replace(problem, covers=(cover("B", 9, 11, "D"),))
    assert balances(covered, rota)["B"] == balances(problem, rota)["B"] - Fraction(3, 7)
    assert balances(covered, rota)["D"] == balances(problem, rota)["D"] + Fraction(3, 7)
    assert sum(balances(covered, rota).values()) == 0


def test_two_covers_in_one_week_leave_the_days_between() -> None:
    problem = replace(four(), covers=(cover("B", 7, 8, "D"), cover("B", 12, 13, "C")))
    rota = build.rota(problem, "ABCDABCD")
    done = {a.engineer: a.done for a in accounts(problem, rota) if not a.role}
    assert done == {
        "A": Fraction(2),
        "B": 2 - Fraction(4, 7),
        "C": 2 + Fraction(2, 7),
        "D": 2 + Fraction(2, 7),
    }
    (need,) = ill(problem, "B", 7, 13)
    assert (need.start, need.end) == (day(9), day(11))
    problem = replace(problem, covers=(cover("B", 9, 10, "D"),))
    assert [(n.start, n.end) for n in ill(problem, "B", 7, 13)] == [
        (day(7), day(8)),
        (day(11), day(13)),
    ]


def test_a_stand_in_who_falls_ill_is_stood_in_for() -> None:
    problem = replace(four(), covers=(cover("B", 9, 13, "D"),))
    (need,) = ill(problem, "D", 11, 13)
    assert need.duty == Duty(week(1), "r", "primary")
    assert "B" not in names(need), "B is who was replaced on those days"
    again = replace(problem, covers=(*problem.covers, need.cover("A")))
    done = {a.engineer: a.done for a in accounts(again, build.rota(again, "ABCDABCD"))}
    assert done["A"] == 2 + Fraction(3, 7)
    assert done["B"] == 2 - Fraction(5, 7)
    assert done["D"] == 2 + Fraction(2, 7)


def test_a_stand_in_of_the_same_days_ranks_below_the_others() -> None:
    problem = build.problem(build.rotation("ABCDEF", "primary", "secondary"), weeks=1)
    problem = replace(problem, covers=(cover("A", 2, 4, "C"),))
    (need,) = needs(problem, build.rota(problem, "AB"), "B", day(2), day(4))
    assert names(need) == ["D", "E", "F", "C"]
    assert need.candidates[-1].but == ("is primary of r then",)


def test_a_cover_satisfies_the_vacation_only_if_every_day_is_covered() -> None:
    problem = four(vacations=(build.away("B", 9, 11, "sick"),))
    assert build.broken(vacation, problem, "ABCDABCD") == [(1, "B")]
    part = replace(problem, covers=(cover("B", 9, 10, "D"),))
    assert build.broken(vacation, part, "ABCDABCD") == [(1, "B")]
    whole = replace(problem, covers=(cover("B", 9, 10, "D"), cover("B", 11, 11, "A")))
    assert build.broken(vacation, whole, "ABCDABCD") == []
    assert check(whole, build.rota(whole, "ABCDABCD")).holds


def test_stand_ins_are_exempt_from_back_to_back_and_shown_under_rest() -> None:
    problem = four()
    covered = replace(problem, covers=(cover("B", 9, 13, "A"),))
    assert build.broken(back_to_back, covered, "ABCDABCD") == []
    assert build.values(rest, problem, "ABCDABCD")[0] == 0
    assert build.values(rest, covered, "ABCDABCD") == [1, 0]


def test_a_re_plan_leaves_a_covered_duty_with_its_holder() -> None:
    published = plan(four()).rota
    ill_b = (build.away("B", 9, 11, "sick"),)
    problem = replace(four(vacations=ill_b), covers=(cover("B", 9, 11, "D"),))
    answer = replan(problem, published, day(-7))
    assert not answer.changes
    assert answer.plan.report.holds
    uncovered = four(vacations=ill_b)
    assert replan(uncovered, published, day(-7)).changes


def test_earlier_covers_count_in_the_next_quarters_ledger() -> None:
    history = build.problem(build.rotation("ABCD"), weeks=4, history="A B C D A B C D")
    stood_in = Cover("B", day(-49), day(-43), "D", "r", "primary")
    problem = replace(history, covers=(stood_in,))
    carried = {a.engineer: a.carried_in for a in accounts(problem, Rota()) if not a.role}
    assert carried == {"A": 0, "B": -1, "C": 0, "D": 1}
    found = plan(problem)
    done = {a.engineer: a.done for a in accounts(problem, found.rota) if not a.role}
    assert done["B"] == 2
    assert done["D"] == 0
    assert all(a.balance == 0 for a in accounts(problem, found.rota))
