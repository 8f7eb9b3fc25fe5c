"""What is fair about the weeks: sentences, and a table with a bar an engineer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from planner.checking.gaps_between import gaps_between
from planner.domain import Rota
from planner.files.exports.page.markup import Html, tag
from planner.files.exports.timetable import Timetable
from planner.problem import Problem
from planner.problem.ledger import Account, accounts, dates_done
from planner.wording import amount, signed

_HEADINGS = (
    "Engineer",
    "On duty and fair share",
    "Weeks",
    "Share",
    "Balance",
    "Shortest gap in weeks",
)
_SCALE = 1000
"""How many units a bar is wide."""


def sentences(timetable: Timetable, problem: Problem) -> Iterator[str]:
    """Weeks on duty; rest; days off."""
    rota, lines = timetable.rota, _together(timetable, problem)
    done = [line.done for line in lines if line.owed]
    if done:
        least, most = amount(min(done)), amount(max(done))
        several = " or " if max(done) - min(done) <= 1 else " to "
        weeks = least if least == most else f"{least}{several}{most}"
        off = max(abs(line.balance) for line in lines if line.owed)
        furthest = amount(Fraction(ceil(off * 100), 100))
        yield (
            f"Whoever takes turns has {weeks} {'week' if most == '1' else 'weeks'} on duty; nobody "
            f"is more than {furthest} from a fair share, earlier quarters included."
        )
    yield gaps_between(problem, rota).said()
    yield _days_off(problem, rota)


def fairness(timetable: Timetable, problem: Problem, marks: Mapping[str, str]) -> Html:
    """Bars of what each engineer does, with a mark where the fair share is, and the numbers."""
    lines = _together(timetable, problem)
    gaps = gaps_between(problem, timetable.rota)
    most = max((max(line.done, line.owed) for line in lines), default=Fraction(0)) or Fraction(1)
    rows = [
        tag(
            "tr",
            tag("th", line.engineer, scope="row", class_=marks[line.engineer]),
            tag("td", _bar(line, most, marks[line.engineer]), class_="bar"),
            tag("td", amount(line.done)),
            tag("td", amount(line.owed)),
            tag("td", signed(line.balance)),
            tag("td", str(gaps.least_of(line.engineer) or "–")),
            data_who=line.engineer,
        )
        for line in lines
    ]
    headings = (tag("th", each, scope="col") for each in _HEADINGS)
    table = tag(
        "table",
        tag("caption", "Weeks on duty by engineer", class_="read"),
        tag("thead", tag("tr", *headings)),
        tag("tbody", *rows),
        class_="fair",
    )
    region = tag(
        "div", table, class_="wide", tabindex=0, role="region", aria_label="Weeks by engineer"
    )
    said = "Bars: weeks on duty. Lines: fair share. A balance above 0: more than a fair share."
    told = tag("p", said, class_="quiet")
    return tag("section", tag("h2", "Fairness", id="fair"), told, region, aria_labelledby="fair")


def _bar(line: Account, most: Fraction, mark: str) -> Html:
    """The numbers stand beside it, so that readers of the screen need not be told twice."""
    done, share = (int(_SCALE * value / most) for value in (line.done, line.owed))
    return tag(
        "svg",
        tag("rect", x=0, y=4, width=done, height=16, class_=mark),
        tag("line", x1=share, x2=share, y1=0, y2=24),
        viewBox=f"-4 0 {_SCALE + 8} 24",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _together(timetable: Timetable, problem: Problem) -> list[Account]:
    """A line for each engineer who owes or does any duty, all roles together."""
    rota = timetable.rota
    lines = accounts(problem, rota, [held.duty for held in rota])
    return [line for line in lines if not line.role and (line.owed or line.done)]


def _days_off(problem: Problem, rota: Rota) -> str:
    """How many public holidays and own festivals somebody is on duty."""
    worked = own = 0
    for engineer in problem.engineers:
        done = {day for _, day in dates_done(problem, rota, engineer.name)}
        worked += len(done & problem.days_off.counted(engineer.name))
        times = problem.days_off.festivals.get(engineer.name, ())
        own += len(done & {day for time in times for day in time.days})
    days = {0: "No public-holiday day is", 1: "1 public-holiday day is"}
    first = days.get(worked, f"{worked} public-holiday days are")
    return f"{first} worked, {own or 'none'} on an own festival."
