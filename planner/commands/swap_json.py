"""What ``rota swap --json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.reporting.documents import Document
from planner.reporting.judgements import VALUE
from planner.reporting.kinds import AMOUNT, FLAG, PATH, TEXTS, Kind, maybe
from planner.reporting.shapes import DUTY, MOVE, made
from planner.reporting.table import Column, Shape, many, one, own

if TYPE_CHECKING:
    from planner.planning.exchange import Exchange


EXCHANGE: Shape[Exchange] = Shape(
    Column("moves", lambda exchange: exchange.moves, many(MOVE)),
    Column("further", lambda exchange: map(str, (m.duty for m in exchange.further)), TEXTS),
    *own(preferred=FLAG, running=TEXTS, balance=maybe(AMOUNT)),
    *own(differences=many(VALUE), values=many(VALUE)),
)
"""``running`` names who would be on call two weeks running."""

_REASONS = Kind({"type": "object", "additionalProperties": {"type": "string"}}, plain=False)
DOCUMENT = Document(
    "swap",
    made(
        duty=one(DUTY),
        exchanges=many(EXCHANGE),
        not_possible=_REASONS,
        applied=maybe(one(made(path=PATH, kept=PATH))),
    ),
    each=False,
)
"""``exchanges`` stand best first; ``not_possible`` says of other members what is in the way, and
``applied`` where the rota and the old one are, if the first was."""
