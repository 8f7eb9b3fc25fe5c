"""Programs that tests need and that Python does not bring along.

Where one is missing its tests are skipped, with the reason; where ``CI`` is set they fail, so that
nothing stays untested unseen.
"""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

PACKAGES = {
    "soffice": "libreoffice-calc",
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "node": "nodejs",
    "npm": "npm",
}
"""By name of the program, what brings it on Debian and Ubuntu."""


def program(name: str) -> str:
    """The program's path; without it the test is skipped, or fails where ``CI`` is set."""
    found = shutil.which(name)
    if found is None:
        missing(f"there is no `{name}` on the path; on Debian: apt-get install {PACKAGES[name]}")
    return found


def missing(reason: str) -> NoReturn:
    """Skip the test for that reason, or fail it where ``CI`` is set."""
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, but {reason}")
    pytest.skip(reason)
