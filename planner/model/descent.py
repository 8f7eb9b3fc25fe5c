"""One island's way down the parts of the aims: each is made least, and kept there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from planner.errors import DisagreementError
from planner.model.batch import Batch, Footing, Part, gather
from planner.model.clock import Clock
from planner.model.exact import exactly
from planner.model.posting import Goal, keep_at_floor, keep_below, keep_within
from planner.model.search import Answer, Pace, Watch, search
from planner.model.seats import SeatModel
from planner.model.sharing import Sharing
from planner.rules.base import Assignment

AFTER_STOP = 2.0
"""Most seconds for finding some rota at all, where somebody interrupts before there is one."""

EFFORT = 60.0
"""Most effort, in the solver's deterministic seconds, for making several parts least at once."""

GLANCE, CUTS = 1.0, 10.0
"""The same for one part, at first and then with cuts, before the search begins anew and thoroughly;
a glance is also enough for asking again where no rota was found to exist."""

DOUBT = "{}: the solver denied a rota that exists, so a plainer search decided."

CHOICE_EFFORT = 0.1
CHOICE_SEATS = 500
"""The same for the last, arbitrary choice among equally good rotas, which only teams with at
most so many open seats are worth."""


class NothingFoundError(Exception):
    """The search ended without any rota; ``infeasible`` if there is none."""

    def __init__(self, infeasible: bool) -> None:
        super().__init__()
        self.infeasible = infeasible


Report = Callable[[Part, Fraction, Fraction], None]
"""Is told a part, its value so far and what it can be at best, as they move."""


