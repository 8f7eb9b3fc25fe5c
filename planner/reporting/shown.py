"""What prints well: as text in a terminal, as HTML in a notebook, both from one table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import TYPE_CHECKING, Any

from planner.cells.colours import colours
from planner.domain import Rota
from planner.problem import Problem
from planner.reporting.table import Table
from planner.wording import days

if TYPE_CHECKING:
    from pandas import DataFrame


class Shown(ABC):
    """What prints as one table with a title and sentences, in a terminal and in a notebook."""

    problem: Problem

    @abstractmethod
    def table(self) -> Table[Any]:
        """What is shown."""

    def to_frame(self) -> DataFrame:
        """The same as a frame."""
        return self.table().frame()

    def _title(self) -> str:
        horizon = self.problem.horizon
        when = days(horizon.first, horizon.last)
        return f"{self.problem.team.name} · {horizon.label} · {when} {horizon.last.year}"

    def _held(self) -> Rota:
        """The rota that the colours are of."""
        return Rota()

    def _said(self) -> list[str]:
        return []

    def __repr__(self) -> str:
        said = self._said()
        return "\n".join([self._title(), "", self.table().text(), *([""] if said else []), *said])

    def _repr_html_(self) -> str:
        names = [engineer.name for engineer in self.problem.team.engineers]
        fills = colours(names, self._held())
        said = "".join(f"<p>{escape(line)}</p>" for line in self._said())
        title = f"<p><strong>{escape(self._title())}</strong></p>"
        return f"<div>{title}{said}{self.table().html(fills)}</div>"
