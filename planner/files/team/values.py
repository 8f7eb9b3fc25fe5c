"""What is said about a value that cannot be understood."""

from __future__ import annotations

from collections.abc import Callable


class BadValueError(ValueError):
    """``message`` continues a sentence that begins with the value; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str | Callable[[], str] = "") -> None:
        super().__init__(message, hint)
        self.message, self._hint = message, hint

    @property
    def hint(self) -> str:
        """What to do; found out only now, as it may take a while."""
        return self._hint if isinstance(self._hint, str) else self._hint()

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}".strip()
