"""The calendars of one team, copied into its folder: all of them, or none.

Beside them lies ``.feeds.json`` with what the servers said of each (ETag, Last-Modified), so that
an unchanged calendar is not sent again. A calendar that somebody edited is fetched anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.files.fetch.addresses import file_name
from planner.files.fetch.download import Answer, FetchError, download
from planner.files.transaction import Transaction, digest
from planner.records import dataclass

NOTES = ".feeds.json"
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of one calendar: ``new``, ``changed`` or ``unchanged``."""

    address: str
    path: Path
    status: str
    size: int


def downloaded(folder: Path, addresses: Sequence[str], seconds: float) -> dict[str, Answer]:
    """What the servers say of each calendar; no file is touched.

    Raises ``FetchError``, saying of every calendar that could not be fetched why.
    """
    notes = _notes(folder)

    def get(address: str) -> Answer | FetchError:
        name = file_name(address)
        known = notes.get(name, {})
        if known.get("sha256") != digest(folder / name):
            known = {}
        etag, since = known.get("etag", ""), known.get("last_modified", "")
        try:
            return download(address, etag, since, seconds)
        except FetchError as error:
            return error

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(zip(addresses, pool.map(get, addresses), strict=True))
    failed = [str(each) for _, each in found if isinstance(each, FetchError)]
    if failed:
        raise FetchError("\n".join([*failed, "Nothing was copied; the folder is as it was."]))
    return {address: each for address, each in found if isinstance(each, Answer)}


def left_over(folder: Path, addresses: Sequence[str]) -> tuple[Path, ...]:
    """Calendars fetched once, of addresses that ``team.toml`` names no more."""
    wanted = {file_name(address) for address in addresses}
    return tuple(folder / name for name in sorted(_notes(folder)) if name not in wanted)


def copied_into(folder: Path, answers: dict[str, Answer]) -> tuple[Copied, ...]:
    """Copy the calendars into the folder, for whoever holds the team's lock.

    Raises ``OutputError`` if the folder cannot be written.
    """
    notes, copied = _notes(folder), []
    with Transaction(folder) as files:
        for address, answer in answers.items():
            path = folder / file_name(address)
            content = answer.content
            before = path.read_bytes() if path.exists() else None
            if content is None or content == before:
                copied.append(Copied(address, path, "unchanged", len(before or b"")))
            else:
                files.replace(path, partial(Path.write_bytes, data=content))
                status = "new" if before is None else "changed"
                copied.append(Copied(address, path, status, len(content)))
        kept = {name: note for name, note in notes.items() if (folder / name).exists()}
        kept |= {
            file_name(address): {
                "etag": answer.etag,
                "last_modified": answer.last_modified,
                "sha256": sha256(answer.content).hexdigest(),
            }
            for address, answer in answers.items()
            if answer.content is not None
        }
        text = json.dumps(kept, indent=1, sort_keys=True) + "\n"
        if kept != notes:
            files.replace(folder / NOTES, lambda fresh: fresh.write_bytes(text.encode()))
    return tuple(copied)


def _notes(folder: Path) -> dict[str, Any]:
    """What servers said before; nothing if the file is missing or was damaged."""
    try:
        found = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {name: note for name, note in entries if isinstance(note, dict)}
