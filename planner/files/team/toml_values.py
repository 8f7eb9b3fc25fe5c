"""Typed values out of a TOML document, with the line of each for messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from planner.errors import did_you_mean
from planner.files.team.choices import one_of, tidy
from planner.files.team.reading import Reading
from planner.records import dataclass

Path = tuple[str | int, ...]
T = TypeVar("T")


_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_MOST_DOTS = 1000
"""Of a key; its parts cost the square of their number to read."""


def _is_deep(text: str) -> bool:
    """Whether some key has more parts than anybody writes."""
    lines = (line for line in text.splitlines() if line.count(".") > _MOST_DOTS)
    return any(_QUOTED.sub("", line).count(".") > _MOST_DOTS for line in lines)


def parse_toml(file: str, text: str, reading: Reading) -> TomlTable | None:
    """The document's outermost table, or ``None`` and a noted problem with its line."""
    try:
        data = None if _is_deep(text) else tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*?) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        what, line = (said[1], said[2]) if said else (str(error), None)
        reading.problem(
            file,
            f"is not valid TOML: {what[:1].lower()}{what[1:]}",
            row=int(line) if line else text.count("\n") + 1,
            hint="Texts need quotes, lists need brackets, and each key stands once.",
        )
        return None
    except (ValueError, RecursionError):  # more digits, or deeper, than Python reads
        data = None
    if data is None or not _is_sane(data):
        reading.problem(
            file,
            "is not read: it is nested too deeply, or holds a number of too many digits",
            hint="Nothing in this file needs either.",
        )
        return None
    return TomlTable(file, data, (), _lines(text), reading)


def _is_sane(data: object) -> bool:
    """Whether nothing is nested deeper, and no number longer, than anybody writes by hand."""
    level = [data]
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for each in level:
            if isinstance(each, int) and abs(each) >= _LARGEST:
                return False
            if isinstance(each, dict | list):
                inner += each.values() if isinstance(each, dict) else each
        level = inner
    return not level


_DEEPEST, _LARGEST = 12, 10**12


@dataclass(frozen=True)
class TomlTable:
    """One table of the document. Its readers note down problems and return the default."""

    file: str
    data: Mapping[str, Any]
    path: Path
    lines: Mapping[Path, int]
    reading: Reading

    def line(self, key: str = "") -> int | None:
        """Where the key stands, or else the table that ought to hold it."""
        path = (*self.path, key) if key else self.path
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def problem(self, key: str, value: object, message: str, hint: str = "") -> None:
        """Note down what is wrong with the value of a key."""
        self.reading.problem(
            self.file,
            message,
            row=self.line(key),
            column=self._column(key),
            value=str(value).lower() if isinstance(value, bool) else str(value),
            hint=hint,
        )

    def _refuse(self, key: str, error: ValueError, value: str) -> None:
        self.reading.refuse(error, self.file, self.line(key), self._column(key), value)

    def _column(self, key: str) -> str:
        return ".".join(str(part) for part in (*self.path, key) if part and isinstance(part, str))

    def check_keys(self, known: Iterable[str]) -> None:
        """Every key must be one of these."""
        for key in self.data:
            if key not in known:
                what = f"of [{self._column('')}]" if self.path else "of this file"
                self.problem(key, key, f"is not a key {what}", did_you_mean(key, known))

    def read(self, key: str, parse: Callable[[str], T], default: T) -> T:
        """What ``parse`` makes of a text."""
        if key not in self.data:
            return default
        value = self.data[key]
        if not isinstance(value, str) or not tidy(value):
            self.problem(key, value, "is not a text", f'Write {key} = "…", in quotes.')
            return default
        try:
            return parse(tidy(value))
        except ValueError as error:
            self._refuse(key, error, tidy(value))
            return default

    def text(self, key: str, default: str = "") -> str:
        """A text that is not empty."""
        return self.read(key, str, default)

    def choice(self, key: str, allowed: object, default: T) -> T:
        """One of the words of a ``Literal``."""
        return self.read(key, lambda text: one_of(text, allowed), default)

    def flag(self, key: str, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.problem(key, value, "is not true or false", "Write it without quotes.")
            return default
        return value

    def whole(self, key: str, default: int | None, least: int | None = None) -> int | None:
        """A whole number of at least ``least``."""
        if key not in self.data:
            return default
        value = self.data[key]
        if type(value) is not int or (least is not None and value < least):
            bound = "" if least is None else f" of at least {least}"
            self.problem(key, value, f"is not a whole number{bound}", "Write it without quotes.")
            return default
        return value

    def words(
        self, key: str, parse: Callable[[str], T], default: tuple[T, ...] = ()
    ) -> tuple[T, ...]:
        """What ``parse`` makes of each text of a list; bad ones are left out."""
        if key not in self.data:
            return default
        value = self.data[key]
        if not isinstance(value, list):
            self.problem(key, value, "is not a list", f'Write {key} = ["…", "…"].')
            return default
        found = []
        for item in value:
            if not isinstance(item, str) or not tidy(item):
                self.problem(key, item, "is not a text", "Write it in quotes.")
                continue
            try:
                found.append(parse(tidy(item)))
            except ValueError as error:
                self._refuse(key, error, tidy(item))
        return tuple(found)

    def day(self, key: str) -> date | None:
        """A date, with or without quotes."""
        value = self.data.get(key)
        if isinstance(value, date):
            value = value.date() if isinstance(value, datetime) else value
            try:
                return self.reading.dates.read(value)
            except ValueError as error:
                self._refuse(key, error, str(value))
                return None
        return self.read(key, self.reading.dates.read, None)

    def table(self, key: str) -> TomlTable:
        """The table of that name; an empty one if there is none."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.problem(key, value, "is not a table", f"Write [{key}] on a line of its own.")
            value = {}
        return self.inner(value, key)

    def inner(self, data: Mapping[str, Any], *where: str | int) -> TomlTable:
        """What stands in this table at that place, as a table of its own."""
        return replace(self, data=data, path=(*self.path, *where))

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """The list of tables of that name, written ``[[key]]``."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            hint = f"Write [[{self._column(key)}]] before each of them."
            self.problem(key, value, "is not a list of tables", hint)
            return ()
        return tuple(self.inner(item, key, n) for n, item in enumerate(value))


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=")


def _lines(text: str) -> dict[Path, int]:
    """The line on which each table and key first stands; a guess good enough for messages."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.fullmatch(line):
            table = _resolved(_parts(match[2]), counts)
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif match := _KEY.match(line):
            found.setdefault((*table, *_parts(match[1])), number)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _resolved(parts: list[str], counts: Mapping[Path, int]) -> Path:
    """A header's path, with the running number of every list of tables on the way."""
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if path in counts and place < len(parts) - 1:
            path = (*path, counts[path])
    return path
