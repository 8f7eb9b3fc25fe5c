"""One calendar over the network: whole, a calendar, not too large, in time, or an error.

Only ``http`` and ``https`` are spoken, and a redirect may go nowhere else, nor from ``https`` back
to ``http``. A server that drips its answer is given up on when the time is over.
"""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException, HTTPMessage
from threading import Thread
from typing import IO, Any, TypeVar
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from planner import __version__
from planner.errors import RotaError
from planner.files.fetch.addresses import SCHEMES, resolved, said
from planner.records import dataclass

LARGEST = 20 * 2**20
"""Bytes that a calendar may have."""

_CHUNK = 2**16
_NOT_MODIFIED = 304
_UNAUTHORISED = (401, 403)
_GONE = (404, 410)
_REDIRECTS = range(300, 400)
_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)

Result = TypeVar("Result")


class FetchError(RotaError):
    """A calendar could not be fetched."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; ``content`` is ``None`` if the calendar has not changed since."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


def download(address: str, etag: str = "", last_modified: str = "", seconds: float = 30) -> Answer:
    """The calendar at an address, unless it is still the one of ``etag`` or ``last_modified``.

    Raises ``FetchError``, which says in one sentence why there is none.
    """
    try:
        asked = _request(resolved(address), etag, last_modified)
        return _in_time(lambda: _answer(asked, seconds), seconds)
    except TimeoutError:
        reason = f"does not answer in full within {seconds:g} seconds"
    except HTTPError as error:
        reason = _status(error)
    except URLError as error:
        reason = _unreachable(error)
    except (OSError, HTTPException) as error:
        reason = f"broke off ({type(error).__name__})"
    except ValueError as error:
        reason = f"cannot be used: {error}"
    raise FetchError(f"{said(address)} {reason.rstrip('.')}.".replace("?.", "?"))


def _request(url: str, etag: str, last_modified: str) -> request.Request:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError("it is no web address")
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    asked = request.Request(urlunsplit(bare), headers={"User-Agent": f"rota/{__version__}"})
    asked.add_header("Accept", "text/calendar, */*;q=0.1")
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        secret = base64.b64encode(pair.encode()).decode()
        asked.add_unredirected_header("Authorization", f"Basic {secret}")
    if etag:
        asked.add_header("If-None-Match", etag)
    if last_modified:
        asked.add_header("If-Modified-Since", last_modified)
    return asked


class _Redirects(request.HTTPRedirectHandler):
    max_redirections = 5

    def http_error_302(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> Any:
        where = urljoin(req.full_url, headers.get("Location") or "")
        before, after = urlsplit(req.full_url).scheme, urlsplit(where).scheme
        if after not in SCHEMES or (before, after) == ("https", "http"):
            raise ValueError(f"it sends on from {before} to {after}, which is refused")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> request.OpenerDirector:
    """Web addresses only: the usual opener would read files and speak FTP as well."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _answer(asked: request.Request, seconds: float) -> Answer:
    try:
        with _opener().open(asked, timeout=seconds) as reply:
            content = _content(reply)
            headers = reply.headers
    except HTTPError as error:
        if error.code != _NOT_MODIFIED:
            raise
        return Answer(None)
    return Answer(content, headers.get("ETag") or "", headers.get("Last-Modified") or "")


def _content(reply: IO[bytes]) -> bytes:
    """The calendar, read until it ends or is too large."""
    content = bytearray()
    while chunk := reply.read(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise ValueError(f"it is larger than {LARGEST // 2**20} MB")
    bare = bytes(content).removeprefix(b"\xef\xbb\xbf").strip()
    if _PAGE.match(bare):
        raise ValueError(
            "it is a web page, not a calendar; look for the “secret address in iCal format”, "
            "which needs no signing in"
        )
    if not bare[:15].upper() == b"BEGIN:VCALENDAR":
        raise ValueError("it is not a calendar in iCalendar format")
    if not bare[-13:].upper() == b"END:VCALENDAR":
        raise ValueError("the calendar is cut off before its end")
    return bytes(content)


def _in_time(work: Callable[[], Result], seconds: float) -> Result:
    """What ``work`` gives; ``TimeoutError`` if it takes longer, however it spends the time.

    A time limit on the connection alone would begin anew with every byte.
    """
    done: Future[Result] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(timeout=seconds)


def _status(error: HTTPError) -> str:
    if error.code in _UNAUTHORISED:
        return (
            f"refuses ({error.code}): the calendar is private; its “secret address in iCal "
            "format” needs no signing in"
        )
    if error.code in _GONE:
        return f"has no such calendar ({error.code}); copy the address again"
    if error.code in _REDIRECTS:
        return "sends on and on, to no calendar"
    return f"answers with an error ({error.code} {error.reason})"


def _unreachable(error: URLError) -> str:
    if isinstance(error.reason, TimeoutError):
        return "does not answer in time"
    if isinstance(error.reason, ssl.SSLError):
        return f"cannot be trusted ({error.reason.reason or error.reason})"
    reason = getattr(error.reason, "strerror", None) or str(error.reason)
    return f"cannot be reached ({reason}); is this machine online?"
