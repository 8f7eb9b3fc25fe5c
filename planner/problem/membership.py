"""Who was, is and will be a member of a rotation in a week, with what share, level and roles.

Weeks of published workbooks are reckoned by the facts that those recorded, so that no later change
moves a past balance. Weeks that no workbook recorded, of ``history.csv`` or of older workbooks,
are reckoned by the team as it stands: by dates where it gives them, and whoever held duties there
and is in no cycle any more was a member from the first of them to the last.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from planner.domain import DutyWeek, Rota, Rotation, Team
from planner.domain.week_facts import Member, Recorded, WeekFacts
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.problem.problem import Problem


@dataclass(frozen=True)
class Membership:
    """``history`` holds the duties before ``first``, the first planned week."""

    team: Team
    first: DutyWeek
    history: Rota
    recorded: Recorded

    def in_week(self, rotation: Rotation, week: DutyWeek) -> tuple[Member, ...]:
        """The members of a rotation in a week, by name, absences aside."""
        key = (rotation.name, week)
        if key not in self._found:
            self._found[key] = tuple(sorted(self._members(rotation, week), key=attrgetter("name")))
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[str, DutyWeek], tuple[Member, ...]]:
        """What :meth:`in_week` has found so far: it is asked again and again."""
        return {}

    def _members(self, rotation: Rotation, week: DutyWeek) -> list[Member]:
        known = self.recorded.get(week)
        if known is None or rotation.name not in known.members:
            return self._as_it_stands(rotation, week)
        members = list(known.members[rotation.name])
        if known.reckoned and rotation.dates:
            return self._corrected(members, rotation, week)
        return members

    def _corrected(self, members: list[Member], rotation: Rotation, week: DutyWeek) -> list[Member]:
        """The members of a week that was only reckoned, by what dates say of it by now.

        Who was one keeps the share and roles recorded; only a date of beginning makes one of
        somebody who was none, as an end that is added later says nothing of the past.
        """
        kept = [m for m in members if not rotation.dates_of(m.name) or rotation.has(m.name, week)]
        known = {member.name for member in kept}
        begun = {each.member for each in rotation.dates if each.since and each.holds(week)}
        more = self._as_it_stands(rotation, week)
        return kept + [m for m in more if m.name in begun and m.name not in known]

    def _as_it_stands(self, rotation: Rotation, week: DutyWeek) -> list[Member]:
        names = [
            name
            for name in rotation.cycle
            if rotation.has(name, week) and self.team.engineer(name).employed(week)
        ]
        if week < self.first:
            names += [
                name
                for name, (first, last) in self._former[rotation.name].items()
                if first <= week <= last
            ]
        people = [self.team.engineer(name).at(week) for name in names]
        return [Member(one.name, one.share, one.level, one.roles) for one in people]

    @cached_property
    def _former(self) -> dict[str, dict[str, tuple[DutyWeek, DutyWeek]]]:
        """Of each rotation, who held duties that nobody recorded and is in its cycle no more."""
        known = {engineer.name for engineer in self.team.engineers}
        found: dict[str, dict[str, tuple[DutyWeek, DutyWeek]]] = {
            rotation.name: {} for rotation in self.team.rotations
        }
        for held in self.history:
            duty, name = held.duty, held.engineer
            if name in known and duty.rotation in found and duty.week not in self.own_weeks:
                assert name is not None
                if name not in self.team.rotation(duty.rotation).cycle:
                    first, last = found[duty.rotation].get(name, (duty.week, duty.week))
                    found[duty.rotation][name] = (min(first, duty.week), max(last, duty.week))
        return found

    @cached_property
    def own_weeks(self) -> frozenset[DutyWeek]:
        """The weeks that were planned with the facts that are recorded for them."""
        return frozenset(w for w, facts in self.recorded.items() if not facts.reckoned)


def facts_of(problem: Problem) -> dict[DutyWeek, WeekFacts]:
    """What is to be recorded of the planned weeks, and of earlier ones that nobody recorded."""
    turns = {name: each.by_week() for name, each in problem.turns.items()}
    first, found = problem.weeks[0], {}
    unrecorded = [week for week in problem.history.weeks if week not in problem.recorded]
    for week in (*unrecorded, *problem.weeks):
        there = problem.membership
        found[week] = WeekFacts(
            {each.name: there.in_week(each, week) for each in problem.team.rotations},
            {name: each[week] for name, each in turns.items() if week in each},
            week < first,
            {} if week < first else problem.stints.begun(week),
        )
    return found
