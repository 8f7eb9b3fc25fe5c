"""One measurement in a process of its own, so that its time and peak memory are its own.

    python -m tests.benchmarks.measure L replan

prints one line of JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

import planner.model  # noqa: F401  loads the solver before anything is timed
from planner.checking.finished_plan import Plan, Proof
from planner.checking.report import check
from planner.planning.infeasible import explain
from planner.planning.plan import plan
from planner.planning.replan import replan
from planner.problem import Problem
from tests.benchmarks.instances import SIZES, problem_of, with_a_clash, with_a_vacation

TIME_LIMIT = 120.0


@dataclass(frozen=True)
class Aim:
    """What an aim came to and when it was settled, in seconds from the start of solving."""

    name: str
    value: float
    bound: float
    proven: bool
    seconds: float | None


@dataclass(frozen=True)
class Measured:
    """``seconds`` on the wall and ``cpu`` seconds; ``memory`` is the peak in MiB."""

    size: str
    what: str
    seconds: float
    cpu: float
    memory: float
    proven: bool
    note: str
    aims: tuple[Aim, ...] = ()


class Marks:
    """When each part of an aim was settled."""

    def __init__(self) -> None:
        self.started = perf_counter()
        self.at: dict[str, float] = {}

    def __call__(self, message: str) -> None:
        self.at[message.rpartition(": ")[0]] = perf_counter() - self.started

    def of(self, proofs: Sequence[Proof]) -> tuple[Aim, ...]:
        return tuple(self._of(proof) for proof in proofs)

    def _of(self, proof: Proof) -> Aim:
        name = f"{proof.aim}, {proof.part}"
        value, bound = float(proof.value), float(proof.bound)
        return Aim(name, value, bound, proof.proven, self.at.get(name))


def measured(size: str, what: str) -> Measured:
    problem = problem_of(SIZES[size])
    action = ACTIONS[what](problem)
    marks, cpu = Marks(), process_time()
    proven, note, proofs = action(marks)
    seconds, cpu = perf_counter() - marks.started, process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(size, what, seconds, cpu, memory, proven, note, marks.of(proofs))


Action = Callable[[Marks], tuple[bool, str, Sequence[Proof]]]


def _planning(problem: Problem) -> Action:
    def action(marks: Marks) -> tuple[bool, str, Sequence[Proof]]:
        found = plan(problem, TIME_LIMIT, marks)
        settled = sum(proof.proven for proof in found.proofs)
        return found.proven, f"{settled} of {len(found.proofs)} proven", found.proofs

    return action


def _planned(problem: Problem) -> Plan:
    return plan(problem, TIME_LIMIT)


def _replanning(problem: Problem) -> Action:
    published = _planned(problem).rota
    away = with_a_vacation(problem, published)

    def action(marks: Marks) -> tuple[bool, str, Sequence[Proof]]:
        found = replan(
            away, published, problem.weeks[1].first, time_limit=TIME_LIMIT, progress=marks
        )
        proof = found.changes_proof
        mark = marks.at.get(f"{proof.aim}, {proof.part}")
        when = "" if mark is None else f", settled after {mark:.2f} s"
        return proof.proven, f"{len(found.changes)} changes{when}", found.disturbance

    return action


def _checking(problem: Problem) -> Action:
    rota = _planned(problem).rota

    def action(_: Marks) -> tuple[bool, str, Sequence[Proof]]:
        report = check(problem, rota)
        return not report.breaches, f"{len(report.breaches)} breaches", ()

    return action


def _explaining(problem: Problem) -> Action:
    hard = with_a_clash(problem)

    def action(_: Marks) -> tuple[bool, str, Sequence[Proof]]:
        found = explain(hard, TIME_LIMIT)
        minimal = all(clash.minimal for clash in found.clashes)
        return minimal, f"{len(found.clashes)} clash, {len(found.repairs)} ways out", ()

    return action


ACTIONS: dict[str, Callable[[Problem], Action]] = {
    "plan": _planning,
    "replan": _replanning,
    "check": _checking,
    "clash": _explaining,
}


def main() -> None:
    found: dict[str, Any] = asdict(measured(sys.argv[1], sys.argv[2]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
