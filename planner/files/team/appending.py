"""Appending rows to a team's CSV files, under whatever header they have."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.domain import Swap, Team, Vacation
from planner.errors import OutputError
from planner.files.atomic_write import refusals_said
from planner.files.team.folder import load_team
from planner.files.team.requests import SWAP_COLUMNS
from planner.files.team.tables import Columns, header_of
from planner.files.team.vacations import COLUMNS as VACATION_COLUMNS
from planner.files.transaction import NOTHING
from planner.records import dataclass

_UNSAID = {"kind": "annual", "agreed": "no"}
"""What an empty cell says, or one that is not there."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A file with rows added, not written yet: its content, and the digest of what it was."""

    path: Path
    content: bytes
    before: str

    def write(self, fresh: Path) -> None:
        """Fill a new file that takes this one's place."""
        fresh.write_bytes(self.content)


def with_vacations(folder: Path, vacations: Iterable[Vacation]) -> Grown:
    """The team's ``vacations.csv`` with vacations added.

    What is there stays as it is, to the byte, but for columns that the header lacks and a new
    row needs; a missing file begins with a header. Raises ``OutputError`` if it cannot be read.
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
    return _grown(folder, VACATION_COLUMNS, rows)


def with_swaps(folder: Path, swaps: Iterable[Swap]) -> Grown:
    """The team's ``swaps.csv`` with swaps added, as :func:`with_vacations` does."""
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
    return _grown(folder, SWAP_COLUMNS, rows)


def team_with(grown: Grown, date_format: str | None) -> Team:
    """The team of the file's folder as it will be once the file is written.

    Raises ``InputError`` if the rows do not go together with what is there.
    """
    with TemporaryDirectory() as place:
        path = Path(place, grown.path.name)
        grown.write(path)
        return load_team(grown.path.parent, date_format, {path.name: path})


def _grown(folder: Path, columns: Columns, rows: Sequence[Mapping[str, str]]) -> Grown:
    path = folder / columns.file
    with refusals_said(path):
        old = path.read_bytes() if path.exists() else b""
    before = sha256(old).hexdigest() if path.exists() else NOTHING
    if not rows:
        return Grown(path, old, before)
    encoding = _encoding(old)
    text = old.decode(encoding)
    header = header_of(text.removeprefix("\ufeff"), columns)
    end = "\r\n" if "\r\n" in text else "\n"
    if header is None:
        text += "" if not text or text.endswith(("\n", "\r", "\ufeff")) else end
        titles, separator = columns.all, ","
        text += separator.join(titles)
    else:
        titles, separator = header.cells, header.separator
        named = {columns.find(title) for title in titles}
        lacking = [column for column in columns.all if column not in named]
        # Without such a column, another value would be read.
        added = [c for c in lacking if any(row[c] not in ("", _UNSAID.get(c)) for row in rows)]
        place = header.end + text.startswith("\ufeff")
        text = text[:place] + "".join(separator + title for title in added) + text[place:]
        titles = (*titles, *added)
    text += "" if text.endswith(("\n", "\r")) else end
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=separator, lineterminator=end)
    for row in rows:
        writer.writerow([row.get(columns.find(title) or "", "") for title in titles])
    return Grown(path, _encoded(text + lines.getvalue(), encoding), before)


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
