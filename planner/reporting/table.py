"""A table is described once; as text, as JSON with its schema, as a frame and as HTML it follows.

A :class:`Shape` says what a row is made of, column by column: a name for programs, how to take the
value from whatever the row is about, its kind and, where people see it, a heading. The same shape
describes an object of JSON; :func:`one` and :func:`many` put shapes into the columns of others.

    MOVE = Shape[Move](
        Column("week", lambda move: move.duty.week.name, heading="Week"),
        Column("new", lambda move: move.new, maybe(TEXT), heading="who"),
    )
    Table(MOVE, moves).text()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from planner.records import dataclass
from planner.reporting import terminal
from planner.reporting.kinds import COUNT, TEXT, Kind, maybe

if TYPE_CHECKING:
    from pandas import DataFrame

Row = TypeVar("Row")
Other = TypeVar("Other")

_CELL = "padding:0.15em 0.7em;text-align:left"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One value of each row. Without a heading people do not see it.

    What only people see (as the title of a seat, which JSON says as rotation and role) is not in
    ``json``; what only programs see is not in ``frame``.
    """

    name: str
    get: Callable[[Row], Any]
    kind: Kind = TEXT
    heading: str | None = None
    json: bool = True
    frame: bool = True


def own(*texts: str, **kinds: Kind) -> Iterator[Column[Any]]:
    """Columns of what the row has under their own names: texts, then others by their kind."""
    known = {**dict.fromkeys(texts, TEXT), **kinds}
    return (Column(name, attrgetter(name), kind) for name, kind in known.items())


class Shape(Generic[Row]):
    """What every row holds, in the order of its columns."""

    def __init__(self, *columns: Column[Row]) -> None:
        self.columns = columns

    def __add__(self, other: Shape[Row]) -> Shape[Row]:
        """With further columns; one of the same name takes the place of the one there is."""
        new = {column.name: column for column in other.columns}
        return Shape(*(new.pop(column.name, column) for column in self.columns), *new.values())

    def of(self, get: Callable[[Other], Row]) -> Shape[Other]:
        """The same columns, of rows that know what these ones are about."""

        def inner(column: Column[Any]) -> Column[Other]:
            return replace(column, get=lambda row: column.get(get(row)))

        return Shape(*map(inner, self.columns))

    def json(self, row: Row) -> dict[str, Any]:
        """A row as an object."""
        return {c.name: c.kind.coded(c.get(row)) for c in self.columns if c.json}

    def nothing(self) -> dict[str, Any]:
        """The object where there is no row: null, and empty lists."""
        return {c.name: c.kind.empty for c in self.columns if c.json}

    def schema(self) -> dict[str, Any]:
        """What its objects hold, by JSON Schema."""
        return object_schema({c.name: c.kind.schema for c in self.columns if c.json})


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows of one shape."""

    shape: Shape[Row]
    rows: Sequence[Row]

    @property
    def _seen(self) -> list[Column[Row]]:
        return [column for column in self.shape.columns if column.heading is not None]

    @property
    def headings(self) -> list[str]:
        return [column.heading or "" for column in self._seen]

    @property
    def cells(self) -> list[list[str]]:
        """What people read, row by row."""
        return [[c.kind.told(c.get(row)) for c in self._seen] for row in self.rows]

    def text(self) -> str:
        """For a terminal."""
        align = "".join(column.kind.align for column in self._seen)
        return terminal.table(self.headings, self.cells, align)

    def html(self, backgrounds: Mapping[str, str] | None = None) -> str:
        """For a notebook; cells whose text is a key of ``backgrounds`` have that colour."""
        fills = backgrounds or {}

        def cell(text: str) -> str:
            fill = f";background:#{fills[text]};color:#222" if text in fills else ""
            return f'<td style="{_CELL}{fill}">{escape(text)}</td>'

        head = "".join(f'<th style="{_CELL}">{escape(heading)}</th>' for heading in self.headings)
        body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in self.cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def json(self) -> list[dict[str, Any]]:
        """For programs."""
        return [self.shape.json(row) for row in self.rows]

    def frame(self, index: str | None = None) -> DataFrame:
        """For pandas; ``index`` names the column that becomes the index.

        Fractions become floats and dates timestamps, so that frames plot and sort as they are; the
        exact fractions stay in the values that the rows are about.
        """
        from pandas import DataFrame, Timestamp

        def plain(value: object) -> object:
            if isinstance(value, Fraction):
                return float(value)
            return Timestamp(value) if isinstance(value, date) else value

        columns = [c for c in self.shape.columns if c.frame and c.kind.plain]
        data = {c.name: [plain(c.get(row)) for row in self.rows] for c in columns}
        made = DataFrame(data, columns=list(data))
        return made if index is None else made.set_index(index)


def numbered(table: Table[Row]) -> Table[tuple[int, Row]]:
    """The same, with the number of each row before it."""
    number = Column[tuple[int, Row]]("number", lambda row: row[0], COUNT, "")
    shape = Shape(number) + table.shape.of(lambda row: row[1])
    return Table(shape, list(enumerate(table.rows, start=1)))


def one(shape: Shape[Any]) -> Kind:
    """One row of another shape."""
    return Kind(shape.schema(), json=shape.json, plain=False)


def many(shape: Shape[Any]) -> Kind:
    """Rows of another shape."""

    def coded(rows: Iterable[Any]) -> list[dict[str, Any]]:
        return [shape.json(row) for row in rows]

    schema = {"type": "array", "items": shape.schema()}
    return Kind(schema, json=coded, plain=False, empty=[])


def optional(shape: Shape[Row]) -> Shape[Row]:
    """As for an object of which nothing may have come: any value may be missing."""
    return Shape(*(replace(column, kind=maybe(column.kind)) for column in shape.columns))


def object_schema(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has all of these, and nothing else."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
