"""What is new and changes nothing by itself: holidays and wishes, and whom they concern."""

from __future__ import annotations

from dataclasses import replace

from planner.domain import Cover, DaysOff, PublicHoliday
from planner.planning.notices import News, news
from planner.planning.replan import Replan, replan
from planner.problem import Problem
from tests import build
from tests.build import day

NOTHING_KNOWN: dict[str, list[str]] = {"A": [], "B": [], "C": [], "D": []}


def four(**facts: object) -> Problem:
    return build.problem(build.rotation("ABCD"), weeks=4, **facts)  # type: ignore[arg-type]


def kept(problem: Problem, text: str = "ABCD") -> Replan:
    return replan(problem, build.rota(problem, text))


def said(found: tuple[News, ...]) -> list[str]:
    return [item.message for item in found]


def test_a_new_holiday_in_a_duty_week_concerns_who_is_on_duty() -> None:
    answer = kept(four(holidays={"A": [8], "B": [8, 22]}))
    (item,) = news(answer, NOTHING_KNOWN, ())
    assert item.engineer == "B"
    assert item.message == "Tue 9 Jul is now holiday in MY/KUL: B is primary of r in 2024-W28."
    assert item.duty is not None
    assert item.duty.week == build.week(1)


def test_a_holiday_that_was_known_is_no_news() -> None:
    answer = kept(four(holidays={"B": [8]}))
    assert news(answer, NOTHING_KNOWN | {"B": ["2024-07-09"]}, ()) == ()


def test_nothing_is_news_where_nothing_is_remembered() -> None:
    answer = kept(four(holidays={"B": [8]}))
    assert news(answer, {}, ()) == ()
    assert news(answer, {"A": []}, ()) == (), "B is new to the team"


def test_an_estimated_holiday_is_said_to_be_one() -> None:
    problem = four()
    days_off = DaysOff(
        problem.days_off.first,
        problem.days_off.last,
        {"B": (PublicHoliday(day(8), "Hari Raya", estimated=True),)},
    )
    (text,) = said(news(kept(replace(problem, days_off=days_off)), NOTHING_KNOWN, ()))
    assert text.startswith("Tue 9 Jul is now Hari Raya (estimated) in MY/KUL")


def test_a_stand_in_is_who_works_the_holiday() -> None:
    problem = four(holidays={"B": [8], "D": [8]})
    problem = replace(problem, covers=(Cover("B", day(8), day(9), "D", "r", "primary"),))
    (item,) = news(kept(problem), NOTHING_KNOWN, ())
    assert item.message.endswith("D stands in as primary of r in 2024-W28.")
    assert item.duty is None, "there is nothing that D could exchange"


def test_new_wishes_that_the_rota_goes_against() -> None:
    wishes = (build.wish("A", 0), build.wish("B", 0), build.wish("C", 0, "on"))
    found = news(kept(four(wishes=wishes)), NOTHING_KNOWN, ())
    assert said(found) == [
        "A now wishes not to be on call in 2024-W27; they are still on call.",
        "C now wishes to be on call in 2024-W27; they are still not.",
    ]
    assert found[0].duty is not None
    assert found[1].duty is None


def test_wishes_that_were_known_or_lie_elsewhere_are_no_news() -> None:
    wishes = (build.wish("A", 0), build.wish("A", 9))
    known = [("A", "2024-W27", "off")]
    assert news(kept(four(wishes=wishes)), NOTHING_KNOWN, known) == ()
