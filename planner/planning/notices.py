"""What is new since a rota was published and changes nothing by itself, and whom it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from planner.domain import Duty, PublicHoliday
from planner.domain.quarters import week_of
from planner.planning.replan import Replan
from planner.problem import Problem, ledger
from planner.records import dataclass
from planner.rules.wishes import is_refused
from planner.wording import day, from_file


@dataclass(frozen=True, slots=True)
class News:
    """One fact that breaks no rule, but that somebody should know of.

    ``duty`` is the one that it speaks against, if it does speak against one.
    """

    engineer: str
    message: str
    duty: Duty | None = None


def news(
    answer: Replan,
    known_holidays: Mapping[str, Collection[str]],
    known_wishes: Collection[tuple[str, str, str]],
) -> tuple[News, ...]:
    """Holidays and wishes that the published rota did not know of and that it goes against.

    ``known_holidays`` are ISO dates by engineer, ``known_wishes`` (engineer, week, on or off); an
    engineer without known dates is new, or the workbook remembers nothing: then nothing is news.
    """
    return (*_holidays(answer, known_holidays), *_wishes(answer, known_wishes))


def _holidays(answer: Replan, known: Mapping[str, Collection[str]]) -> Iterator[News]:
    problem, rota = answer.plan.problem, answer.plan.rota
    for engineer in problem.engineers:
        holidays = problem.days_off.holidays.get(engineer.name, ())
        new = {h.day: h for h in holidays if h.day.isoformat() not in known.get(engineer.name, ())}
        if engineer.name in known:
            for duty, when in ledger.dates_done(problem, rota, engineer.name):
                if when in new:
                    said = _said(problem, engineer.name, new[when])
                    role = f"{duty.role} of {duty.rotation} in {duty.week}"
                    covering = rota.holder(duty) != engineer.name
                    verb = "stands in as" if covering else "is"
                    message = f"{said}: {engineer.name} {verb} {role}."
                    yield News(engineer.name, message, None if covering else duty)


def _said(problem: Problem, engineer: str, holiday: PublicHoliday) -> str:
    week = week_of(holiday.day, problem.team.handover_weekday)
    region = problem.team.engineer(engineer).at(week).region
    estimated = " (estimated)" if holiday.estimated else ""
    name = holiday.name or "a public holiday"
    return f"{day(holiday.day)} is now {name}{estimated} in {region}"


def _wishes(answer: Replan, known: Collection[tuple[str, str, str]]) -> Iterator[News]:
    problem, rota = answer.plan.problem, answer.plan.rota
    for wish in problem.wishes:
        new = (wish.engineer, wish.week.name, wish.wish) not in known
        if new and wish.week in problem.weeks and is_refused(wish, rota):
            hope = "not to be on call" if wish.wish == "off" else "to be on call"
            wishes = f"{wish.engineer} now wishes {hope} in {wish.week}{from_file(wish.source)}"
            message = f"{wishes}; they are still"
            end = " on call." if wish.wish == "off" else " not."
            held = [duty for duty in rota.duties_of(wish.engineer) if duty.week == wish.week]
            yield News(wish.engineer, message + end, held[0] if held else None)
