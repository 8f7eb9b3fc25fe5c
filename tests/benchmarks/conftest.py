"""The version that others are measured against."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

BEFORE = "3e684e0"
"""The last commit before the sheets Overview and the live sentences."""


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Path]:
    """A checkout of the earlier commit."""
    folder = tmp_path / "before"
    git = ["git", "-C", str(CHECKOUT), "worktree"]
    subprocess.run([*git, "add", "--detach", str(folder), BEFORE], check=True, capture_output=True)
    yield folder
    subprocess.run([*git, "remove", "--force", str(folder)], check=True, capture_output=True)
