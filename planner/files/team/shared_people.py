"""Teams that share people: who is in which of the folders, by e-mail address.

Only the addresses in ``engineers.csv`` are looked at, so that even many folders take no time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from planner.domain import Team
from planner.files.team import engineers

_ADDRESS = re.compile(rb"[^\s,;|\"<>()]+@[^\s,;|\"<>()]+")
_MOST = 5_000_000
"""Bytes; a longer file is no list of engineers."""
_NOBODY: frozenset[str] = frozenset()


def same_address(address: str) -> str:
    """An e-mail address as it is compared."""
    return address.strip().casefold()


def beside(
    team: Team, among: Sequence[str] | None = None
) -> tuple[tuple[Path, dict[str, str]], ...]:
    """The folders beside the team's own that name people of it, sorted, each with those people.

    They are given as our names by address. Only those ``among`` so many names are looked at, if
    given: :func:`neighbours` knows them for many teams at once.
    """
    if not team.folder:
        return ()
    own = {same_address(each.email): each.name for each in team.engineers if each.email}
    folder, found = Path(team.folder), []
    for name in (_names_in(folder.parent) if among is None else among) if own else ():
        other = folder.parent / name
        there = _addresses_in(other)
        if other != folder and not there.isdisjoint(own):
            ours = {address: called for address, called in own.items() if address in there}
            found.append((other, ours))
    return tuple(found)


def neighbours(folders: Sequence[Path]) -> dict[Path, tuple[str, ...]]:
    """Of each folder the names of those beside it in which there is an address of its own."""
    where: dict[tuple[Path, str], set[str]] = {}
    for parent in dict.fromkeys(folder.parent for folder in folders):
        for name in _names_in(parent):
            for address in _addresses_in(parent / name):
                where.setdefault((parent, address), set()).add(name)

    def near(folder: Path) -> tuple[str, ...]:
        names = (where.get((folder.parent, each), ()) for each in _addresses_in(folder))
        return tuple(sorted({*chain.from_iterable(names)} - {folder.name}))

    return {folder: near(folder) for folder in folders}


def _names_in(folder: Path) -> list[str]:
    """The names of what lies in a folder, sorted, without what is hidden."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def in_turn(folders: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """The folders in rounds: of teams that share somebody, each comes in a later round.

    Within a round they are in the order given, and so are those of one person over the rounds.
    """
    rounds: list[list[Path]] = []
    latest: dict[str, int] = {}
    for folder in folders:
        addresses = _addresses_in(folder)
        number = max((latest.get(address, -1) for address in addresses), default=-1) + 1
        latest |= dict.fromkeys(addresses, number)
        rounds += [[] for _ in range(number + 1 - len(rounds))]
        rounds[number].append(folder)
    return tuple(map(tuple, rounds))


def shared(folders: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """Those of the folders that share somebody, directly or through others, together."""
    groups: list[tuple[set[str], list[Path]]] = []
    for folder in folders:
        addresses, together = set(_addresses_in(folder)), [folder]
        apart = []
        for known, members in groups:
            if known.isdisjoint(addresses):
                apart.append((known, members))
            else:
                addresses |= known
                together = [*members, *together]
        groups = [*apart, (addresses, together)]
    return tuple(
        tuple(sorted(members, key=folders.index)) for _, members in groups if len(members) > 1
    )


def _addresses_in(folder: Path) -> frozenset[str]:
    """The addresses in the folder's file of engineers; none if it cannot be read."""
    path = f"{folder}{os.sep}{engineers.COLUMNS.file}"
    try:
        found = os.stat(path)
    except OSError:
        return _NOBODY
    return _addresses(path, found.st_mtime_ns, found.st_size)


@cache
def _addresses(path: str, changed: int, size: int) -> frozenset[str]:
    if size > _MOST or not os.path.isfile(path):
        return _NOBODY
    try:
        # Two bytes a letter, as some spreadsheets write: without the zeros it is plain.
        text = Path(path).read_bytes().replace(b"\0", b"")
    except OSError:
        return _NOBODY
    found = (match.decode("utf-8", "replace") for match in _ADDRESS.findall(text))
    return frozenset(same_address(address) for address in found)
