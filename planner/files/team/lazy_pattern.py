"""Patterns that are compiled when they are first looked for: most runs need none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class LazyPattern:
    """A regular expression whatever the case; long ones take a millisecond to compile."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.text, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text)

    def sub(self, instead: str, text: str) -> str:
        return self.compiled.sub(instead, text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text)


def words(text: str) -> LazyPattern:
    """These words as such, not as parts of others."""
    return LazyPattern(rf"(?<![\w-])(?:{text})(?![\w])")
