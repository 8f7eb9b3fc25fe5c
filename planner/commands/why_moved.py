"""How a duty came to its holder since the rota was first published, and what undoing it would take.

The rows of the Changes sheet tell; the planner tries what giving it back would cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.commands.published_rota import Opened
from planner.commands.replan_text import effect
from planner.domain import Duty
from planner.domain.spelling import fold

if TYPE_CHECKING:
    from planner.planning.undo import Undoing


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
    undoing: Undoing | None


def moved(opened: Opened, duty: Duty, time_limit: float) -> Moved | None:
    """What the workbook knows of a duty that moved; ``None`` if it did not."""
    steps = tuple(_steps(opened, duty))
    if not steps:
        return None
    from planner.planning.undo import undoing

    published, old = opened.published.rota, steps[-1].old
    found = None
    if steps[-1].new == published.holder(duty) and old != steps[-1].new:
        found = undoing(opened.problem, published, duty, old, date.today(), time_limit)
    return Moved(steps, found)


def _steps(opened: Opened, duty: Duty) -> Iterator[Step]:
    asked = (duty.week.name, fold(opened.team.title(duty.seat)))
    for week, title, old, new, why, when in opened.published.changes:
        if (week.strip(), fold(title)) == asked:
            yield Step(old, new, why, when)


def moved_text(opened: Opened, found: Moved, asked: str) -> list[str]:
    """When and why the duty moved, step by step, and what undoing the last would take.

    Of an engineer who was ``asked`` about, why they cannot have it is said anyway.
    """
    said = []
    for step in found.steps:
        old, new = step.old or "nobody", step.new or "nobody"
        said.append(f"Moved {_since(step.when)}from {old} to {new}: {step.why}.")
    undoing = found.undoing
    if undoing is None or (undoing.engineer == asked and undoing.answer is None):
        return said
    return said + _undoing_text(opened, undoing)


def _since(when: str) -> str:
    return f"on {when} " if when else ""


def _undoing_text(opened: Opened, undoing: Undoing) -> list[str]:
    from planner.checking.clash import said

    name, answer = undoing.engineer, undoing.answer
    if undoing.clash is not None:
        facts = said(opened.problem, undoing.clash.members)
        return [f"It cannot go back to {name}:", *(f"  - {fact}" for fact in facts)]
    if answer is None:
        return [f"Whether it could go back to {name} took too long to find out."]
    first, *further = sorted(answer.changes, key=lambda change: change.new != name)
    also = ", ".join(
        f"{change.duty.week} {opened.team.title(change.duty.seat)} to {change.new or 'nobody'}"
        for change in further
    )
    takes = f"would move {also} too" if also else "would move nothing else"
    return [f"Giving {first.duty.week} back to {name} {takes}: {effect(answer)}"]


def moved_json(opened: Opened, found: Moved | None) -> dict[str, Any]:
    """``moved``, a list of steps, and ``undoing``, which is ``null`` where there is nothing to."""
    from planner.checking.clash import said

    steps = [
        {"old": step.old, "new": step.new, "why": step.why, "when": step.when}
        for step in (found.steps if found else ())
    ]
    undoing = found.undoing if found else None
    if undoing is None:
        return {"moved": steps, "undoing": None}
    answer = undoing.answer
    clash = list(said(opened.problem, undoing.clash.members)) if undoing.clash else []
    changes = [
        {
            "week": change.duty.week.name,
            "rotation": change.duty.rotation,
            "role": change.duty.role,
            "old": change.old,
            "new": change.new,
        }
        for change in (answer.changes if answer else ())
    ]
    found_out = answer is not None or undoing.clash is not None
    return {
        "moved": steps,
        "undoing": {
            "engineer": undoing.engineer,
            "possible": answer is not None if found_out else None,
            "changes": changes,
            "clash": clash,
        },
    }
