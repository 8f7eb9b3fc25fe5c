"""Elements of HTML whose texts and attributes cannot become markup, and instants in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

from planner.wording import moment

_VOID = ("link", "meta", "line", "rect")


class Html(str):
    """Text that is markup already; any other text is escaped."""

    __slots__ = ()


def tag(name: str, /, *inside: str, **attributes: str | int | bool | None) -> Html:
    """An element. ``aria_label`` stands for ``aria-label``, ``class_`` for ``class``; an attribute
    that is ``True`` has no value, one that is ``None`` or ``False`` is left out."""
    said = "".join(
        f" {_named(key)}" if value is True else f' {_named(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{said}>" if name in ("link", "meta") else f"<{name}{said}/>")
    held = "".join(each if isinstance(each, Html) else escape(each) for each in inside)
    return Html(f"<{name}{said}>{held}</{name}>")


def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def joined(*parts: str) -> Html:
    """Markup, part by part on lines of their own."""
    return Html("\n".join(parts))


def data(value: Any, **attributes: str) -> Html:
    """A value for the page's script to read; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return tag("script", Html(text), type="application/json", **attributes)


def utc(instant: datetime) -> str:
    """An instant as every browser reads it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def time(instant: datetime, timezone: str) -> Html:
    """An instant on the team's clock, which the script turns into the reader's."""
    return tag("time", moment(instant, timezone), datetime=utc(instant))
