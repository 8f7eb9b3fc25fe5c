"""Where output is cleaned: no text from a file, whatever it holds, can steer a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Any

_OWN_STYLE = ("\x1b[1m", "\x1b[0m")
"""Bold, and its end: what titles are in."""

_UNSAFE = re.compile(
    "\x1b\\[[01]m|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
)
"""Control characters but for tabs and line ends, and marks that turn the direction of a line."""


def cleaned(text: str) -> str:
    """The text with a mark in the place of everything that a terminal would act upon."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(lambda found: found[0] if found[0] in _OWN_STYLE else "\ufffd", text)


def escaped(json_text: str) -> str:
    """JSON in which what :func:`cleaned` would replace is written as an escape, and so stays."""
    return _UNSAFE.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found[0]), json_text)


class Clean:
    """A text stream whose text is cleaned; ``raw`` is the stream itself.

    With ``forgiving``, text that cannot be written is lost without more ado. With ``as_json``,
    what would be cleaned away is written as an escape.
    """

    encoding = "utf-8"
    """What click may think, which would otherwise go around this class on an ASCII terminal."""

    def __init__(self, raw: Any, *, forgiving: bool = False, as_json: bool = False) -> None:
        self.raw, self._forgiven = raw, (OSError,) if forgiving else ()
        self._made_safe = escaped if as_json else cleaned

    def write(self, text: str) -> int:
        with suppress(*self._forgiven):
            self.raw.write(self._made_safe(text))
        return len(text)

    def flush(self) -> None:
        with suppress(*self._forgiven):
            self.raw.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


@contextmanager
def clean_streams(*, as_json: bool = False) -> Iterator[None]:
    """Within this, stdout and stderr are cleaned; what they cannot show becomes a mark.

    ``as_json`` says that what goes to stdout is a JSON document.
    """
    before = sys.stdout, sys.stderr
    # None is what a program has that was started with closed streams.
    out, err = (StringIO() if each is None else each for each in before)
    for stream in (out, err):
        _configure(stream, errors="replace")
    sys.stdout, sys.stderr = Clean(out, as_json=as_json), Clean(err, forgiving=True)
    if as_json:
        turn_to_data()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def turn_to_data() -> None:
    """From now on, stdout is UTF-8, whatever the code page: programs read it."""
    _configure(getattr(sys.stdout, "raw", sys.stdout), encoding="utf-8", errors="replace")


def _configure(stream: Any, **how: str) -> None:
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(**how)
