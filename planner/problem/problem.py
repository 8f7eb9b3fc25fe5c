"""Everything that one plan depends on: a team, the weeks, what went before, and days off.

Rules and aims read their facts here; nothing in it depends on a solver.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from planner.domain import (
    Cover,
    DaysOff,
    Duty,
    DutyWeek,
    Elsewhere,
    Engineer,
    Held,
    Role,
    Rota,
    Rotation,
    Team,
    Wish,
)
from planner.domain.quarters import Horizon, month_end_weeks, week_of
from planner.domain.week_facts import Member, Recorded, WeekFacts
from planner.problem.availability import Availability
from planner.problem.doing import Doing, doing, exchanged, spared
from planner.problem.fixed import Fixed, fixed_in, given_up_in
from planner.problem.membership import Membership, facts_of
from planner.problem.owing import Owing
from planner.problem.stints import Stints
from planner.problem.turns import Turns
from planner.records import dataclass


@dataclass(frozen=True)
class Problem:
    """``history`` holds duties before the first week, ``settled`` those of weeks that have begun.

    ``locked`` duties are still to come, but people have decided who holds them. ``covers`` are
    stand-ins for part of a duty week, past or planned, each naming its rotation and role.
    ``may_stay_open`` are duties that would have to be held, were gaps not allowed. ``recorded``
    are the facts of weeks that have begun, as workbooks recorded them, and ``as_published`` those
    of the planned weeks as they were when the rota was published. ``elsewhere`` is what published
    rotas of other teams have the engineers do. ``kept_in_pauses`` are published duties that stand
    though their rotation rests in their weeks by now.
    """

    team: Team
    horizon: Horizon
    days_off: DaysOff
    history: Rota = field(default_factory=Rota)
    locked: tuple[Held, ...] = ()
    settled: Rota = field(default_factory=Rota)
    covers: tuple[Cover, ...] = ()
    may_stay_open: frozenset[Duty] = frozenset()
    recorded: Recorded = field(default_factory=dict)
    as_published: Recorded = field(default_factory=dict)
    elsewhere: tuple[Elsewhere, ...] = ()
    kept_in_pauses: frozenset[Duty] = frozenset()

    @property
    def weeks(self) -> tuple[DutyWeek, ...]:
        return self.horizon.weeks

    @property
    def engineers(self) -> tuple[Engineer, ...]:
        return self.team.engineers

    @cached_property
    def availability(self) -> Availability:
        """Who may hold which duty, and why not."""
        return Availability(self.team)

    @cached_property
    def month_ends(self) -> frozenset[DutyWeek]:
        return month_end_weeks(self.weeks, lambda day: day not in self.days_off.non_business)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Every duty to be held: week by week, rotations and roles in the team's order."""
        return tuple(
            duty
            for week in self.weeks
            for rotation in self.team.rotations
            for role in rotation.roles
            if (duty := Duty(week, rotation.name, role.name)) in self.kept_in_pauses
            or (not rotation.rests(week) and (role.weeks == "every" or week in self.month_ends))
        )

    @cached_property
    def engineer_index(self) -> dict[str, int]:
        return {engineer.name: n for n, engineer in enumerate(self.engineers)}

    @cached_property
    def duty_index(self) -> dict[Duty, int]:
        return {duty: n for n, duty in enumerate(self.duties)}

    @cached_property
    def _duties_by_week(self) -> dict[DutyWeek, tuple[int, ...]]:
        found: dict[DutyWeek, list[int]] = {week: [] for week in self.weeks}
        for n, duty in enumerate(self.duties):
            found[duty.week].append(n)
        return {week: tuple(indices) for week, indices in found.items()}

    @cached_property
    def duties_on(self) -> dict[date, list[int]]:
        """Indices of the duties that touch each date."""
        found: dict[date, list[int]] = {}
        for d, duty in enumerate(self.duties):
            for day in self.team.dates(duty):
                found.setdefault(day, []).append(d)
        return found

    def duties_in(self, week: DutyWeek) -> tuple[int, ...]:
        """Indices of the duties of one week; none outside the planned weeks."""
        return self._duties_by_week.get(week, ())

    @cached_property
    def settled_weeks(self) -> frozenset[DutyWeek]:
        return frozenset(self.settled.weeks)

    @cached_property
    def seats(self) -> tuple[tuple[Rotation, Role], ...]:
        """Every role of every rotation, in the team's order."""
        return tuple((r, role) for r in self.team.rotations for role in r.roles)

    @cached_property
    def strands(self) -> tuple[tuple[Rotation, Role], ...]:
        """The same, of seats that are alike the first only."""
        firsts = [seats[0] for seats in self.team.strands.values()]
        return tuple((self.team.rotation(s.rotation), self.team.roles[s]) for s in firsts)

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """The team's wishes, and what people hope for whose swaps are not agreed yet."""
        hoped = []
        for swap in self.team.swaps:
            if not swap.agreed:
                hoped.append(Wish(swap.engineer, swap.week, "off", source=swap.source))
                if swap.for_week is not None:
                    hoped.append(Wish(swap.engineer, swap.for_week, "on", source=swap.source))
        stated = {(wish.engineer, wish.week) for wish in self.team.wishes}
        # Of two that contradict each other, the first row counts.
        new: dict[tuple[str, DutyWeek], Wish] = {}
        for wish in hoped:
            if (wish.engineer, wish.week) not in stated:
                new.setdefault((wish.engineer, wish.week), wish)
        return (*self.team.wishes, *(new[key] for key in sorted(new)))

    @cached_property
    def fixed(self) -> tuple[Fixed, ...]:
        """Agreed swaps, locked duties and duties with a stand-in, within the horizon."""
        return fixed_in(self, self._covered_holders)

    @cached_property
    def given_up(self) -> tuple[Fixed, ...]:
        """Who by an agreed swap holds no duty of a role with several seats in a week."""
        return given_up_in(self)

    def places(self, fixed: Fixed) -> tuple[Duty, ...]:
        """The duties of which one is fixed: a swap is about a role, whichever of its seats."""
        return self.team.alike(fixed.duty) if fixed.because == "swap" else (fixed.duty,)

    @cached_property
    def _covered_holders(self) -> dict[Duty, str]:
        """Of every duty with stand-ins, past or planned, the engineer who holds it."""
        holders: dict[Duty, str] = {}
        for cover in self.covers:
            week = week_of(cover.start, self.team.handover_weekday)
            holders.setdefault(Duty(week, cover.rotation, cover.role), cover.engineer)
        return holders

    @cached_property
    def covered(self) -> Doing:
        """Who does each part of every duty with stand-ins, past or planned."""
        return doing(self.team, Rota.of(self._covered_holders), self.covers)

    def stood_in(self, duty: Duty, engineer: str) -> frozenset[date]:
        """The dates of the engineer's duty that somebody else does, and the engineer does not."""
        own = self._covered_holders.get(duty) == engineer
        return spared(self.team, duty, self.covered[duty], engineer) if own else frozenset()

    @cached_property
    def swapped(self) -> frozenset[tuple[str, DutyWeek]]:
        """(engineer, week) of every duty that an agreed swap gave to the engineer."""
        return frozenset((f.engineer, f.duty.week) for f in self.fixed if f.because == "swap")

    @cached_property
    def decided(self) -> frozenset[tuple[str, Duty]]:
        """(engineer, duty) of every duty that people have given away: agreed swaps and locks."""
        return frozenset(
            (fixed.engineer, duty)
            for fixed in self.fixed
            if fixed.because != "cover"
            for duty in self.places(fixed)
        )

    def swap_touches(self, duty: Duty) -> bool:
        """Whether an agreed swap gives away a duty of the same rotation and week."""
        return (duty.rotation, duty.week) in self._swapped_weeks

    @cached_property
    def _swapped_weeks(self) -> frozenset[tuple[str, DutyWeek]]:
        fixed = (f.duty for f in self.fixed if f.because == "swap")
        return frozenset((duty.rotation, duty.week) for duty in fixed)

    def exchanged(self, engineer: str) -> tuple[tuple[int, Duty, date], ...]:
        """Dates that stand-ins shift: (1, duty, date) gained, (−1, duty, date) spared."""
        return exchanged(self.team, self.covered, self._covered_holders, engineer)

    def people_in(self, week: DutyWeek) -> tuple[Engineer, ...]:
        """The engineers as of a week, in the same order."""
        if not self._dated:
            return self.engineers
        return tuple(engineer.at(week) for engineer in self.engineers)

    @cached_property
    def _dated(self) -> bool:
        """Whether anything about anybody holds from a date on."""
        staged = any(engineer.stages for engineer in self.engineers)
        return staged or any(rotation.dates for rotation in self.team.rotations)

    @cached_property
    def _alike(self) -> dict[DutyWeek, int]:
        first: dict[object, int] = {}
        found = {}
        for n, week in enumerate(self.weeks):
            here = [[r.has(e.name, week) for e in self.engineers] for r in self.team.rotations]
            found[week] = first.setdefault((self.people_in(week), str(here)), n)
        return found

    def alike(self, week: DutyWeek) -> int:
        """The number of the first planned week that has the same people and members."""
        return self._alike[week] if self._dated else 0

    @cached_property
    def membership(self) -> Membership:
        """Who was and is a member of which rotation, week by week."""
        return Membership(self.team, self.weeks[0], self.history, self.recorded)

    def active(self, rotation: Rotation, role: Role, week: DutyWeek) -> tuple[Member, ...]:
        """The members who may hold the role, are employed that week and owe a share of it.

        Kinds of absence outside ``owed_during`` (sickness, parental leave …) lower what an
        engineer owes: that week is shared among the others.
        """
        return self.owing.active(rotation, role, week)

    @cached_property
    def owing(self) -> Owing:
        """Who owes a share of which duty."""
        return Owing(self)

    @cached_property
    def turns(self) -> dict[str, Turns]:
        """The turns of each rotation."""
        return {rotation.name: Turns(self, rotation) for rotation in self.team.rotations}

    @cached_property
    def stints(self) -> Stints:
        """Which weeks make up one turn, where turns last several."""
        return Stints(self)

    def turn(self, rotation: Rotation, role: Role, week: DutyWeek) -> str:
        """Whose turn the duty is when nobody is away: the team's cycle."""
        return self.turns[rotation.name].whose(role, week)

    def with_facts_of(self, weeks: Collection[DutyWeek]) -> Problem:
        """The problem in which these planned weeks are reckoned as they were published."""
        kept = {week: facts for week, facts in self.as_published.items() if week in weeks}
        return replace(self, recorded={**self.recorded, **kept}) if kept else self

    def facts(self) -> dict[DutyWeek, WeekFacts]:
        """What is to be recorded of the planned weeks, and of earlier ones that nobody recorded."""
        return facts_of(self)
