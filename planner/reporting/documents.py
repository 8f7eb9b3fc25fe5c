"""What the commands print with ``--json``: one document each, and its schema.

A document is about one team, or has an entry a team under ``teams``. Each says ``exit_status``,
``error`` and ``problems`` (of the inputs), whatever became of it; where nothing came of a team, its
values are null and its lists empty. A command that cannot be carried out at all gives those three
alone. A command keeps its :class:`Document` under the name ``DOCUMENT``, where ``rota schema``
finds it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field
from typing import Any, Generic, TypeVar

from planner.errors import InputError, InputProblem, RotaError
from planner.records import dataclass
from planner.reporting.kinds import COUNT, DEFINITIONS, TEXT, maybe
from planner.reporting.shapes import PROBLEM
from planner.reporting.table import Column, Shape, many, object_schema, optional

VERSION = 2
"""Raised whenever a document changes in a way that its readers would notice."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Failure:
    """What went wrong, if anything did."""

    exit_status: int = 0
    error: str | None = None
    problems: tuple[InputProblem, ...] = ()

    @classmethod
    def of(cls, error: RotaError) -> Failure:
        problems = error.problems if isinstance(error, InputError) else ()
        return cls(error.exit_status, error.complaint, problems)


FAILURE = Shape[Failure](
    Column("exit_status", lambda failure: failure.exit_status, COUNT),
    Column("error", lambda failure: failure.error, maybe(TEXT)),
    Column("problems", lambda failure: failure.problems, many(PROBLEM)),
)


@dataclass(frozen=True)
class Document(Generic[Row]):
    """``team`` is what is told of a team, ``rest`` what of all teams together.

    ``each``: there is an entry a team, not one team alone.
    """

    command: str
    team: Shape[Row]
    each: bool = True
    rest: Shape[Any] = field(default_factory=Shape)

    def entry(self, key: str, found: Row | RotaError, status: int = 0) -> dict[str, Any]:
        """What is told of one team; of an error, that nothing else came of it."""
        error = found if isinstance(found, RotaError) else None
        return team_entry(self.team, key, found, error, status)

    def about(self, key: str, found: Row) -> str:
        """The document of a command about one team."""
        return self.text([json_text(self.entry(key, found))])

    def text(self, entries: Sequence[str], rest: Any = None) -> str:
        """The whole document, of entries that are JSON already."""
        if not self.each:
            return f'{{\n  "version": {VERSION},{entries[0][1:]}'
        head = f'{{\n  "version": {VERSION},\n  "teams": ['
        body = ",\n".join("    " + entry.replace("\n", "\n    ") for entry in entries)
        tail = json_text(self.rest.json(rest))[1:] if self.rest.columns else "\n}"
        return f"{head}\n{body}\n  ]{',' if self.rest.columns else ''}{tail}"

    def schema(self) -> dict[str, Any]:
        """By JSON Schema: what any run of the command may print."""
        version = {"const": VERSION}
        failed = object_schema({"version": version, **FAILURE.schema()["properties"]})
        entry = {"team": {"type": "string"}, **FAILURE.schema()["properties"]}
        loose = object_schema(entry | optional(self.team).schema()["properties"])
        whole = {
            "if": {"properties": {"error": {"type": "null"}}},
            "then": {"properties": self.team.schema()["properties"]},
        }
        if self.each:
            told = object_schema(
                {
                    "version": version,
                    "teams": {"type": "array", "items": {**loose, **whole}},
                    **self.rest.schema()["properties"],
                }
            )
        else:
            told = object_schema({"version": version, **loose["properties"]}) | whole
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"rota {self.command} --json",
            "$defs": {name: dict(schema) for name, schema in DEFINITIONS.items()},
            "anyOf": [told, failed],
        }


def team_entry(
    shape: Shape[Row],
    key: str,
    found: Row | RotaError,
    error: RotaError | None,
    status: int = 0,
) -> dict[str, Any]:
    """What is told of one team; ``error`` is what went wrong, though something came of it."""
    failure = Failure(status) if error is None else Failure.of(error)
    told = shape.nothing() if isinstance(found, RotaError) else shape.json(found)
    return {"team": key, **FAILURE.json(failure), **told}


def failed_text(failure: Failure) -> str:
    """The document of a command that could not be carried out."""
    return json_text({"version": VERSION, **FAILURE.json(failure)})


def json_text(document: Any) -> str:
    """JSON as it is printed."""
    return json.dumps(document, ensure_ascii=False, indent=2)
