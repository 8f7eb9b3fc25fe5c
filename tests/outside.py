"""Programs that tests need and that Python does not bring along.

Where one is missing its tests are skipped, with the reason; where ``CI`` is set they fail, so that
nothing stays untested unseen.
"""

from __future__ import annotations

import os
import shutil

import pytest

PACKAGES = {"soffice": "libreoffice-calc", "chromium": "chromium", "node": "nodejs"}
"""By name of the program, what brings it on Debian and Ubuntu."""


def program(name: str) -> str:
    """The program's path; without it the test is skipped, or fails where ``CI`` is set."""
    found = shutil.which(name)
    if found is None:
        reason = f"there is no `{name}` on the path; on Debian: apt-get install {PACKAGES[name]}"
        if os.environ.get("CI"):
            pytest.fail(f"CI is set, but {reason}")
        pytest.skip(reason)
    return found
