"""Text as a cell can hold it."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 32_767
"""Characters that a cell holds; spreadsheets cut the rest silently."""

CUT_MARK = " … (cut)"

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?")


def clean(text: str) -> str:
    """The text as a cell can hold it: no control characters, and cut with a mark if too long."""
    if text.isprintable() and 2 * len(text) <= LONGEST:
        return text
    text = _UNWRITABLE.sub("", _LINE_BREAK.sub("\n", text))
    if 2 * len(text) <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    room = LONGEST - len(CUT_MARK)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT_MARK


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """As the function TRIM leaves a text."""
    return " ".join(part for part in clean(name).split(" ") if part)
