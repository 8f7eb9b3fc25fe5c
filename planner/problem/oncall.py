"""Who is on call at an instant: a rota, its covers and the team's clock, laid out in time.

A duty lasts from one handover to the next. Handovers are wall-clock times, instants are UTC, so
a week across a clock change has 167 or 169 hours, and duties neither overlap nor leave gaps.

A cover is given by dates. A date of a duty runs from the handover's time of day on that date to
the same time on the next; the first date of a duty week begins, and the last one ends, with the
duty itself.

A rotation may be on duty for part of the week or of the day only. Then its duties begin and end by
its own hours, and a date of a duty is what begins on that date: a night is covered whole.

A team may move a handover that falls on a public holiday of anybody who hands over or takes over
to the next working day within the week. Then the old duties last, and the new ones begin, that
much later, in all rotations of the team alike that are on duty all week.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from planner.domain import Cover, DaysOff, Duty, DutyWeek, PublicHoliday, Rota, Seat, Team
from planner.domain.quarters import handover, week_of
from planner.domain.times import Lasting, Times
from planner.grouping import grouped
from planner.problem.doing import Doing, doing
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Shift:
    """An unbroken stretch of a duty done by one engineer, or by nobody if the duty is open.

    ``start`` belongs to it, ``end`` does not; both are UTC. ``holder`` holds the duty: somebody
    else than ``engineer`` where a cover is in force.
    """

    duty: Duty
    start: datetime
    end: datetime
    engineer: str | None
    holder: str | None

    @property
    def covering(self) -> bool:
        return self.engineer != self.holder


@dataclass(frozen=True, slots=True)
class Change:
    """One seat passing from one engineer to another; ``None`` where there was or will be nobody."""

    rotation: str
    role: str
    outgoing: str | None
    incoming: str | None

    @property
    def seat(self) -> Seat:
        return Seat(self.rotation, self.role)

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(name for name in (self.outgoing, self.incoming) if name is not None)


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover with which duties of ``week`` begin, at the UTC instant ``at``.

    ``moved_from`` is the usual instant if the handover was moved; ``holidays`` are the public
    holidays that the people of the changes have on its date.
    """

    week: DutyWeek
    at: datetime
    changes: tuple[Change, ...]
    moved_from: datetime | None = None
    holidays: tuple[tuple[str, PublicHoliday], ...] = ()


