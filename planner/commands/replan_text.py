"""What ``rota replan`` and ``rota swap`` say to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.checking.report import check
from planner.domain import Team, Vacation
from planner.reporting import shapes
from planner.reporting.terminal import table, wrapped
from planner.rules import fair_share
from planner.wording import aim_name, amount, day, days, signed

if TYPE_CHECKING:
    from planner.planning.exchange import Exchange, Move
    from planner.planning.notices import News
    from planner.planning.replan import Replan
    from planner.planning.trade_offs import Mend, Owed
    from planner.reporting.messages import Message


IF_DONE = "If they did swap, write so into the rota."


def replan_text(answer: Replan) -> str:
    """The changes with their reasons, how few they are, and who needs a stand-in."""
    parts = []
    if answer.changes:
        parts += [changes_table(answer), effect(answer)]
    parts.append(counted(answer))
    for breach in answer.needs_cover:
        away = breach.week and answer.plan.problem.team.away(breach.engineer, breach.week)
        what = "`rota cover` finds somebody" if away else "Edit the rota"
        parts.append(wrapped(f"Needs cover: {breach.message}. {what}."))
    parts += [
        wrapped(f"Too late to change, the week has begun: {breach.message}. {IF_DONE}")
        for breach in answer.overtaken
    ]
    return "\n\n".join(parts)


def frozen_text(answer: Replan, frozen_from: date) -> str:
    """How many weeks have begun."""
    weeks = len(answer.settled.weeks)
    stay = "week begun by {} stays" if weeks == 1 else "weeks begun by {} stay"
    return f"{weeks} {stay.format(day(frozen_from))} as published."


def changes_table(answer: Replan) -> str:
    """A row a change."""
    return shapes.changes_table(answer.plan.problem.team, answer.changes).text()


def effect(answer: Replan) -> str:
    """What the changes do to the aims: ``rest 5 → 6; fair share unchanged.``"""
    problem = answer.plan.problem
    before = {(v.aim, v.part): v.value for v in check(problem, answer.published).values}
    parts, differing = [], set()
    for value in answer.plan.report.values:
        old = before[value.aim, value.part]
        if old != value.value:
            differing.add(value.aim)
            name = aim_name(value.aim, value.part)
            parts.append(f"{name} {amount(old)} → {amount(value.value)}")
    if fair_share.NAME in problem.team.aims and fair_share.NAME not in differing:
        parts.append("fair share unchanged")
    return wrapped("; ".join(parts) + "." if parts else "No aim gets better or worse.")


def counted(answer: Replan) -> str:
    """``2 of 26 duties change; fewer is proven impossible without losing fairness.``"""
    proof = answer.changes_proof
    few = sum(change.duty in answer.plan.problem.duty_index for change in answer.changes)
    duties = len(answer.plan.problem.duties)
    if not few:
        return f"Nothing {'else ' if answer.changes else ''}has to change."
    text = f"{few} of {duties} duties change{'s' if few == 1 else ''}"
    if not proof.value:
        return f"{text}; none had to."
    if proof.value != few:
        return f"{text}, of which {amount(proof.value)} must."
    if proof.proven:
        return f"{text}; fewer is proven impossible without losing fairness."
    least = amount(proof.bound or Fraction(0))
    return f"{text}; time ran out before it was known whether {least} would do."


def alternatives_text(answers: Sequence[Replan]) -> str:
    """One answer after the other, and in which aims they differ."""
    parts = []
    for number, answer in enumerate(answers, start=1):
        parts += [f"Answer {number}:", replan_text(answer)]
    if len(answers) == 1:
        parts.append("There is no other answer with as few changes.")
    else:
        parts.append(_compared("answer", [str(n + 1) for n in range(len(answers))], answers))
    return "\n\n".join(filter(None, parts))


def frontier_text(answers: Sequence[Replan]) -> str:
    """What each further change buys: a row an answer, a column an aim that differs."""
    compared = _compared("changes", [str(len(answer.changes)) for answer in answers], answers)
    if not compared:
        return f"{replan_text(answers[0])}\n\nNo further change would serve any aim."
    parts = [compared]
    for answer in answers:
        few = len(answer.changes)
        if few:
            parts.append(f"With {few} change{'' if few == 1 else 's'}:\n{changes_table(answer)}")
    parts.append("`--spend` with the number of further changes carries one of them out.")
    return "\n\n".join(parts)


def _compared(heading: str, names: Sequence[str], answers: Sequence[Replan]) -> str:
    """The aims in which answers differ; empty if there is none."""
    reports = [answer.plan.report.values for answer in answers]
    differing = [n for n, column in enumerate(zip(*reports, strict=True)) if len(set(column)) > 1]
    if not differing:
        return ""
    headings = [heading, *(aim_name(reports[0][n].aim, reports[0][n].part) for n in differing)]
    rows = [
        [name, *(amount(values[n].value) for n in differing)]
        for name, values in zip(names, reports, strict=True)
    ]
    return table(headings, rows, "r" * len(headings))


def news_text(
    answer: Replan,
    news: Sequence[News],
    best: Sequence[Exchange | None],
    relief: Replan | None,
) -> list[str]:
    """Facts that change nothing by themselves, and what an exchange would cost."""
    team = answer.plan.problem.team
    said = []
    for item, exchange in zip(news, best, strict=True):
        said.append(wrapped(item.message))
        if item.duty is not None and exchange is not None:
            who = f'--engineer "{item.engineer}" --week {item.duty.week}'
            moves, cost = moves_text(team, exchange), differences_text(exchange)
            text = f"The best exchange is {moves}: {cost}. `rota swap {who}` lists all."
            said[-1] += "\n" + wrapped(text)
        elif item.duty is not None and item.duty not in answer.settled:
            said[-1] += "\nNo exchange would keep every rule."
    if relief is not None:
        said.append(f"`--spend 2` would carry this out:\n{changes_table(relief)}\n{effect(relief)}")
    return said


def further_text(team: Team, owed: Sequence[Owed], mend: Mend | None, spent: int) -> list[str]:
    """Whom one more change would help, and how few would mend rest and spacing."""
    said = [wrapped(_owed_text(team, one, spent)) for one in owed]
    if mend is not None:
        few = mend.further
        more = "One change" if few == 1 else f"{few} changes"
        said.append(
            wrapped(
                f"Duties come closer together than before. {more} more, `--spend {spent + few}`, "
                f"would {'mend' if mend.whole else 'make up for'} that:"
            )
            + f"\n{changes_table(mend.answer)}\n{effect(mend.answer)}"
        )
    return said


def _owed_text(team: Team, owed: Owed, spent: int) -> str:
    """``Esra has no duty; `--spend 1` takes fair share from 2.62 to 0.12.``"""
    new = f", who joins on {day(owed.joined)}," if owed.joined is not None else ""
    who = f"{owed.engineer}{new}"
    if owed.held:
        has = f"{who} has {owed.held} dut{'y' if owed.held == 1 else 'ies'}"
    else:
        has = f"{who} has no duty"
    has += f", {amount(owed.short)} less than a fair share"
    part = "" if owed.before.part == "all roles together" else f" ({owed.before.part})"
    buys = f"fair share{part} from {amount(owed.before.value)} to {amount(owed.after.value)}"
    if owed.best:
        return f"{has}; `--spend {spent + 1}` takes {buys}."
    several = len({move.duty.seat for move in owed.moves}) > 1
    moves = ", ".join(_move_said(team, move, several) for move in owed.moves)
    few = len(owed.moves)
    changes = "one change" if few == 1 else f"{few} changes instead of {few - 1}"
    return f"{has}; {changes} ({moves}) would take {buys}."


def messages_text(messages: Sequence[Message]) -> str:
    """Each person's message, ready to paste."""
    return "\n\n".join(["Messages, ready to paste:", *(message.text for message in messages)])


