"""``rota export --format html`` in a real browser: what is clicked, typed, seen and read out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.files.exports.page import to_html
from tests.browser import browser, requests, violations
from tests.build import problem, rotation
from tests.conftest import Said
from tests.duty import at, timetable
from tests.files.exports.test_page import evil_page

Rota = Callable[..., Said]
PHONE = (390, 844)
AUGUST = at("2024-08-07T12:00")
SIZES = pytest.mark.parametrize(
    ("size", "dark"), [((1280, 900), False), ((1280, 900), True), (PHONE, False), (PHONE, True)]
)


@pytest.fixture
def page(rota: Rota, planned: Path) -> str:
    """The page of the sample team, written as a user would."""
    said = rota("export", "--format", "html", "--team", "data-engineering", "--out", "pages")
    assert (said.status, said.out) == (0, "Wrote pages/data-engineering.html\n"), said.err
    return (planned / "pages" / "data-engineering.html").as_uri()


@pytest.fixture
def opened(page: str) -> Iterator[Callable[..., Any]]:
    """Opens it at a time; the window closes after the test."""
    windows = []

    def at_time(now: datetime = AUGUST, where: str = "", **look: Any) -> Any:
        windows.append(browser(now=now, **look))
        window = windows[-1].__enter__()
        window.get(page + where)
        return window

    yield at_time
    for each in windows:
        each.__exit__(None, None, None)


def text(window: Any, selector: str) -> str:
    return str(window.find_element("css selector", selector).text)


def active(window: Any) -> str:
    return str(window.execute_script("return document.activeElement.dataset.week || ''"))


def test_several_pages_on_stdout_are_refused(rota: Rota, planned: Path) -> None:
    assert rota("export", "--format", "html").status == 2
    assert rota("export", "--format", "html", "--team", "xyz-tech").out.startswith(
        "<!doctype html>"
    )


def test_who_is_on_call_in_the_readers_zone(opened: Callable[..., Any]) -> None:
    now = text(opened(), "#now")
    assert "William" in now
    assert "Aug 12, 05:00 AM EDT" in now, "10:00 in London"
    assert "Next: Siddhant from" in now


@pytest.mark.parametrize(
    ("now", "who", "following"),
    [
        ("2024-06-30T12:00", "no duty now", "Next: Dong from Mon, Jul 1, 05:00 AM EDT"),
        ("2024-07-08T08:59", "Dong", "Next: Siddhant from"),
        ("2024-07-08T09:00", "Siddhant", "Next: William from"),
        ("2024-10-01T12:00", "no duty now", "Next: nobody is planned"),
    ],
)
def test_before_between_and_after(
    opened: Callable[..., Any], now: str, who: str, following: str
) -> None:
    said = text(opened(at(now)), "#now .cards > div").splitlines()
    assert said[:2] == ["primary", who]
    assert said[-1].startswith(following)


@SIZES
def test_nothing_is_wrong_for_other_ways_of_reading(
    opened: Callable[..., Any], size: tuple[int, int], dark: bool
) -> None:
    window = opened(size=size, dark=dark, where="#who=Dong")
    assert violations(window) == []
    first = window.find_element("css selector", "button[data-week]")
    window.execute_script("arguments[0].focus()", first)
    assert window.execute_script(
        "const at = arguments[0].getBoundingClientRect();"
        "return arguments[0].contains(document.elementFromPoint(at.x + 2, at.y + 2));",
        first,
    ), "nothing lies over what has the focus"
    first.click()
    assert violations(window) == []
    assert window.execute_script("return document.querySelector('dialog[open]').scrollTop") == 0
    wide = window.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    paper = window.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is not dark


def test_no_request_leaves_the_page_and_nothing_fails(
    opened: Callable[..., Any], page: str
) -> None:
    window = opened()
    window.find_element("css selector", "button[data-week]").click()
    assert requests(window) == [page]
    assert window.get_log("browser") == []


def test_a_week_opens_by_mouse_and_by_keyboard(opened: Callable[..., Any]) -> None:
    from selenium.webdriver import Keys

    window = opened()
    window.find_element("css selector", "button[data-week=week-2024-W35]").click()
    said = text(window, "dialog[open]")
    assert said.startswith("2024-W35, Mon 26 Aug – Sun 1 Sep")
    assert "Late Summer Bank Holiday" in said
    assert "Mon, Aug 26, 05:00 AM EDT" in said
    window.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not window.find_elements("css selector", "dialog[open]")
    assert active(window) == "week-2024-W35", "the focus comes back"
    window.switch_to.active_element.send_keys(Keys.TAB)
    assert active(window) == "week-2024-W36"
    ring = window.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid", "the focus is seen"
    window.switch_to.active_element.send_keys(Keys.ENTER)
    assert text(window, "dialog[open]").startswith("2024-W36")
    window.find_element("css selector", "dialog[open] .close").click()
    assert not window.find_elements("css selector", "dialog[open]")


def test_ones_own_weeks_are_in_the_address(opened: Callable[..., Any], page: str) -> None:
    from selenium.webdriver.support.select import Select

    window = opened()
    assert text(window, "#own") == "", "not shown at first"
    Select(window.find_element("id", "who")).select_by_visible_text("Dong")
    assert window.current_url == f"{page}#who=Dong"
    assert text(window, "#own-said") == "On call 7 times, 4 of them now or to come."
    assert len(window.find_elements("css selector", "#own-weeks li")) == 7
    assert len(window.find_elements("css selector", "tr.mine")) == 2
    window.refresh()
    assert text(window, "#own-title") == "Weeks of Dong"
    window.execute_script("location.hash = 'who=Maxime'")
    window.execute_async_script("setTimeout(arguments[0], 100)")
    assert text(window, "#own-title") == "Weeks of Maxime"
    window.execute_script("location.hash = 'who=<img src=x>'")
    window.execute_async_script("setTimeout(arguments[0], 100)")
    assert text(window, "#own") == "", "nobody of that name"


def test_quarters_that_are_over_are_folded(tmp_path: Path) -> None:
    found = timetable(" ".join("ABCD" * 8), rotation("ABCD"))
    path = tmp_path / "long.html"
    page = to_html(found, problem(rotation("ABCD"), weeks=32))
    path.write_text(page, encoding="utf-8")
    for now, unfolded in (
        ("2024-08-07", ["2024Q3", "2024Q4", "2025Q1"]),
        ("2024-11-01", ["2024Q4", "2025Q1"]),
        ("2026-01-01", ["2024Q3", "2024Q4", "2025Q1"]),
    ):
        with browser(now=at(now)) as window:
            window.get(path.as_uri())
            shown = window.find_elements("css selector", "details[open] summary")
            assert [each.text for each in shown] == unfolded


def test_names_are_shown_as_they_are_and_do_nothing(tmp_path: Path) -> None:
    path = tmp_path / "evil.html"
    path.write_text(evil_page(), encoding="utf-8")
    with browser(now=at("2024-07-09T12:00")) as window:
        window.get(path.as_uri())
        assert "</script><script>alert(2)</script>" in text(window, "#now")
        assert window.title == "On call: <s>Team</s>"
        window.find_element("css selector", "button[data-week=week-2024-W28]").click()
        assert "<q>note</q>" in text(window, "dialog[open]")
        assert requests(window) == [path.as_uri()]
        assert window.get_log("browser") == []


def test_the_policy_stops_what_came_into_the_page(page: str, planned: Path) -> None:
    path = planned / "pages" / "data-engineering.html"
    inside = path.read_text(encoding="utf-8").replace(
        "<main>", "<main><script>document.title = 'taken'</script><img src=http://127.0.0.1:9/x>"
    )
    path.write_text(inside, encoding="utf-8")
    with browser(now=AUGUST) as window:
        window.get(page)
        assert window.title == "On call: Data engineering"
        assert not [each for each in requests(window) if "127.0.0.1" in each]
        assert "William" in text(window, "#now"), "the page itself still works"
