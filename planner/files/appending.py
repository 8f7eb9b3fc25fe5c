"""Appending rows to a team's CSV files, under whatever header they have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.domain import Swap, Vacation
from planner.files.absences import COLUMNS as VACATION_COLUMNS
from planner.files.requests import SWAP_COLUMNS
from planner.files.safely import replace_file
from planner.files.tables import Columns


def append_vacations(folder: Path, vacations: Iterable[Vacation]) -> None:
    """Add vacations to the team's ``vacations.csv``.

    What is there stays as it is, to the byte; a missing file is made. Raises ``OutputError`` if
    it cannot be written.
    """
    rows = [
        {
            "engineer": vacation.engineer,
            "start": vacation.start.isoformat(),
            "end": vacation.end.isoformat(),
            "kind": vacation.kind,
            "logged": vacation.logged.isoformat() if vacation.logged else "",
            "note": vacation.note,
        }
        for vacation in vacations
    ]
    _append(folder, VACATION_COLUMNS, rows)


def append_swaps(folder: Path, swaps: Iterable[Swap]) -> None:
    """Add swaps to the team's ``swaps.csv``, as :func:`append_vacations` does."""
    rows = [
        {
            "engineer": swap.engineer,
            "week": swap.week.name,
            "with": swap.partner,
            "for_week": swap.for_week.name if swap.for_week else "",
            "rotation": swap.rotation,
            "role": swap.role,
            "agreed": "yes" if swap.agreed else "no",
        }
        for swap in swaps
    ]
    _append(folder, SWAP_COLUMNS, rows)


def _append(folder: Path, columns: Columns, rows: Iterable[Mapping[str, str]]) -> None:
    path = folder / columns.file
    old = path.read_bytes() if path.exists() else b""
    lines = [line for line in old.decode("utf-8-sig").splitlines() if line.strip()]
    header = next((line for line in lines if not line.startswith("#")), "")
    if not header:
        header = ",".join(columns.all)
        old += (header + "\n").encode()
    separator = max(",;\t", key=header.count)
    found = next(csv.reader([header], delimiter=separator))
    added = io.StringIO()
    writer = csv.writer(added, delimiter=separator, lineterminator="\n")
    for row in rows:
        writer.writerow([row.get(columns.find(title) or "", "") for title in found])
    gap = b"" if old.endswith(b"\n") else b"\n"
    content = old + gap + added.getvalue().encode()
    replace_file(path, lambda fresh: _write(fresh, content))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
