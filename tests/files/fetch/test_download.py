"""One calendar from a server that misbehaves: whole and in time, or one clear sentence."""

from __future__ import annotations

import time
from http.client import HTTPMessage
from io import BytesIO

import pytest

from planner.files.fetch import download as module
from planner.files.fetch.download import Answer, FetchError, download
from tests.files.fetch.server import CALENDAR, Server


def test_a_calendar_is_given_whole_with_what_the_server_says_of_it(server: Server) -> None:
    assert download(server.url("good")) == Answer(CALENDAR, '"one"', "")
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("rota/")


def test_an_unchanged_one_is_not_sent_again(server: Server) -> None:
    assert download(server.url("good"), etag='"one"').content is None
    assert download(server.url("good"), etag='"none"').content == CALENDAR


def test_a_mark_before_the_calendar_is_no_matter(server: Server) -> None:
    server.calendar = b"\xef\xbb\xbf" + CALENDAR + b"\r\n\r\n"
    assert download(server.url("good")).content == server.calendar


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("status/404", "has no such calendar (404)"),
        ("status/410", "has no such calendar (410)"),
        ("status/401", "the calendar is private"),
        ("status/403", "the calendar is private"),
        ("status/500", "answers with an error (500"),
        ("page", "it is a web page, not a calendar"),
        ("text", "it is not a calendar in iCalendar format"),
        ("empty", "it is not a calendar in iCalendar format"),
        ("cut", "the calendar is cut off before its end"),
        ("breaks-off", "the calendar is cut off before its end"),
        ("nonsense", "broke off"),
        ("round", "sends on and on, to no calendar"),
        ("to/file@/etc/passwd", "it sends on from http to file, which is refused"),
        ("to/ftp@/127.0.0.1/x", "it sends on from http to ftp, which is refused"),
        ("to/data:text,x", "it sends on from http to data, which is refused"),
    ],
)
def test_what_is_no_calendar_is_refused_in_one_sentence(
    path: str, reason: str, server: Server
) -> None:
    with pytest.raises(FetchError) as refused:
        download(server.url(path))
    said = str(refused.value)
    assert reason in said
    assert said.startswith(f"http://127.0.0.1:{server.server_port}/… ")
    assert said.endswith(".")
    assert "\n" not in said


def test_a_redirect_within_the_web_is_followed(server: Server) -> None:
    assert download(server.url(f"to/http@/127.0.0.1:{server.server_port}/good")).content == CALENDAR


def test_https_never_falls_back_to_http(server: Server) -> None:
    asked = module._request("https://example.com/x", "", "")
    headers = HTTPMessage()
    headers["Location"] = server.url("good")
    with pytest.raises(ValueError, match="from https to http"):
        module._Redirects().http_error_302(asked, BytesIO(), 302, "Found", headers)


@pytest.mark.parametrize("path", ["silent", "drips", "drips-headers"])
def test_a_server_that_takes_its_time_is_given_up_on(path: str, server: Server) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match=r"does not answer in (full within 0.5 seconds|time)"):
        download(server.url(path), seconds=0.5)
    assert time.monotonic() - begun < 3


def test_a_huge_one_is_given_up_on(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 3 * 2**20)
    with pytest.raises(FetchError, match="it is larger than 3 MB"):
        download(server.url("huge"))


def test_a_name_and_password_in_the_address_are_sent_and_never_said(server: Server) -> None:
    address = server.url("login").replace("//", "//me:a%20b@")
    assert download(address).content == CALENDAR
    with pytest.raises(FetchError) as refused:
        download(server.url("login").replace("//", "//me:wrong@"))
    assert "wrong" not in str(refused.value)
    hop = f"to/http@/localhost:{server.server_port}/good"
    download(server.url(hop).replace("//", "//me:a%20b@", 1))
    assert "Authorization" not in server.asked[-1][1]


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(FetchError, match=r"cannot be reached .*; is this machine online\?$"):
        download("http://no-such-host.invalid/leave.ics", seconds=5)
    with pytest.raises(FetchError, match=r"cannot be reached .*refused"):
        download("http://127.0.0.1:9/leave.ics", seconds=5)


def test_files_of_this_machine_are_never_read() -> None:
    with pytest.raises(FetchError):
        download("file:///etc/passwd", seconds=1)
