"""Days off, and why somebody holds a duty, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.checking.clash import said
from planner.domain.quarters import week_of
from planner.problem import Problem
from planner.publicholidays import festival_name
from planner.records import dataclass
from planner.reporting.kinds import AMOUNT, DATE, FLAG, TEXT, maybe
from planner.reporting.shown import Shown
from planner.reporting.table import Column, Shape, Table
from planner.wording import aim_name, amount, day

if TYPE_CHECKING:
    from planner.planning.why import Answer


@dataclass(frozen=True, order=True)
class DayOff:
    """A public holiday or own festival of an engineer."""

    date: date
    week: str
    engineer: str
    region: str
    kind: str
    name: str
    estimated: bool


POINT = "  - "

DAY_OFF = Shape[DayOff](
    Column("date", lambda off: off.date, replace(DATE, text=day), "date"),
    Column("week", lambda off: off.week, TEXT, "week"),
    Column("engineer", lambda off: off.engineer, TEXT, "engineer"),
    Column("region", lambda off: off.region, TEXT, "region"),
    Column("kind", lambda off: off.kind, TEXT, "kind"),
    Column("name", lambda off: off.name),
    Column(
        "said",
        lambda off: off.name + (" (estimated)" if off.estimated else ""),
        TEXT,
        "name",
        json=False,
        frame=False,
    ),
    Column("estimated", lambda off: off.estimated, FLAG),
)


def days_off_of(problem: Problem) -> Iterator[DayOff]:
    """Every public holiday and own festival of the team's engineers in the problem's weeks."""

    def note(when: date, name: str, kind: str, label: str, estimated: bool) -> Iterator[DayOff]:
        if problem.horizon.first <= when <= problem.horizon.last:
            week = week_of(when, problem.team.handover_weekday)
            region = str(problem.team.engineer(name).at(week).region)
            yield DayOff(when, week.name, name, region, kind, label, estimated)

    for engineer in problem.engineers:
        for holiday in problem.days_off.holidays.get(engineer.name, ()):
            yield from note(holiday.day, engineer.name, "holiday", holiday.name, holiday.estimated)
        for time in problem.days_off.festivals.get(engineer.name, ()):
            for when in time.days:
                label = festival_name(time.festival)
                yield from note(when, engineer.name, "festival", label, time.estimated)


def reasons_shape(problem: Problem) -> Shape[Answer]:
    """A row an answer: who holds the duty, about whom it is asked, and why (not)."""
    return Shape(
        Column("week", lambda a: a.duty.week.name, TEXT, "week"),
        Column("seat", lambda a: problem.team.title(a.duty.seat), TEXT, "seat"),
        Column("holder", lambda a: a.holder or "–", TEXT, "held by"),
        Column("engineer", lambda a: a.engineer or "anybody", TEXT, "asked about"),
        Column("verdict", lambda a: a.verdict),
        Column("aim", lambda a: a.difference.aim if a.difference else ""),
        Column("amount", _worse, maybe(AMOUNT)),
        Column("why", lambda a: _why(problem, a), TEXT, "why"),
    )


def _worse(answer: Answer) -> object:
    found = answer.difference
    return found.instead - found.published if found else None


def _why(problem: Problem, answer: Answer) -> str:
    if answer.verdict == "holds":
        return "holds the duty already"
    lead, *facts = verdict_said(problem, answer)
    return " ".join([lead, "; ".join(fact.removeprefix(POINT) for fact in facts)]).strip()


def verdict_said(problem: Problem, answer: Answer, changed: bool = False) -> list[str]:
    """The verdict in words; ``changed`` if the rota is no longer as it was first published."""
    other = answer.engineer != answer.holder
    named = f"with {answer.engineer or 'somebody of the team'} there"
    there = named if other else f"without {answer.holder} there"
    found = answer.difference
    if answer.verdict == "impossible" and answer.clash is not None:
        who = f"{answer.engineer} cannot" if answer.engineer else "Nobody can"
        lead = f"{who}:" if other else f"Nobody but {answer.holder} can:"
        return [lead, *(f"{POINT}{fact}" for fact in said(problem, answer.clash.members))]
    if answer.verdict == "impossible":
        return [f"No rota keeps the rules {there}; time ran out before it was clear which."]
    if answer.verdict == "worse" and found is not None:
        most = "" if found.proven else "at most "
        return [
            f"{there[0].upper()}{there[1:]}, {aim_name(found.aim, found.part)} would get worse by "
            f"{most}{amount(found.amount)} ({amount(found.instead)} instead of "
            f"{amount(found.published)}), and no aim before it better."
        ]
    if answer.verdict == "better" and found is not None:
        aim, less = aim_name(found.aim, found.part), amount(found.amount)
        if changed:
            return [
                f"It has stayed as published, which spares people a change: {there}, {aim} could "
                f"be better by {less}, and more duties would move. `rota replan --trade-off` "
                "lists what further changes would buy."
            ]
        return [f"Nothing but the published rota: {there}, {aim} could even be better by {less}."]
    if answer.verdict == "equal":
        return [f"Nothing but the published rota: {there}, another is as good in every aim."]
    return ["Time ran out before this was known; raise the time limit."]


@dataclass(frozen=True, repr=False)
class DaysOffTable(Shown):
    """Public holidays and own festivals of each engineer in some weeks."""

    problem: Problem

    def table(self) -> Table[DayOff]:
        """A row a day off of an engineer: ``kind`` is ``holiday`` or ``festival``."""
        return Table(DAY_OFF, sorted(days_off_of(self.problem)))

    def _title(self) -> str:
        return f"{self.problem.team.name} · {self.problem.horizon.label} · days off"


@dataclass(frozen=True, repr=False)
class Reasons(Shown):
    """Why people hold the duties of a week, or why somebody else does not; a row a duty.

    ``answers`` hold the verdicts, the clashing facts and the differences exactly.
    """

    problem: Problem
    answers: tuple[Answer, ...]

    def table(self) -> Table[Answer]:
        """``verdict`` is that of the answer; ``amount`` is by how much ``aim`` would be worse."""
        return Table(reasons_shape(self.problem), self.answers)
