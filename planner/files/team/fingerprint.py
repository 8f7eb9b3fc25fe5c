"""A hash over the meaning of a team's inputs, to tell whether they changed since a plan."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any

from planner.domain import Duty, DutyWeek, Team


def fingerprint(team: Team) -> str:
    """SHA-256, in hexadecimal, of everything that a plan or its workbook may depend on.

    The order of rows, blank lines, comments and the rows where facts stand do not matter.
    """
    text = json.dumps(_plain(team), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, Duty | DutyWeek):
        return {name: _plain(fact) for name, fact in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a fingerprint")
