"""Addresses: what may be one, and that nothing secret is shown."""

from __future__ import annotations

import pytest

from planner.files.fetch.addresses import file_name, parse_address, resolved, said

SECRET = "https://calendar.google.com/calendar/ical/team%40x.com/private-0123abcd/basic.ics"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (SECRET, SECRET),
        ("webcal://example.com/leave.ics", "https://example.com/leave.ics"),
        ("HTTPS://Example.com/leave.ics#top", "https://Example.com/leave.ics"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("$LEAVE", "$LEAVE"),
    ],
)
def test_web_addresses_and_variables_are_addresses(written: str, address: str) -> None:
    assert parse_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "file:///etc/passwd",
        "ftp://example.com/x",
        "leave.ics",
        "https://",
        "https://exa mple.com/x",
        "https://[::1/x",
        "https://example.com:port/x",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"not the address of a calendar\. Write https://…"):
        parse_address(written)


def test_neither_messages_nor_file_names_tell_the_secret() -> None:
    assert said(SECRET) == "https://calendar.google.com/…"
    assert said("https://me:word@example.com:8443/x?key=1") == "https://example.com:8443/…"
    assert file_name(SECRET).startswith("feed-calendar.google.com-")
    assert "private" not in file_name(SECRET)
    assert file_name(SECRET) != file_name(SECRET + "x")
    # The same in every process: a copy is found again.
    assert file_name(SECRET) == "feed-calendar.google.com-b4adcf68.ics"


def test_a_variable_stands_for_the_address_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAVE", "webcal://example.com/x")
    assert resolved("$LEAVE") == resolved("${LEAVE}") == "https://example.com/x"
    monkeypatch.setenv("LEAVE", "file:///etc/passwd")
    with pytest.raises(ValueError, match="LEAVE is not the address of a calendar"):
        resolved("$LEAVE")
    monkeypatch.delenv("LEAVE")
    with pytest.raises(ValueError, match="LEAVE is not set"):
        resolved("$LEAVE")
