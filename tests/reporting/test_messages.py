"""What each person is told of a re-plan, in their own words and dates, and about nobody else."""

from __future__ import annotations

from dataclasses import replace

from planner.domain import Limit, Rota
from planner.planning.plan import plan
from planner.planning.replan import replan
from planner.problem import Problem
from planner.reporting.messages import messages
from tests import build


def four(**facts: object) -> Problem:
    return build.problem(build.rotation("ABCD"), weeks=8, **facts)  # type: ignore[arg-type]


def told(problem: Problem, published: Rota, spend: int = 0) -> dict[str, str]:
    answers = [replan(problem, published, spend=spend)]
    return {message.engineer: message.text for message in messages(answers)}


def test_who_is_away_is_told_what_goes_and_comes_and_with_whom_it_is_exchanged() -> None:
    published = plan(four(settings={"cover": "next"})).rota
    problem = four(settings={"cover": "next"}, vacations=(build.away_week("B", 1),))
    said = told(problem, published)
    assert said.keys() == {"B", "C"}
    assert said["B"] == (
        "B, your on-call weeks of Team have changed.\n"
        "No longer yours:\n"
        "• 2024-W28, Mon 8 Jul 10:00 – Mon 15 Jul 10:00, primary: you are away Mon 8 Jul – "
        "Sun 14 Jul; in exchange with C\n"
        "Yours now:\n"
        "• 2024-W29, Mon 15 Jul 10:00 – Mon 22 Jul 10:00, primary: in exchange with C\n"
        "Your weeks from now on: 2024-W29 (Mon 15 Jul), 2024-W32 (Mon 5 Aug)."
    )
    assert "whoever had it is away; in exchange with B" in said["C"]
    assert "8 Jul – Sun" not in said["C"], "when B is away is not for C to know"


def test_whoever_takes_a_leavers_weeks_hears_neither_a_name_nor_a_reason() -> None:
    published = plan(four()).rota
    gone = build.engineer("B", left=build.day(4))
    said = told(four(engineers=[gone]), published)
    assert "you are not on the team then" in said["B"]
    assert said["B"].endswith("You have no further week.")
    takers = [text for name, text in said.items() if name != "B"]
    assert takers
    for text in takers:
        assert "whoever had it is not on the team then" in text
        assert " B" not in text.removeprefix("B")


def test_nobody_is_told_anything_where_nothing_changes() -> None:
    assert told(four(), plan(four()).rota) == {}


def test_several_rotas_make_one_message_a_person() -> None:
    problem = four(vacations=(build.away_week("B", 1),))
    later = replace(problem, team=replace(problem.team, vacations=(build.away_week("A", 4),)))
    published = plan(four()).rota
    both = [replan(each, published) for each in (problem, later)]
    names = [message.engineer for message in messages(both)]
    assert names == sorted(set(names))
    assert {"A", "B"} <= set(names)


def test_a_rule_without_words_for_people_is_named() -> None:
    said = told(four(), build.rota(four(), "A A B C D B C D"))
    assert "Mon 15 Jul 10:00, primary: the rule “back-to-back” did not hold" in said["A"]


def test_a_rule_that_breaks_in_another_week_is_the_reason_all_the_same() -> None:
    problem = four(settings={"limits": (Limit("primary", 2),)})
    said = told(problem, build.rota(problem, "A B A C A D B D"))
    assert "the rule “limits” did not hold" in said["A"]
