"""One page of HTML that needs nothing else: who is on call, the grid, fairness, and each week.

All that people wrote is escaped in :mod:`planner.files.exports.page.markup`. The page's own style
and script stand inside it, known to its content security policy by their hashes: anything else
that came to be in the page could neither run nor be loaded.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from planner.cells.colours import PALETTE, colours
from planner.files.exports.page.fair import fairness, sentences
from planner.files.exports.page.grid import details, grids
from planner.files.exports.page.markup import Html, data, joined, tag, utc
from planner.files.exports.timetable import Timetable
from planner.problem import Problem
from planner.wording import span

_HERE = Path(__file__).parent


def to_html(timetable: Timetable, problem: Problem) -> str:
    """The page of some weeks; ``problem`` is what their rota stands against, the past included."""
    team = timetable.team
    names = [engineer.name for engineer in problem.engineers]
    marks = {
        name: f"c{PALETTE.index(colour)}"
        for name, colour in colours(names, timetable.on_call.rota).items()
    }
    title = f"On call: {team.name}"
    when = span(timetable.weeks[0].first, timetable.weeks[-1].last)
    body = tag(
        "body",
        _header(title, when, names),
        tag(
            "main",
            _now(),
            _own(),
            tag(
                "section",
                tag("h2", "All weeks", id="weeks-title"),
                *(tag("p", said) for said in sentences(timetable, problem)),
                grids(timetable, problem, marks),
                aria_labelledby="weeks-title",
            ),
            fairness(timetable, problem, marks),
        ),
        tag(
            "footer",
            tag(
                "p",
                f"The team's clock is {team.timezone}. Times here are in ",
                tag("span", f"{team.timezone}", id="zone"),
                ".",
            ),
        ),
        details(timetable),
        _shifts(timetable, marks),
        tag("script", Html(_script())),
    )
    return f'<!doctype html>\n<html lang="en">\n{_head(title)}\n{body}\n</html>\n'


def _header(title: str, when: str, names: list[str]) -> Html:
    options = [tag("option", "everybody", value="")]
    options += [tag("option", name, value=name) for name in names]
    return tag(
        "header",
        tag("h1", title),
        tag("p", when, class_="when"),
        tag(
            "p",
            tag("label", "Show the weeks of ", for_="who"),
            tag("select", *options, id="who"),
            class_="control",
        ),
    )


def _now() -> Html:
    wanted = "Who is on call now is reckoned in your browser, which needs JavaScript for it."
    return tag(
        "section",
        tag("h2", "On call now", id="now-title"),
        tag("div", tag("p", wanted), id="now", aria_live="polite"),
        aria_labelledby="now-title",
    )


def _own() -> Html:
    return tag(
        "section",
        tag("h2", "", id="own-title"),
        tag("p", "", id="own-said", aria_live="polite"),
        tag("ol", id="own-weeks"),
        id="own",
        aria_labelledby="own-title",
        hidden=True,
    )


def _shifts(timetable: Timetable, marks: Mapping[str, str]) -> Html:
    """What the script reads: shifts, earliest first, and the class of each engineer's colour."""
    team = timetable.team
    shifts = [
        {
            "seat": team.title(shift.duty.seat),
            "start": utc(shift.start),
            "end": utc(shift.end),
            "who": shift.engineer,
            "for": shift.holder if shift.covering else None,
        }
        for shift in timetable.shifts
    ]
    seats = [team.title(seat) for seat in team.seats]
    return data({"seats": seats, "shifts": shifts, "marks": marks}, id="data")


def _head(title: str) -> Html:
    colours_of = (f".c{n} {{ --own: #{colour}; }}" for n, colour in enumerate(PALETTE))
    style = joined((_HERE / "page.css").read_text(encoding="utf-8"), *colours_of)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(_script())}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", Html(style)),
    )


def _script() -> str:
    return (_HERE / "page.js").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
