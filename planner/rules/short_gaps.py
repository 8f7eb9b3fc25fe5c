"""How the aims about gaps that are far too short, rest and spacing, count in a workbook.

What planning was free to place and what people decided stand apart, each with the date of its
week; every duty looks back for the last of both, as far as a gap should reach and never further.
A turn of several weeks has the date on which it begins, and stands there alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.references import DAY_ZERO, runs
from planner.domain import DutyWeek
from planner.records import dataclass
from planner.rules.wanted_gaps import Wanted, WantedGaps


@dataclass(frozen=True)
class ShortGaps:
    """A block that says of each duty in some seats by how many weeks it comes too early.

    ``reach``: so many weeks a gap should have at most, whatever people edit. With ``turns_of`` a
    rotation whose turns last several weeks, gaps are counted in turns.
    """

    work: Workings
    seats: Sequence[int]
    wanted: WantedGaps
    reach: int
    turns_of: str = ""

    def fill(self, block: Block, before: str) -> None:
        """``before`` names the block of everybody's last duty before the first week."""
        work, facts = self.work, self.work.facts
        (free, decided), seats = _dates(work), tuple(self.seats)
        past, last = work.by_person(before), _last_before(facts, seats)
        for e in range(work.people):
            work.put(past, e, 0, last.get(e + 1, 0))
        number, first = work.by_week("number", work.seats), work.by_week("first")
        at = _Places(
            *(number, first, free, decided, past, self.wanted.where, seats, self.reach),
            *(facts.turn_numbers(self.turns_of) if self.turns_of else ((), 0, 1)),
        )
        values = self._values(last, free, decided)
        for w, texts in enumerate(_texts(at)):
            for s, text in zip(seats, texts, strict=True):
                if facts.problem.stints.opens(facts.duties[w][s]):
                    work.put(block, w, s, Formula(text, values[w][s]))

    def _values(self, last: dict[int, date], free: Block, decided: Block) -> list[dict[int, int]]:
        """Week by week, by how much the duty in each of the seats comes too early; ``last`` has the
        last duty of each engineer before."""
        facts, value, found = self.work.facts, self.work.value, []
        cuts: dict[int, date] = {}
        for w, row in enumerate(facts.held_by):
            given = {row[s]: day for s in self.seats if (day := value(decided, w, s))}
            here, now = {}, dict(last)
            for s in self.seats:
                held, day = row[s], value(free, w, s)
                counts = held and day and held not in given
                here[s] = self._short(w, held, now, cuts) if counts else 0
                if isinstance(day, date):
                    now[held] = day
            last = now
            cuts.update((held, day) for held, day in given.items() if isinstance(day, date))
            found.append(here)
        return found

    def _short(self, w: int, held: int, lasts: Mapping[int, date], cuts: Mapping[int, date]) -> int:
        facts = self.work.facts
        last = lasts.get(held, DAY_ZERO)
        if held in cuts and cuts[held] >= last:
            return 0
        number, gap = w, (facts.problem.weeks[w].first - last).days // 7
        if self.turns_of:
            stints = facts.problem.stints
            number = stints.number(self.turns_of, facts.problem.weeks[w])
            gap = number - stints.number(self.turns_of, DutyWeek(last))
        return max(0, self.wanted.value(held, number, gap) - gap)


class _Places(NamedTuple):
    """What the formulas depend on; ``turns``: the number of each week's, if gaps are counted in
    them, the first of which begins on the day ``begin`` and lasts ``length`` weeks."""

    number: Block
    first: Block
    free: Block
    decided: Block
    before: Block
    wanted: Wanted
    seats: tuple[int, ...]
    reach: int
    turns: tuple[int, ...]
    begin: int
    length: int


@lru_cache(maxsize=64)
def _texts(at: _Places) -> tuple[tuple[str, ...], ...]:
    """A row of formulas a week, one for each of the seats."""
    weeks = range(at.number.rows)
    return tuple(tuple(_formula(at, w, s) for s in at.seats) for w in weeks)


def _formula(at: _Places, w: int, s: int) -> str:
    cell = at.number.at(w, s)
    taken = "".join(
        f"+SUMPRODUCT(({at.number.across(w, a, b)}={cell})*({at.decided.across(w, a, b)}>0))"
        for a, b in runs(at.seats if len(at.seats) > 1 else ())
    )
    since, until = max(0, w - at.reach + 1), w - 1
    twice = _latest(at, at.free, (w, w), [t for t in at.seats if t < s], cell)
    found = [*_latest(at, at.free, (since, until), at.seats, cell), *twice]
    last = ",".join([*found, f"INDEX({at.before.down()},{cell})"])
    cut = ",".join([*_latest(at, at.decided, (since, until), at.seats, cell), "0"])
    gap = f"({at.first.at(w)}-MAX({last}))/7"
    if at.turns:
        gap = f"({at.turns[w]}-INT((MAX({last})-{at.begin})/{7 * at.length}))"
    within = at.wanted.formula(cell, at.turns[w] if at.turns else w, gap)
    return (
        f"IF(({cell}=0)+({at.free.at(w, s)}=0){taken}>0,0,"
        f"IF((MAX({cut})>0)*(MAX({cut})>=MAX({last})),0,MAX(0,{within}-{gap})))"
    )


def _latest(
    at: _Places, dates: Block, weeks: tuple[int, int], seats: Sequence[int], cell: str
) -> list[str]:
    """The latest date in some weeks on which the engineer in a cell held one of the seats."""
    first, last = weeks
    return [
        f"SUMPRODUCT(MAX(({at.number.at(first, a)}:{at.number.at(last, b)}={cell})"
        f"*{dates.at(first, a)}:{dates.at(last, b)}))"
        for a, b in (runs(seats) if first <= last else ())
    ]


def _last_before(facts: Facts, seats: Sequence[int]) -> dict[int, date]:
    """When each engineer last held one of the seats before the first week, by number."""
    team, history = facts.problem.team, facts.problem.history
    known = {team.strand(team.seats[s]) for s in seats}
    found = {}
    for number, engineer in enumerate(facts.engineers, start=1):
        own = [d for d in history.duties_of(engineer.name) if team.strand(d.seat) in known]
        if own:
            found[number] = facts.problem.stints.turns_held(own)[-1].week.first
    return found


def _dates(work: Workings) -> tuple[Block, Block]:
    """Of each duty the first day of its week: ``free`` where no swap touches the week, ``decided``
    where an agreed swap or a lock gave it to its holder. 0 otherwise."""
    decided = work.by_week("decided", work.seats, _fill_decided)
    return work.by_week("free", work.seats, _fill_free), decided


def _fill_decided(work: Workings, decided: Block) -> None:
    facts, alike = work.facts, work.facts.problem.team.alike
    swaps = [fixed for fixed in facts.problem.fixed if fixed.because == "swap"]
    number, first = work.by_week("number", work.seats), work.by_week("first")
    locked = work.by_week("locked", work.seats)
    for w, week in enumerate(facts.problem.weeks):
        for s, duty in enumerate(facts.duties[w]):
            given = [facts.number(f.engineer) for f in swaps if f.duty in alike(duty)]
            swapped = "".join(f"+({number.at(w, s)}={n})" for n in given)
            is_decided = work.value(locked, w, s) or facts.held_by[w][s] in given
            opening = facts.problem.stints.opening(duty)
            day = first.at(w) + (f"-{7 * opening.until(week)}" if opening < week else "")
            text = f"IF({locked.at(w, s)}{swapped}>0,{day},0)"
            work.put(decided, w, s, Formula(text, opening.first if is_decided else 0))


def _fill_free(work: Workings, free: Block) -> None:
    facts, first = work.facts, work.by_week("first")
    decided = work.by_week("decided", work.seats, _fill_decided)
    for w, week in enumerate(facts.problem.weeks):
        for s, duty in enumerate(facts.duties[w]):
            if facts.problem.swap_touches(duty) or not facts.problem.stints.opens(duty):
                work.put(free, w, s, 0)
            else:
                undecided, holds = _undecided(work, decided, w, s)
                text = f"IF({undecided},{first.at(w)},0)"
                work.put(free, w, s, Formula(text, week.first if holds else 0))


def _undecided(work: Workings, decided: Block, w: int, s: int) -> tuple[str, bool]:
    """Whether no week of the turn that a duty begins is decided for its holder."""
    facts, number = work.facts, work.by_week("number", work.seats)
    duty, held = facts.duties[w][s], facts.held_by[w][s]
    later = [
        (n, t)
        for n in range(w + 1, min(w + facts.seats[s][0].turn, work.weeks))
        if facts.problem.stints.one(duty, facts.duties[n][s])
        for t in facts.strand(s)
    ]
    also = "".join(
        f"+({number.at(n, t)}={number.at(w, s)})*({decided.at(n, t)}>0)" for n, t in later
    )
    found = any(facts.held_by[n][t] == held and work.value(decided, n, t) for n, t in later)
    return f"{decided.at(w, s)}{also}=0", not (work.value(decided, w, s) or found)
