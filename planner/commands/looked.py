"""Teams whose files were looked at before any of them is planned, so that none is read twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from planner.commands.common import Loaded, Period, load_one
from planner.records import dataclass

_Stamp: TypeAlias = tuple[tuple[str, int, int], ...] | None
"""Of each file its name, when it was last changed, and its size; ``None`` if that is not known."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A team as it was read, and the stamp that its files had before."""

    loaded: Loaded
    stamp: _Stamp


def look(folder: Path, date_format: str | None, period: Period) -> Looked:
    """Read a team folder; raises ``InputError`` with all its problems."""
    stamp = _stamp(folder)
    return Looked(load_one(folder, date_format, period), stamp)


def read_if_changed(
    looked: Looked | None, folder: Path, date_format: str | None, period: Period
) -> Loaded:
    """The team as it was looked at, or read anew if any of its files has changed since."""
    if looked is not None and looked.stamp is not None and looked.stamp == _stamp(folder):
        return looked.loaded
    return load_one(folder, date_format, period)


def _stamp(folder: Path) -> _Stamp:
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return None
    return tuple(sorted((name, each.st_mtime_ns, each.st_size) for name, each in found))
