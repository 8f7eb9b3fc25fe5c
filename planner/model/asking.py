"""Asking the solver about one island, and asking again where what is known shows it to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from planner.model.batch import Batch, Part
from planner.model.clock import Clock
from planner.model.search import Answer, Options, ProgressCallback, search
from planner.model.seats import SeatModel
from planner.rules.base import Assignment

DOUBT = "{}: the solver denied a rota that exists, so a plainer search decided."

AGAIN, DECIDING = 1.0, 60.0
"""Most effort, in the solver's deterministic seconds, for asking again where no rota was found to
exist, and where a rota at hand shows that an answer is wrong."""

Moved: TypeAlias = tuple[Part, Fraction, Fraction]
"""A part, its value so far and what it can be at best."""

Report: TypeAlias = Callable[[Callable[[], Moved | None]], None]
"""Is told, as these move, how they can be learnt: that takes longer than most reports are worth."""

Taken = frozenset[Assignment] | None
"""The open seats of the best rota so far, if there is one."""


class Asking:
    """Searches on one island; ``hint`` is where the first begins."""

    def __init__(self, model: SeatModel, clock: Clock, report: Report, hint: Taken) -> None:
        self.model, self.report, self.hint = model, report, hint
        self._search = partial(search, model, clock)
        self.doubts: list[str] = []
        """Where an answer of the solver's was shown to be wrong, and what was done about it."""

    def any_rota(self, options: Options) -> Answer:
        """Some rota that keeps the rules."""
        return self._search(self._anything(), options, hint=self.hint, any_will_do=True)

    def preferred(self, factors: Mapping[int, int], options: Options) -> Answer:
        """The rota with the least sum of factors by variable."""
        return self._search(factors, options)

    def about(self, batch: Batch, taken: Taken, options: Options) -> Answer:
        """The least that the batch's goals come to, believed where no known rota contradicts."""
        answer = self._ask(batch, taken, options)
        if taken is None:
            if answer.status == "infeasible" and not batch.switches:
                again = self._ask(batch, taken, replace(options, plain=True, effort=AGAIN))
                if again.taken is not None:
                    self._doubt(batch.parts[0].name)
                    return again
        elif batch.contradicted_by(taken, answer):
            self._doubt(batch.parts[0].name)
            answer = self._ask(batch, taken, replace(options, plain=True, effort=DECIDING))
            if batch.contradicted_by(taken, answer):
                return Answer("unknown")
        return answer

    def least_place(self, name: str, variable: int, known: int, taken: Taken) -> Answer:
        """Make one place least, of which a rota is known; no other answer may contradict that."""
        for options in (Options(0.5), Options(0.5, DECIDING, plain=True)):
            answer = self._search({variable: 1}, options, hint=taken)
            if answer.status != "infeasible" and not answer.bound > known + 0.5:
                return answer
            self._doubt(name)
        return Answer("unknown")

    def _doubt(self, name: str) -> None:
        self.doubts.append(DOUBT.format(name))

    def _ask(self, batch: Batch, taken: Taken, options: Options) -> Answer:
        hint = self.hint if taken is None else taken if options.thorough else None
        if not batch.goals:
            return self._search(self._anything(), options, hint=hint, any_will_do=True)
        return self._search(
            batch.objective.factors, options, hint=hint, on_progress=self._on_progress(batch)
        )

    def _anything(self) -> dict[int, int]:
        """An objective for where any rota will do: without one, a single worker may stall."""
        return {variable: d % 7 + e % 5 for (d, e), variable in self.model.index.items()}

    def _on_progress(self, batch: Batch) -> ProgressCallback:
        """Report the first goal that is not proven, whenever the solver moves."""
        seen: dict[str, float] = {}

        def unproven() -> Moved | None:
            value, bound = (batch.objective.digits(seen[key]) for key in ("value", "bound"))
            for (part, goal), high, low in zip(batch.goals.items(), value, bound, strict=True):
                if high != low and part in batch.parts and part not in batch.hopes:
                    return part, goal.at_least(high), goal.at_least(low)
            return None

        def on_progress(**moved: float) -> None:
            seen.update(moved)
            if len(seen) == 2:
                self.report(unproven)

        return on_progress
