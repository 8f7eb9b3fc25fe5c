"""The page: what it says of a small rota, and that nothing in it becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

from planner.domain import Duty, Role, Rota, Rotation
from planner.files.exports.page import to_html
from planner.files.exports.page.markup import Html, data, tag
from planner.files.exports.timetable import Timetable
from planner.problem import Problem
from planner.problem.oncall import OnCall
from tests.build import engineer, problem, rotation, week
from tests.duty import InForce, cover, timetable

EVIL = ("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "\"'><em>&amp;\u2028")


def evil_page() -> str:
    """The page of a team whose names, titles and notes all try to be markup."""
    cycle = Rotation("<i>r</i>", EVIL, (Role("<u>primary</u>"),))
    asked = problem(cycle, weeks=3, engineers=[engineer(name) for name in EVIL])
    held = Rota.of((Duty(week(n), *asked.team.seats[0]), EVIL[n]) for n in range(3))
    asked = replace(asked, team=replace(asked.team, name="<s>Team</s>"))
    on_call = OnCall(asked.team, held, (), asked.days_off)
    standing = InForce(held, notes=((week(1), "<q>note</q>"),))
    return to_html(Timetable(asked.team, held.weeks, on_call, standing), asked)


def shown(found: Timetable, asked: Problem | None = None) -> str:
    return to_html(found, asked or problem(*found.team.rotations, weeks=len(found.weeks)))


class Elements(HTMLParser):
    """The names of the elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def cells(page: str, name: str) -> list[str]:
    """What an engineer's row of the grid says to who sees it."""
    row = re.search(rf'<tr data-who="{name}">(.*?)</tr>', page)
    assert row
    spans = re.findall(r"<td.*?</td>", row[1])
    return [found[1] if (found := re.search(r'"true">(.*?)<', cell)) else "" for cell in spans]


def test_the_grid_has_letters_and_signs() -> None:
    seats = rotation("ABCD", "primary", "secondary")
    found = timetable("AB C. AB", seats, covers=[cover("C", 9, 10, "D")])
    asked = problem(seats, weeks=3, holidays={"B": [1]}, festivals={"D": [("Yule", 15, 16)]})
    page = shown(found, asked)
    assert cells(page, "A") == ["P", "", "P"]
    assert cells(page, "B") == ["Sh", "", "S"]
    assert cells(page, "C") == ["", "(P)", ""]
    assert cells(page, "D") == ["", "(P)", "f"]
    assert '<span class="read">secondary, public holiday</span>' in page
    assert "Yule" not in page, "why somebody is away is nobody's business"


def test_every_shift_is_there_with_its_instants() -> None:
    page = shown(timetable("A B", covers=[cover("B", 9, 10, "D")]))
    known = json.loads(re.search(r'<script type="application/json" id="data">(.*?)<', page)[1])
    assert [(one["who"], one["for"], one["start"], one["end"]) for one in known["shifts"]] == [
        ("A", None, "2024-07-01T09:00:00Z", "2024-07-08T09:00:00Z"),
        ("B", None, "2024-07-08T09:00:00Z", "2024-07-10T09:00:00Z"),
        ("D", "B", "2024-07-10T09:00:00Z", "2024-07-12T09:00:00Z"),
        ("B", None, "2024-07-12T09:00:00Z", "2024-07-15T09:00:00Z"),
    ]


def test_fairness_in_words_and_numbers() -> None:
    page = shown(timetable("A B C D A"))
    assert "Whoever takes turns has 1 or 2 weeks on duty; nobody is more than 0.75 from" in page
    row = re.search(
        r'<tr data-who="A"><th scope="row" class="c0">A</th><td class="bar">.*?</tr>', page
    )
    assert row
    assert re.findall(r"<td>(.*?)</td>", row[0]) == ["2", "1.25", "+0.75", "4"]


def test_history_and_balances_before_count() -> None:
    """Who has done more before is above a fair share with as many weeks as the others."""
    found = timetable("A B C D")
    page = shown(found, problem(*found.team.rotations, weeks=4, history="A A B C"))
    assert "nobody is more than 1 from a fair share, earlier quarters included" in page


def test_nobody_is_further_from_a_fair_share_than_is_said() -> None:
    """Of three duties among seven A has 4/7 too many, which is more than 0.57."""
    page = shown(timetable("A B C", rotation("ABCDEFG")))
    assert "nobody is more than 0.58 from" in page


def test_weeks_of_several_quarters_are_tables_of_their_own() -> None:
    page = shown(timetable(" ".join("ABCD" * 4)))
    assert re.findall(r"<caption[^>]*>(.*?)</caption>", page)[:2] == [
        "Who is on call in 2024Q3",
        "Who is on call in 2024Q4",
    ]


def test_nothing_that_people_wrote_becomes_markup() -> None:
    page = evil_page()
    names = [name for name, _ in Elements(page).found]
    assert not {"img", "em", "i", "u", "s", "q"} & set(names)
    assert names.count("script") == 2
    assert not any(key.startswith("on") for _, keys in Elements(page).found for key in keys)


def test_the_page_names_no_address_and_allows_nothing_else() -> None:
    page = shown(timetable("A B"))
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', page)
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;; style-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    assert "//" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    styled = [keys for _, keys in Elements(page).found if "style" in keys]
    assert not styled, "the policy would ignore them"


def test_markup_is_escaped_unless_it_is_markup() -> None:
    assert tag("p", "<b>", Html("<i>"), title='"') == '<p title="&quot;">&lt;b&gt;<i></p>'
    assert tag("p", hidden=True, id=None, aria_live="polite") == '<p hidden aria-live="polite"></p>'
    assert "</" not in data("</script>&")[: -len("</script>")]
