"""Every rule's rows over the duties that are still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.problem import Problem
from planner.rules import RULES
from planner.rules.base import Assignment, Row


def remaining_rows(problem: Problem) -> Iterator[Row]:
    """The rows of all rules, in their order; what settled duties do to them is worked in.

    What settled duties break by themselves is not judged again: such a row asks for what can
    still be done.
    """
    past = problem.settled
    decided = frozenset(d for d, duty in enumerate(problem.duties) if duty in past)
    taken = frozenset(
        (problem.duty_index[held.duty], problem.engineer_index[held.engineer])
        for held in past
        if held.duty in problem.duty_index and held.engineer in problem.engineer_index
    )
    for rule in RULES:
        for row in rule.rows(problem):
            rest = _remaining(row, decided, taken) if decided else row
            if rest.terms or rest.asks:
                yield rest


def _remaining(row: Row, decided: frozenset[int], taken: frozenset[Assignment]) -> Row:
    if decided.isdisjoint([d for _, (d, _) in row.terms]):
        return row
    terms = tuple((factor, seat) for factor, seat in row.terms if seat[0] not in decided)
    done = sum(factor for factor, seat in row.terms if seat in taken)
    lowest = sum(factor for factor, _ in terms if factor < 0)
    highest = sum(factor for factor, _ in terms if factor > 0)
    least = None if row.least is None else min(row.least - done, highest)
    most = None if row.most is None else max(row.most - done, lowest)
    return replace(row, terms=terms, least=least, most=most)
