"""What every value of the domain asks of its fields: refused with the value's own name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NoReturn

from planner.errors import FactError, did_you_mean

_LONGEST_SAID = 60


def refuse(what: str, value: object, why: str, hint: str = "") -> NoReturn:
    """Raise ``FactError`` about the value of a field."""
    said = value if isinstance(value, str) else repr(value)
    if len(said) > _LONGEST_SAID:
        said = said[:_LONGEST_SAID] + "…"
    raise FactError(f"{what} “{said}” {why}. {hint}".rstrip())


def ensure(value: object, kind: type | tuple[type, ...], what: str) -> None:
    """The value is of a type; numbers are none of the truth values that Python takes for them."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        names = [each.__name__ for each in kinds if each is not type(None)]
        refuse(what, value, f"is not of the type {' or '.join(names)}")


def ensure_text(value: object, what: str) -> None:
    """The value is a text that says something."""
    ensure(value, str, what)
    if not str(value).strip():
        refuse(what, value, "is empty")


def ensure_day(value: object, what: str) -> None:
    """The value is a date, without a time."""
    if value.__class__ is not date:
        refuse(what, value, "is not a date", "Write it as date(2024, 7, 1).")


def ensure_span(start: date, end: date, what: str) -> None:
    """The end does not lie before the start."""
    ensure_day(start, f"the start of {what}")
    ensure_day(end, f"the end of {what}")
    if end < start:
        refuse(f"the end of {what}", str(end), f"is before the start {start}")


def ensure_whole(value: Any, what: str, least: int, most: int | None = None) -> None:
    """The value is a whole number within bounds."""
    ensure(value, int, what)
    if value < least or (most is not None and value > most):
        bounds = f"at least {least}" if most is None else f"{least} to {most}"
        refuse(what, value, "is out of range", f"It may be {bounds}.")


def ensure_known(value: object, known: Collection[str], what: str, kind: str) -> None:
    """The value is one of the known names."""
    ensure(value, str, what)
    if value not in known:
        refuse(what, value, f"is not {kind}", did_you_mean(str(value), known))


def ensure_once(values: Iterable[str], what: str) -> None:
    """No value stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            refuse(what, value, "stands twice", "Keep one of them.")
        seen.add(value)


def freeze(owner: object, field: str, kind: type, what: str) -> None:
    """A field of several values becomes a tuple; each of them is of the type."""
    values = getattr(owner, field)
    if values.__class__ is not tuple:
        if not isinstance(values, list | tuple | set | frozenset):
            refuse(what, values, "is not a list or a tuple")
        values = tuple(values) if isinstance(values, list | tuple) else tuple(sorted(values))
        object.__setattr__(owner, field, values)
    for value in values:
        ensure(value, kind, what)
