"""How a duty came to its holder since the rota was first published, and what undoing it would take.

The rows of the Changes sheet tell; the planner tries what giving it back would cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from planner.checking.clash import said
from planner.commands.published_rota import Opened
from planner.commands.replan_text import effect
from planner.domain import Duty
from planner.domain.spelling import fold
from planner.records import dataclass
from planner.reporting.kinds import FLAG, TEXT, TEXTS, maybe
from planner.reporting.shapes import MOVE
from planner.reporting.table import Column, Shape, many, own

if TYPE_CHECKING:
    from planner.planning.why import Undoing


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the Changes sheet about the duty."""

    old: str
    new: str
    why: str
    when: str


@dataclass(frozen=True)
class Moved:
    """The steps, oldest first; ``undoing`` gives the duty back to whom the latest took it from."""

    steps: tuple[Step, ...]
    undoing: GivingBack | None


@dataclass(frozen=True)
class GivingBack:
    """What undoing the latest step would take."""

    opened: Opened
    undoing: Undoing

    @property
    def facts(self) -> list[str]:
        """What is in the way."""
        clash = self.undoing.clash
        return list(said(self.opened.problem, clash.members)) if clash else []

    @property
    def possible(self) -> bool | None:
        """``None`` if time ran out."""
        return True if self.undoing.answer else False if self.undoing.clash else None


def moved(opened: Opened, duty: Duty, time_limit: float) -> Moved | None:
    """What the workbook knows of a duty that moved; ``None`` if it did not."""
    steps = tuple(_steps(opened, duty))
    if not steps:
        return None
    from planner.planning.why import undoing

    published, old = opened.published.rota, steps[-1].old
    found = None
    if steps[-1].new == published.holder(duty) and old != steps[-1].new:
        found = undoing(opened.problem, published, duty, old, date.today(), time_limit)
    return Moved(steps, GivingBack(opened, found) if found else None)


def _steps(opened: Opened, duty: Duty) -> Iterator[Step]:
    asked = (duty.week.name, fold(opened.team.title(duty.seat)))
    for week, title, old, new, why, when in opened.published.changes:
        if (week.strip(), fold(title)) == asked:
            yield Step(old, new, why, when)


def moved_text(found: Moved, asked: str) -> list[str]:
    """When and why the duty moved, step by step, and what undoing the last would take.

    Of an engineer who was ``asked`` about, why they cannot have it is said anyway.
    """
    said = []
    for step in found.steps:
        old, new = step.old or "nobody", step.new or "nobody"
        since = f"on {step.when} " if step.when else ""
        said.append(f"Moved {since}from {old} to {new}: {step.why}.")
    back = found.undoing
    if back is None or (back.undoing.engineer == asked and not back.possible):
        return said
    return said + _undoing_text(back)


def _undoing_text(back: GivingBack) -> list[str]:
    name, answer = back.undoing.engineer, back.undoing.answer
    if back.facts:
        return [f"It cannot go back to {name}:", *(f"  - {fact}" for fact in back.facts)]
    if answer is None:
        return [f"Whether it could go back to {name} took too long to find out."]
    first, *further = sorted(answer.changes, key=lambda change: change.new != name)
    also = ", ".join(
        f"{change.duty.week} {back.opened.team.title(change.duty.seat)} to {change.new or 'nobody'}"
        for change in further
    )
    takes = f"would move {also} too" if also else "would move nothing else"
    return [f"Giving {first.duty.week} back to {name} {takes}: {effect(answer)}"]


STEP = Shape[Step](*own(old=maybe(TEXT), new=maybe(TEXT), why=TEXT, when=TEXT))
UNDOING = Shape[GivingBack](
    Column("engineer", lambda back: back.undoing.engineer, maybe(TEXT)),
    Column("possible", lambda back: back.possible, maybe(FLAG)),
    Column(
        "changes",
        lambda back: back.undoing.answer.changes if back.undoing.answer else (),
        many(MOVE),
    ),
    Column("clash", lambda back: back.facts, TEXTS),
)
