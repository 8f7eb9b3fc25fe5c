"""A finished plan: the rota, the report of its independent check, and what is proven."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain import Rota
from planner.problem import ledger
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.checking.report import Report
    from planner.problem import Problem


@dataclass(frozen=True, slots=True)
class Proof:
    """How good one part of one aim is: its value, and the best that any rota could reach.

    ``bound`` is ``None`` when time ran out before any bound was known.
    """

    aim: str
    part: str
    value: Fraction
    bound: Fraction | None

    @property
    def proven(self) -> bool:
        return self.bound == self.value


@dataclass(frozen=True)
class Plan:
    """``warnings`` are sentences for the team lead to look into, ``remarks`` such as only tell;
    ``seconds`` is how long solving took.

    ``given`` says among which rotas the proofs hold; empty where they hold among all.
    """

    problem: Problem
    rota: Rota
    report: Report
    proofs: tuple[Proof, ...]
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    given: str = ""
    remarks: tuple[str, ...] = ()

    @cached_property
    def accounts(self) -> tuple[ledger.Account, ...]:
        """The ledger: it is told in several places."""
        return ledger.accounts(self.problem, self.rota)

    @property
    def proven(self) -> bool:
        return all(proof.proven for proof in self.proofs)

    @property
    def told(self) -> tuple[str, ...]:
        """Warnings, and remarks as notes, as they are printed."""
        return (
            *(f"Warning: {one}" for one in self.warnings),
            *(f"Note: {one}" for one in self.remarks),
        )
