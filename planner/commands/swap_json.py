"""What ``rota swap --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain import Duty
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.judgements import VALUE
from planner.reporting.kinds import AMOUNT, FLAG, PATH, TEXTS, Kind, maybe
from planner.reporting.shapes import DUTY, MOVE
from planner.reporting.table import Column, Shape, many, one

if TYPE_CHECKING:
    from planner.planning.exchange import Exchange


@dataclass(frozen=True)
class Offered:
    """The exchanges of a duty, best first; where the first was applied, the rota and the old one.

    ``not_possible`` says of other members what is in the way.
    """

    duty: Duty
    exchanges: Sequence[Exchange]
    not_possible: Mapping[str, str]
    path: Path
    kept: Path | None


EXCHANGE: Shape[Exchange] = Shape(
    Column("moves", lambda exchange: exchange.moves, many(MOVE)),
    Column("further", lambda exchange: map(str, (m.duty for m in exchange.further)), TEXTS),
    Column("preferred", lambda exchange: exchange.preferred, FLAG),
    Column("running", lambda exchange: exchange.running, TEXTS),
    Column("balance", lambda exchange: exchange.balance, maybe(AMOUNT)),
    Column("differences", lambda exchange: exchange.differences, many(VALUE)),
    Column("values", lambda exchange: exchange.values, many(VALUE)),
)
"""``running`` names who would be on call two weeks running."""

_REASONS = Kind({"type": "object", "additionalProperties": {"type": "string"}}, plain=False)
_APPLIED = Shape[Offered](
    Column("path", lambda offered: offered.path, PATH),
    Column("kept", lambda offered: offered.kept, PATH),
)
DOCUMENT = Document(
    "swap",
    Shape[Offered](
        Column("duty", lambda offered: offered.duty, one(DUTY)),
        Column("exchanges", lambda offered: offered.exchanges, many(EXCHANGE)),
        Column("not_possible", lambda offered: offered.not_possible, _REASONS),
        Column("applied", lambda offered: offered if offered.kept else None, maybe(one(_APPLIED))),
    ),
    each=False,
)
