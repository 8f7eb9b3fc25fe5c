"""What ``rota swap --json`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.commands.published_rota import Opened
from planner.domain import Duty
from planner.reporting.documents import Document
from planner.reporting.kinds import FLAG, TEXT, TEXTS, Kind, exact, maybe
from planner.reporting.shapes import DUTY, EXACT, MOVE, VALUE, made
from planner.reporting.table import Table, many

if TYPE_CHECKING:
    from planner.planning.exchange import Exchange


def exchanges_json(
    opened: Opened,
    given: Duty,
    found: list[Exchange],
    not_possible: dict[str, str],
    kept: Path | None,
) -> dict[str, Any]:
    """The exchanges of a duty, best first."""
    return {
        "duty": DUTY.json(given),
        "exchanges": [
            {
                "moves": [MOVE.json(move) for move in one.moves],
                "further": [str(move.duty) for move in one.further],
                "preferred": one.preferred,
                "running": list(one.running),
                "balance": exact(one.balance) if one.balance is not None else None,
                "differences": Table(VALUE, one.differences).json(),
                "values": Table(VALUE, one.values).json(),
            }
            for one in found
        ],
        "not_possible": not_possible,
        "applied": {"path": str(opened.path), "kept": str(kept)} if kept else None,
    }


_REASONS = Kind({"type": "object", "additionalProperties": {"type": "string"}}, plain=False)
_EXCHANGE = made(
    moves=Kind({"type": "array", "items": MOVE.schema()}),
    further=TEXTS,
    preferred=FLAG,
    running=TEXTS,
    balance=maybe(EXACT),
    differences=Kind({"type": "array", "items": VALUE.schema()}),
    values=Kind({"type": "array", "items": VALUE.schema()}),
)
DOCUMENT = Document(
    "swap",
    made(
        duty=Kind(DUTY.schema()),
        exchanges=many(_EXCHANGE),
        not_possible=_REASONS,
        applied=maybe(Kind(made(path=TEXT, kept=TEXT).schema())),
    ),
    each=False,
)
"""``exchanges`` come best first; ``running`` names who would be on call two weeks running."""
