"""Whether some rows can all hold: one plain question to the solver, without any aim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.model.clock import Clock
from planner.model.search import SEED
from planner.model.solver import FOUND, INFEASIBLE, Model, Solver
from planner.records import dataclass
from planner.rules.base import Assignment, Row

PATIENCE = 4.0
"""Most effort for one question, in the solver's own deterministic seconds."""

GLANCE = 0.2
"""The same for a first look at where the trouble is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``possible`` is ``None`` if time ran out; if ``True``, taking these seats keeps all rows."""

    possible: bool | None
    taken: frozenset[Assignment] = frozenset()


def trial(rows: Collection[Row], clock: Clock, presolve: bool = False) -> Verdict:
    """Whether the rows can all hold.

    Only seats that some row asks for get a variable: every other one may stay empty without
    breaking anything. Presolve is off unless asked for: small questions are answered faster so,
    and a conflict is one of the rows as they stand.
    """
    if clock.left == 0:
        return Verdict(None)
    model = Model()
    index = {seat: model.variable() for seat in sorted(_useful(rows))}
    if not all(_post(model, index, row) for row in rows):
        return Verdict(False)
    post_totals(model, index, rows, [(row, None) for row in rows])
    solver = _solver(clock, presolve)
    status = solver.solve(model)
    if status in FOUND:
        values = solver.values
        chosen = frozenset(seat for seat, variable in index.items() if values[variable])
        return Verdict(True if all(keeps(row, chosen) for row in rows) else None, chosen)
    return Verdict(False if status == INFEASIBLE else None)


def unmet(rows: Collection[Row], asked: Sequence[Row], clock: Clock) -> list[Row] | None:
    """Of what is asked for, few rows that must be given up for all others to hold.

    ``None`` if time ran out with nothing found. The fewest are not guaranteed.
    """
    model = Model()
    index = {seat: model.variable() for seat in sorted(_useful([*rows, *asked]))}
    if clock.left == 0 or not all(_post(model, index, row) for row in rows):
        return None
    given_up = [model.variable() for _ in asked]
    for row, missing in zip(asked, given_up, strict=True):
        terms = [(factor, index[seat]) for factor, seat in row.terms if seat in index]
        model.post_sum([*terms, (row.least or 0, missing)], least=row.least or 0)
        if row.most is not None:
            model.post_sum(terms, most=row.most)
    post_totals(model, index, rows, list(zip(asked, given_up, strict=True)))
    model.minimise([(1, missing) for missing in given_up])
    solver = _solver(clock, presolve=True)
    solver.parameters.max_deterministic_time = GLANCE
    if solver.solve(model) not in FOUND:
        return None
    values = solver.values
    return [row for row, missing in zip(asked, given_up, strict=True) if values[missing]]


def _solver(clock: Clock, presolve: bool) -> Solver:
    solver = Solver()
    solver.parameters.random_seed = SEED
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.max_deterministic_time = PATIENCE
    if clock.left is not None:
        solver.parameters.max_time_in_seconds = clock.left
    return solver


def keeps(row: Row, taken: Collection[Assignment]) -> bool:
    """Whether the row holds when exactly these seats are taken."""
    total = sum(factor for factor, seat in row.terms if seat in taken)
    return (row.least is None or row.least <= total) and (row.most is None or total <= row.most)


def _useful(rows: Iterable[Row]) -> set[Assignment]:
    useful: set[Assignment] = set()
    for row in rows:
        if row.least is not None and sum(min(0, factor) for factor, _ in row.terms) < row.least:
            useful.update(seat for factor, seat in row.terms if factor > 0)
        if row.most is not None:
            useful.update(seat for factor, seat in row.terms if factor < 0)
    for row in rows:
        if row.most == 0 and all(factor > 0 for factor, _ in row.terms):
            useful.difference_update(seat for _, seat in row.terms)
    return useful


def _post(model: Model, index: Mapping[Assignment, int], row: Row) -> bool:
    """Post the row where it says anything; ``False`` if it cannot hold at all."""
    terms = [(factor, index[seat]) for factor, seat in row.terms if seat in index]
    highest = sum(factor for factor, _ in terms if factor > 0)
    lowest = sum(factor for factor, _ in terms if factor < 0)
    least = lowest if row.least is None else max(lowest, row.least)
    most = highest if row.most is None else min(highest, row.most)
    if least > most:
        return False
    if (least, most) == (lowest, highest):
        return True
    if most == 1 and all(factor == 1 for factor, _ in terms):
        model.post_one([variable for _, variable in terms], exactly=least == 1)
    else:
        model.post_sum(terms, least, most)
    return True


def post_totals(
    model: Model,
    index: Mapping[Assignment, int],
    rows: Collection[Row],
    asked: Collection[tuple[Row, int | None]],
) -> None:
    """Say again that what people hold together is what is asked for and not given up.

    Implied, but a count that both sides speak of is what lets the solver see at once that fewer
    turns are allowed than there are duties.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.most and row.fact.week is None and len(row.terms) > 1:
            groups.setdefault((row.fact.rule, row.fact.detail), []).append(row)
    for group in groups.values():
        counted = {seat for row in group for _, seat in row.terms}
        totals: list[int] = []
        for row in group:
            terms = [(-factor, index[seat]) for factor, seat in row.terms if seat in index]
            totals.append(model.variable(0, min(row.most or 0, len(terms))))
            model.post_sum([*terms, (1, totals[-1])], 0, 0)
        whole = [
            missing
            for row, missing in asked
            if row.least == row.most == 1
            and all(seat in counted for _, seat in row.terms if seat in index)
        ]
        given_up = [missing for missing in whole if missing is not None]
        model.post_sum([(1, one) for one in (*totals, *given_up)], least=len(whole))
