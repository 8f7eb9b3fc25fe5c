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
        # The file is for network drives that lock no folders.
        file = folder / LOCK, os.O_CREAT | os.O_RDWR, fcntl.lockf
        for path, flags, lock in ((folder, os.O_RDONLY, fcntl.flock), file):
            with refusals_said(path, "opened"):
                handle = os.open(path, flags | os.O_CLOEXEC, 0o666)
            try:
                lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except OSError as refusal:
                os.close(handle)
                if isinstance(refusal, BlockingIOError):
                    break
        return None