@dataclass(frozen=True)
class OnCall:
    """A rota in time. ``days_off`` is needed to mark and to move handovers on public holidays."""

    team: Team
    rota: Rota
    covers: tuple[Cover, ...] = ()
    days_off: DaysOff = field(default_factory=lambda: DaysOff(date.min, date.max))

    def at(self, instant: datetime) -> tuple[Shift, ...]:
        """The shifts of that instant (which must know its time zone), in the team's order."""
        start = bisect_right(self._starts, instant) - 1
        return self._at[start] if start >= 0 else ()

    def begins(self, week: DutyWeek) -> datetime:
        """The UTC instant at which the duties of a week begin."""
        return self._instant(self._handover_dates.get(week, week.first))

    def week(self, instant: datetime) -> DutyWeek:
        """The duty week of an instant, whether anybody is on duty then or not."""
        day = instant.astimezone(ZoneInfo(self.team.timezone)).date()
        week = week_of(day, self.team.handover_weekday)
        return week.later(-1) if instant < self.begins(week) else week

    def resting(self, instant: datetime) -> tuple[str, ...]:
        """The rotations that pause at an instant."""
        week, on_duty = self.week(instant), {shift.duty.rotation for shift in self.at(instant)}
        paused = (each.name for each in self.team.rotations if each.rests(week))
        return tuple(name for name in paused if name not in on_duty)

    def off_duty(self, instant: datetime) -> tuple[str, ...]:
        """The planned rotations that are not on duty at an instant, by their own hours."""
        on_duty = {shift.duty.rotation for shift in self.at(instant)}
        planned, found = {(duty.rotation, duty.week) for duty in self._doing}, []
        for name in (each.name for each in self.team.rotations if each.hours is not None):
            day = instant.astimezone(ZoneInfo(self.team.zone_of(name))).date()
            week = week_of(day, self.team.handover_weekday)
            if name not in on_duty and (name, week) in planned:
                found.append(name)
        return tuple(found)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """All shifts, earliest first, in the team's order of rotations and roles."""
        found = [shift for duty in self._doing for shift in self._shifts_of(duty)]
        return tuple(sorted(found, key=lambda shift: (shift.start, self._place(shift.duty))))

    @cached_property
    def handovers(self) -> tuple[Handover, ...]:
        """Those of each week of the rota at which anybody takes over, earliest first."""
        found = [each for week in self.rota.weeks for each in self.handovers_in(week)]
        return tuple(handover for handover in found if handover.changes)

    def handovers_in(self, week: DutyWeek) -> tuple[Handover, ...]:
        """The handovers with which a week's duties begin, earliest first.

        There is one, perhaps without changes, unless rotations have hours of their own.
        """
        changes: dict[datetime, list[Change]] = {}
        for seat in self.team.seats:
            found = changes.setdefault(self.begin_of(seat.in_week(week)), [])
            if (change := self._change(seat, week)).outgoing != change.incoming:
                found.append(change)
        some = any(changes.values())
        return tuple(
            self._handover(week, at, tuple(found))
            for at, found in sorted(changes.items())
            if found or not some
        )

    def handover(self, week: DutyWeek) -> Handover:
        """The first handover of a week."""
        return self.handovers_in(week)[0]

    def _handover(self, week: DutyWeek, at: datetime, changes: tuple[Change, ...]) -> Handover:
        people = {name for change in changes for name in change.people}
        usual = self._instant(week.first) if at == self.begins(week) else at
        zone = self.team.zone_of(changes[0].rotation) if changes else self.team.timezone
        day = at.astimezone(ZoneInfo(zone)).date()
        holidays = tuple(self._holidays(people, day))
        return Handover(week, at, changes, usual if at != usual else None, holidays)

    def begin_of(self, duty: Duty) -> datetime:
        """The UTC instant at which a duty begins."""
        return self._times(duty)[0][1]

    def end_of(self, duty: Duty) -> datetime:
        """The UTC instant at which a duty ends."""
        return self._times(duty)[-1][2]

    def next_handover(self, instant: datetime) -> Handover | None:
        """The first handover after the instant, if the rota reaches so far."""
        return next((each for each in self.handovers if each.at > instant), None)

    @cached_property
    def _doing(self) -> Doing:
        return doing(self.team, self.rota, self.covers)

    @cached_property
    def _by_duty(self) -> dict[Duty, list[Shift]]:
        return grouped((shift.duty, shift) for shift in self.shifts)

    @cached_property
    def _starts(self) -> list[datetime]:
        """Every instant at which anything begins or ends."""
        return sorted({when for shift in self.shifts for when in (shift.start, shift.end)})

    @cached_property
    def _at(self) -> list[tuple[Shift, ...]]:
        """For each of those instants, the shifts from then on."""
        number = {when: n for n, when in enumerate(self._starts)}
        found: list[list[Shift]] = [[] for _ in self._starts]
        for shift in self.shifts:
            for n in range(number[shift.start], number[shift.end]):
                found[n].append(shift)
        return [tuple(sorted(each, key=lambda s: self._place(s.duty))) for each in found]

    @cached_property
    def _places(self) -> dict[Seat, int]:
        return {seat: n for n, seat in enumerate(self.team.seats)}

    def _place(self, duty: Duty) -> tuple[int, str, str]:
        """Where a duty comes among those of its time; former seats of the team come last."""
        return (self._places.get(duty.seat, len(self._places)), *duty.seat)

    def _instant(self, day: date) -> datetime:
        """The handover's time of day on a date, as UTC."""
        return handover(DutyWeek(day), self.team).astimezone(UTC)

    def _shifts_of(self, duty: Duty) -> list[Shift]:
        names, found = self._doing[duty], list[Shift]()
        for day, start, end in self._times(duty):
            name = names[day]
            if found and found[-1].engineer == name and found[-1].end == start:
                start = found.pop().start
            found.append(Shift(duty, start, end, name, self.rota.holder(duty)))
        return found

    @cached_property
    def _clock(self) -> Times:
        return Times(self.team, self.begins) if self._handover_dates else self.team.times

    def _times(self, duty: Duty) -> tuple[Lasting, ...]:
        """From when until when each part of a duty lasts, by the date on which it begins."""
        return self._clock.of(duty)

    @cached_property
    def _handover_dates(self) -> dict[DutyWeek, date]:
        """The dates of the handovers that are moved."""
        if self.team.handover_on_holidays != "move":
            return {}
        return {week: moved for week in self.rota.weeks if (moved := self._moved(week)) is not None}

    def _moved(self, week: DutyWeek) -> date | None:
        """The next working day of everybody concerned, if the first day is none for one of them."""
        people = {
            name
            for duty in self._doing
            if duty.week == week and self.team.hours_of(duty.rotation) is None
            for name in self._passing(duty)
        }
        if not self._holidays(people, week.first):
            return None
        working = [
            day
            for day in week.days[1:]
            if day not in self.days_off.non_business and not self._holidays(people, day)
        ]
        return working[0] if working else None

    def _passing(self, duty: Duty) -> tuple[str, ...]:
        """Outgoing and incoming engineer by the dates alone; nobody if the seat stays the same."""
        before = self._doing.get(duty.later(-1))
        outgoing = list(before.values())[-1] if before else None
        incoming = next(iter(self._doing[duty].values()))
        if outgoing is None or incoming is None or outgoing == incoming:
            return ()
        return outgoing, incoming

    def _holidays(self, people: Iterable[str], day: date) -> list[tuple[str, PublicHoliday]]:
        return [
            (name, holiday)
            for name in sorted(people)
            for holiday in self.days_off.holidays.get(name, ())
            if holiday.day == day
        ]

    def _change(self, seat: Seat, week: DutyWeek) -> Change:
        before = self._by_duty.get(seat.in_week(week.later(-1)))
        after = self._by_duty.get(seat.in_week(week))
        return Change(
            *seat,
            before[-1].engineer if before else None,
            after[0].engineer if after else None,
        )


def local(instant: datetime, team: Team) -> datetime:
    """The instant on the team's clock."""
    return instant.astimezone(ZoneInfo(team.timezone))
