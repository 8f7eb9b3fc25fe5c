"""Names as people type them: compared without regard to case, width and spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from planner.errors import did_you_mean
from planner.files.team.values import BadValueError

_INVISIBLE = "\u200b\ufeff"


def tidy(text: str) -> str:
    """A text as it is kept: no control or invisible characters, single spaces, NFC."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c.isspace() or (c not in _INVISIBLE and unicodedata.category(c) != "Cc")
    )
    return " ".join(kept.split())


def fold(text: str) -> str:
    """The form in which two names are the same name (NFKC, casefold, single spaces)."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", tidy(text)).casefold().split())


class Known:
    """The names that a value may bear: engineers, rotations, roles.

    ``complete=False`` means that some could not be read; then any name is let through, so that
    one mistake is not reported a hundred times.
    """

    def __init__(
        self, names: Iterable[str], what: str, *, hint: str = "", complete: bool = True
    ) -> None:
        self.names = tuple(sorted({fold(name): name for name in names}.values()))
        self._by_fold = {fold(name): name for name in self.names}
        self._what, self._hint, self.complete = what, hint, complete

    def hinting(self, hint: str) -> Known:
        """The same names, with something to say wherever one is unknown."""
        return Known(self.names, self._what, hint=hint, complete=self.complete)

    def find(self, text: str) -> str | None:
        """The name as the team spells it, or ``None``."""
        return self._by_fold.get(fold(text))

    def require(self, text: str) -> str:
        """The name as the team spells it. Raises ``BadValueError`` for an unknown one."""
        found = self.find(text)
        if found is not None:
            return found
        if not self.complete:
            return tidy(text)
        hints = (did_you_mean(tidy(text), self.names), self._hint)
        raise BadValueError(f"is not {self._what}", " ".join(filter(None, hints)))


def one_of(text: str, allowed: Iterable[str]) -> str:
    """The allowed word that the text is, in any case. Raises ``BadValueError`` otherwise."""
    allowed = tuple(allowed)
    found = next((word for word in allowed if fold(word) == fold(text)), None)
    if found is None:
        known = " or ".join(f"“{word}”" for word in allowed)
        raise BadValueError(f"is not {known}", did_you_mean(text, allowed))
    return found
