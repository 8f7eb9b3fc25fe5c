"""Names and words as people type them: kept as they look, compared without what nobody sees.

Two texts are the same name if they are alike in NFKC, in any case, with any spaces, any kind of
apostrophe, and without the marks that show nothing: joiners, direction marks, soft hyphens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʻʹ′´`＇ˈ"), "'")  # noqa: RUF001 - all are typed
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2043), "-")
_SAME_MARKS = _APOSTROPHES | _HYPHENS
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Characters that show nothing although they are counted among letters and marks."""
_JOINERS = "\u200c\u200d"
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвнкмтαορυνικγɑı",
    "aeopcyxijshdqwbhkmtaopuvikyai",
)


def tidy(text: str) -> str:
    """A text as it is kept: no control or invisible characters, single spaces, NFC."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    kept = (c for n, c in enumerate(composed) if c.isspace() or not _unseen(composed, n))
    return " ".join("".join(kept).split())


def fold(text: str) -> str:
    """The form in which two names are the same name."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    return " ".join(unicodedata.normalize("NFKC", with_capitals(text).casefold()).split())


def with_capitals(text: str) -> str:
    """As :func:`fold`, but with the capitals as they were written."""
    if text.isascii() and text.isprintable():
        return " ".join(text.replace("`", "'").split())
    same = unicodedata.normalize("NFKC", tidy(text).translate(_SAME_MARKS))
    kept = (c for c in same.translate(_SAME_MARKS) if c not in _JOINERS)
    return " ".join("".join(kept).split())


def looks(text: str) -> str:
    """The form in which two names look the same, be their letters of other scripts."""
    return fold(text).translate(_LOOKALIKES)


def whom(text: str, names: Iterable[str]) -> str | None:
    """The name that a text means: a whole name, or a first name that only one of them has."""
    asked, names = fold(text), tuple(names)
    whole = [name for name in names if fold(name) == asked]
    firsts = [name for name in names if fold(name).split(" ")[0] == asked]
    found = whole or firsts
    return found[0] if asked and len(found) == 1 else None


def _unseen(text: str, place: int) -> bool:
    """Whether nobody sees this character. Joiners shape the letters of some scripts: kept there."""
    c = text[place]
    if c in _JOINERS:
        around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        return len(around) < 2 or any(not _shaped(letter) for letter in around)
    unseen = unicodedata.category(c) in ("Cc", "Cf", "Cs") or c in _BLANK_LETTERS
    return unseen or 0xFE00 <= ord(c) <= 0xFE0F


def _shaped(letter: str) -> bool:
    """Whether the letter is of a script in which joiners change what is seen."""
    return ord(letter) >= 0x0600 and unicodedata.category(letter)[0] in "LMS"
