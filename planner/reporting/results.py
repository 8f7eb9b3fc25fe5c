"""What the public functions give back: rotas that print well, and turn into frames.

Each wraps what the planner's own rooms found (``plan``, ``answer``, ``report``), unrounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.checking import Report
from planner.checking.finished import Plan, Proof
from planner.domain import Duty, DutyWeek, Rota, Team
from planner.domain.quarters import Horizon, week_of
from planner.planning.replan import Change, Replan
from planner.problem import Problem, ledger
from planner.reporting.html import colours, page, table
from planner.rules import RULES
from planner.wording import day, days

if TYPE_CHECKING:
    from planner.planning.why import Answer
    from planner.reporting.frames import Frame

Rows = list[list[object]]
_WHY = ("week", "seat", "held by", "asked about", "why")
_LEDGER = ("engineer", "seat", "carried_in", "owed", "done", "balance")


@dataclass(frozen=True, repr=False)
class Result:
    """A rota, the problem that it answers, and the report of the check on both."""

    problem: Problem
    rota: Rota
    report: Report

    @property
    def team(self) -> Team:
        return self.problem.team

    @property
    def horizon(self) -> Horizon:
        return self.problem.horizon

    @property
    def weeks(self) -> tuple[DutyWeek, ...]:
        return self.problem.weeks

    @property
    def duties(self) -> tuple[Duty, ...]:
        return self.problem.duties

    @property
    def holds(self) -> bool:
        """Whether no rule is broken."""
        return self.report.holds

    @property
    def values(self) -> dict[str, Fraction]:
        """Each part of each aim, as ``"rest"`` or ``"fair-share: primary"``, exactly."""
        several = _parts([value.aim for value in self.report.values])
        return {_aim(value.aim, value.part, several): value.value for value in self.report.values}

    def to_frame(self) -> Frame:
        """A row a duty week: its dates, and who holds each seat."""
        from planner.reporting.frames import frame

        columns = ["week", "starts", "ends", *map(self.team.title, self.team.seats)]
        rows: Rows = [
            [week.name, week.first, week.last, *self._holders(week)] for week in self.weeks
        ]
        return frame(columns, rows, index="week")

    def fairness_frame(self) -> Frame:
        """The ledger: a row an engineer and seat, and one with the seat ``all``."""
        from planner.reporting.frames import frame

        rows: Rows = [
            [
                line.engineer,
                self.team.title(line.seat) if line.role else "all",
                line.carried_in,
                line.owed,
                line.done,
                line.balance,
            ]
            for line in ledger.accounts(self.problem, self.rota)
        ]
        return frame(_LEDGER, rows)

    def balances_frame(self) -> Frame:
        """Each engineer's balance over all seats, as it stands after each week of these."""
        from planner.reporting.frames import frame

        names = [engineer.name for engineer in self.team.engineers]
        running = {
            line.engineer: line.carried_in
            for line in ledger.accounts(self.problem, self.rota)
            if not line.role
        }
        rows: Rows = []
        for week in self.weeks:
            duties = [self.duties[n] for n in self.problem.duties_in(week)]
            owed = ledger.owed(self.problem, duties)
            done = ledger.done(self.problem, self.rota, duties)
            running = {name: running[name] + done[name] - owed[name] for name in names}
            rows.append([week.first, *(running[name] for name in names)])
        return frame(["starts", *names], rows, index="starts")

    def aims_frame(self) -> Frame:
        """A row a part of an aim, in the order in which they count; less is better."""
        from planner.reporting.frames import frame

        rows: Rows = [[value.aim, value.part, value.value] for value in self.report.values]
        return frame(["aim", "part", "value"], rows)

    def breaches_frame(self) -> Frame:
        """A row a place where a rule is broken; none for a rota that keeps them all."""
        from planner.reporting.frames import frame

        rows: Rows = [
            [breach.rule, breach.week.name if breach.week else "", breach.engineer, breach.message]
            for breach in self.report.breaches
        ]
        return frame(["rule", "week", "engineer", "message"], rows)

    def __repr__(self) -> str:
        headings, rows = self._table()
        return "\n".join([self._title(), "", *_columns(headings, rows), "", *self._said()])

    def _repr_html_(self) -> str:
        fills = colours([engineer.name for engineer in self.team.engineers])
        return page(self._title(), self._said(), table(*self._table(), fills))

    def _title(self) -> str:
        when = days(self.horizon.first, self.horizon.last)
        return f"{self.team.name} · {self.horizon.label} · {when} {self.horizon.last.year}"

    def _table(self) -> tuple[list[str], list[list[str]]]:
        seats = map(self.team.title, self.team.seats)
        rows = [
            [week.name, day(week.first), *(holder or "–" for holder in self._holders(week))]
            for week in self.weeks
        ]
        return ["week", "starts", *seats], rows

    def _said(self) -> list[str]:
        return [_rules_said(self.report)]

    def _holders(self, week: DutyWeek) -> list[str | None]:
        """Who holds each seat; empty text where the seat is not needed that week."""
        return [
            self.rota.holder(duty) if duty in self.problem.duty_index else ""
            for duty in (seat.in_week(week) for seat in self.team.seats)
        ]


