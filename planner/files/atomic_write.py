"""Files that are written whole or not at all, and never over somebody's open work.

A file is replaced by writing a new one beside it and renaming: whoever looks, and whatever is
killed when, finds either the old file or the new one.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.errors import OutputError

_FRESH = re.compile(r"\..+\.(\d+)-\d+\.tmp")
"""What a file is called until it is whole; with the number of the process that writes it."""

_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a new file, then put it in the place of ``path`` in one step.

    Missing folders are made. If ``write`` raises, ``path`` is as it was. A file keeps its mode;
    where ``path`` is a link, the file that it points to is replaced.

    Raises ``OutputError`` if the system refuses (no space, no permission, a file held open on
    Windows).
    """
    with refusals_said(path):
        path = behind_links(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        for stray in strays(path.parent, path.name):
            if not _is_alive(stray):
                with suppress(PermissionError):  # on Windows: somebody is writing it
                    stray.unlink(missing_ok=True)
        fresh = fresh_beside(path)
        try:
            write(fresh)
            if path.exists():
                shutil.copymode(path, fresh)
            flush(fresh)
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        flush(path.parent)


def replace_content(path: Path, content: str | bytes) -> None:
    """As :func:`replace_file`, with bytes, or a text whose lines end alike on every system."""
    data = content.encode() if isinstance(content, str) else content
    replace_file(path, lambda fresh: fresh.write_bytes(data))


def ensure_writable(path: Path) -> None:
    """Refuse early, before any solving, where ``path`` could not be replaced afterwards.

    Looks at permissions (of a file the mode bits too: the superuser is refused by nothing else)
    and for the marks that Excel and LibreOffice leave beside a workbook that somebody has open.

    Raises ``OutputError`` saying what is in the way and what to do.
    """
    with refusals_said(path):
        if path.is_dir():
            raise OutputError(f"{path} is a folder, so no file can be written there. Move it away.")
        _ensure_folder_writable(path.parent)
        # A file that nobody may write is one that somebody protected, from the superuser too.
        if path.exists() and not (
            path.stat().st_mode & _ANYBODY_WRITES and os.access(path, os.W_OK)
        ):
            raise OutputError(f"{path} is read-only. Allow writing to it, or move it away.")
        _ensure_closed(path)


@contextmanager
def refusals_said(path: Path, done: str = "written") -> Iterator[None]:
    """Within this, what the system refuses is said in one sentence about ``path``."""
    try:
        yield
    except OSError as refusal:
        reason = refusal.strerror or str(refusal)
        raise OutputError(f"{path} cannot be {done}: {reason}.") from refusal


def fresh_beside(path: Path) -> Path:
    """A new empty file in the same folder, with the mode that any new file would have."""
    number = 0
    while True:
        fresh = path.with_name(f".{path.name}.{os.getpid()}-{number}.tmp")
        try:
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            number += 1
        else:
            return fresh


def strays(folder: Path, name: str | None = None) -> list[Path]:
    """Files that a run began to write in a folder and left, for whatever reason; of those that
    are to become ``name``, or all. Some may be another run's that is at it now."""
    try:
        found = [path for path in folder.iterdir() if _FRESH.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(p for p in found if name is None or p.name.startswith(f".{name}."))


def is_fresh_of(fresh: Path, target: Path) -> bool:
    """Whether a file is called as what is to become ``target`` is."""
    named = _FRESH.fullmatch(fresh.name) and fresh.name.startswith(f".{target.name}.")
    return bool(named) and fresh.parent == target.parent


def behind_links(path: Path) -> Path:
    """The file that a link points to, or the path itself."""
    return path.resolve() if path.is_symlink() else path


def _is_alive(stray: Path) -> bool:
    """Whether the process that writes a file is still there, as far as can be told."""
    if os.name == "nt":
        return False  # there an open file cannot be deleted anyway
    match = _FRESH.fullmatch(stray.name)
    try:
        os.kill(int(match[1]) if match else 0, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def flush(path: Path) -> None:
    """Make the system put a file's content, or a folder's names, on the disk now."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDWR if path.is_file() and os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _ensure_folder_writable(folder: Path) -> None:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        raise OutputError(f"{folder} is not a folder. Move it away, or name another --outputs.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(
            f"The folder {folder} is read-only. Allow writing to it, or name another --outputs."
        )


def _ensure_closed(path: Path) -> None:
    marks = {"Excel": f"~${path.name}", "LibreOffice": f".~lock.{path.name}#"}
    for program, name in marks.items():
        mark = path.with_name(name)
        if mark.exists():
            raise OutputError(
                f"{path} is open in {program}. Close it there and try again. "
                f"If nobody has it open, delete {mark}."
            )
