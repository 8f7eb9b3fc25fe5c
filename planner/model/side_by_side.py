"""Islands side by side: the solver works outside Python's lock, so that each core can take one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from planner.model.clock import Clock

Result = TypeVar("Result")


def cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def side_by_side(works: Sequence[Callable[[], Result]], threads: int, clock: Clock) -> list[Result]:
    """What each work comes to, in their order, as if one had been done after the other.

    Where one fails, those behind it are called off, and its error is raised.
    """
    if threads == 1 or len(works) == 1:
        return [work() for work in works]
    with ThreadPoolExecutor(min(threads, len(works))) as pool:
        coming = [pool.submit(work) for work in works]
        try:
            return [each.result() for each in coming]
        except BaseException:
            with clock.calling_off():
                pool.shutdown(cancel_futures=True)
            raise
