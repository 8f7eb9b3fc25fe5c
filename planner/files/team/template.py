"""A new team's folder: commented sample files that can be planned at once.

The samples stand in ``templates/team``; what they say is explained there, line by line. Beside it
are the files in which teams of another shape differ.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from planner.errors import OutputError, UsageError

FILES = (
    "team.toml",
    "engineers.csv",
    "vacations.csv",
    "wishes.csv",
    "swaps.csv",
    "holidays.csv",
    "pipelines.csv",
    "history.csv",
)
"""What a team folder may hold, in the order in which a newcomer would read it."""

_PLACEHOLDER = "NAME OF THE TEAM"
_LONGEST_NAME = 60
# Windows keeps these names for devices, whatever their case.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


PLAIN = "team"
"""The samples of a team of whole weeks."""


def create(inputs: Path, name: str, like: str = PLAIN) -> tuple[Path, ...]:
    """Write a new team folder ``inputs/name``, whole or not at all; returns its files.

    The name is also the team's name in ``team.toml``. Missing folders are made; an empty folder
    of that name is filled.

    Raises ``UsageError`` if the name cannot be a folder's name everywhere; ``OutputError`` if
    something stands there already, or the system refuses.
    """
    _ensure_name(name)
    folder = inputs / name
    try:
        _ensure_free(folder)
        inputs.mkdir(parents=True, exist_ok=True)
        _write_whole(folder, name, like)
    except OSError as refusal:
        reason = refusal.strerror or str(refusal)
        raise OutputError(f"{folder} cannot be made: {reason}. Nothing was written.") from refusal
    return tuple(folder / file for file in FILES)


def _ensure_name(name: str) -> None:
    if not re.fullmatch(r"[^\W_][\w-]*", name):
        raise UsageError(
            f"“{name}” cannot name a team folder. "
            "Use letters, digits, dashes and underscores, as in payments-data; "
            "begin with a letter or a digit."
        )
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"“{name}” is too long for a team folder; {_LONGEST_NAME} is the most.")
    if _RESERVED.fullmatch(name):
        raise UsageError(f"“{name}” means a device on Windows. Choose another name.")


def _ensure_free(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{folder} exists already and is no folder. Choose another name.")
    if folder.exists() and any(folder.iterdir()):
        raise OutputError(
            f"The folder {folder} exists already and is not empty; nothing was written. "
            "Choose another name, or move the folder away."
        )


def _text(file: str, like: str) -> str:
    """A sample file: with rows of its own below the usual explanations, where it has some."""
    templates = files("planner.files") / "templates"
    usual, own = templates / PLAIN / file, templates / like / file
    if like == PLAIN or not own.is_file():
        return usual.read_text(encoding="utf-8")
    if not file.endswith(".csv"):
        return own.read_text(encoding="utf-8")
    lines = usual.read_text(encoding="utf-8").splitlines(keepends=True)
    prose = [line for line in lines if line[:2] in ("# ", "#\n") and "Sample rows" not in line]
    return "".join(prose) + own.read_text(encoding="utf-8")


def _write_whole(folder: Path, name: str, like: str) -> None:
    """Fill a hidden folder beside the place, then put it there by renaming."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".tmp", dir=folder.parent))
    try:
        for file in FILES:
            text = _text(file, like).replace(_PLACEHOLDER, name)
            (fresh / file).write_text(text, encoding="utf-8", newline="\n")
        fresh.chmod(_mode_of_new_folders())
        if folder.is_dir():
            folder.rmdir()
        os.rename(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _mode_of_new_folders() -> int:
    # ``mkdtemp`` keeps everybody else out; a team folder is shared like any other.
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask
