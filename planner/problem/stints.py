"""Stints: which duty weeks make up one turn, where a rotation's turns last several.

Stints follow each other by the calendar, through pauses too. Counted from ``week_one`` they are
where the team has one; otherwise from the first week ever planned. A workbook records when the
stints of its weeks began, so that the next plan goes on with one that its last week began; of
``history.csv`` those count that fit who held its weeks. Other lengths than before begin anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain import Duty, DutyWeek, Rotation, Seat
from planner.domain.week_facts import WeekFacts
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.problem.problem import Problem


@dataclass(frozen=True)
class Stints:
    """The stints of every rotation, numbered from the one in which the first planned week lies."""

    problem: Problem

    @cached_property
    def several(self) -> bool:
        """Whether turns of any rotation last several weeks."""
        return any(turn > 1 for turn in self._lengths.values())

    @cached_property
    def _lengths(self) -> dict[str, int]:
        return {rotation.name: rotation.turn for rotation in self.problem.team.rotations}

    def length(self, rotation: str) -> int:
        """How many weeks a turn lasts; one in rotations that the team has no more."""
        return self._lengths.get(rotation, 1)

    def number(self, rotation: str, week: DutyWeek) -> int:
        """How many stints after the first planned one the week lies; before it, below 0."""
        if self.length(rotation) == 1:
            return self.problem.weeks[0].until(week)
        return self._first[rotation].until(week) // self.length(rotation)

    def begin(self, rotation: str, week: DutyWeek) -> DutyWeek:
        """The first week of the stint in which a week lies."""
        if self.length(rotation) == 1:
            return week
        first = self._first[rotation]
        return first.later(self.number(rotation, week) * self.length(rotation))

    def weeks(self, rotation: str) -> tuple[DutyWeek, ...]:
        """The first planned week of each stint of which any is planned."""
        if self.length(rotation) == 1:
            return self.problem.weeks
        found: dict[int, DutyWeek] = {}
        for week in self.problem.weeks:
            found.setdefault(self.number(rotation, week), week)
        return tuple(found.values())

    def begun(self, week: DutyWeek) -> dict[str, tuple[DutyWeek, int]]:
        """When the stint of a week began and how long it is, by rotation, of those of several."""
        several = (name for name, length in self._lengths.items() if length > 1)
        return {name: (self.begin(name, week), self.length(name)) for name in several}

    def one(self, earlier: Duty, later: Duty) -> bool:
        """Whether duties of two weeks are of one role and stint."""
        return (
            self.length(earlier.rotation) > 1
            and earlier.week != later.week
            and self._stint(earlier) == self._stint(later)
        )

    def _stint(self, duty: Duty) -> tuple[Seat, int]:
        return self.problem.team.strand(duty.seat), self.number(duty.rotation, duty.week)

    def opens(self, duty: Duty) -> bool:
        """Whether a turn begins with a duty: no earlier week of the stint has one of the role."""
        return self.length(duty.rotation) == 1 or self.opening(duty) == duty.week

    def opening(self, duty: Duty) -> DutyWeek:
        """The first week of the duty's stint in which its role runs."""
        if self.length(duty.rotation) == 1:
            return duty.week
        return self._openings.get(self._stint(duty), duty.week)

    def week_before(self, duty: Duty) -> DutyWeek | None:
        """The last earlier week of the duty's stint in which its role ran, planned or past."""
        if self.length(duty.rotation) == 1 or self.opening(duty) == duty.week:
            return None
        week = duty.week.later(-1)
        while not self._ran(duty, week):
            week = week.later(-1)
        return week

    def _ran(self, duty: Duty, week: DutyWeek) -> bool:
        there = duty.later(duty.week.until(week))
        return there in self.problem.duty_index or bool(self.past_holders(duty, week))

    def past_holders(self, duty: Duty, week: DutyWeek) -> tuple[str | None, ...]:
        """Who held the duty's role in a past week; ``None`` where nobody did."""
        return self._past.get((self.problem.team.strand(duty.seat), week), ())

    @cached_property
    def _past(self) -> dict[tuple[Seat, DutyWeek], tuple[str | None, ...]]:
        found: dict[tuple[Seat, DutyWeek], tuple[str | None, ...]] = {}
        for held in self.problem.history:
            key = self.problem.team.strand(held.duty.seat), held.duty.week
            found[key] = (*found.get(key, ()), held.engineer)
        return found

    def locked(self, duty: Duty) -> list[str]:
        """For whom locks hold a duty, or others of its role and week."""
        alike = self.problem.team.alike(duty)
        return [h.engineer for h in self.problem.locked if h.engineer and h.duty in alike]

    def givers(self, duty: Duty, week: DutyWeek) -> list[str]:
        """Who gave the duty's role away in a week, by agreed swaps, and did not get it back."""
        strand, gave, got = self.problem.team.strand(duty.seat), list[str](), list[str]()
        for swap in self.problem.team.swaps:
            if swap.agreed and self.problem.team.strand(swap.seat) == strand:
                pair = swap.engineer, swap.partner
                for old, new in (pair,) * (swap.week == week) + (pair[::-1],) * (
                    swap.for_week == week
                ):
                    gave.append(old)
                    got.append(new)
        return list((Counter(gave) - Counter(got)).elements())

    @cached_property
    def going_on(self) -> dict[Duty, DutyWeek]:
        """Each planned duty in which a turn goes on, of those alike the first, with the last week
        before; but for weeks that swaps gave away, and where seats were given up in between."""
        found = {}
        for duty in self.problem.duties if self.several else ():
            week, seats = self.week_before(duty), self.problem.team.alike(duty)
            if week is None or duty != seats[0]:
                continue
            past = [name for name in self.past_holders(duty, week) if name]
            fewer = week not in self.problem.weeks and len(past) > len(seats)
            if not (fewer or any(self.givers(duty, when) for when in (week, duty.week))):
                found[duty] = week
        return found

    @cached_property
    def _openings(self) -> dict[tuple[Seat, int], DutyWeek]:
        found: dict[tuple[Seat, int], DutyWeek] = {}
        known = (*(held.duty for held in self.problem.history), *self.problem.duties)
        for duty in known if self.several else ():
            stint = self._stint(duty)
            found[stint] = min(duty.week, found.get(stint, duty.week))
        return found

    def turns_held(self, duties: Iterable[Duty]) -> list[Duty]:
        """Of one engineer's past duties, in order, the first of each turn."""
        if not self.several:
            return list(duties)
        found: list[Duty] = []
        for duty in duties:
            if not any(self.one(earlier, duty) for earlier in found):
                found.append(duty)
        return found

    @cached_property
    def _first(self) -> dict[str, DutyWeek]:
        """The first week of each rotation's stint in which the first planned week lies."""
        return {rotation.name: self._begun(rotation) for rotation in self.problem.team.rotations}

    def _begun(self, rotation: Rotation) -> DutyWeek:
        first, week_one = self.problem.weeks[0], self.problem.team.week_one
        if week_one is not None:
            return first.later(-(DutyWeek(week_one).until(first) % rotation.turn))
        for week in self.problem.weeks:
            known = self._recorded(self.problem.as_published.get(week), rotation)
            if known is not None:
                return first.later(-(known.until(first) % rotation.turn))
        before = [week for week in self.problem.membership.own_weeks if week < first]
        if before:
            known = self._recorded(self.problem.recorded[max(before)], rotation)
            return first.later(-(known.until(first) % rotation.turn)) if known else first
        return self._fitting(rotation)

    def _recorded(self, facts: WeekFacts | None, rotation: Rotation) -> DutyWeek | None:
        begun = facts.begun.get(rotation.name) if facts else None
        return begun[0] if begun and begun[1] == rotation.turn else None

    def _fitting(self, rotation: Rotation) -> DutyWeek:
        """As the last weeks before fit best, in which one engineer held the first role twice
        running: within a turn, and not from one to the next."""
        first, length = self.problem.weeks[0], rotation.turn
        strand = Seat(rotation.name, rotation.roles[0].shared)
        held: dict[DutyWeek, set[str | None]] = {}
        for each in self.problem.history:
            if self.problem.team.strand(each.duty.seat) == strand:
                held.setdefault(each.duty.week, set()).add(each.engineer)
        reach = first.later(-length * len(rotation.cycle))
        again = [
            week.until(first)
            for week, names in held.items()
            if week > reach and (names & held.get(week.later(-1), set())) - {None}
        ]
        # A week so long before the first one begins a stint if so many weeks of it were past.
        fits = [
            sum(1 if (past - begun) % length else -1 for past in again) for begun in range(length)
        ]
        return first.later(-fits.index(max(fits)))