def moves_text(team: Team, exchange: Exchange) -> str:
    """Each duty with who takes it; the role is said where it is another than that given away."""
    first = exchange.moves[0].duty
    return ", ".join(_move_said(team, m, m.duty.seat != first.seat) for m in exchange.moves)


def _move_said(team: Team, move: Move, with_seat: bool) -> str:
    """``2024-W33 primary to Dong``"""
    seat = f" {team.title(move.duty.seat)}" if with_seat else ""
    return f"{move.duty.week}{seat} to {move.new}"


def differences_text(exchange: Exchange) -> str:
    """By how much each aim gets worse (+) or better (−)."""
    differing = [value for value in exchange.differences if value.value]
    aims = [value.aim for value in differing]
    parts = [
        f"{v.aim if aims.count(v.aim) == 1 else aim_name(v.aim, v.part)} {_difference(v.value)}"
        for v in differing
    ]
    return "; ".join(parts) or "nothing"


def _difference(value: Fraction) -> str:
    whole = value.denominator == 1
    return (f"{int(value):+d}".replace("-", "−")) if whole else signed(value)


def typed_text(vacations: Sequence[Vacation], appended: bool) -> list[str]:
    """Vacations that only the workbook knew."""
    said = []
    for one in vacations:
        away = f"{one.engineer} is away {days(one.start, one.end)} ({one.source})"
        if appended:
            said.append(wrapped(f"{away}: appended to vacations.csv."))
        else:
            hint = "which vacations.csv does not say; `rota replan --append` writes it there"
            said.append(wrapped(f"{away}, {hint}."))
    return said
