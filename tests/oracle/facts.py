"""What a problem says, looked up by dates and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, permutations

from planner.domain import Duty, DutyWeek, Engineer, Role, Rotation, Wish
from planner.domain.people import Stage
from planner.problem import Problem

Holders = Mapping[Duty, str]
"""Who holds each filled duty."""

Seat = tuple[str, str]
"""Names of a rotation and of one of its roles."""


class Facts:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.team = problem.team
        self.settings = problem.team.settings
        self.weeks = problem.horizon.weeks
        self.engineers: dict[str, Engineer] = {e.name: e for e in problem.team.engineers}
        self.rotations: dict[str, Rotation] = {r.name: r for r in problem.team.rotations}
        self.roles: dict[Seat, Role] = {
            (rotation.name, role.name): role
            for rotation in problem.team.rotations
            for role in rotation.roles
        }
        self.history: Holders = {
            held.duty: held.engineer for held in problem.history if held.engineer is not None
        }
        self.past_duties = [held.duty for held in problem.history]

    @cached_property
    def wishes(self) -> list[Wish]:
        """What people wish for; a swap that is not agreed yet is a wish for both of its weeks."""
        said = {(wish.engineer, wish.week): wish for wish in self.team.wishes}
        for swap in self.team.swaps:
            if not swap.agreed:
                hopes = [(swap.week, "off"), (swap.for_week, "on")]
                for week, hope in hopes:
                    if week is not None:
                        said.setdefault((swap.engineer, week), Wish(swap.engineer, week, hope))
        return list(said.values())

    def role(self, duty: Duty) -> Role:
        return self.roles[duty.rotation, duty.role]

    def named(self, duty: Duty) -> Seat:
        """The rotation and role of a duty, by the name that seats alike share."""
        role = self.roles.get((duty.rotation, duty.role))
        return duty.rotation, (role and role.alike) or duty.role

    def side_by_side(self, duty: Duty) -> list[Duty]:
        """The duties of the same role in the same week."""
        every = [Duty(duty.week, *seat) for seat in self.roles]
        return [other for other in every if self.named(other) == self.named(duty)]

    @cached_property
    def names(self) -> list[Seat]:
        """Rotations and roles by the names that seats alike share, in the team's order."""
        week = self.weeks[0]
        return list(dict.fromkeys(self.named(Duty(week, *seat)) for seat in self.roles))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        return tuple(duty for week in self.weeks for duty in self.duties_in(week))

    def duties_in(self, week: DutyWeek) -> list[Duty]:
        return self._duties[week]

    @cached_property
    def _duties(self) -> dict[DutyWeek, list[Duty]]:
        return {
            week: [
                Duty(week, *seat)
                for seat, role in self.roles.items()
                if (role.weeks == "every" or week in self.month_ends)
                and not self._paused(seat[0], week)
            ]
            for week in self.weeks
        }

    def _paused(self, rotation: str, week: DutyWeek) -> bool:
        days = set(week.days)
        for pause in self.rotations[rotation].pauses:
            length = (pause.end - pause.start).days + 1
            days -= {pause.start + timedelta(n) for n in range(length)}
        return not days

    @cached_property
    def month_ends(self) -> set[DutyWeek]:
        """For each month the week that holds most of its last five working days."""
        found = set()
        days = [day for week in self.weeks for day in week.days]
        for year, month in {(day.year, day.month) for day in days}:
            every = [date(year, month, 1) + timedelta(n) for n in range(31)]
            working = [
                day
                for day in every
                if day.month == month and day not in self.problem.days_off.non_business
            ]
            tally = Counter(self._begin(day) for day in working[-5:])
            most = max(tally.values(), default=0)
            found |= {DutyWeek(max(first for first in tally if tally[first] == most))} & set(
                self.weeks
            )
        return found

    def _begin(self, day: date) -> date:
        """The first day of the duty week in which a day lies."""
        return day - timedelta((day - self.weeks[0].first).days % 7)

    def dates(self, duty: Duty) -> set[date]:
        """The dates on which any quarter of an hour of the duty lies."""
        known = self.rotations.get(duty.rotation)
        if known is None or known.hours is None:
            return set(duty.week.days)
        midnight = datetime.combine(duty.week.first, time())
        return {
            (midnight + timedelta(minutes=minute)).date()
            for stretch in known.hours.stretches
            for minute in (*range(stretch.begins, stretch.ends, 15), stretch.ends - 1)
        }

    def too_near(self, one: Duty, other: Duty) -> bool:
        """Whether there is less rest between two duties than the team asks for; the weeks of one
        turn need none between."""
        if (one.rotation == other.rotation and self.lasts(one.rotation) > 1) and (
            self.turn_of(one)[1] == self.turn_of(other)[1]
        ):
            return False
        gap, least = self.gap(one, other), self.settings.least_rest or 0
        if gap is None:
            return one.week != other.week and self.settings.one_duty != "no overlap"
        return gap < least

    def gap(self, one: Duty, other: Duty) -> int | None:
        """The fewest minutes in which neither of two duties is done, from one to the other; none
        for duties at the same time."""
        if (one, other) not in self._gaps:
            at_work = {m: {duty} for duty in (one, other) for m in self._minutes(duty)}
            at_work |= {m: {one, other} for m in self._minutes(one) & self._minutes(other)}
            found, before = [], None
            for minute in sorted(at_work):
                if before is not None and at_work[minute] != at_work[before]:
                    found.append(minute - before - 15)
                before = minute
            both = any(len(duties) > 1 for duties in at_work.values())
            self._gaps[one, other] = None if both else min(found)
        return self._gaps[one, other]

    @cached_property
    def _gaps(self) -> dict[tuple[Duty, Duty], int | None]:
        return {}

    def _minutes(self, duty: Duty) -> set[int]:
        """Every quarter of an hour, by the clock, in which the duty is done."""
        hours = self.rotations[duty.rotation].hours if duty.rotation in self.rotations else None
        handover = 60 * self.team.handover_time.hour
        spans = [(handover, handover + 7 * 1440)]
        if hours is not None:
            spans = [(each.begins, each.ends) for each in hours.stretches]
        midnight = 1440 * duty.week.first.toordinal()
        return {midnight + n for begins, ends in spans for n in range(begins, ends, 15)}

    def away(self, name: str, duty: Duty, owing: Sequence[str] = ()) -> bool:
        """Away on any date of the duty, by a kind that is not among ``owing``."""
        return any(
            kind not in owing and days & self.dates(duty)
            for days, kind in self._absences.get(name, ())
        )

    @cached_property
    def _absences(self) -> dict[str, list[tuple[set[date], str]]]:
        found: dict[str, list[tuple[set[date], str]]] = {}
        for v in self.team.vacations:
            days = {v.start + timedelta(n) for n in range((v.end - v.start).days + 1)}
            who = self.engineers[v.engineer]
            if (who.joined and v.end < who.joined) or (who.left and who.left < v.start):
                continue
            found.setdefault(v.engineer, []).append((days, v.kind))
        return found

    def employed(self, name: str, week: DutyWeek) -> bool:
        engineer = self.engineers[name]
        return not (
            (engineer.joined and week.days[0] < engineer.joined)
            or (engineer.left and week.days[-1] > engineer.left)
        )

    def person(self, name: str, week: DutyWeek) -> Engineer | Stage:
        """What holds of somebody in a week: by the last of their rows that has begun."""
        engineer = self.engineers[name]
        begun = [stage for stage in engineer.stages if stage.since <= week.days[0]]
        return begun[-1] if begun else engineer

    def may_hold(self, name: str, role: Role, week: DutyWeek) -> bool:
        engineer = self.person(name, week)
        return ((role.alike or role.name) in engineer.roles or not engineer.roles) and (
            engineer.level in role.levels or not role.levels
        )

    @cached_property
    def swaps(self) -> dict[Duty, set[str]]:
        """Planned duties that agreed swaps give away, and who must have them in the end.

        That is who receives a duty and never gives it on; if all do, the last one. Of seats alike
        (the first stands for all) several may be given, each in a chain of its own.
        """
        ends = {}
        for duty, rows in self._given.items():
            keep = {new for _, new in rows} - {old for old, _ in rows}
            ends[duty] = keep or {rows[-1][1]}
            if len(self.side_by_side(duty)) > 1 and not self._one_chain(rows):
                names: list[str] = []
                for old, new in rows:
                    names = [name for name in names if name != old] + [new]
                fits = len(set(names)) <= len(self.side_by_side(duty))
                ends[duty] = set(names) if fits else {new for _, new in rows}
        return {duty: names for duty, names in ends.items() if duty in self.duties}

    def _one_chain(self, rows: list[tuple[str, str]]) -> bool:
        return any(
            all(new == old for (_, new), (old, _) in pairwise(order))
            for order in permutations(rows)
        )

    @cached_property
    def given_away(self) -> dict[Duty, set[str]]:
        """Of the seats alike of a week (by the first), who gave one away and takes none."""
        return {
            duty: {old for old, _ in rows} - self.swaps[duty]
            for duty, rows in self._given.items()
            if duty in self.swaps and len(self.side_by_side(duty)) > 1
        }

    @cached_property
    def _given(self) -> dict[Duty, list[tuple[str, str]]]:
        given: dict[Duty, list[tuple[str, str]]] = {}
        for swap in self.team.swaps:
            if swap.agreed:
                one, other = swap.engineer, swap.partner
                first = self.side_by_side(Duty(swap.week, *swap.seat))[0]
                given.setdefault(first, []).append((one, other))
                if swap.for_week:
                    first = self.side_by_side(Duty(swap.for_week, *swap.seat))[0]
                    given.setdefault(first, []).append((other, one))
        return {duty: list(dict.fromkeys(rows)) for duty, rows in given.items()}

    @cached_property
    def locks(self) -> list[tuple[Duty, str]]:
        return [
            (held.duty, held.engineer)
            for held in self.problem.locked
            if held.engineer and held.duty in self.duties
        ]

    def owed(self, duty: Duty) -> dict[str, Fraction]:
        """What each engineer owes of one duty: share ÷ sum of the shares of the active."""
        if duty not in self._owed:
            active = [
                name
                for name in self.rotations[duty.rotation].cycle
                if self.may_hold(name, self.role(duty), duty.week)
                and self.employed(name, duty.week)
                and not self.away(name, duty, self.settings.owed_during)
            ]
            shares = {name: self.person(name, duty.week).share for name in active}
            total = sum(shares.values())
            most = Fraction(1)
            if self.role(duty).optional and self.role(duty).weeks == "every":
                most = Fraction(1, 2)
                if self.settings.back_to_back == "off":
                    most = Fraction(1)
                    if self.settings.most_running:
                        turns = self.settings.most_running // self.lasts(duty.rotation)
                        most = Fraction(turns, turns + 1)
                most /= len(self.side_by_side(duty))
            self._owed[duty] = {name: min(most, shares[name] / total) for name in active}
        return self._owed[duty]

    @cached_property
    def _owed(self) -> dict[Duty, dict[str, Fraction]]:
        return {}

    @cached_property
    def carried(self) -> dict[Seat, dict[str, Fraction]]:
        """For each role what everybody has done in the past, less what they owed."""
        found = {seat: dict.fromkeys(self.engineers, Fraction(0)) for seat in self.names}
        for duty in self.past_duties:
            amounts = found[self.named(duty)]
            for name, part in self.owed(duty).items():
                amounts[name] -= part
            if self.history.get(duty) in amounts:
                amounts[self.history[duty]] += 1
        return found

    @cached_property
    def before(self) -> dict[Seat, dict[str, Fraction]]:
        """For each role what everybody starts from: what counts of the past, less what they owe."""
        duties = self.settings.catch_up * max(1, round(len(self.weeks) / 13))
        start = {}
        for seat, carried in self.carried.items():
            most = duties * self.lasts(seat[0])
            start[seat] = {
                name: sorted((-most, amount, most))[1] for name, amount in carried.items()
            }
            for duty in self.duties:
                if self.named(duty) == seat:
                    for name, part in self.owed(duty).items():
                        start[seat][name] -= part
        return start

    def turn(self, duty: Duty) -> str:
        """Whose turn it is when nobody is away."""
        there = self.present(duty.rotation, duty.week.first)
        step = self.step(duty, len(there))
        first = self.walks[duty.rotation][duty.week.first]
        return there[(there.index(first) - step) % len(there)]

    def step(self, duty: Duty, members: int) -> int:
        """How many turns behind the first role's the duty's turn is.

        Even distances, or as the role says; seats alike lie at even distances from each other, the
        first of them pushed back until no turn falls together with an earlier role's.
        """
        roles = self.rotations[duty.rotation].roles
        names = [role.name for role in roles]
        if not any(role.alike for role in roles):
            step = self.role(duty).offset
            return names.index(duty.role) * members // len(names) if step is None else step
        steps: dict[str, int] = {}
        for number, role in enumerate(roles):
            if role.name in steps:
                continue
            same = [each.name for each in roles if role.alike and each.alike == role.alike]
            same = same or [role.name]
            begins = [number * members // len(roles) + push for push in range(members)]
            begins = begins if role.offset is None else [role.offset]
            busy = {step % members for step in steps.values()}
            ways = [
                {name: begin + n * members // len(same) for n, name in enumerate(same)}
                for begin in begins
            ]
            clear = [way for way in ways if not busy & {step % members for step in way.values()}]
            steps |= (clear or ways)[0]
        return steps[duty.role]

    def present(self, rotation: str, monday: date) -> list[str]:
        cycle = self.rotations[rotation].cycle
        return [n for n in cycle if self.employed(n, DutyWeek(monday))] or list(cycle)

    def lasts(self, rotation: str) -> int:
        """How many weeks a turn lasts."""
        return self.rotations[rotation].turn if rotation in self.rotations else 1

    @property
    def several(self) -> bool:
        """Whether any turns last several weeks."""
        return any(rotation.turn > 1 for rotation in self.rotations.values())

    def turn_of(self, duty: Duty) -> tuple[Seat, int]:
        """The role of a duty and the number of its turn, 0 for that of the first planned week."""
        first, long = self.weeks[0].first, self.lasts(duty.rotation)
        begun = self._begun.get(duty.rotation, 0)
        return self.named(duty), ((duty.week.first - first).days // 7 + begun) // long

    def one_turn(self, one: Duty, other: Duty) -> bool:
        return one.week != other.week and self.turn_of(one) == self.turn_of(other)

    def opening(self, duty: Duty) -> date:
        """When the role first ran in the duty's turn."""
        return self._openings.get(self.turn_of(duty), duty.week.first)

    @cached_property
    def _openings(self) -> dict[tuple[Seat, int], date]:
        every = sorted((*self.past_duties, *self.duties), key=lambda d: d.week, reverse=True)
        return {self.turn_of(duty): duty.week.first for duty in every}

    @cached_property
    def _begun(self) -> dict[str, int]:
        """By rotation, how many weeks of the turn of the first planned week are past."""
        return {name: self._weeks_begun(name) for name in self.rotations}

    def _weeks_begun(self, rotation: str) -> int:
        long, first = self.lasts(rotation), self.weeks[0].first
        if self.team.week_one:
            return (first - self.team.week_one).days // 7 % long
        roles = self.rotations[rotation].roles
        name = (rotation, roles[0].alike or roles[0].name)
        reach = long * len(self.rotations[rotation].cycle)
        twice = set()
        for duty, who in self.history.items():
            for other, same in self.history.items():
                back = (first - other.week.first).days // 7
                follows = other.week == duty.week.later(1) and who == same and back < reach
                if follows and self.named(duty) == self.named(other) == name:
                    twice.add(back)
        good = [
            sum(-1 if (back - begun) % long == 0 else 1 for back in twice) for begun in range(long)
        ]
        return good.index(max(good))

    def gives(self, week: DutyWeek, duty: Duty) -> list[str]:
        """Who gives away the duty's role in a week, by agreed swaps, without receiving it."""
        gave: Counter[str] = Counter()
        for swap in self.team.swaps:
            if swap.agreed and self.named(Duty(swap.week, *swap.seat)) == self.named(duty):
                for when, old, new in (
                    (swap.week, swap.engineer, swap.partner),
                    (swap.for_week, swap.partner, swap.engineer),
                ):
                    if when == week:
                        gave[old] += 1
                        gave[new] -= 1
        return [name for name, times in gave.items() for _ in range(times)]

    def week_before(self, duty: Duty) -> DutyWeek | None:
        """The last week before in which the role ran in the same turn."""
        known = (*self.past_duties, *self.duties)
        weeks = [d.week for d in known if d.week < duty.week and self.one_turn(d, duty)]
        return max(weeks, default=None)

    def follow(self, rotation: str, member: str, mondays: Sequence[date], step: int) -> list[str]:
        """Whose turns come after (or before) a member's, in those weeks one after the other."""
        cycle, found = self.rotations[rotation].cycle, []
        place = cycle.index(member)
        for monday in mondays:
            later = monday if step > 0 else monday + timedelta(7)
            weeks = (later - self.weeks[0].first).days // 7
            opens = (weeks + self._begun[rotation]) % self.lasts(rotation) == 0
            here = self.present(rotation, monday)
            place += step if opens or (step < 0 and cycle[place % len(cycle)] not in here) else 0
            while cycle[place % len(cycle)] not in self.present(rotation, monday):
                place += step
            found.append(cycle[place % len(cycle)])
        return found

    @cached_property
    def walks(self) -> dict[str, dict[date, str]]:
        """Whose turn the first role of each rotation is, by the first day of the planned weeks."""
        mondays = [week.first for week in self.weeks]
        found = {}
        for name, rotation in self.rotations.items():
            cycle = rotation.cycle
            if self.team.week_one:
                long = self.lasts(name)
                numbers = [(monday - self.team.week_one).days // 7 // long for monday in mondays]
                turns = [
                    self._from(name, number % len(cycle), monday)
                    for number, monday in zip(numbers, mondays, strict=True)
                ]
            else:
                walks = [
                    [turn, *self.follow(name, turn, mondays[1:], 1)]
                    for turn in self.present(name, mondays[0])
                ]
                # The first listed start comes first.
                walks.sort(key=lambda walk: cycle.index(walk[0]))
                fits = {walk[0]: self._fit(rotation, walk[0]) for walk in walks}
                if max(sum(fit) for fit in fits.values()):
                    turns = max(walks, key=lambda walk: (sum(fits[walk[0]]), fits[walk[0]]))
                else:
                    turns = min(walks, key=lambda walk: self._on_days_off(rotation, walk))
            found[name] = dict(zip(mondays, turns, strict=True))
        return found

    def _from(self, rotation: str, place: int, monday: date) -> str:
        """The member at a place of the cycle, or the next one who is there."""
        cycle = self.rotations[rotation].cycle
        while cycle[place % len(cycle)] not in self.present(rotation, monday):
            place += 1
        return cycle[place % len(cycle)]

    def _fit(self, rotation: Rotation, first: str) -> list[bool]:
        """Which of the last N duties the turns fit that lead to the first week's, latest first."""
        role = rotation.roles[0].alike or rotation.roles[0].name
        past = [d for d in self.past_duties if self.named(d) == (rotation.name, role)]
        latest = sorted({d.week for d in past})[-len(rotation.cycle) * rotation.turn :]
        if not latest:
            return []
        weeks = (self.weeks[0].first - latest[0].first).days // 7
        mondays = [self.weeks[0].first - timedelta(7 * n) for n in range(1, weeks + 1)]
        walk = self.follow(rotation.name, first, mondays, -1)
        turns = dict(zip(mondays, walk, strict=True))
        return [
            turns[week.first] in [self.history.get(d) for d in past if d.week == week]
            for week in latest[::-1]
        ]

    def _on_days_off(self, rotation: Rotation, walk: list[str]) -> int:
        givers: dict[Duty, list[str]] = {}
        for swap in self.team.swaps:
            for week, name in ((swap.week, swap.engineer), (swap.for_week, swap.partner)):
                if swap.agreed and week:
                    same = self.side_by_side(Duty(week, swap.rotation, swap.role))
                    known = [each for each in givers.get(same[0], []) if each != name]
                    givers[same[0]] = [*known, name][-len(same) :]
        bad = 0
        for duty in self.duties:
            if duty.rotation != rotation.name or self.side_by_side(duty)[0] != duty:
                continue
            there = self.present(rotation.name, duty.week.first)
            first = there.index(walk[(duty.week.first - self.weeks[0].first).days // 7])
            turns = [
                there[(first - self.step(each, len(there))) % len(there)]
                for each in self.side_by_side(duty)
            ]
            given = givers.get(duty, [])
            free = [name for name in turns if name not in given]
            missing = len([name for name in given if name not in turns])
            bad += len(free[:missing])
            bad += sum(self._is_off(name, duty) for name in free[missing:])
        return bad

    def _is_off(self, name: str, duty: Duty) -> bool:
        off = {(wish.engineer, wish.week) for wish in self.wishes if wish.wish == "off"}
        feast = any(
            day in self.dates(duty)
            for time in self.problem.days_off.festivals.get(name, ())
            for day in time.days
        )
        return feast or (name, duty.week) in off or self.away(name, duty)
