"""What kinds of values tables hold, and how each is told: in text, in JSON and in a schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from planner.records import dataclass
from planner.wording import amount, moment, signed

DEFINITIONS: Mapping[str, Mapping[str, Any]] = {
    "amount": {
        "description": "An exact fraction, as a number and as text: 6.5 and 13/2.",
        "type": "object",
        "properties": {"number": {"type": "number"}, "exact": {"type": "string"}},
        "required": ["number", "exact"],
        "additionalProperties": False,
    }
}
"""What the schemas of kinds refer to."""


@dataclass(frozen=True)
class Kind:
    """``nothing`` is what text says where there is no value, ``empty`` what JSON does."""

    schema: Mapping[str, Any]
    text: Callable[[Any], str] = str
    json: Callable[[Any], Any] = field(default=lambda value: value)
    align: str = "l"
    plain: bool = True
    nothing: str | None = None
    empty: Any = None

    def told(self, value: Any) -> str:
        """The value as text."""
        return self.nothing if value is None and self.nothing is not None else self.text(value)

    def coded(self, value: Any) -> Any:
        """The value as JSON."""
        return None if value is None else self.json(value)


def exact(value: Fraction) -> dict[str, Any]:
    """A fraction for JSON: as a number and, exactly, as text."""
    return {"number": float(value), "exact": str(value)}


def _array(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = Kind({"type": "string"})
NAME = Kind({"type": "string", "minLength": 1})
WEEK = Kind({"type": "string", "pattern": r"^\d{4}-W\d{2}$"})
"""A duty week, by the ISO week of its first day."""
COUNT = Kind({"type": "integer"}, align="r")
NUMBER = Kind({"type": "number"}, align="r")
FLAG = Kind({"type": "boolean"})
DATE = Kind(
    {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, json=date.isoformat
)
INSTANT = Kind(
    {
        "type": "string",
        "format": "date-time",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2}$",
    },
    lambda instant: moment(instant, str(instant.tzinfo)),
    datetime.isoformat,
)
"""An instant on the clock of its own zone."""
AMOUNT = Kind({"$ref": "#/$defs/amount"}, amount, exact, "r")
BALANCE = replace(AMOUNT, text=signed)
PATH = Kind({"type": "string"}, json=str)
TEXTS = Kind(_array({"type": "string"}), ", ".join, list, empty=[])
DATES = Kind(
    _array(dict(DATE.schema)), json=lambda days: [day.isoformat() for day in days], empty=[]
)


def one_of(*words: str) -> Kind:
    """One of a few words."""
    return Kind({"enum": list(words)})


def meaning(kind: Kind, text: str) -> Kind:
    """The same kind, with a word to readers of the schema."""
    return replace(kind, schema={**kind.schema, "description": text})


def maybe(kind: Kind, nothing: str = "–") -> Kind:
    """A value of that kind, or none."""
    return replace(kind, schema={"anyOf": [kind.schema, {"type": "null"}]}, nothing=nothing)
