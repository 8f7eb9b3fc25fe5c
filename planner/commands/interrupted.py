"""Ctrl-C: the first lets whatever is under way come to a good end, a second one ends the program.

A search has its own way of hearing the first one. So interruptions are counted below the level of
handlers, by Python itself, whoever deals with them.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from threading import current_thread, main_thread
from types import FrameType


class Interrupts:
    """Within this, a first Ctrl-C is only noted, and ``tell`` called; a second one interrupts.

    Where the program was started deaf to Ctrl-C, as in the background, it stays so, unless
    ``even_if_deaf``. Elsewhere than in the main thread it does nothing.
    """

    def __init__(self, tell: Callable[[], None] | None = None, even_if_deaf: bool = False) -> None:
        self.tell = tell
        self._even_if_deaf = even_if_deaf
        self._count = 0
        self._listening = False

    def __enter__(self) -> Interrupts:
        global _current
        self._outer, _current = _current, self
        deaf = signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None)
        if current_thread() is main_thread() and (self._even_if_deaf or not deaf):
            self._ours, self._theirs = socket.socketpair()
            self._ours.setblocking(False)
            self._theirs.setblocking(False)
            self._fd = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
            self._before = signal.signal(signal.SIGINT, self._heard)
            self._listening = True
        return self

    def __exit__(self, *_: object) -> None:
        global _current
        _current = self._outer
        if self._listening:
            signal.signal(signal.SIGINT, self._before)
            self._count = self.count
            signal.set_wakeup_fd(self._fd)
            self._listening = False
            self._ours.close()
            self._theirs.close()

    @property
    def count(self) -> int:
        """How often Ctrl-C was pressed so far."""
        while self._listening:
            try:
                self._count += self._ours.recv(256).count(signal.SIGINT)
            except BlockingIOError:
                break
        return self._count

    def _heard(self, signum: int, frame: FrameType | None) -> None:
        if self.count > 1:
            raise KeyboardInterrupt
        if self.tell is not None:
            self.tell()


_current: Interrupts | None = None


def interrupted() -> bool:
    """Whether Ctrl-C was pressed since the innermost ``Interrupts`` began."""
    return _current is not None and _current.count > 0
