"""Turns over all roles, following edits: how long each engineer has been off duty, the shortest and
longest time between two duties, and what marks a duty as locked or covered in part.
"""

from __future__ import annotations

from itertools import pairwise

from planner.cells.formulas import Formula
from planner.cells.workings import Workings

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
    tiring = _tiring(work)
    before = _before(work)
    for e in range(work.people):
        work.put(block, -1, e, before[e])
    for w in range(work.weeks):
        for e in range(work.people):
            if len(tiring) == work.seats:
                times = f"COUNTIF({number.across(w)},{e + 1})"
            else:
                # Begun with 0, for a condition alone is TRUE or FALSE, and FALSE>0 is TRUE.
                times = "+".join(["0", *(f"({number.at(w, s)}={e + 1})" for s in tiring)])
            past = block.at(w - 1, e)
            on_duty = any(work.facts.held_by[w][s] == e + 1 for s in tiring)
            before[e] = 0 if on_duty else before[e] + 1
            work.put(block, w, e, Formula(f"IF({times}>0,0,{past}+1)", before[e]))


def _tiring(work: Workings) -> list[int]:
    return [s for s, (_, role) in enumerate(work.facts.seats) if not role.restful]


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
            most = f"SUMPRODUCT(MAX(({now}=0)*({past}<{NEVER})*{reach}))"
            text = most if longest else f"{NEVER + 1}-{most}"
            found = _found(work, e)
            value = (max if longest else min)(found, default="")
            work.put(column, e, 0, Formula(f'IF({most}=0,"",{text})', value))


def _found(work: Workings, e: int) -> list[int]:
    """The engineer's gaps, in weeks."""
    block = work.by_week("off duty", work.people)
    values = [work.value(block, w, e) for w in range(-1, work.weeks)]
    numbers = [value if isinstance(value, int) else NEVER for value in values]
    return [past + 1 for past, now in pairwise(numbers) if now == 0 and past < NEVER]


def _stand_ins(work: Workings) -> None:
    """For each duty the first and the last who does a day of it in its holder's place."""
    doing, holder = work.by_day("doing", work.seats), work.by_week("holder", work.seats)
    any_cover = work.one("covers")[0]
    for name, step in (("first stand-in", -1), ("last stand-in", 1)):
        block = work.by_week(name, work.seats)
        for w in range(work.weeks):
            for s in range(work.seats):
                held, said = holder.at(w, s), '""'
                for d in work.facts.part_days(s)[::step]:
                    cell = doing.seen(doing.at(s, 7 * w + d))
                    said = f"IF({cell}<>{held},{cell},{said})"
                value = _stands_in(work, w, s, last=name.startswith("last"))
                work.put(block, w, s, Formula(f'IF({any_cover}=0,"",{said})', value))


def _stands_in(work: Workings, w: int, s: int, *, last: bool) -> str:
    held = work.facts.holders[w][s]
    names = (work.facts.doing[s][7 * w + d] for d in work.facts.part_days(s))
    others = [name for name in names if name != held]
    return others[-1 if last else 0] if others else ""


def _marks(work: Workings) -> None:
    """What follows the letter of a duty."""
    locked, block = work.by_week("locked", work.seats), work.by_week("marks", work.seats)
    stand_in = work.by_week("first stand-in", work.seats)
    other = work.by_week("last stand-in", work.seats)
    for w in range(work.weeks):
        for s in range(work.seats):
            lock, covered = locked.at(w, s), f"{stand_in.at(w, s)}&{other.at(w, s)}"
            text = f'IF({lock}=0,"","{LOCKED}")&IF({covered}="","","{COVERED}")'
            value = LOCKED if work.value(locked, w, s) else ""
            value += COVERED if work.value(stand_in, w, s) else ""
            work.put(block, w, s, Formula(text, value))
