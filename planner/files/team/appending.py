"""Appending rows to a team's CSV files, under whatever header they have."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.domain import Swap, Vacation
from planner.errors import OutputError
from planner.files.safely import replace_file
from planner.files.team.requests import SWAP_COLUMNS
from planner.files.team.tables import Columns
from planner.files.team.vacations import COLUMNS as VACATION_COLUMNS


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
    rows = list(rows)
    if not rows:
        return
    old = _read(path)
    encoding = _encoding(old)
    text = old.decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    header = next((line for line in lines if not line.lower().startswith(("#", "sep="))), "")
    added = io.StringIO()
    if text and not text.endswith(("\n", "\r")):
        added.write(end)
    if not header:
        header = ",".join(columns.all)
        added.write(header + end)
    separator = max(",;\t", key=header.count)
    titles = next(csv.reader([header], delimiter=separator))
    writer = csv.writer(added, delimiter=separator, lineterminator=end)
    for row in rows:
        writer.writerow([row.get(columns.find(title) or "", "") for title in titles])
    content = old + _encoded(added.getvalue(), encoding)
    replace_file(path, lambda fresh: _write(fresh, content))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as refusal:
        reason = refusal.strerror or str(refusal)
        raise OutputError(f"{path} cannot be written: {reason}.") from refusal


def _encoding(content: bytes) -> str:
    """The encoding of a file that the inputs were read from: what spreadsheets save."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        letters = text[error.start : error.end]
        raise OutputError(
            f"“{letters}” cannot be written in the file's encoding. Save the file as UTF-8 first."
        ) from error


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
