"""A clock that runs out, is stopped, or hears Ctrl-C."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from threading import Timer
from time import monotonic

import pytest

from planner.model.clock import Clock
from planner.model.solver import UNKNOWN, Model, Solver, negated


@pytest.fixture
def heard() -> Iterator[None]:
    """Whoever runs the tests may be deaf to Ctrl-C, as everything in the background is."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_time_runs_out() -> None:
    assert Clock(None).left is None
    assert 0 < (Clock(60).left or 0) <= 60
    assert Clock(0).left == 0


def test_a_stopped_clock_has_nothing_left() -> None:
    for clock in (Clock(None), Clock(60)):
        clock.stop()
        assert clock.stopped
        assert clock.left == 0


@pytest.mark.usefixtures("heard")
def test_the_first_ctrl_c_stops_and_the_second_interrupts() -> None:
    clock = Clock(None)
    with clock.until_interrupted():
        os.kill(os.getpid(), signal.SIGINT)
        assert clock.stopped
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_was_started_deaf_stays_deaf() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        clock = Clock(None)
        with clock.until_interrupted():
            os.kill(os.getpid(), signal.SIGINT)
        assert not clock.stopped
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_search_under_way_is_ended() -> None:
    """Pigeons in too few holes: without symmetry, minutes of search."""
    model = Model()
    places = [[model.variable() for _ in range(11)] for _ in range(12)]
    for pigeon in places:
        model.post_or(pigeon)
    for hole in zip(*places, strict=True):
        for n, one in enumerate(hole):
            for other in hole[n + 1 :]:
                model.post_or([negated(one), negated(other)])
    solver = Solver()
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    clock, started = Clock(None), monotonic()
    stopping = Timer(0.3, clock.stop)
    stopping.start()
    assert clock.run(solver, model) == UNKNOWN
    assert monotonic() - started < 10
    stopping.join()
