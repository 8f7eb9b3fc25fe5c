"""The tables that several commands and results tell: duties, aims, the ledger, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planner.checking.finished_plan import Proof
from planner.domain import Duty, Held, Seat, Team
from planner.domain.quarters import Horizon
from planner.errors import InputProblem
from planner.problem.ledger import Account
from planner.reporting.kinds import AMOUNT, BALANCE, COUNT, DATE, FLAG, TEXT, TEXTS, Kind, maybe
from planner.reporting.table import Column, Shape, Table, many, one, own
from planner.wording import aim_name, amount

DUTY = Shape[Duty](
    Column("week", lambda duty: duty.week.name, heading="Week"),
    Column("rotation", lambda duty: duty.rotation, frame=False),
    Column("role", lambda duty: duty.role, frame=False),
)
"""A duty as every JSON document names it."""


_OLD_AND_NEW = Shape[Any](
    Column("old", lambda moved: moved.old, maybe(TEXT), "old"),
    Column("new", lambda moved: moved.new, maybe(TEXT), "new"),
)
_WHY = Shape[Any](Column("why", lambda change: change.why, TEXT, "why"))
MOVE: Shape[Any] = DUTY.of(lambda moved: moved.duty) + _OLD_AND_NEW
"""Who would hold a duty instead of whom: of a ``Move``, and of a ``Change``."""
CHANGE = MOVE + _WHY
"""The same, with the fact behind it."""


def changes_table(team: Team, changes: Sequence[Any]) -> Table[Any]:
    """A row a ``Change``, with the title of its seat."""
    duty = Shape[Any](
        Column("week", lambda change: change.duty.week.name, TEXT, "Week"),
        Column("seat", lambda change: team.title(change.duty.seat), TEXT, "duty"),
    )
    return Table(duty + _OLD_AND_NEW + _WHY, changes)


HELD = Shape[Held](
    Column("week", lambda held: held.duty.week.name),
    Column("starts", lambda held: held.duty.week.first, DATE),
    Column("ends", lambda held: held.duty.week.last, DATE),
    Column("rotation", lambda held: held.duty.rotation),
    Column("role", lambda held: held.duty.role),
    Column("engineer", lambda held: held.engineer, maybe(TEXT)),
)
"""A rota, a line a duty."""

HORIZON = one(
    Shape[Horizon](
        *own("label", first=DATE, last=DATE),
        Column("weeks", lambda horizon: len(horizon.weeks), COUNT),
    )
)
"""The weeks of a rota, without naming each."""

PROBLEM = Shape[InputProblem](
    *own("file", row=maybe(COUNT), column=TEXT, value=TEXT, message=TEXT, hint=TEXT)
)
"""One thing wrong in one place of the inputs."""

PROOF = Shape[Proof](
    Column("name", lambda p: aim_name(p.aim, p.part), TEXT, "Aim (less is better)", False, False),
    *own("aim", "part"),
    Column("value", lambda proof: proof.value, AMOUNT, "value"),
    Column("said", lambda proof: proof_text(proof), TEXT, "", json=False, frame=False),
    *own(bound=maybe(AMOUNT), proven=FLAG),
)
"""What is proven of a part of an aim."""


def proof_text(proof: Proof) -> str:
    """``proven``, or how much better a rota might still be."""
    if proof.proven:
        return "proven"
    if proof.bound is None:
        return "not proven"
    return f"at best {amount(proof.bound)} (not proven)"


SUMS = Shape[Account](*own(carried_in=BALANCE, owed=AMOUNT, done=AMOUNT, balance=BALANCE))
"""One line of the ledger."""

_IN_ROLE = Shape[Account](*own("rotation", "role")) + SUMS
Lines = tuple[Account, ...]
ENGINEER = (
    Shape[Lines](Column("name", lambda lines: lines[0].engineer))
    + SUMS.of(lambda lines: lines[0])
    + Shape[Lines](Column("roles", lambda lines: lines[1:], many(_IN_ROLE)))
)
"""The ledger of one engineer: all roles together, then role by role."""


def by_engineer(lines: Sequence[Account]) -> list[Lines]:
    """The ledger, an entry an engineer: the line of all roles together comes first."""
    totals = [line for line in lines if not line.role]
    return [
        (total, *(line for line in lines if line.role and line.engineer == total.engineer))
        for total in totals
    ]


def ledger_table(
    team: Team, lines: Sequence[Account], extra: Mapping[str, Mapping[str, int]] | None = None
) -> Table[Lines]:
    """A row an engineer: duties done role by role and together, owed, and the balance.

    ``extra`` are more columns of counts, by heading and engineer.
    """

    def done(number: int, strand: Seat) -> Column[Lines]:
        return Column(f"done {number}", lambda own: own[number].done, AMOUNT, team.title(strand))

    def count(heading: str, counts: Mapping[str, int]) -> Column[Lines]:
        return Column(heading, lambda own: counts[own[0].engineer], COUNT, heading)

    rows = by_engineer(lines)
    columns: list[Column[Lines]] = [
        Column("engineer", lambda own: own[0].engineer, TEXT, "Engineer"),
        *(done(number, strand) for number, strand in enumerate(team.strands, start=1)),
        Column("done", lambda own: own[0].done, AMOUNT, "total"),
        Column("owed", lambda own: own[0].owed, _HUNDREDTHS, "owed"),
    ]
    if any(own[0].carried_in for own in rows):
        columns.append(Column("carried_in", lambda own: own[0].carried_in, BALANCE, "carried in"))
    columns.append(Column("balance", lambda own: own[0].balance, BALANCE, "balance"))
    columns += [count(*column) for column in (extra or {}).items()]
    return Table(Shape(*columns), rows)


_HUNDREDTHS = Kind(AMOUNT.schema, lambda value: f"{float(value):.2f}", AMOUNT.json, "r")


def made(**kinds: Kind) -> Shape[dict[str, Any]]:
    """An object that is made already, as JSON."""

    def column(name: str, kind: Kind) -> Column[dict[str, Any]]:
        return Column(name, lambda made: made[name], kind)

    return Shape(*(column(name, kind) for name, kind in kinds.items()))


EXACT = Kind(AMOUNT.schema)
_FACT = made(rule=TEXT, week=maybe(TEXT), engineer=maybe(TEXT), source=maybe(TEXT), message=TEXT)
IMPASSE = made(
    clashes=many(made(weeks=TEXTS, minimal=FLAG, facts=many(_FACT))),
    repairs=many(
        made(kinds=TEXTS, steps=TEXTS, cost=COUNT, imbalance=EXACT, least_imbalance=EXACT)
    ),
)
"""Why no rota can be, as ``InfeasibleError.details`` says it."""
