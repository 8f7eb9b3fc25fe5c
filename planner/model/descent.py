"""One island's way down the parts of the aims: each is made least, and kept there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from planner.errors import DisagreementError
from planner.model.asking import Asking, Report
from planner.model.batch import Batch, Part, PostedParts, gather
from planner.model.choice import EFFORT as CHOICE_EFFORT
from planner.model.clock import Clock
from planner.model.exact import exactly
from planner.model.posting import Goal, keep_at_floor, keep_below, keep_within
from planner.model.search import Answer, Options, is_small
from planner.model.seats import SeatModel
from planner.model.sharing import Sharing
from planner.rules.base import Assignment

AFTER_STOP = 2.0
"""Most seconds for finding some rota at all, where somebody interrupts before there is one."""

EFFORT, GOALS = 60.0, 3.0
"""Most effort, in the solver's deterministic seconds, for making several parts least at once: with
rows for some of them, and where all are goals, of which the first may need cuts."""

GLANCE, CUTS = 1.0, 10.0
"""The same for one part, at first and then with cuts, before a search that begins thoroughly; and
a glance is enough for several parts of a small model, which end within half of it or never."""


class NothingFoundError(Exception):
    """The search ended without any rota; ``infeasible`` if there is none."""

    def __init__(self, infeasible: bool) -> None:
        super().__init__()
        self.infeasible = infeasible


class Descent:
    """The search on one island; ``taken`` are the open seats of the best solution so far."""

    def __init__(
        self,
        model: SeatModel,
        sharing: Sharing,
        clock: Clock,
        report: Report,
        start: frozenset[Assignment] | None = None,
        choice: tuple[Part, Goal] | None = None,
    ) -> None:
        self.model, self.clock = model, clock
        self._choice = choice
        self.asking = Asking(model, clock, report, start)
        self.posted = PostedParts(model, sharing)
        self.taken: frozenset[Assignment] | None = None
        self._tired = False
        """Whether too many parts at once were too much: from then on they are settled singly."""

    def settle(self, parts: Sequence[Part], ahead: int, last: bool = False) -> list[Fraction]:
        """Make every part least and keep it there; return the least that each could be.

        ``ahead`` is how many parts on all islands are to be settled after these, so that time is
        left for them; after the ``last`` ones only the choice is left. Raises
        ``NothingFoundError``.
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
                found = self._settle_some(rest, share, last)
                together = bool(found)
                bounds += found
            else:
                bounds.append(self._settle_one(rest[0], share))
                together = True
        return bounds

    def choose(self) -> None:
        """Choose among equally good rotas, unless that is done or not wanted.

        Where that takes too long, the rota stays the one that was found.
        """
        if self.taken is None:  # no aim has asked for a search
            self.taken = self._any_rota(AFTER_STOP if self.clock.stopped else None)
        if self._choice is None or self.clock.left == 0:
            return
        answer = self.asking.preferred(self._choice[1].factors, Options(effort=CHOICE_EFFORT))
        if answer.status == "optimal":
            self.taken = answer.taken

    def _any_rota(self, seconds: float | None) -> frozenset[Assignment]:
        """Some rota that keeps the rules; at most so many seconds are spent on it, if given."""
        answer = self.asking.any_rota(Options(seconds=seconds))
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
        shares = self.posted.shares(part)
        floor = price.floor if shares is None else shares.value
        if self.clock.left == 0:
            return floor
        if part.target is not None and floor < part.target:
            if value <= part.target:
                keep_below(self.model, self.posted.goal(part), part.target)
                return floor
        elif value == floor:
            if part.allowance:
                keep_below(self.model, self.posted.goal(part), value + part.allowance)
            elif shares is None:
                keep_at_floor(self.model, price)
            else:
                keep_within(self.model, shares.boxes)
                self.posted.boxes += shares.boxes
            return floor
        return None

    def _settle_some(self, parts: Sequence[Part], share: float, last: bool) -> list[Fraction]:
        """Settle as many of the parts as one search can, and return their bounds."""
        batch = gather(self.posted, parts, self.taken)
        if len(batch.goals) == len(batch.parts) == 1:
            return [self._settle_one(batch.parts[0], share)]
        share *= sum(not part.price.settled for part in batch.parts)
        effort = GLANCE if is_small(self.model) else EFFORT if batch.switches else GOALS
        options = Options(min(0.5, share), effort)
        whole = last and len(batch.parts) == len(parts)
        joined = self._with_choice(batch, options.share) if whole else None
        batch, answer = joined or (batch, self.asking.about(batch, self.taken, options))
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
                self.posted.boxes += batch.shares[part].boxes
        for part in batch.parts[len(bounds) :]:
            if part in batch.switches:
                self.model.confine(batch.switches[part], 0, 0)
            elif part in batch.hopes:
                self.model.confine(batch.hopes[part], 0, 0)
                self.posted.above_floor.append(part)
        return bounds

    def _with_choice(self, batch: Batch, share: float) -> tuple[Batch, Answer] | None:
        """The last batch with the choice as one more goal, and its answer, if that comes soon.

        This takes hardly longer than the batch does without, and spares a search.
        """
        if self._choice is None or not batch.objective.fits(self._choice[1].measure):
            return None
        joined = batch.ending_with(*self._choice)
        answer = self.asking.about(joined, self.taken, Options(share, CHOICE_EFFORT))
        if answer.status in ("found", "unknown"):
            return None
        if answer.status == "optimal":
            self._choice = None
        return joined, answer

    def _settle_one(self, part: Part, share: float) -> Fraction:
        """Make one part as small as time allows, and return the least that it could be."""
        batch = Batch.of_one(self.posted, part, self.taken)
        answer = self._minimise(batch, part, share)
        if answer.status == "infeasible" or (self.taken is None and not self.clock.stopped):
            raise self._failure(answer)
        if self.taken is None:
            self.taken = self._any_rota(AFTER_STOP)
        goal = batch.goals[part]
        least = max(goal.price.floor, goal.at_least(batch.objective.digits(answer.bound)[0]))
        proven = answer.status == "optimal"
        if proven and goal.measure.slack:
            proven = self._to_the_last_digit(part, goal, least)
        value = part.price.value(self.taken)
        keep_below(self.model, goal, value + part.allowance)
        return value if proven else max(self.posted.floor(part), least)

    def _minimise(self, batch: Batch, part: Part, share: float) -> Answer:
        """Take a glance, another with cuts, then search thoroughly, until some rota is found."""
        answer = self.asking.about(batch, self.taken, Options(share / 4, GLANCE))
        self._take(answer, [part])
        if answer.status in ("found", "unknown") and self.clock.left != 0:
            again = self.asking.about(batch, self.taken, Options(share / 2, CUTS, cuts=True))
            answer = replace(again, bound=max(answer.bound, again.bound))
            self._take(answer, [part])
        while answer.status in ("found", "unknown") and self.clock.left != 0:
            again = self.asking.about(batch, self.taken, Options(min(1.0, share), thorough=True))
            answer = replace(again, bound=max(answer.bound, again.bound))
            self._take(answer, [part])
            if self.taken is not None or share >= 1:
                break
            share *= 2
        return answer

    def _to_the_last_digit(self, part: Part, rounded: Goal, least: Fraction) -> bool:
        """Minimise once more without rounding, place by place, among the few rotas left.

        Places in which the best rota agrees with the ``least`` conceivable need no search.
        """
        assert self.taken is not None
        value = part.price.value(self.taken)
        if value == rounded.price.floor and not part.allowance:
            keep_at_floor(self.model, rounded.price)
            return True
        places = exactly(self.model, rounded, value)
        agreeing = places.agreeing(least, value)
        for n, variable in enumerate(places.variables):
            if n >= agreeing:
                known = places.of(part.price.value(self.taken))[n]
                answer = self.asking.least_place(part.name, variable, known, self.taken)
                self._take(answer, [part])
                if answer.status != "optimal":
                    return False
            if not part.allowance:
                known = places.of(part.price.value(self.taken))[n]
                self.model.confine(variable, known, known)
        return True

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
