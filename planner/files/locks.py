"""One writer at a time for a team's folder.

The lock is on the folder itself, which the system lets go of when a process ends, however it
ends: nothing is left lying about. Where a folder cannot be locked (Windows, some network drives)
a small file in it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from planner.errors import OutputError
from planner.files.atomic_write import refusals_said

LOCK = ".rota.lock"
PATIENCE = 600.0
"""Seconds after which whoever waits gives up."""

_POLL = 0.05


@contextmanager
def locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Within this, no other process is within it for the same folder.

    ``waiting`` is called over and over while somebody else is, and may raise.

    Raises ``OutputError`` if somebody else does not come to an end.
    """
    since = monotonic()
    while (handle := _taken(folder)) is None:
        if monotonic() - since > PATIENCE:
            raise OutputError(
                f"another rota command has been writing for {folder.name} for minutes, so nothing "
                "was written. Try again when it is done."
            )
        waiting()
        sleep(_POLL)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def locked_if_free(folder: Path) -> Iterator[bool]:
    """As :func:`locked`, but without waiting: says whether the lock was free."""
    handle = _taken(folder)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _taken(folder: Path) -> int | None:
        """A handle that holds the lock until it is closed; ``None`` if somebody else does."""
        handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

else:
    import fcntl

    def _taken(folder: Path) -> int | None:
        """A handle that holds the lock until it is closed; ``None`` if somebody else does."""
        handle = _open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a network drive that locks no folders
            os.close(handle)
            return _file_taken(folder)
        return handle

    def _file_taken(folder: Path) -> int | None:
        handle = _open(folder / LOCK, os.O_CREAT | os.O_RDWR)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        return handle

    def _open(path: Path, flags: int) -> int:
        with refusals_said(path, "opened"):
            return os.open(path, flags | os.O_CLOEXEC, 0o666)
