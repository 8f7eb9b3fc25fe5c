"""Addresses of calendars: what may be one, what it is called on screen, and its file's name.

The address of a private calendar is as good as a password, so messages and file names tell the
host alone, and ``$NAME`` stands for an environment variable that holds the address.
"""

from __future__ import annotations

import hashlib
import os
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from planner.files.team.values import BadValueError

SCHEMES = ("https", "http")
_AS_HTTPS = {"webcal": "https", "webcals": "https"}
_NO_ADDRESS = "is not the address of a calendar"
_HINT = "Write https://…, or $NAME of an environment variable that holds it."
_VARIABLE = re.compile(r"\$\{?(\w+)\}?")


def parse_address(text: str) -> str:
    """An address as ``team.toml`` may name it; raises ``ValueError`` for any other."""
    if _VARIABLE.fullmatch(text):
        return text
    return urlunsplit(_parts(text))


def resolved(address: str) -> str:
    """The address itself; raises ``ValueError`` where its environment variable holds none."""
    match = _VARIABLE.fullmatch(address)
    if match is None:
        return address
    held = os.environ.get(match[1], "").strip()
    if not held:
        raise ValueError(f"the environment variable {match[1]} is not set")
    try:
        return urlunsplit(_parts(held))
    except BadValueError as error:
        raise ValueError(f"the environment variable {match[1]} {error.message}") from None


def _parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadValueError(_NO_ADDRESS, _HINT) from None
    scheme = _AS_HTTPS.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in SCHEMES or not host or re.search(r"[\s\x00-\x1f]", text):
        raise BadValueError(_NO_ADDRESS, _HINT)
    return parts._replace(scheme=scheme, fragment="")


def said(address: str) -> str:
    """The address as messages tell it: without what only its owner should know."""
    if _VARIABLE.fullmatch(address):
        return address
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}/…"


def file_name(address: str) -> str:
    """The calendar's file, the same whatever else is fetched: ``feed-example.com-1a2b3c4d.ics``."""
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    match = _VARIABLE.fullmatch(address)
    host = match[1].lower() if match else urlsplit(address).hostname or ""
    return f"feed-{re.sub(r'[^a-z0-9.-]+', '-', host.lower()).strip('.-')}-{mark}.ics"
