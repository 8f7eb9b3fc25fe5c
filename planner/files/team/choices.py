"""The names that a value may bear, and what is said of one that is not among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args

from planner.domain.spelling import fold, tidy, whom
from planner.errors import did_you_mean
from planner.files.team.values import BadValueError

__all__ = ["Choices", "fold", "one_of", "tidy"]


class Choices:
    """The names that a value may bear: engineers, rotations, roles.

    ``complete=False`` means that some could not be read; then any name is let through, so that
    one mistake is not reported a hundred times. Of ``people`` a first name is enough that only
    one of them has; ``formerly`` are today's names of who had another.
    """

    def __init__(
        self,
        names: Iterable[str],
        what: str,
        *,
        complete: bool = True,
        people: bool = False,
        formerly: Mapping[str, str] = MappingProxyType({}),
        hint: str = "",
    ) -> None:
        self.names = tuple(sorted({fold(name): name for name in names}.values()))
        self._by_fold = {fold(name): name for name in self.names}
        for old, name in formerly.items():
            self._by_fold.setdefault(fold(old), name)
        self._what, self._hint, self.complete, self._people = what, hint, complete, people

    def known_as(self, formerly: Mapping[str, str], hint: str) -> Choices:
        """The same names, of whom some had others earlier, with a hint wherever one is unknown."""
        how = {"complete": self.complete, "people": self._people}
        return Choices(self.names, self._what, **how, formerly=formerly, hint=hint)

    def find(self, text: str) -> str | None:
        """The name as the team spells it, or ``None``."""
        found = self._by_fold.get(fold(text))
        return whom(text, self.names) if found is None and self._people else found

    def require(self, text: str) -> str:
        """The name as the team spells it. Raises ``BadValueError`` for an unknown one."""
        found = self.find(text)
        if found is not None:
            return found
        if not self.complete:
            return tidy(text)

        def hint() -> str:
            return " ".join(filter(None, (did_you_mean(tidy(text), self.names), self._hint)))

        raise BadValueError(f"is not {self._what}", hint)


def one_of(text: str, allowed: Any) -> Any:
    """The allowed word that the text is, in any case; they may be those of a ``Literal``.

    Raises ``BadValueError`` otherwise.
    """
    words: tuple[str, ...] = get_args(allowed) or tuple(allowed)
    found = next((word for word in words if fold(word) == fold(text)), None)
    if found is None:
        known = " or ".join(f"“{word}”" for word in words)
        raise BadValueError(f"is not {known}", lambda: did_you_mean(text, words))
    return found