@dataclass(frozen=True, repr=False)
class PlannedRota(Result):
    """A rota that a solver found: each aim's value has a bound. ``plan`` holds it exactly."""

    plan: Plan

    @property
    def proofs(self) -> tuple[Proof, ...]:
        return self.plan.proofs

    @property
    def proven(self) -> bool:
        """Whether every aim is proven to be as good as it can be, in the team's order."""
        return self.plan.proven

    @property
    def seconds(self) -> float:
        """How long solving took."""
        return self.plan.seconds

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the team lead."""
        return self.plan.warnings

    def aims_frame(self) -> Frame:
        """As for any rota, with the best bound on each value and whether that is proven."""
        from planner.reporting.frames import frame

        rows: Rows = [
            [proof.aim, proof.part, proof.value, proof.bound, proof.proven] for proof in self.proofs
        ]
        return frame(["aim", "part", "value", "bound", "proven"], rows)

    def _said(self) -> list[str]:
        return [_proofs_said(self.proofs), *self.warnings]


@dataclass(frozen=True, repr=False)
class ReplannedRota(PlannedRota):
    """A published rota, brought up to date. ``answer`` holds it exactly."""

    answer: Replan

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.answer.changes

    def changes_frame(self) -> Frame:
        """A row a duty that changes hands: who held it, who holds it now, and why."""
        from planner.reporting.frames import frame

        rows: Rows = [list(row) for row in self._changes()]
        return frame(["week", "seat", "old", "new", "why"], rows)

    def _changes(self) -> list[list[str]]:
        return [
            [
                change.duty.week.name,
                self.team.title(change.duty.seat),
                change.old or "–",
                change.new or "–",
                change.why,
            ]
            for change in self.changes
        ]

    def _table(self) -> tuple[list[str], list[list[str]]]:
        return ["week", "seat", "old", "new", "why"], self._changes()

    def _said(self) -> list[str]:
        few, all_ = len(self.changes), len(self.duties)
        counted = f"{few} of {all_} duties change."
        proof = self.answer.changes_proof
        if proof.proven and proof.value == few and few:
            counted = f"{few} of {all_} duties change; fewer is proven impossible."
        return [counted, _rules_said(self.report)]


class CheckedRota(Result):
    """What the check makes of any rota, wherever it comes from."""

    def to_frame(self) -> Frame:
        """A row a rule: whether it holds, and how often it is broken."""
        from planner.reporting.frames import frame

        rows: Rows = []
        for rule in RULES:
            broken = len(self.report.breaches_of(rule.NAME))
            rows.append([rule.NAME, not broken, broken])
        return frame(["rule", "holds", "broken"], rows, index="rule")

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = []
        for rule in RULES:
            messages = [breach.message for breach in self.report.breaches_of(rule.NAME)]
            rows.append([rule.NAME, "BROKEN" if messages else "OK", *(messages[:1] or [""])])
            rows += [["", "", message] for message in messages[1:]]
        return ["rule", "", "where"], rows

    def _said(self) -> list[str]:
        values = [f"{name} {_amount(value)}" for name, value in self.values.items()]
        return [*super()._said(), "Aims (less is better): " + ", ".join(values) + "."]


@dataclass(frozen=True, repr=False)
class DaysOffTable:
    """Public holidays and own festivals of each engineer in some weeks."""

    problem: Problem

    def to_frame(self) -> Frame:
        """A row a day off of an engineer: ``kind`` is ``holiday`` or ``festival``."""
        from planner.reporting.frames import frame

        rows: Rows = [list(row) for row in self._days()]
        columns = ["date", "week", "engineer", "region", "kind", "name", "estimated"]
        return frame(columns, rows)

    def _days(self) -> list[tuple[date, str, str, str, str, str, bool]]:
        from planner.publicholidays import festival_name

        problem = self.problem
        found: list[tuple[date, str, str, str, str, str, bool]] = []

        def note(when: date, name: str, kind: str, label: str, estimated: bool) -> None:
            if problem.horizon.first <= when <= problem.horizon.last:
                week = week_of(when, problem.team.handover_weekday).name
                region = str(problem.team.engineer(name).region)
                found.append((when, week, name, region, kind, label, estimated))

        for engineer in problem.engineers:
            for holiday in problem.days_off.holidays.get(engineer.name, ()):
                note(holiday.day, engineer.name, "holiday", holiday.name, holiday.estimated)
            for time in problem.days_off.festivals.get(engineer.name, ()):
                for when in time.days:
                    label = festival_name(time.festival)
                    note(when, engineer.name, "festival", label, time.estimated)
        return sorted(found)

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = [
            [day(when), week, name, region, kind, label + (" (estimated)" if unsure else "")]
            for when, week, name, region, kind, label, unsure in self._days()
        ]
        return ["date", "week", "engineer", "region", "kind", "name"], rows

    def _title(self) -> str:
        return f"{self.problem.team.name} · {self.problem.horizon.label} · days off"

    def __repr__(self) -> str:
        return "\n".join([self._title(), "", *_columns(*self._table())])

    def _repr_html_(self) -> str:
        fills = colours([engineer.name for engineer in self.problem.team.engineers])
        return page(self._title(), [], table(*self._table(), fills))


@dataclass(frozen=True, repr=False)
class Reasons:
    """Why people hold the duties of a week, or why somebody else does not; a row a duty.

    ``answers`` hold the verdicts, the clashing facts and the differences exactly.
    """

    problem: Problem
    answers: tuple[Answer, ...]

    def to_frame(self) -> Frame:
        """``verdict`` is that of the answer; ``amount`` is by how much ``aim`` would be worse."""
        from planner.reporting.frames import frame

        rows: Rows = []
        for answer, (week, seat, holder, engineer, why) in zip(
            self.answers, self._rows(), strict=True
        ):
            found = answer.difference
            lost = (found.aim, found.instead - found.published) if found else ("", None)
            rows.append([week, seat, holder, engineer, answer.verdict, *lost, why])
        columns = ["week", "seat", "holder", "engineer", "verdict", "aim", "amount", "why"]
        return frame(columns, rows)

    def _rows(self) -> list[list[str]]:
        return [
            [
                answer.duty.week.name,
                self.problem.team.title(answer.duty.seat),
                answer.holder or "–",
                answer.engineer or "anybody",
                self._why(answer),
            ]
            for answer in self.answers
        ]

    def _why(self, answer: Answer) -> str:
        from planner.checking.clash import said

        found = answer.difference
        if answer.verdict == "holds":
            return "holds the duty already"
        if answer.verdict == "impossible" and answer.clash is not None:
            return "; ".join(said(self.problem, answer.clash.members))
        if answer.verdict == "worse" and found is not None:
            most = "" if found.proven else "at most "
            return f"{found.aim} would get worse by {most}{_amount(found.amount)} ({found.part})"
        if answer.verdict in ("equal", "better"):
            return "nothing but the published rota"
        return "time ran out before it was known"

    def __repr__(self) -> str:
        return "\n".join(_columns(_WHY, self._rows()))

    def _repr_html_(self) -> str:
        fills = colours([engineer.name for engineer in self.problem.team.engineers])
        return table(_WHY, self._rows(), fills)


def _rules_said(report: Report) -> str:
    if report.holds:
        return "Every rule holds."
    count = len(report.breaches)
    return f"Rules are broken in {count} place{'' if count == 1 else 's'}."


def _proofs_said(proofs: Sequence[Proof]) -> str:
    open_ = [proof for proof in proofs if not proof.proven]
    if not open_:
        return "Every rule holds, and every aim is proven to be as good as it can be."
    several = _parts([proof.aim for proof in proofs])
    names = ", ".join(_aim(proof.aim, proof.part, several) for proof in open_)
    return f"Every rule holds. Not proven to be as good as it can be: {names}."


def _parts(aims: Sequence[str]) -> set[str]:
    """The aims that have several parts."""
    return {aim for aim in aims if aims.count(aim) > 1}


def _aim(aim: str, part: str, several: set[str]) -> str:
    return f"{aim}: {part}" if aim in several else aim


def _amount(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Text in columns, two blanks apart."""
    cells = [headings, *rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def planned(plan: Plan) -> PlannedRota:
    """A plan as a result."""
    return PlannedRota(plan.problem, plan.rota, plan.report, plan)


def replanned(answer: Replan) -> ReplannedRota:
    """A re-plan as a result."""
    plan = answer.plan
    return ReplannedRota(plan.problem, plan.rota, plan.report, plan, answer)
