"""What is said about a value that cannot be understood."""

from __future__ import annotations


class BadValueError(ValueError):
    """``message`` continues a sentence that begins with the value; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}. {hint}".strip())
        self.message, self.hint = message, hint


def message_and_hint(error: ValueError, value: str) -> tuple[str, str]:
    """A parser's sentence in two parts, without the value, which is shown before them anyway."""
    if isinstance(error, BadValueError):
        return error.message, error.hint
    text = str(error)
    about_the_value = text.removeprefix(f"“{value}”").strip()
    message, _, hint = about_the_value.partition(". ")
    if value and about_the_value == text:
        message = f"is wrong: {message}"
    return message.rstrip("."), hint.strip()
