"""Time zones as calendars call them: by name, by Windows' name, or described in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"^\W*(?:UTC|GMT)? ?(?:([+-]\d{1,2}):?(\d{2})?)?(?:\).*)?$", re.IGNORECASE)
_PARTS = 3
"""Of a path, how many last parts may be a zone: America/Argentina/Salta."""
_FURTHEST = timedelta(hours=14)


class Zones:
    """The zones of a feed. Those that cannot be resolved are kept in ``unknown``."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self._described = described
        self._found: dict[str, tzinfo | None] = {}
        self.unknown: list[str] = []

    def find(self, name: str) -> tzinfo | None:
        """The zone of that name; ``None`` if nobody knows it."""
        if name not in self._found:
            found = _by_name(name) or self._by_description(name) or _by_offset(name)
            self._found[name] = found
            if found is None:
                self.unknown.append(name)
        return self._found[name]

    def _by_description(self, name: str) -> tzinfo | None:
        if name not in self._described:
            return None
        from icalendar import Timezone

        try:
            described: Any = Timezone.from_ical(self._described[name])
            found = described.to_tz()
        except Exception:  # the parser lets through whatever it meets
            return None
        return found if isinstance(found, tzinfo) else None


def _by_name(name: str) -> tzinfo | None:
    """A zone of the world's list, also behind a path of the program's own, or one of Windows'."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if name.upper() in ("Z", "UTC", "GMT", "ETC/UTC", "TZONE://MICROSOFT/UTC"):
        return UTC
    parts = name.strip("/").split("/")
    shorter = ("/".join(parts[-n:]) for n in range(min(_PARTS, len(parts)), 0, -1))
    windows = WINDOWS_TO_OLSON.get(name)
    for candidate in (windows,) if windows else shorter:
        try:
            return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):  # an unknown one, or one that is a folder
            continue
    return None


def _by_offset(name: str) -> tzinfo | None:
    """``GMT+0800`` or ``(UTC+08:00) Kuala Lumpur, Singapore``."""
    match = _OFFSET.fullmatch(name)
    if match is None or match[1] is None:
        return None
    offset = timedelta(hours=abs(int(match[1])), minutes=int(match[2] or 0))
    if offset > _FURTHEST:
        return None
    return timezone(-offset if match[1].startswith("-") else offset)
