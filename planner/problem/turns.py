"""Whose turn each week is when nobody is away: the team's cycle, and where in it a plan begins.

With ``week_one`` the company's week numbers decide. Without it turns walk on, from each to the
next member who is in the rotation, from the last turn that a workbook recorded or that the duties
of ``history.csv`` fit; a first plan begins where the fewest turns fall on somebody's days off, and
a rota that was published keeps the turn it began with, whatever becomes known afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain import Duty, DutyWeek, Role, Rotation, Seat
from planner.domain.week_facts import Recorded
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.problem.problem import Problem


@dataclass(frozen=True)
class Turns:
    """The turns of one rotation over the planned weeks."""

    problem: Problem
    rotation: Rotation

    def whose(self, role: Role, week: DutyWeek) -> str:
        """Whose turn a role is in a week, at the role's distance from the first role's."""
        known = self._known.get((role.name, week))
        if known is None:
            first = self._turn(week)
            there = self.there(week)
            behind = self.rotation.offset(role, len(there))
            known = there[(there.index(first) - behind) % len(there)]
            self._known[role.name, week] = known
        return known

    @cached_property
    def _known(self) -> dict[tuple[str, DutyWeek], str]:
        """What :meth:`whose` has found so far: cycle asks again and again."""
        return {}

    def there(self, week: DutyWeek) -> tuple[str, ...]:
        """The members in the rotation that week, in the order of the cycle; all if nobody is."""
        if week not in self._there:
            team, cycle = self.problem.team, self.rotation.cycle
            found = tuple(
                name
                for name in cycle
                if self.rotation.has(name, week) and team.engineer(name).employed(week)
            )
            self._there[week] = found or cycle
        return self._there[week]

    @cached_property
    def _there(self) -> dict[DutyWeek, tuple[str, ...]]:
        return {}

    def by_week(self) -> dict[DutyWeek, str]:
        """Whose turn the first role is in each planned week."""
        return dict(self._first_role)

    @cached_property
    def _first_role(self) -> dict[DutyWeek, str]:
        weeks = self.problem.weeks
        if self.problem.team.week_one is not None:
            return {week: self._numbered(week) for week in weeks}
        return self._walk(self.start)

    def _turn(self, week: DutyWeek) -> str:
        """Whose turn the first role is, in weeks before and after the planned ones too."""
        if week in self._first_role:
            return self._first_role[week]
        if self.problem.team.week_one is not None:
            return self._numbered(week)
        last = self.problem.weeks[-1]
        if week < self.problem.weeks[0]:
            return self._before(self._turn(week.later(1)), week)
        return self._after(self._turn(week.later(-1)), week) if week > last else self.start

    def _numbered(self, week: DutyWeek) -> str:
        """The member whose number the week has, or else the next one who is there."""
        cycle, begin = self.rotation.cycle, self.problem.team.week_one
        first = DutyWeek(begin) if begin is not None else self.problem.weeks[0]
        number = first.until(week) // self.rotation.turn
        return self._from(cycle[number % len(cycle)], week)

    def _from(self, member: str, week: DutyWeek) -> str:
        """The member, or else the next in the cycle who is there that week."""
        cycle, there = self.rotation.cycle, self.there(week)
        place = cycle.index(member)
        return next(name for name in (*cycle[place:], *cycle[:place]) if name in there)

    def _after(self, member: str, week: DutyWeek) -> str:
        """Whose turn a week is after one that was the member's: the next one's, or still theirs."""
        cycle = self.rotation.cycle
        step = int(self._begins(week))
        return self._from(cycle[(cycle.index(member) + step) % len(cycle)], week)

    def _begins(self, week: DutyWeek) -> bool:
        """Whether another turn begins with a week."""
        return self.problem.stints.begin(self.rotation.name, week) == week

    def _before(self, member: str, week: DutyWeek) -> str:
        """Whose turn a week was after which the member's came, or which was theirs already."""
        cycle, there = self.rotation.cycle, self.there(week)
        place = cycle.index(member)
        if not self._begins(week.later(1)) and member in there:
            return member
        return next(name for name in (*cycle[:place][::-1], *cycle[place:][::-1]) if name in there)

    def _walk(self, start: str) -> dict[DutyWeek, str]:
        """Turn after turn from the first planned week's; what is recorded stays."""
        turns: dict[DutyWeek, str] = {}
        for week in self.problem.weeks:
            known = self._recorded(week)
            if known is not None and known in self.there(week):
                turns[week] = known
            elif not turns:
                turns[week] = self._from(start, week)
            else:
                turns[week] = self._after(turns[week.later(-1)], week)
        return turns

    def _recorded(self, week: DutyWeek) -> str | None:
        return self._of(self.problem.recorded, week)

    def _of(self, known: Recorded, week: DutyWeek) -> str | None:
        """Whose turn the facts say that a week was, if that is a member today."""
        facts = known.get(week)
        name = facts.turns.get(self.rotation.name) if facts else None
        return name if name in self.rotation.cycle else None

    @cached_property
    def start(self) -> str:
        """Whose turn the first planned week is: as it was published, or else as turns walk on."""
        if self._published:
            return self._published
        first = self.problem.weeks[0]
        known = [w for w in self.problem.recorded if w < first and self._recorded(w)]
        if known:
            latest = max(known)
            member = self._recorded(latest) or ""
            for n in range(1, latest.until(first) + 1):
                member = self._after(member, latest.later(n))
            return member
        return self._fitting_history() or self._free[0]

    @cached_property
    def _published(self) -> str | None:
        """Whose turn the first planned week was when the rota was published.

        If that member has left the cycle, turns walk back from the first one whose member is in it.
        """
        for n, week in enumerate(self.problem.weeks):
            member = self._of(self.problem.as_published, week)
            if member is not None:
                for before in reversed(self.problem.weeks[:n]):
                    member = self._before(member, before)
                return member
        return None

    @property
    def free(self) -> bool:
        """Whether nothing from before says where the turns begin."""
        if self.problem.team.week_one is not None or self._published:
            return False
        past = any(self._recorded(week) for week in self.problem.recorded)
        return not past and self._fitting_history() is None

    def _fitting_history(self) -> str | None:
        """With whom the turns go on that most of the last N duties of the first role fit."""
        if not self._past:
            return None
        fits = {name: self._fit(name) for name in self._candidates}
        best = max(self._candidates, key=lambda name: fits[name])
        return best if fits[best][0] else None

    @property
    def _candidates(self) -> tuple[str, ...]:
        """Whose turn the first planned week may be."""
        return self.there(self.problem.weeks[0])

    @cached_property
    def _past(self) -> list[tuple[DutyWeek, list[str | None]]]:
        """Who held the first role in its last weeks."""
        first = Seat(self.rotation.name, self.rotation.roles[0].shared)
        held: dict[DutyWeek, list[str | None]] = {}
        for each in self.problem.history:
            if self.problem.team.strand(each.duty.seat) == first:
                held.setdefault(each.duty.week, []).append(each.engineer)
        return list(held.items())[-len(self.rotation.cycle) * self.rotation.turn :]

    def _fit(self, start: str) -> tuple[int, tuple[bool, ...]]:
        """How many of the past duties fit, and which, the latest first, to break ties."""
        held, first = dict(self._past), self.problem.weeks[0]
        member, found = start, []
        for n in range(1, min(held).until(first) + 1):
            week = first.later(-n)
            member = self._before(member, week)
            if week in held:
                found.append(member in held[week])
        return sum(found), tuple(found)

    @cached_property
    def _free(self) -> tuple[str, int]:
        """With whom the fewest turns fall on days off or swaps of others, and how many do."""
        clashes = {name: sum(self._clashes(name)) for name in self._candidates}
        best = min(self._candidates, key=lambda name: clashes[name])
        return best, clashes[best]

    @property
    def clashes(self) -> int:
        """How many turns of a first plan fall on days off all the same."""
        return self._free[1]

    def _clashes(self, start: str) -> Iterator[bool]:
        turns = self._walk(start)
        for duty, behind, off in self._own_duties:
            there = self.there(duty.week)
            first = there.index(turns[duty.week])
            members = [there[(first - each) % len(there)] for each in behind]
            givers = self._givers.get(duty, ())
            others = [member for member in members if member not in givers]
            # Of the turns of others, as many are taken for swapped ones as givers have no turn.
            strange = min(len(others), sum(giver not in members for giver in givers))
            yield from [True] * strange
            yield from [member in off for member in others[strange:]]

    @cached_property
    def _own_duties(self) -> list[tuple[Duty, list[int], list[str]]]:
        """The planned duties of the rotation, the first alone of those alike, how far behind the
        first role's turn that of each of these is, and for whom it would be a day off."""
        found = []
        for duty in self.problem.duties:
            alike = self.problem.team.alike(duty) if duty.rotation == self.rotation.name else ()
            if alike and duty == alike[0]:
                roles, there = self.rotation, self.there(duty.week)
                behind = [roles.offset(roles.role(each.role), len(there)) for each in alike]
                found.append((duty, behind, [name for name in there if self._is_off(name, duty)]))
        return found

    def _is_off(self, member: str, duty: Duty) -> bool:
        team = self.problem.team
        return (member, duty.week) in self._off or bool(
            team.away_on(member, duty)
            or self.problem.days_off.festivals_on(member, team.dates(duty))
        )

    @cached_property
    def _off(self) -> frozenset[tuple[str, DutyWeek]]:
        return frozenset((w.engineer, w.week) for w in self.problem.wishes if w.wish == "off")

    @cached_property
    def _givers(self) -> dict[Duty, tuple[str, ...]]:
        """Whose turn each duty must be that an agreed swap hands on; of duties alike, by the first.

        There are as many as seats at most, the last named.
        """
        found: dict[Duty, tuple[str, ...]] = {}
        for swap in self.problem.team.swaps:
            for duty, giver in ((swap.given, swap.engineer), (swap.taken, swap.partner)):
                if swap.agreed and duty is not None:
                    alike = self.problem.team.alike(duty)
                    others = (name for name in found.get(alike[0], ()) if name != giver)
                    found[alike[0]] = (*others, giver)[-len(alike) :]
        return found
