"""File names made from names: letters of any script, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def distinct_slugs(names: Iterable[str]) -> list[str]:
    """A slug for each name; a number tells apart those that would be the same."""
    found: list[str] = []
    for name in names:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
        slug = first = re.sub(r"\W+", "-", folded).strip("-_")[:80] or "unnamed"
        number = 1
        while slug in found:
            number += 1
            slug = f"{first}-{number}"
        found.append(slug)
    return found
