"""Which parts one search is to settle, and how it is told of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import field
from fractions import Fraction

from planner.model.measuring import Measure, measure
from planner.model.one_objective import OneObjective
from planner.model.posting import (
    Goal,
    at_floor,
    goal,
    keep_at_floor,
    keep_below,
    keep_within,
    narrowed,
)
from planner.model.pricing import Price
from planner.model.search import Answer, is_small
from planner.model.seats import SeatModel
from planner.model.sharing import Box, Shares, Sharing
from planner.records import dataclass
from planner.rules.base import Assignment


@dataclass(frozen=True, eq=False)
class Part:
    """What an island must make least.

    With a ``target`` it need only get as low as that, if it can; ``allowance`` is by how much
    later parts may then exceed what it has reached.
    """

    name: str
    price: Price
    target: Fraction | None = None
    allowance: int = 0


class PostedParts:
    """What is posted of the parts in an island's model, and what everybody's share is by now."""

    def __init__(self, model: SeatModel, sharing: Sharing) -> None:
        self.model, self.sharing = model, sharing
        self.boxes: tuple[Box, ...] = ()
        self.above_floor: list[Part] = []
        """Parts that are known not to get as low as each cost by itself."""
        self._goals: dict[Part, Goal] = {}

    def floor(self, part: Part, boxes: Collection[Box] | None = None) -> Fraction:
        """The least value that the part can have, by arithmetic alone."""
        shares = self.shares(part, boxes)
        return part.price.floor if shares is None else shares.value

    def shares(self, part: Part, boxes: Collection[Box] | None = None) -> Shares | None:
        """The even split behind the part, within the boxes: by default, those that hold."""
        return self.sharing.shares(part.price, self.boxes if boxes is None else boxes)

    def goal(self, part: Part, price: Price | None = None, measured: Measure | None = None) -> Goal:
        """The part as an objective, posted only once."""
        if part not in self._goals:
            self._goals[part] = goal(self.model, price or part.price, measured=measured)
        return self._goals[part]

    def likely_at_floor(self, part: Part) -> bool:
        """Whether a rota probably exists in which each cost of the part is least by itself."""
        return part not in self.above_floor and self.sharing.likely_at_floor(part.price)

    def narrowed(self, part: Part, taken: Collection[Assignment] | None) -> Price:
        """The costs of a part that comes next, without what a solution at hand rules out."""
        if taken is None or part.allowance or part.target is not None:
            return part.price
        return narrowed(self.model, part.price, part.price.value(taken))


@dataclass
class Batch:
    """Parts that one search is to settle: by rows under switches, or as goals.

    Of ``hopes``, which are goals too, only that is asked whether they can be at their floor.
    """

    parts: list[Part] = field(default_factory=list)
    switches: dict[Part, int] = field(default_factory=dict)
    hopes: dict[Part, int] = field(default_factory=dict)
    shares: dict[Part, Shares] = field(default_factory=dict)
    goals: dict[Part, Goal] = field(default_factory=dict)
    objective: OneObjective = field(default_factory=OneObjective)

    @staticmethod
    def of_one(posted: PostedParts, part: Part, taken: Collection[Assignment] | None) -> Batch:
        """A single part, as a goal."""
        batch, shares = Batch([part]), posted.shares(part)
        if shares is None:
            batch.add_goal(part, posted.goal(part, posted.narrowed(part, taken)))
        else:
            batch.add_goal(part, goal(posted.model, part.price, shares.duties))
        return batch

    def add_goal(self, part: Part, goal: Goal) -> None:
        self.goals[part] = goal
        self.objective.add(goal)

    def hope(self, model: SeatModel, part: Part) -> bool:
        """Ask whether the part can be at its floor, if that fits: a goal of only two values, so
        that its rows stand in the way of no earlier goal."""
        switch = model.variable()
        goal = at_floor(part.price, switch)
        if not self.objective.fits(goal.measure):
            return False
        keep_at_floor(model, part.price, switch)
        self.hopes[part] = switch
        self.add_goal(part, goal)
        return True

    def ending_with(self, part: Part, goal: Goal) -> Batch:
        """The same batch with one more goal, which is none of the parts to be settled."""
        joined = Batch(self.parts, self.switches, self.hopes, self.shares)
        for each, posted in (*self.goals.items(), (part, goal)):
            joined.add_goal(each, posted)
        return joined

    def proven(self, taken: frozenset[Assignment], answer: Answer) -> list[Fraction]:
        """The bounds of the parts up to the first that is not proven to be least.

        ``taken`` is the best solution so far, whether it is this answer's or an earlier one.
        """
        digits = dict(zip(self.goals, self.objective.digits(answer.bound), strict=True))
        bounds: list[Fraction] = []
        for part in self.parts:
            value = part.price.value(taken)
            if part in self.hopes and value > part.price.floor:
                break
            if part in self.goals:
                best = self.goals[part].at_least(digits[part])
                if answer.status != "optimal" and best < value:
                    break
                bounds.append(value)
            elif part in self.shares:
                bounds.append(self.shares[part].value)
            else:
                bounds.append(part.price.floor)
        return bounds

    def contradicted_by(self, taken: frozenset[Assignment], answer: Answer) -> bool:
        """Whether a solution at hand shows that the answer, or what it says is proven, is wrong."""
        if not all(self._keeps(taken, part) for part in self.switches):
            return False
        if answer.status == "infeasible":
            return True
        digits = self.objective.digits(answer.bound)
        for (part, posted), digit in zip(self.goals.items(), digits, strict=True):
            least, value = posted.at_least(digit), part.price.value(taken)
            if least != value:
                return least > value
        return False

    def _keeps(self, taken: frozenset[Assignment], part: Part) -> bool:
        """Whether the rows under the part's switch allow a solution."""
        value = part.price.value(taken)
        if part in self.shares:
            return value == self.shares[part].value
        return value <= (part.price.floor if part.target is None else part.target)


