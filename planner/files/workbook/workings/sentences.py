"""What is fair about a rota, in plain sentences that follow edits."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from planner.cells.formulas import Formula
from planner.cells.workings import FESTIVAL, HOLIDAY, Workings
from planner.checking.gaps_between import gaps_between

THROUGHOUT = "weeks of those there throughout"


def sentences(work: Workings) -> Iterator[Formula]:
    """Weeks on duty and fair share; rest; days off; wishes."""
    yield _weeks(work)
    yield _rest(work)
    yield _days_off(work)
    if work.has("wishes"):
        yield _wishes(work)


def _weeks(work: Workings) -> Formula:
    """How many weeks everybody has who is there throughout with a full share."""
    whole = work.by_person(THROUGHOUT)
    done, off = work.by_person("done", work.roles), work.by_person("off balance")
    carried, owed = work.by_person("carried in", work.roles), work.by_person("owed", work.roles)
    throughout = _throughout(work)
    totals, balances = [], []
    for e in range(work.people):
        total, owes, before = (
            work.of_all_roles(name, e).value for name in ("done", "owed", "carried in")
        )
        text = f"ABS(SUM({carried.across(e)})+SUM({done.across(e)})-SUM({owed.across(e)}))"
        if owes:
            balances.append(abs(before + total - owes))
            work.put(off, e, 0, Formula(text, balances[-1]))
        if throughout[e]:
            work.put(whole, e, 0, Formula(rounding(f"SUM({done.across(e)})"), rounded(total)))
            totals.append(rounded(total))
    who = "Everyone" if all(throughout) else "Everyone who is here throughout with a full share"
    cells = whole.seen(whole.down())
    least, most = f"MIN({cells})", f"MAX({cells})"
    # Never less than it is: what is not above a tenth by more than a trifle is that tenth.
    furthest = f"ROUNDUP(MAX(0,MAX({off.seen(off.down())})-0.000000001),1)"
    text = (
        f'"{who} has "&{least}&IF({most}={least},"",IF({most}-{least}>1," to "," or ")&{most})'
        f'&IF({most}=1," week"," weeks")&" on duty; nobody is more than "&{furthest}'
        f'&" from a fair share, earlier quarters included."'
    )
    fewest, highest = min(totals), max(totals)
    several = "" if fewest == highest else (" to " if highest - fewest > 1 else " or ")
    range_said = f"{fewest}{several}{highest if several else ''}"
    unit = "week" if highest == 1 else "weeks"
    furthest_off = rounded(ceil((max(balances, default=0) - 1e-9) * 10) / 10)
    value = (
        f"{who} has {range_said} {unit} on duty; nobody is more than {furthest_off} "
        "from a fair share, earlier quarters included."
    )
    return Formula(text, value)


def _throughout(work: Workings) -> list[bool]:
    """Of each engineer, whether they owe duties in every week, with a full share; if nobody does,
    everybody counts."""
    problem, names = work.facts.problem, {engineer.name for engineer in work.facts.engineers}
    for week in problem.weeks:
        names &= {
            member.name
            for rotation, role in work.facts.seats
            for member in problem.active(rotation, role, week)
            if member.share == 1
        }
    return [not names or engineer.name in names for engineer in work.facts.engineers]


def rounding(amount: str) -> str:
    """What is not below zero, with one digit. Halves round up, in every program and on every path
    to the same amount."""
    return f"ROUND({amount}+0.0000000001,1)"


def rounded(number: float) -> int | float:
    """The same as a number; of what is below zero, halves go down."""
    tenths = int(abs(number) * 10 + 0.5 + 1e-9)
    signed = tenths if number >= 0 else -tenths
    return signed // 10 if signed % 10 == 0 else signed / 10


def _rest(work: Workings) -> Formula:
    """After how many weeks somebody is on duty again at the earliest, in any role."""
    shortest, problem = work.by_person("shortest"), work.facts.problem
    cells = shortest.seen(shortest.down())
    times = f"COUNTIF({cells},1)"
    end = f"; {gaps_between(problem, work.facts.rota).usual_said}."
    text = (
        f'IF(MIN({cells})=0,"Nobody is on duty twice.",IF(MIN({cells})=1,'
        f'{times}&IF({times}=1," person is"," people are")&" on duty two weeks running",'
        f'"Nobody is on duty again within "&(MIN({cells})-1)&IF(MIN({cells})=2," week"," weeks"))'
        f'&"{end}")'
    )
    values = [work.value(shortest, e) for e in range(work.people)]
    gaps = [value for value in values if isinstance(value, int)]
    least = min(gaps, default=0)
    if not gaps:
        return Formula(text, "Nobody is on duty twice.")
    if least == 1:
        running = gaps.count(1)
        who = "1 person is" if running == 1 else f"{running} people are"
        return Formula(text, f"{who} on duty two weeks running{end}")
    weeks = "week" if least == 2 else "weeks"
    return Formula(text, f"Nobody is on duty again within {least - 1} {weeks}{end}")


def _days_off(work: Workings) -> Formula:
    """Public holidays and own festivals on which somebody is on duty."""
    days = work.own_days
    counts = []
    for kind in (HOLIDAY, FESTIVAL):
        cells = days.seen(days.down(1)), days.seen(days.down(3))
        number = 0
        for row in range(days.rows):
            times = work.value(days, row, 3)
            if work.value(days, row, 1) == kind and isinstance(times, int):
                number += times
        counts.append((f"SUMIF({cells[0]},{kind},{cells[1]})", number))
    (holidays, worked), (festivals, own) = counts
    text = (
        f'IF({holidays}=0,"No public-holiday day is",IF({holidays}=1,"1 public-holiday day is",'
        f'{holidays}&" public-holiday days are"))&" worked, "&IF({festivals}=0,"none",{festivals})'
        f'&" on an own festival."'
    )
    said = {0: "No public-holiday day is", 1: "1 public-holiday day is"}
    first = said.get(worked, f"{worked} public-holiday days are")
    return Formula(text, f"{first} worked, {own or 'none'} on an own festival.")


def _wishes(work: Workings) -> Formula:
    """How many wishes are not granted."""
    rows = work.list_below("wishes", 0, 2)
    refused = f"SUM({rows.seen(rows.down(1))})"
    values = [work.value(rows, row, 1) for row in range(rows.rows)]
    number = sum(value for value in values if isinstance(value, int))
    all_of = sum(isinstance(value, int) for value in values)
    text = (
        f'IF({refused}=0,"Every wish is granted.",{refused}&" of {all_of} wishes "'
        f'&IF({refused}=1,"is","are")&" not granted.")'
    )
    if not number:
        return Formula(text, "Every wish is granted.")
    verb = "is" if number == 1 else "are"
    return Formula(text, f"{number} of {all_of} wishes {verb} not granted.")
