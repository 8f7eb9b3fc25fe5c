"""What ``rota replan`` says to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.check import check
from planner.commands.opened import Opened
from planner.commands.saying import aim_name, amount, seat_name
from planner.commands.tables import table, wrapped
from planner.rules import fair_share
from planner.wording import day, days

if TYPE_CHECKING:
    from planner.news import News
    from planner.replanning import Replan


def replan_text(answer: Replan, frozen_from: date | None) -> str:
    """The changes with their reasons, how few they are, and who needs a stand-in."""
    parts = []
    if frozen_from is not None:
        weeks = len(answer.settled.weeks)
        parts.append(f"{weeks} week{_s(weeks)} begun by {day(frozen_from)} stay as published.")
    if answer.changes:
        parts.append(changes_table(answer))
    parts.append(counted(answer))
    parts += [
        wrapped(f"Needs cover: {breach.message}. `rota cover` finds somebody.")
        for breach in answer.needs_cover
    ]
    return "\n\n".join(parts)


def changes_table(answer: Replan) -> str:
    """A row a change."""
    team = answer.plan.problem.team
    rows = [
        [
            change.duty.week.name,
            seat_name(team, change.duty.rotation, change.duty.role),
            change.old or "–",
            change.new or "–",
            change.why,
        ]
        for change in answer.changes
    ]
    return table(["Week", "duty", "old", "new", "why"], rows, "lllll")


def counted(answer: Replan) -> str:
    """``2 of 26 duties change; fewer is proven impossible without losing fairness.``"""
    proof = answer.changes_proof
    few, duties = len(answer.changes), len(answer.plan.problem.duties)
    if not few:
        return "Nothing has to change."
    text = f"{few} of {duties} duties change"
    if proof.value != few:
        return f"{text}, of which {amount(proof.value)} have to."
    if proof.proven:
        return f"{text}; fewer is proven impossible without losing fairness."
    least = amount(proof.bound or Fraction(0))
    return f"{text}; time ran out before it was known whether {least} would do."


def frontier_text(answers: Sequence[Replan]) -> str:
    """What each further change buys: a row an answer, a column an aim that differs."""
    first = answers[0].plan.report.values
    differing = [
        n
        for n in range(len(first))
        if len({answer.plan.report.values[n].value for answer in answers}) > 1
    ]
    if not differing:
        return f"{replan_text(answers[0], None)}\n\nNo further change would serve any aim."
    headings = ["changes", *(aim_name(first[n].aim, first[n].part) for n in differing)]
    rows = [
        [
            str(len(answer.changes)),
            *(amount(answer.plan.report.values[n].value) for n in differing),
        ]
        for answer in answers
    ]
    parts = [table(headings, rows, "r" * len(headings))]
    parts += [
        f"With {len(answer.changes)} changes:\n{changes_table(answer)}"
        for answer in answers
        if answer.changes
    ]
    return "\n\n".join(parts)


def news_text(opened: Opened, news: Sequence[News], exchange: Replan | None) -> list[str]:
    """Facts that change nothing by themselves, what an exchange would cost, typed vacations."""
    said = [wrapped(item.message) for item in news]
    if news and exchange is not None:
        said.append(
            f"An exchange would help; `--spend 2` carries it out:\n{changes_table(exchange)}\n"
            f"{_differences(exchange)}"
        )
    elif news:
        said.append("No exchange of two duties would be better.")
    for vacation in opened.typed:
        when = days(vacation.start, vacation.end)
        said.append(
            wrapped(
                f"{vacation.engineer} is away {when} ({vacation.source}), which vacations.csv "
                "does not say; `rota replan --append` writes it there."
            )
        )
    return said


def _differences(exchange: Replan) -> str:
    """How the aims' values differ before and after an exchange."""
    problem = exchange.plan.problem
    before = {(v.aim, v.part): v.value for v in check(problem, exchange.published).values}
    parts = []
    for value in exchange.plan.report.values:
        old = before[value.aim, value.part]
        if old != value.value:
            name = aim_name(value.aim, value.part)
            parts.append(f"{name} {amount(old)} → {amount(value.value)}")
    fairness = fair_share.NAME not in " ".join(parts)
    same = ["fair share unchanged"] if fairness and fair_share.NAME in problem.team.aims else []
    return wrapped("; ".join([*parts, *same]) + ".")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