def gather(
    posted: PostedParts, parts: Sequence[Part], taken: Collection[Assignment] | None
) -> Batch:
    """As many of the parts, in their order, as fit into one search, posted."""
    batch, model, boxes = Batch(), posted.model, posted.boxes
    for part in parts:
        if part.price.settled:
            batch.parts.append(part)
            continue
        shares = posted.shares(part, boxes)
        floor = part.price.floor if shares is None else shares.value
        to_target = part.target is not None and floor < part.target
        to_floor = not to_target and shares is None and posted.likely_at_floor(part)
        if batch.goals and (shares is not None or to_target or to_floor or part.allowance):
            # Rows for a later part might stand in the way of an earlier goal; hopes do not.
            hoped = to_floor and not part.allowance and is_small(model)
            if not (hoped and batch.hope(model, part)):
                break
            batch.parts.append(part)
            continue
        if part.target is not None and to_target:
            batch.switches[part] = model.variable(1, 1)
            keep_below(model, posted.goal(part), part.target, batch.switches[part])
        elif part.allowance and batch.switches:
            break
        elif shares is not None and not part.allowance:
            batch.switches[part] = model.variable(1, 1)
            batch.shares[part] = shares
            keep_within(model, shares.boxes, batch.switches[part])
            boxes += shares.boxes
        elif to_floor and not part.allowance:
            batch.switches[part] = model.variable(1, 1)
            keep_at_floor(model, part.price, batch.switches[part])
        else:
            first = not batch.goals and not batch.switches
            priced = posted.narrowed(part, taken) if first else part.price
            measured = measure(priced, closely=is_small(model))
            if not batch.objective.fits(measured):
                break
            batch.add_goal(part, posted.goal(part, priced, measured))
        batch.parts.append(part)
        if part.allowance:
            break
    return batch
