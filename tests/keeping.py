"""Every JSON document that a run of the program prints in a test keeps to the published schema.

Whatever helper starts the program hands what was printed to :func:`keeps_to_its_schema`;
``tests/commands/test_schema.py`` looks that none forgets it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import jsonschema

from planner import cli
from planner.commands import export_json
from planner.reporting.documents import FAILURE, VERSION, Document
from planner.reporting.kinds import DEFINITIONS
from planner.reporting.table import object_schema

_QUIET = {"--help", "-h", "--version"}
"""With one of these a run prints no document."""


@cache
def validator_of(command: str) -> jsonschema.Draft202012Validator:
    """What every JSON document of a command has to keep to; ``""`` where no command was found."""
    found = command and getattr(import_module(f"planner.commands.{command}"), "DOCUMENT", None)
    failed = {"version": {"const": VERSION}, **FAILURE.schema()["properties"]}
    alone = {"$defs": dict(DEFINITIONS), **object_schema(failed)}
    return _validator(found.schema() if isinstance(found, Document) else alone)


def _validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def keeps_to_its_schema(
    arguments: Sequence[object], printed: str, status: int = 0, at: Path | None = None
) -> None:
    """Whether what the program printed, called like this, is what ``rota schema`` promises.

    So with the documents of ``rota export --format json``, printed or written to files.
    """
    words = [str(argument) for argument in arguments]
    command = next((word for word in words if word in cli.COMMANDS), "")
    if _QUIET.intersection(words):
        return
    if "--json" in words:
        validator_of(command).validate(strictly(printed))
    elif command == "schema" and printed.startswith("{"):
        jsonschema.Draft202012Validator.check_schema(strictly(printed))
    if command == "export" and _after("--format", words) == "json" and status == 0:
        for document in _exported(words, printed, at or Path()):
            _validator(export_json.schema()).validate(document)


def _exported(words: list[str], printed: str, at: Path) -> list[Any]:
    if "--json" in words:
        files = [file for team in strictly(printed)["teams"] for file in team["files"]]
        return [file["content"] for file in files if file["content"] is not None]
    if out := _after("--out", words):
        teams = [path.name for path in (at / "inputs").iterdir()]
        written = (at / out / f"{team}.json" for team in teams)
        return [strictly(path.read_text(encoding="utf-8")) for path in written if path.is_file()]
    return [strictly(printed)]


def _after(option: str, words: list[str]) -> str:
    """What is given for an option; empty if nothing is."""
    return words[words.index(option) + 1] if option in words[:-1] else ""


def strictly(text: str) -> Any:
    """What JSON says; Python would take NaN and Infinity for numbers, other readers do not."""

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)
