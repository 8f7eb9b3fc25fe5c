"""Ctrl-C: the first lets whatever is under way come to a good end, a second one ends the program.

A search has its own way of hearing the first one. So interruptions are counted below the level of
handlers, by Python itself, whoever deals with them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import current_thread, main_thread
from types import FrameType


class _Channel:
    """A way for Python to write down the number of each signal, as a byte, the moment it comes."""

    _read: Callable[[int], bytes]
    _close: list[Callable[[], None]]

    def __init__(self) -> None:
        if os.name == "posix":
            ours, self.fd = os.pipe()
            os.set_blocking(ours, False)
            os.set_blocking(self.fd, False)
            self._read = partial(os.read, ours)
            self._close = [partial(os.close, fd) for fd in (ours, self.fd)]
        else:  # a pipe there has to be waited for; sockets take long to load
            from socket import socketpair

            ends = socketpair()
            for end in ends:
                end.setblocking(False)
            self.fd = ends[1].fileno()
            self._read = ends[0].recv
            self._close = [end.close for end in ends]

    def read(self) -> bytes:
        """What was written since it was last read."""
        found = b""
        while True:
            try:
                found += self._read(256)
            except BlockingIOError:
                return found

    def close(self) -> None:
        for close in self._close:
            close()


@contextmanager
def presses() -> Iterator[list[int]]:
    """Within this, a Ctrl-C interrupts as ever, and is put on the list given.

    A library that is being loaded may turn an interruption into an error of its own.
    """
    heard: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if current_thread() is not main_thread() or before is not signal.default_int_handler:
        yield heard
        return

    def hear(signum: int, frame: FrameType | None) -> None:
        heard.append(signum)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, hear)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)


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
            self._channel = _Channel()
            self._fd = signal.set_wakeup_fd(self._channel.fd, warn_on_full_buffer=False)
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
            self._channel.close()

    @property
    def count(self) -> int:
        """How often Ctrl-C was pressed so far."""
        if self._listening:
            self._count += self._channel.read().count(signal.SIGINT)
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
