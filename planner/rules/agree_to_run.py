"""The step that lets somebody be on call in weeks running: they agree to it by a swap."""

from __future__ import annotations

from dataclasses import field, replace

from planner.domain import Duty, DutyWeek, Rota, Swap
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Said, Step


@dataclass(frozen=True, slots=True)
class AgreeToRun(Step):
    """One agreed exception: an agreed swap puts the engineer on ``duty``. Where any role counts,
    which one it is follows from the rota, and so does who holds the seats that are ``alike``."""

    engineer: str
    week: DutyWeek
    duty: Duty | None
    running: str = "two"
    beside: tuple[str | None, ...] = field(default=(), compare=False)

    kind = "two weeks running"

    def cost(self, problem: Problem) -> int:
        return 3

    def taken(self, problem: Problem, rota: Rota) -> Step | None:
        """A search cut short may give such leave for nothing."""
        duties = [problem.duties[d] for d in problem.duties_in(self.week)]
        held = [duty for duty in duties if rota.holder(duty) == self.engineer]
        alike = problem.team.alike(self.duty) if self.duty else held
        fitting = [duty for duty in held if duty in alike]
        if not held:
            return None
        duty = (fitting or held)[0]
        beside = [rota.holder(each) for each in problem.team.alike(duty) if each != duty]
        return replace(self, duty=duty, beside=tuple(beside))

    def applied(self, problem: Problem) -> Problem:
        assert self.duty is not None
        rotation = problem.team.rotation(self.duty.rotation)
        turn = problem.turn(rotation, rotation.role(self.duty.role), self.duty.week)
        others = [n for n in (turn, *rotation.cycle) if n not in (self.engineer, *self.beside)]
        if not others:  # whoever could give it away sits beside it: no swap says so
            return problem
        week, role = self.duty.week, self.duty.role
        swap = Swap(others[0], week, self.engineer, None, rotation.name, role, agreed=True)
        return replace(problem, team=replace(problem.team, swaps=(*problem.team.swaps, swap)))

    def said(self, problem: Problem, rota: Rota) -> Said:
        assert self.duty is not None
        what = f"{self.duty.role} of {self.duty.rotation} in {self.duty.week}"
        about = f"{self.engineer} agrees to be on call {self.running} weeks running, as "
        return about, what, " (an agreed swap in swaps.csv)"
