"""Chromium at work for tests: pages seen as a reader sees them, at a given time and place.

Where it is missing: see :mod:`tests.outside`.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.outside import missing, program


@cache
def axe() -> str:
    """The source of axe-core, as npm installed it, here or for everybody."""
    npm = program("npm")
    roots = [os.environ.get("NODE_PATH", "")]
    for where in ((), ("--global",)):
        told = subprocess.run([npm, "root", *where], capture_output=True, encoding="utf-8")
        roots.append(told.stdout.strip())
    paths = [Path(root, "axe-core", "axe.min.js") for root in roots if root]
    found = next((path for path in paths if path.exists()), None)
    if found is None:
        missing("there is no axe-core where npm installs: npm install --global axe-core")
    return found.read_text(encoding="utf-8")


@contextmanager
def browser(
    size: tuple[int, int] = (1280, 900), now: datetime | None = None, dark: bool = False
) -> Iterator[Any]:
    """A window of that size, in New York, whose clock says ``now``."""
    chromium, driver = program("chromium"), program("chromedriver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en-GB"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with webdriver.Chrome(options, webdriver.ChromeService(driver)) as window:
        tell = window.execute_cdp_cmd
        tell("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        tell("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        tell("Emulation.setEmulatedMedia", {"features": [scheme]})
        if now is not None:
            source = f"Date.now = () => {int(now.timestamp() * 1000)};"
            tell("Page.addScriptToEvaluateOnNewDocument", {"source": source})
        yield window


def requests(window: Any) -> list[str]:
    """Every address that the window has asked for since it was last looked at; what the page's
    policy stopped is left out."""
    events = [json.loads(one["message"])["message"] for one in window.get_log("performance")]
    stopped = {
        event["params"]["requestId"]
        for event in events
        if event["method"] == "Network.loadingFailed"
        and event["params"].get("blockedReason") == "csp"
    }
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
        and event["params"]["requestId"] not in stopped
    ]


def violations(window: Any) -> list[str]:
    """What axe finds wrong with the page for those who do not see it as others do."""
    window.execute_cdp_cmd("Runtime.evaluate", {"expression": axe()})
    found = window.execute_async_script(
        "const done = arguments[0]; axe.run().then((found) => done(found.violations));"
    )
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]
