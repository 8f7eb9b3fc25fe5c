"""Files that are written whole or not at all, and never over somebody's open work.

A file is replaced by writing a new one beside it and renaming: whoever looks, and whatever is
killed when, finds either the old file or the new one.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from planner.errors import OutputError

_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a new file, then put it in the place of ``path`` in one step.

    Missing folders are made. If ``write`` raises, ``path`` is as it was. A file keeps its mode;
    where ``path`` is a link, the file that it points to is replaced.

    Raises
    ------
    OutputError
        if the system refuses (no space, no permission, a file held open on Windows).
    """
    with _refusals_said(path):
        path = path.resolve() if path.is_symlink() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = _fresh_beside(path)
        try:
            write(fresh)
            if path.exists():
                shutil.copymode(path, fresh)
            _flush(fresh)
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
        _flush(path.parent)


def ensure_writable(path: Path) -> None:
    """Refuse early, before any solving, where ``path`` could not be replaced afterwards.

    Looks at permissions (the mode bits too: the superuser is refused by nothing else) and for
    the marks that Excel and LibreOffice leave beside a workbook that somebody has open.

    Raises
    ------
    OutputError
        saying what is in the way and what to do.
    """
    with _refusals_said(path):
        if path.is_dir():
            raise OutputError(f"{path} is a folder, so no file can be written there. Move it away.")
        _ensure_folder_writable(path.parent)
        if path.exists() and _read_only(path):
            raise OutputError(f"{path} is read-only. Allow writing to it, or move it away.")
        _ensure_closed(path)


def keep_aside(path: Path, stamp: datetime) -> Path:
    """Copy ``path`` beside itself, as ``rota-2024Q3.before-20261120T091200.xlsx``.

    Never overwrites another file: a taken name gets ``-2``, ``-3`` … Returns where the copy is.

    Raises
    ------
    OutputError
        if the copy cannot be made.
    """
    base = f"{path.stem}.before-{stamp:%Y%m%dT%H%M%S}"
    number = 1
    with _refusals_said(path):
        while True:
            number_text = "" if number == 1 else f"-{number}"
            kept = path.with_name(f"{base}{number_text}{path.suffix}")
            try:
                with kept.open("xb") as copy, path.open("rb") as original:
                    shutil.copyfileobj(original, copy)
            except FileExistsError:
                number += 1
                continue
            except OSError:
                kept.unlink(missing_ok=True)
                raise
            shutil.copystat(path, kept)
            _flush(kept)
            return kept


@contextmanager
def _refusals_said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as refusal:
        reason = refusal.strerror or str(refusal)
        raise OutputError(f"{path} cannot be written: {reason}.") from refusal


def _fresh_beside(path: Path) -> Path:
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


def _flush(path: Path) -> None:
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
    if _read_only(folder) or not os.access(folder, os.X_OK):
        raise OutputError(
            f"The folder {folder} is read-only. Allow writing to it, or name another --outputs."
        )


def _read_only(path: Path) -> bool:
    return not path.stat().st_mode & _ANYBODY_WRITES or not os.access(path, os.W_OK)


def _ensure_closed(path: Path) -> None:
    marks = {"Excel": f"~${path.name}", "LibreOffice": f".~lock.{path.name}#"}
    for program, name in marks.items():
        mark = path.with_name(name)
        if mark.exists():
            raise OutputError(
                f"{path} is open in {program}. Close it there and try again. "
                f"If nobody has it open, delete {mark}."
            )
