"""What the public functions give back: rotas that print well, and turn into frames.

Each wraps what the planner's own rooms found (``plan``, ``answer``, ``report``), unrounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planner.checking.finished_plan import Plan, Proof
from planner.checking.report import Report
from planner.checking.warnings import told_of_other_teams
from planner.domain import Duty, DutyWeek, Rota, Seat, Team
from planner.domain.quarters import Horizon
from planner.planning.replan import Change, Replan
from planner.problem import Problem, ledger
from planner.problem.ledger import Account
from planner.records import dataclass
from planner.reporting.judgements import BREACH, RULE, VALUE, kept, rules_table
from planner.reporting.kinds import BALANCE, DATE, TEXT
from planner.reporting.shapes import PROOF, SUMS, changes_table
from planner.reporting.shown import Shown
from planner.reporting.table import Column, Shape, Table
from planner.wording import amount, day

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, repr=False)
class Result(Shown):
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

    def table(self) -> Table[DutyWeek]:
        """A row a duty week: its dates, and who holds each seat."""

        def holder(seat: Seat) -> Column[DutyWeek]:
            title, kind = self.team.title(seat), replace(TEXT, text=lambda name: name or "–")
            return Column(title, lambda week: self._holder(seat, week), kind, title)

        weeks = Shape[DutyWeek](
            Column("week", lambda week: week.name, TEXT, "week"),
            Column("starts", lambda week: week.first, replace(DATE, text=day), "starts"),
            Column("ends", lambda week: week.last, DATE),
            *map(holder, self.team.seats),
        )
        return Table(weeks, self.weeks)

    def _holder(self, seat: Seat, week: DutyWeek) -> str | None:
        """Who holds a seat; empty text where it is not needed that week."""
        duty = seat.in_week(week)
        return self.rota.holder(duty) if duty in self.problem.duty_index else ""

    def to_frame(self) -> DataFrame:
        """A row a duty week: its dates, and who holds each seat."""
        return self.table().frame(index="week")

    def fairness_frame(self) -> DataFrame:
        """The ledger: a row an engineer and seat, and one with the seat ``all``."""
        who = Shape[Account](
            Column("engineer", lambda line: line.engineer),
            Column("seat", lambda line: self.team.title(line.strand) if line.role else "all"),
        )
        return Table(who + SUMS, ledger.accounts(self.problem, self.rota)).frame()

    def balances_frame(self) -> DataFrame:
        """Each engineer's balance over all seats, as it stands after each week of these."""
        lines = ledger.accounts(self.problem, self.rota)
        running = {line.engineer: line.carried_in for line in lines if not line.role}
        rows: list[tuple[date, dict[str, Fraction]]] = []
        for week in self.weeks:
            duties = [self.duties[n] for n in self.problem.duties_in(week)]
            owed = ledger.owed(self.problem, duties)
            done = ledger.done(self.problem, self.rota, duties)
            running = {name: running[name] + done[name] - owed[name] for name in running}
            rows.append((week.first, running))

        def balance(name: str) -> Column[tuple[date, dict[str, Fraction]]]:
            return Column(name, lambda row: row[1][name], BALANCE)

        starts = Column[tuple[date, dict[str, Fraction]]]("starts", lambda row: row[0], DATE)
        return Table(Shape(starts, *map(balance, running)), rows).frame(index="starts")

    def aims_frame(self) -> DataFrame:
        """A row a part of an aim, in the order in which they count; less is better."""
        return Table(VALUE, self.report.values).frame()

    def breaches_frame(self) -> DataFrame:
        """A row a place where a rule is broken; none for a rota that keeps them all."""
        return Table(BREACH, self.report.breaches).frame()

    def _said(self) -> list[str]:
        return [_rules_said(self.report)]


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
        """Sentences for the team lead to look into."""
        return self.plan.warnings

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences that tell something, with nothing to do about it."""
        return self.plan.remarks

    def aims_frame(self) -> DataFrame:
        """As for any rota, with the best bound on each value and whether that is proven."""
        return Table(PROOF, self.proofs).frame()

    def _said(self) -> list[str]:
        return [_proofs_said(self.proofs), *self.warnings, *self.remarks]


@dataclass(frozen=True, repr=False)
class ReplannedRota(PlannedRota):
    """A published rota, brought up to date. ``answer`` holds it exactly."""

    answer: Replan

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.answer.changes

    def table(self) -> Table[Any]:
        """A row a duty that changes hands: who held it, who holds it now, and why."""
        return changes_table(self.team, self.changes)

    def changes_frame(self) -> DataFrame:
        """The changes as a frame."""
        return self.table().frame()

    def to_frame(self) -> DataFrame:
        """A row a duty week, as for any rota: its dates, and who holds each seat."""
        return super().table().frame(index="week")

    def _said(self) -> list[str]:
        few, all_ = len(self.changes), len(self.duties)
        counted = f"{few} of {all_} duties change."
        proof = self.answer.changes_proof
        if proof.proven and proof.value == few and few:
            counted = f"{few} of {all_} duties change; fewer is proven impossible."
        return [counted, _rules_said(self.report)]


class CheckedRota(Result):
    """What the check makes of any rota, wherever it comes from."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the team lead: what people do for other teams in these weeks."""
        return tuple(told_of_other_teams(self.problem, self.rota))

    def table(self) -> Table[Any]:
        """Every rule, and where it is broken."""
        return rules_table(self.report)

    def to_frame(self) -> DataFrame:
        """A row a rule: whether it holds, and how often it is broken."""
        return Table(RULE, kept(self.report)).frame(index="rule")

    def _said(self) -> list[str]:
        values = [f"{name} {amount(value)}" for name, value in self.values.items()]
        aims = "Aims (less is better): " + ", ".join(values) + "."
        return [*super()._said(), aims, *self.warnings]


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
