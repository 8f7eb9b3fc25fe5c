"""Turns over all roles, following edits: how long each engineer has been off duty, the shortest and
longest time between two duties, and what marks a duty as locked or covered in part.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from planner.cells.formulas import Formula
from planner.cells.references import Block
from planner.cells.workings import Workings
from planner.rules import tired_weeks

LOCKED, COVERED = "▪", "–"
"""Beside the letter of a duty: it is locked; somebody else does part of it."""

NEVER = 1000
"""Weeks off duty of whoever has not been on duty before."""


def fill(work: Workings) -> None:
    """Blocks ``off duty``, ``shortest``, ``longest``, ``stand-ins`` and ``marks``."""
    _off_duty(work)
    _gaps(work)
    _stand_ins(work)
    _marks(work)


def _off_duty(work: Workings) -> None:
    """Weeks since each engineer's last duty, 0 while on duty; before the first week, by history."""
    block, number = work.by_week("off duty", work.people), work.by_week("number", work.seats)
    tiring = tuple(s for s, (_, role) in enumerate(work.facts.seats) if not role.restful)
    before = _before(work)
    values = []
    for e in range(work.people):
        work.put(block, -1, e, before[e])
    for row in work.facts.held_by:
        on_duty = {row[s] for s in tiring}
        before = [0 if e in on_duty else past + 1 for e, past in enumerate(before, start=1)]
        values.append(before)
    work.put_formulas(block, _off_duty_texts(block, number, tiring), values)


@lru_cache(maxsize=64)
def _off_duty_texts(
    block: Block, number: Block, tiring: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    def times(w: int, e: int) -> str:
        if len(tiring) == number.columns:
            return f"COUNTIF({number.across(w)},{e + 1})"
        # Begun with 0, for a condition alone is TRUE or FALSE, and FALSE>0 is TRUE.
        return "+".join(["0", *(f"({number.at(w, s)}={e + 1})" for s in tiring)])

    return tuple(
        tuple(f"IF({times(w, e)}>0,0,{block.at(w - 1, e)}+1)" for e in range(block.columns))
        for w in range(block.rows)
    )


def _before(work: Workings) -> list[int]:
    facts = work.facts
    problem = facts.problem
    tiring = {(r.name, role.name) for r, role in facts.seats if not role.restful}
    found = []
    for engineer in facts.engineers:
        past = [
            duty.week.until(problem.weeks[0]) - 1
            for duty in problem.history.duties_of(engineer.name)
            if (duty.rotation, duty.role) in tiring
        ]
        found.append(min(past, default=NEVER))
    return found


def _gaps(work: Workings) -> None:
    """The shortest and the longest way from one duty to the next in any role; blank for none."""
    block = work.by_week("off duty", work.people)
    for name, longest in (("shortest", False), ("longest", True)):
        column = work.by_person(name)
        for e in range(work.people):
            now, past = block.down(e), block.down(e, -1, work.weeks - 2)
            reach = f"({past}+1)" if longest else f"({NEVER}-{past})"
            most = f"SUMPRODUCT(MAX(({now}=0)*({past}<{NEVER}){_no_turn(work, e, past)}*{reach}))"
            text = most if longest else f"{NEVER + 1}-{most}"
            found = _found(work, e)
            value = (max if longest else min)(found, default="")
            work.put(column, e, 0, Formula(f'IF({most}=0,"",{text})', value))


def _found(work: Workings, e: int) -> list[int]:
    """The engineer's gaps, in weeks."""
    block = work.by_week("off duty", work.people)
    values = [work.value(block, w, e) for w in range(-1, work.weeks)]
    numbers = [value if isinstance(value, int) else NEVER for value in values]
    whole = [True] * work.weeks
    if work.facts.problem.stints.several:
        running = tired_weeks.two_running(work)
        whole = [work.value(running, w, e) == 1 for w in range(work.weeks)]
    return [
        past + 1
        for (past, now), running_on in zip(pairwise(numbers), whole, strict=True)
        if now == 0 and past < NEVER and (past or running_on)
    ]


def _no_turn(work: Workings, e: int, past: str) -> str:
    """As a factor, whether two weeks on duty are no two of one turn."""
    if not work.facts.problem.stints.several:
        return ""
    return f"*(({past}>0)+{tired_weeks.two_running(work).down(e)}>0)"


def _stand_ins(work: Workings) -> None:
    """For each duty the first and the last who does a day of it in its holder's place."""
    doing, holder = work.by_day("doing", work.seats), work.by_week("holder", work.seats)
    days = tuple(work.facts.part_days(s) for s in range(work.seats))
    for name, step in (("first stand-in", -1), ("last stand-in", 1)):
        texts = _stand_in_texts(work.one("covers")[0], holder, doing, days, step)
        found = [
            [_stands_in(work, w, s, last=step == 1) for s in range(work.seats)]
            for w in range(work.weeks)
        ]
        work.put_formulas(work.by_week(name, work.seats), texts, found)


@lru_cache(maxsize=64)
def _stand_in_texts(
    any_cover: str, holder: Block, doing: Block, days: tuple[tuple[int, ...], ...], step: int
) -> tuple[tuple[str, ...], ...]:
    """``days`` are those on which parts of each seat's duty begin; the last looked at counts."""

    def text(w: int, s: int) -> str:
        held, said = holder.at(w, s), '""'
        for d in days[s][::step]:
            cell = doing.seen(doing.at(s, 7 * w + d))
            said = f"IF({cell}<>{held},{cell},{said})"
        return f'IF({any_cover}=0,"",{said})'

    return tuple(tuple(text(w, s) for s in range(len(days))) for w in range(holder.rows))


def _stands_in(work: Workings, w: int, s: int, *, last: bool) -> str:
    if not work.facts.covers:
        return ""
    held = work.facts.holders[w][s]
    names = (work.facts.doing[s][7 * w + d] for d in work.facts.part_days(s))
    others = [name for name in names if name != held]
    return others[-1 if last else 0] if others else ""


def _marks(work: Workings) -> None:
    """What follows the letter of a duty."""
    locked, stand_in, other = (
        work.by_week(name, work.seats) for name in ("locked", "first stand-in", "last stand-in")
    )
    values = []
    for w in range(work.weeks):
        values.append([""] * work.seats)
        for s in range(work.seats):
            values[w][s] += LOCKED if work.value(locked, w, s) else ""
            values[w][s] += COVERED if work.value(stand_in, w, s) else ""
    texts = _mark_texts(locked, stand_in, other)
    work.put_formulas(work.by_week("marks", work.seats), texts, values)


@lru_cache(maxsize=64)
def _mark_texts(locked: Block, stand_in: Block, other: Block) -> tuple[tuple[str, ...], ...]:
    def text(w: int, s: int) -> str:
        covered = f"{stand_in.at(w, s)}&{other.at(w, s)}"
        return f'IF({locked.at(w, s)}=0,"","{LOCKED}")&IF({covered}="","","{COVERED}")'

    return tuple(tuple(text(w, s) for s in range(locked.columns)) for w in range(locked.rows))
