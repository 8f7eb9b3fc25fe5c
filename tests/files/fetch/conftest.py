"""A server that misbehaves, reached without any proxy of the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.files.fetch.server import Server, served


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with served() as running:
        yield running
