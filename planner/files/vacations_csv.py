"""Appending to ``vacations.csv`` what somebody typed into a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from planner.domain import Vacation
from planner.files.absences import COLUMNS
from planner.files.safely import replace_file


def append_vacations(path: Path, vacations: Iterable[Vacation]) -> None:
    """Add a row a vacation under the file's own header; a missing file is made.

    What is there stays as it is, to the byte. Raises ``OutputError`` if it cannot be written.
    """
    titles = COLUMNS.all
    old = path.read_bytes() if path.exists() else (",".join(titles) + "\n").encode()
    text = old.decode("utf-8-sig")
    header = next(line for line in text.splitlines() if line.strip() and line[0] != "#")
    separator = max(",;\t", key=header.count)
    columns = [title.strip().strip('"').casefold() for title in header.split(separator)]
    added = io.StringIO()
    writer = csv.writer(added, delimiter=separator, lineterminator="\n")
    for vacation in vacations:
        values = {
            "engineer": vacation.engineer,
            "start": vacation.start.isoformat(),
            "end": vacation.end.isoformat(),
            "kind": vacation.kind,
            "logged": vacation.logged.isoformat() if vacation.logged else "",
            "note": vacation.note,
        }
        writer.writerow([values.get(column, "") for column in columns])
    gap = b"" if old.endswith(b"\n") else b"\n"
    replace_file(path, lambda fresh: _write(fresh, old + gap + added.getvalue().encode()))


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
