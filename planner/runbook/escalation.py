"""Who answers for a pipeline, in which order, and how soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.domain import Pipeline
from planner.problem.oncall import Shift
from planner.records import dataclass

NO_ON_CALL = "no on-call"


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody to turn to: a person or a team, and why them. ``within`` is how soon they answer."""

    who: str
    capacity: str
    within: str = ""


def on_call_for(pipeline: Pipeline) -> str:
    """The rotation that answers for the pipeline, or that nobody does; with its hours."""
    hours = f" ({pipeline.hours})" if pipeline.hours else ""
    return (pipeline.rotation or NO_ON_CALL) + hours


def chain(pipeline: Pipeline, shifts: Iterable[Shift]) -> tuple[Step, ...]:
    """The steps of escalation: those on call in the order of their roles, then the owners.

    ``shifts`` are those of the instant, in the team's order. The response time is the first
    step's. A pipeline without a rotation has nobody on call: its owners are all there is.
    """
    steps = [
        Step(shift.engineer, shift.duty.role)
        for shift in shifts
        if shift.duty.rotation in pipeline.rotations and shift.engineer is not None
    ]
    owners = ((pipeline.primary_owner, "primary owner"), (pipeline.secondary_owner, "second owner"))
    steps += [Step(name, capacity) for name, capacity in owners if name]
    once = [step for n, step in enumerate(steps) if step.who not in {s.who for s in steps[:n]}]
    return tuple(replace(s, within=pipeline.respond_within) if s is once[0] else s for s in once)
