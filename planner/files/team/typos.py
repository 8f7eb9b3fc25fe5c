"""Slips of typing in people's names, found fast among thousands of strangers' names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from planner.grouping import grouped

Named = tuple[str, tuple[str, ...]]
"""An engineer, and the folded words of the name."""

_ALIKE = 0.82
"""How alike a word and a name must be to be taken for a slip of typing: “third” is not Thiru."""
_LONG = len("daniel")


def alike(said: str, name: str) -> bool:
    """Whether each word may be a slip of the word in its place of a name."""
    ours, theirs = said.split(" "), name.split(" ")
    return len(ours) == len(theirs) and all(map(_near, ours, theirs))


def _near(word: str, name: str) -> bool:
    return word == name or SequenceMatcher(None, word, name).ratio() > _ALIKE


class Slips:
    """Engineers by what is left of their first names with a letter or two taken out."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._left = grouped((left, each) for each in named for left in _shortened(each[1][0]))
        self._known: dict[str, list[Named]] = {}

    def of(self, word: str) -> list[Named]:
        """The engineers whose first names a folded word may be, by a slip or exactly."""
        if word not in self._known:
            found = (each for left in _shortened(word) for each in self._left.get(left, ()))
            self._known[word] = [each for each in dict.fromkeys(found) if _near(word, each[1][0])]
        return self._known[word]


def _shortened(word: str) -> list[str]:
    """The word, and what is left of it without one letter or, of long ones, two."""
    once = [word[:n] + word[n + 1 :] for n in range(len(word))]
    twice = [w[:n] + w[n + 1 :] for w in once for n in range(len(w))] if len(word) > _LONG else []
    return list(dict.fromkeys((word, *once, *twice)))
