"""A message for each person whom a re-plan touches, ready to paste: what moves, and why.

Each speaks to one person alone. Why somebody else cannot is nobody's business, so others are named
only where two people hand weeks to one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from planner.planning.replan import Change, Replan
from planner.problem.oncall import OnCall
from planner.records import dataclass
from planner.wording import day

_FOR_BOTH = {
    "swap": "as you agreed",
    "lock": "as entered in the workbook",
    "cover": "somebody stands in for part of it",
    "aims": "the whole rota comes out better so",
    "fair": "everybody's share stays fair so",
    "return": "another week had to move",
    "turn": "a turn stays with one person",
    "pause": "nobody is on duty then",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What one engineer is told."""

    engineer: str
    text: str


def messages(answers: Sequence[Replan]) -> tuple[Message, ...]:
    """One message for each engineer whom the re-plans of one team touch, by name."""
    names = sorted(
        {
            name
            for answer in answers
            for change in answer.changes
            for name in (change.old, change.new)
            if name is not None
        }
    )
    return tuple(Message(name, _text(answers, name)) for name in names)


def _text(answers: Sequence[Replan], name: str) -> str:
    team = answers[0].plan.problem.team
    lost = [line for answer in answers for line in _lines(answer, name, lost=True)]
    taken = [line for answer in answers for line in _lines(answer, name, lost=False)]
    weeks = [_weeks_ahead(answer, name) for answer in answers]
    parts = [f"{name}, your on-call weeks of {team.name} have changed."]
    parts += ["No longer yours:", *lost] if lost else []
    parts += ["Yours now:", *taken] if taken else []
    ahead = ", ".join(filter(None, weeks))
    parts.append(f"Your weeks from now on: {ahead}." if ahead else "You have no further week.")
    return "\n".join(parts)


def _lines(answer: Replan, name: str, lost: bool) -> Iterator[str]:
    problem = answer.plan.problem
    clock = OnCall(
        problem.team,
        problem.history.joined_with(answer.plan.rota),
        problem.covers,
        problem.days_off,
    )
    for change in answer.changes:
        if name == (change.old if lost else change.new):
            zone = ZoneInfo(problem.team.zone_of(change.duty.rotation))
            begins, ends = (
                instant.astimezone(zone)
                for instant in (clock.begin_of(change.duty), clock.end_of(change.duty))
            )
            when = f"{day(begins.date())} {begins:%H:%M} – {day(ends.date())} {ends:%H:%M}"
            if hours := problem.team.hours_said(change.duty.rotation):
                when += f" ({hours})"
            duty, several = change.duty, len(problem.team.rotations) > 1
            seat = f"{duty.role} of {duty.rotation}" if several else duty.role
            why = "; ".join(_why(answer.changes, change, name))
            yield f"• {change.duty.week}, {when}, {seat}: {why}"


def _why(changes: Iterable[Change], change: Change, name: str) -> Iterator[str]:
    own = change.old == name
    other = change.new if own else change.old
    partner = other if other is not None and _hand_to_each_other(changes, name, other) else None
    if change.cause != "return" or partner is None:
        yield _reason(change, own)
    if partner is not None:
        yield f"in exchange with {partner}"


def _hand_to_each_other(changes: Iterable[Change], one: str, other: str) -> bool:
    pairs = {(change.old, change.new) for change in changes}
    return (one, other) in pairs and (other, one) in pairs


def _reason(change: Change, own: bool) -> str:
    """Why a duty moves, as said to its old holder (``own``) or to the new one."""
    if change.cause in _FOR_BOTH:
        return _FOR_BOTH[change.cause]
    if change.cause == "open":
        return "nobody had it"
    told = change.breach and (change.breach.to_holder if own else change.breach.to_others)
    return told or f"the rule “{change.cause}” did not hold"


def _weeks_ahead(answer: Replan, name: str) -> str:
    duties = answer.plan.rota.duties_of(name)
    weeks = dict.fromkeys(
        duty.week
        for duty in duties
        if duty in answer.plan.problem.duty_index and duty not in answer.settled
    )
    return ", ".join(f"{week} ({day(week.first)})" for week in weeks)
