"""A second model: the rules and fair share, written plainly from their statements.

One yes-or-no variable for each duty and engineer, and nothing clever; it shares no code with
the planner's rules or model. Amounts of a duty are scaled to whole numbers of at most 10¹²
parts, so costs are exact for ordinary shares and otherwise right to nine places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from math import floor, lcm

from ortools.sat.python import cp_model

from planner.domain import Duty, DutyWeek
from planner.problem import Problem
from tests.oracle.facts import Facts, Seat
from tests.oracle.rules import held_in

LARGEST_SCALE = 10**12


class UnfinishedError(Exception):
    """A question that was not answered in the time allowed."""


class PlainModel:
    """All rotas that keep the rules, as a model to be asked one question after another.

    With ``seconds``, each question has so long, and is asked without a linear relaxation, which
    large numbers mislead.
    """

    def __init__(self, problem: Problem, seconds: float | None = None) -> None:
        self.seconds = seconds
        self.facts = Facts(problem)
        self.model = cp_model.CpModel()
        self.on = {
            (duty, name): self.model.new_bool_var(f"{duty} {name}")
            for duty in self.facts.duties
            for name in self.facts.engineers
        }
        self.counts: dict[tuple[str, tuple[Seat, ...]], cp_model.IntVar] = {}
        self._rules()

    def can_be_kept(self) -> bool:
        """Whether any rota keeps the rules."""
        return self._least(None) is not None

    def fair_share(self) -> list[Fraction]:
        """Fewest open duties, then the least sum of squares of each seat, then of all together.

        Before the squares, turns of several weeks are kept whole, and the fewest people have no
        duty, if the team's first aim is that. Each is pinned before the next is brought to its
        least.
        """
        open_duties = len(self.facts.duties) - sum(self.on.values())
        fewest = self._least(open_duties)
        assert fewest is not None, "asked for fairness where there is no rota"
        self.model.add(open_duties == fewest)
        if self.facts.several:
            split = self._split_turns()
            whole = self._least(split)
            assert whole is not None
            self.model.add(split <= whole)
        if self.facts.team.aims[:1] == ("everyone",):
            idle = self._idle()
            passed_over = self._least(idle)
            assert passed_over is not None
            self.model.add(idle <= passed_over)
        found = [Fraction(fewest)]
        for seats in (*[(seat,) for seat in self.facts.names], tuple(self.facts.names)):
            scale, constant, cost = self._squares(seats)
            least = self._least(cost)
            assert least is not None
            self.model.add(cost <= least)
            found.append(Fraction(least, scale) + constant)
        return found

    def _idle(self) -> cp_model.LinearExprT:
        """How many people have no duty, of those whom some duty would suit."""
        idle: cp_model.LinearExprT = 0
        for name in self.facts.engineers:
            if any(self._suits(duty, name) for duty in self.facts.duties):
                none = self.model.new_bool_var(f"{name} idle")
                self.model.add(none + sum(self.on[duty, name] for duty in self.facts.duties) >= 1)
                idle += none
        return idle

    def _suits(self, duty: Duty, name: str) -> bool:
        facts = self.facts
        return (
            not facts.away(name, duty)
            and name in facts.rotations[duty.rotation].cycle
            and facts.may_hold(name, facts.role(duty), duty.week)
            and facts.employed(name, duty.week)
        )

    def can_be_even(self, seat: Seat, groups: Iterable[Sequence[str]]) -> bool:
        """Whether counts within each group may differ by at most one, all else as pinned."""
        for group in groups:
            counts = [self._count(name, (seat,)) for name in group]
            for one, other in combinations(counts, 2):
                self.model.add(one - other <= 1)
                self.model.add(other - one <= 1)
        return self._least(None) is not None

    def least(self, cost: cp_model.LinearExprT) -> int | None:
        """The least that a sum over ``on`` can be, all else as pinned."""
        return self._least(cost)

    def _least(self, cost: cp_model.LinearExprT | None) -> int | None:
        """The least cost, proven, or ``None`` if no rota is left."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if self.seconds is not None:
            solver.parameters.max_time_in_seconds = self.seconds
            solver.parameters.linearization_level = 0
        if cost is None:
            cost = sum(self.on.values())
        self.model.minimize(cost)
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL and self.seconds is not None:
            raise UnfinishedError
        assert status == cp_model.OPTIMAL, solver.status_name(status)
        return round(solver.value(cost)) if not isinstance(cost, int) else cost

    def _count(self, name: str, seats: tuple[Seat, ...]) -> cp_model.IntVar:
        """How many duties in these seats an engineer holds."""
        if (name, seats) not in self.counts:
            held = [
                held
                for (duty, who), held in self.on.items()
                if who == name and self.facts.named(duty) in seats
            ]
            count = self.model.new_int_var(0, len(held), f"{name} {seats}")
            self.model.add(count == sum(held))
            self.counts[name, seats] = count
        return self.counts[name, seats]

    def _squares(self, seats: tuple[Seat, ...]) -> tuple[int, Fraction, cp_model.LinearExprT]:
        """Scale, constant and variable part of Σ (start + count)² = Σ start² + 2·start·n + n²."""
        starts = {
            name: sum((self.facts.before[seat][name] for seat in seats), Fraction(0))
            for name in self.facts.engineers
        }
        scale = min(lcm(*(start.denominator for start in starts.values())), LARGEST_SCALE)
        cost: cp_model.LinearExprT = 0
        for name, start in starts.items():
            # One step for each duty: the n-th costs n² − (n − 1)² + 2·start more than the last.
            # Steps never get cheaper, so a least cost takes them in their order by itself.
            steps = [
                self.model.new_bool_var(f"{n} {name} {seats}")
                for n in range(1, len(self.facts.duties) + 1)
            ]
            self.model.add(self._count(name, seats) == sum(steps))
            for n, step in enumerate(steps, start=1):
                cost += (scale * (2 * n - 1) + floor(2 * scale * start)) * step
        return scale, sum((start * start for start in starts.values()), Fraction(0)), cost

    def _held(self, duty: Duty, names: Iterable[str]) -> list[cp_model.IntVar]:
        return [self.on[duty, name] for name in names]

    def _rules(self) -> None:
        facts, model, on = self.facts, self.model, self.on
        settings, names = facts.settings, list(facts.engineers)
        for duty in facts.duties:
            if facts.role(duty).optional:
                model.add(sum(self._held(duty, names)) <= 1)
            else:
                model.add(sum(self._held(duty, names)) == 1)
            for name in names:
                if not self._suits(duty, name):
                    model.add(on[duty, name] == 0)
        if settings.one_duty == "a week":
            for week in facts.weeks:
                for name in names:
                    model.add(sum(on[duty, name] for duty in facts.duties_in(week)) <= 1)
        self._times()
        self._back_to_back()
        self._whole_turns()
        for duty, name in facts.locks:
            model.add(on[duty, name] == 1)
        for given, least in ((facts.swaps, 1), (facts.given_away, 0)):
            for duty, who in given.items():
                for name in who:
                    model.add(sum(on[each, name] for each in facts.side_by_side(duty)) == least)
        if settings.mentoring:
            self._mentoring()
        for kind in settings.one_per_group:
            for one, other in combinations(names, 2):
                group = facts.engineers[one].group
                if group and group == facts.engineers[other].group:
                    for week in facts.weeks:
                        duties = [d for d in facts.duties_in(week) if facts.role(d).kind == kind]
                        for here in duties:
                            for there in duties:
                                model.add(on[here, one] + on[there, other] <= 1)
        for kind in settings.group_gap:
            self._keep_apart(kind)
        for other in facts.problem.elsewhere if settings.other_teams == "never" else ():
            for duty in facts.duties:
                if set(duty.week.days) & set(other.days):
                    model.add(on[duty, other.engineer] == 0)
        for key, most, _ in settings.limits:
            counted = [d for d in facts.duties if key in (facts.named(d)[1], facts.role(d).kind)]
            for name in names:
                model.add(sum(on[duty, name] for duty in counted) <= most)

    def _times(self) -> None:
        """No two duties at once, where only times count; and rest between others."""
        facts, settings = self.facts, self.facts.settings
        known = [d for d in facts.past_duties if d in facts.history]
        for one, other in combinations([*known, *facts.duties], 2):
            at_once = settings.one_duty == "no overlap" and facts.gap(one, other) is None
            tired = settings.least_rest is not None and facts.too_near(one, other)
            if other in facts.duties and (at_once or tired):
                for name in facts.engineers:
                    held: cp_model.LinearExprT = int(facts.history.get(one) == name)
                    held = self.on[one, name] if one in facts.duties else held
                    self.model.add(held + self.on[other, name] <= 1)

    def _keep_apart(self, kind: str) -> None:
        """No two of one home group in adjacent weeks; past weeks are as history says."""
        facts = self.facts
        home = {name: engineer.group for name, engineer in facts.engineers.items()}
        past = [d for d in facts.past_duties if (d.rotation, d.role) in facts.roles]
        of_kind = [d for d in (*past, *facts.duties) if facts.role(d).kind == kind]
        for earlier in of_kind:
            for later in of_kind:
                if later not in facts.duties or later.week != earlier.week.later(1):
                    continue
                for one, other in permutations([name for name in home if home[name]], 2):
                    if home[one] == home[other]:
                        held: cp_model.LinearExprT = int(facts.history.get(earlier) == one)
                        if earlier in facts.duties:
                            held = self.on[earlier, one]
                        self.model.add(held + self.on[later, other] <= 1)

    def _back_to_back(self) -> None:
        facts = self.facts
        by_swap = {(who, duty.week) for duty, names in facts.swaps.items() for who in names}
        for later in facts.duties if facts.settings.back_to_back != "off" else ():
            week_before = later.week.later(-1)
            earlier = [d for d in (*facts.past_duties, *facts.duties) if d.week == week_before]
            if facts.settings.back_to_back == "same role":
                earlier = [d for d in earlier if facts.named(d) == facts.named(later)]
            for name in facts.engineers:
                if {(name, later.week), (name, week_before)} & by_swap:
                    continue
                for duty in earlier:
                    if facts.one_turn(duty, later):
                        continue
                    if duty in facts.past_duties:
                        held: cp_model.LinearExprT = int(facts.history.get(duty) == name)
                    else:
                        held = self.on[duty, name]
                    self.model.add(self.on[later, name] + held <= 1)

    def _whole_turns(self) -> None:
        """Whoever holds a week of a turn holds the next one too, if all its seats are held."""
        facts = self.facts
        for duty, before in self._going_on():
            seats = facts.side_by_side(duty)
            if any(locked in seats for locked, _ in facts.locks):
                continue
            for name in facts.engineers:
                if self._suits(duty, name):
                    others = [who for who in facts.engineers if who != name]
                    taken = sum(held for seat in seats for held in self._held(seat, others))
                    self.model.add(self._earlier(duty, before, name) + taken <= len(seats))

    def _going_on(self) -> Iterator[tuple[Duty, DutyWeek]]:
        """The weeks in which turns go on that no swap has split, each with the one before."""
        facts = self.facts
        for duty in sorted({facts.side_by_side(duty)[0] for duty in facts.duties}):
            before, seats = facts.week_before(duty), facts.side_by_side(duty)
            if before is not None and not (
                facts.gives(before, duty)
                or facts.gives(duty.week, duty)
                or len(held_in(facts, {}, duty, before)) > len(seats)
            ):
                yield duty, before

    def _earlier(self, duty: Duty, week: DutyWeek, name: str) -> cp_model.LinearExprT:
        """Whether somebody holds the duty's role in an earlier week."""
        if week not in self.facts.weeks:
            return int(name in held_in(self.facts, {}, duty, week))
        seats = self.facts.side_by_side(Duty(week, duty.rotation, duty.role))
        return sum(self.on[seat, name] for seat in seats)

    def _split_turns(self) -> cp_model.LinearExprT:
        """How many turns change hands; and givers of one week who do not hold the rest."""
        facts, split = self.facts, cp_model.LinearExpr.sum([])
        for duty, before in self._going_on():
            seats = facts.side_by_side(duty)
            locked = [who for each, who in facts.locks if each in seats]
            for name in facts.engineers:
                elsewhere = len(locked) == len(seats) and name not in locked
                if elsewhere or not self._suits(duty, name):
                    split += self._earlier(duty, before, name)
        for duty in sorted({facts.side_by_side(duty)[0] for duty in facts.duties}):
            before = facts.week_before(duty)
            gave = facts.gives(before, duty) if before else []
            gives = facts.gives(duty.week, duty)
            rest = duty if gave else Duty(before or duty.week, duty.rotation, duty.role)
            if before and bool(gave) != bool(gives) and rest.week in facts.weeks:
                for name in gave or gives:
                    if self._suits(rest, name):
                        split += 1 - sum(self.on[s, name] for s in facts.side_by_side(rest))
        return split

    def _mentoring(self) -> None:
        levels = {name: engineer.level for name, engineer in self.facts.engineers.items()}
        seniors = [name for name, level in levels.items() if level == "senior"]
        for duty in self.facts.duties:
            beside = (duty.rotation, "secondary")
            if self.facts.named(duty)[1] == "primary" and beside in self.facts.names:
                others = [
                    d for d in self.facts.duties_in(duty.week) if self.facts.named(d) == beside
                ]
                mentors = sum(held for other in others for held in self._held(other, seniors))
                for name, level in levels.items():
                    if level == "junior":
                        self.model.add(self.on[duty, name] <= mentors)