class Descent:
    """The search on one island; ``taken`` are the open seats of the best solution so far."""

    def __init__(
        self,
        model: SeatModel,
        sharing: Sharing,
        clock: Clock,
        report: Report,
        start: frozenset[Assignment] | None = None,
    ) -> None:
        self.model, self.clock, self.report = model, clock, report
        self.footing = Footing(model, sharing)
        self.hint = start
        self.taken: frozenset[Assignment] | None = None
        self.doubts: list[str] = []
        """Where an answer of the solver's was shown to be wrong, and what was done about it."""
        self._tired = False
        """Whether too many parts at once were too much: from then on they are settled singly."""

    def settle(self, parts: Sequence[Part], ahead: int) -> list[Fraction]:
        """Make every part least and keep it there; return the least that each could be.

        ``ahead`` is how many parts on all islands are to be settled after these, so that time is
        left for them. Raises ``NothingFoundError``.
        """
        if self.taken is None and self.clock.stopped:
            self.taken = self._any_rota(AFTER_STOP)
        bounds: list[Fraction] = []
        together = True
        while len(bounds) < len(parts):
            rest = parts[len(bounds) :]
            share = 1 / max(1, sum(not part.price.settled for part in rest) + ahead)
            bound = self._without_search(rest[0])
            if bound is not None:
                bounds.append(bound)
            elif together and not self._tired:
                found = self._settle_some(rest, share)
                together = bool(found)
                bounds += found
            else:
                bounds.append(self._settle_one(rest[0], share))
                together = True
        return bounds

    def choose(self, preferred: Mapping[Assignment, int]) -> None:
        """Choose among equally good rotas by the least sum of fixed preferences, if there are any.

        Where that takes too long, the rota stays the one that was found.
        """
        if self.taken is None:  # no aim has asked for a search
            self.taken = self._any_rota(AFTER_STOP if self.clock.stopped else None)
        if not preferred or self.clock.left == 0 or len(self.model.index) > CHOICE_SEATS:
            return
        factors = {self.model.index[seat]: preferred[seat] for seat in self.model.index}
        answer = search(self.model, self.clock, factors, Pace(effort=CHOICE_EFFORT))
        if answer.status == "optimal":
            self.taken = answer.taken

    def _any_rota(self, seconds: float | None) -> frozenset[Assignment]:
        """Some rota that keeps the rules; at most so many seconds are spent on it, if given."""
        answer = search(
            self.model,
            self.clock,
            self._anything(),
            Pace(seconds=seconds),
            hint=self.hint,
            any_will_do=True,
        )
        if answer.taken is None:
            raise self._failure(answer)
        return answer.taken

    def _without_search(self, part: Part) -> Fraction | None:
        """The part's bound if the best solution so far will do, or there is no time to search."""
        price = part.price
        if price.settled:
            return price.constant
        if self.taken is None:
            return None
        value = price.value(self.taken)
        shares, floor = self.footing.shares(part), self.footing.floor(part)
        if self.clock.left == 0:
            return floor
        if part.target is not None and floor < part.target:
            if value <= part.target:
                keep_below(self.model, self.footing.goal(part), part.target)
                return floor
        elif value == floor:
            if part.allowance:
                keep_below(self.model, self.footing.goal(part), value + part.allowance)
            elif shares is None:
                keep_at_floor(self.model, price)
            else:
                keep_within(self.model, shares.boxes)
                self.footing.boxes += shares.boxes
            return floor
        return None

    def _settle_some(self, parts: Sequence[Part], share: float) -> list[Fraction]:
        """Settle as many of the parts as one search can, and return their bounds."""
        batch = gather(self.footing, parts, self.taken)
        if len(batch.goals) == len(batch.parts) == 1:
            return [self._settle_one(batch.parts[0], share)]
        share *= sum(not part.price.settled for part in batch.parts)
        answer = self._search(batch, Pace(min(0.5, share), EFFORT))
        bounds: list[Fraction] = []
        self._tired = answer.status in ("found", "unknown")
        self._take(answer, batch.parts)
        if answer.taken is not None and self.taken is not None:
            bounds = batch.proven(self.taken, answer)
        elif answer.status == "infeasible" and not batch.switches:
            raise self._failure(answer)
        for part in batch.parts[: len(bounds)]:
            if part in batch.goals:
                assert self.taken is not None
                keep_below(self.model, batch.goals[part], part.price.value(self.taken))
            elif part in batch.shares:
                self.footing.boxes += batch.shares[part].boxes
        for part in batch.parts[len(bounds) :]:
            if part in batch.switches:
                self.model.confine(batch.switches[part], 0, 0)
        return bounds

    def _settle_one(self, part: Part, share: float) -> Fraction:
        """Make one part as small as time allows, and return the least that it could be."""
        batch = Batch.of_one(self.footing, part, self.taken)
        answer = self._minimise(batch, part, share)
        if answer.status == "infeasible" or (self.taken is None and not self.clock.stopped):
            raise self._failure(answer)
        if self.taken is None:
            self.taken = self._any_rota(AFTER_STOP)
        reached = batch.goals[part]
        proven = answer.status == "optimal"
        if proven and reached.measure.slack:
            proven = self._to_the_last_digit(part, reached)
        value = part.price.value(self.taken)
        keep_below(self.model, reached, value + part.allowance)
        if proven:
            return value
        return max(self.footing.floor(part), reached.at_least(batch.merged.digits(answer.bound)[0]))

    def _minimise(self, batch: Batch, part: Part, share: float) -> Answer:
        """Take a glance, another with cuts, then search thoroughly, until some rota is found."""
        answer = self._search(batch, Pace(share / 4, GLANCE))
        self._take(answer, [part])
        if answer.status in ("found", "unknown") and self.clock.left != 0:
            again = self._search(batch, Pace(share / 2, CUTS, cuts=True))
            answer = replace(again, bound=max(answer.bound, again.bound))
            self._take(answer, [part])
        while answer.status in ("found", "unknown") and self.clock.left != 0:
            again = self._search(batch, Pace(min(1.0, share), thorough=True))
            answer = replace(again, bound=max(answer.bound, again.bound))
            self._take(answer, [part])
            if self.taken is not None or share >= 1:
                break
            share *= 2
        return answer

    def _to_the_last_digit(self, part: Part, rounded: Goal) -> bool:
        """Minimise once more without rounding, place by place, among the few rotas left."""
        assert self.taken is not None
        places = exactly(self.model, rounded, part.price.value(self.taken))
        for n, variable in enumerate(places.variables):
            known = places.of(part.price.value(self.taken))[n]
            answer = self._least_place(part, variable, known)
            self._take(answer, [part])
            if answer.status != "optimal":
                return False
            if not part.allowance:
                known = places.of(part.price.value(self.taken))[n]
                self.model.confine(variable, known, known)
        return True

    def _least_place(self, part: Part, variable: int, known: int) -> Answer:
        """Make one place least, of which a rota is known; no other answer may contradict that."""
        for pace in (Pace(0.5), Pace(0.5, EFFORT, plain=True)):
            answer = search(self.model, self.clock, {variable: 1}, pace, hint=self.taken)
            if answer.status != "infeasible" and not answer.bound > known + 0.5:
                return answer
            self._doubt(part.name)
        return Answer("unknown")

    def _search(self, batch: Batch, pace: Pace) -> Answer:
        """Ask the solver, and ask again without a relaxation where the answer may be wrong."""
        answer = self._ask(batch, pace)
        if self.taken is None:
            if answer.status == "infeasible" and not batch.switches:
                again = self._ask(batch, replace(pace, plain=True, effort=GLANCE))
                if again.taken is not None:
                    self._doubt(batch.parts[0].name)
                    return again
        elif batch.contradicted_by(self.taken, answer):
            self._doubt(batch.parts[0].name)
            answer = self._ask(batch, replace(pace, plain=True, effort=EFFORT))
            if batch.contradicted_by(self.taken, answer):
                return Answer("unknown")
        return answer

    def _doubt(self, name: str) -> None:
        self.doubts.append(DOUBT.format(name))

    def _ask(self, batch: Batch, pace: Pace) -> Answer:
        hint = self.hint if self.taken is None else self.taken if pace.thorough else None
        return search(
            self.model,
            self.clock,
            batch.merged.factors if batch.goals else self._anything(),
            pace,
            hint=hint,
            watch=self._watch(batch) if batch.goals else None,
            any_will_do=not batch.goals,
        )

    def _anything(self) -> dict[int, int]:
        """An objective for where any rota will do: without one, a single worker may stall."""
        return {variable: d % 7 + e % 5 for (d, e), variable in self.model.index.items()}

    def _watch(self, batch: Batch) -> Watch:
        """Report the first goal that is not proven, whenever the solver moves."""
        seen: dict[str, float] = {}

        def watch(**moved: float) -> None:
            seen.update(moved)
            if len(seen) == 2:
                value, bound = (batch.merged.digits(seen[key]) for key in ("value", "bound"))
                for (part, goal), high, low in zip(batch.goals.items(), value, bound, strict=True):
                    if high != low:
                        self.report(part, goal.at_least(high), goal.at_least(low))
                        break

        return watch

    def _take(self, answer: Answer, parts: Sequence[Part]) -> None:
        """Go on from a solution, if there is one, unless the one so far is better in the parts."""

        def values(seats: Collection[Assignment]) -> list[Fraction]:
            found = [part.price.value(seats) for part in parts]
            goals = [part.target for part in parts]
            return [v if t is None else max(v, t) for v, t in zip(found, goals, strict=True)]

        if answer.taken is None:
            return
        if self.taken is None or values(answer.taken) <= values(self.taken):
            self.taken = answer.taken

    def _failure(self, answer: Answer) -> Exception:
        """What is to be raised where a search had to find something and did not."""
        if self.taken is not None:
            return DisagreementError(("what was found for earlier aims cannot be kept",))
        return NothingFoundError(answer.status == "infeasible")
