"""The Fairness sheet: who does how much, who is owed what, and a chart of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from planner.cells.formulas import Formula
from planner.cells.references import CellValue, letters, quoted_title
from planner.cells.workings import FESTIVAL, HOLIDAY
from planner.checking.finished_plan import Plan
from planner.files.workbook.chart import Chart
from planner.files.workbook.page import Page
from planner.files.workbook.sheets.festivals_held import festivals_held
from planner.files.workbook.style import (
    AMOUNT,
    COUNT,
    HEAD,
    LOOSE_QUIET,
    QUIET,
    RED,
    SIGNED,
    TEXT,
    Look,
)
from planner.files.workbook.titles import ENGINEERS_NAME
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.balances import weeks_done
from planner.files.workbook.workings.sentences import THROUGHOUT, rounded, rounding

Days: TypeAlias = Counter[tuple[CellValue, CellValue]]
"""How often who, by number, is on duty on days off of which kind."""

TITLE = "Fairness"
OTHERS, SPREAD = "Others", "Spread"
_CHART_TITLE = "Weeks on duty"
WEEKS = COUNT.but(format="0.##")
STRONG = WEEKS.but(bold=True)
_MOST_ON_ONE_PAGE = 30
_GAPS = (
    "Gaps: weeks from one duty to the next in any role, earlier quarters counted; 4 means every "
    "fourth week."
)
_GAPS_OF_TURNS = (
    "Gaps: weeks from the last week of a turn to the first of the next in any role, earlier "
    "quarters counted; 1 means no week off between."
)
_LEGEND = (
    "Owed: the fair share of all duties, by share and weeks on the team. "
    "Balance: carried in + total − owed; above zero, somebody has done more than a fair share.",
    _GAPS,
    "Others: weeks on duty of nobody above, such as a mistyped name. "
    "Spread: the most weeks less the fewest, of those here throughout with a full share.",
)


def header(plan: Plan) -> tuple[str, ...]:
    """The titles of the columns."""
    team = plan.problem.team
    duties = map(team.title, team.strands)
    return (
        "Engineer",
        "Share",
        *duties,
        "Total",
        "Owed",
        "Carried in",
        "Balance",
        "Public-holiday days worked",
        "Own-festival days worked",
        "Shortest gap",
        "Longest gap",
        "In words",
    )


def fill(page: Page, plan: Plan, work: Workings) -> None:
    """A row an engineer, the others, the spread, and below them a chart of weeks."""
    titles = header(plan)
    people = work.people
    page.head(1, titles, filters=people, look=HEAD.but(align="center"))
    page.freeze(2, 2)
    worked = _days_worked(work)
    for e in range(people):
        _engineer(page, work, e, worked)
    last = 1 + people
    page.widths[1] = min(page.widths.get(1, 0), 34.0)
    page.name(ENGINEERS_NAME, 2, 1, last, 1)
    _others(page, work, last + 1, titles)
    _spread(page, work, last + 2, titles)
    turns = plan.problem.stints.several
    for number, said in enumerate(_LEGEND):
        sentence = _GAPS_OF_TURNS if turns and said == _GAPS else said
        page.put(last + 4 + number, 1, sentence, LOOSE_QUIET, spill=True)
    below = festivals_held(page, work, last + 5 + len(_LEGEND))
    _chart(page, last, work.roles, below)
    if people <= _MOST_ON_ONE_PAGE:
        page.fit_on_pages()
    else:
        page.break_before(below)
    page.protect()


def _engineer(page: Page, work: Workings, e: int, worked: Days) -> None:
    facts, row, roles = work.facts, 2 + e, work.roles
    engineer = facts.engineers[e]
    colour = facts.colours[engineer.name]
    page.put(row, 1, engineer.name, Look(fill=colour, wrap=True))
    shares = [engineer.at(week).share for week in facts.problem.weeks]
    page.put(row, 2, float(sum(shares) / len(shares)), AMOUNT)  # on average, if it changes
    for n in range(roles):
        page.put(row, 3 + n, work.shown(work.by_person("done", roles), e, n), WEEKS)
    total, owed, carried = letters(3 + roles), letters(4 + roles), letters(5 + roles)
    done, owes, before = (work.of_all_roles(each, e) for each in ("done", "owed", "carried in"))
    page.put(row, 3 + roles, Formula(f"SUM(C{row}:{letters(2 + roles)}{row})", done.value), STRONG)
    page.put(row, 4 + roles, owes, AMOUNT)
    page.put(row, 5 + roles, before, SIGNED)
    balance = Formula(
        f"ROUND({carried}{row}+{total}{row}-{owed}{row},9)",
        round(before.value + done.value - owes.value, 9),
    )
    page.put(row, 6 + roles, balance, SIGNED.but(bold=True))
    page.put(row, 7 + roles, _days(work, e, HOLIDAY, worked), COUNT)
    page.put(row, 8 + roles, _days(work, e, FESTIVAL, worked), COUNT)
    for column, name in enumerate(("shortest", "longest"), start=9 + roles):
        page.put(row, column, work.shown(work.by_person(name), e), COUNT)
    page.put(row, 11 + roles, _in_words(work, row, e), QUIET.but(wrap=False))


def _days_worked(work: Workings) -> Days:
    """How often each engineer, by number, is on duty on days off of each kind."""
    days, value = work.own_days, work.value
    found: Days = Counter()
    for row in range(days.rows):
        times = value(days, row, 3)
        found[value(days, row, 0), value(days, row, 1)] += times if isinstance(times, int) else 0
    return found


def _days(work: Workings, e: int, kind: int, worked: Days) -> Formula:
    days = work.own_days
    columns = [days.seen(days.down(column)) for column in (0, 1, 3)]
    text = f"SUMPRODUCT(({columns[0]}={e + 1})*({columns[1]}={kind})*{columns[2]})"
    return Formula(text, worked[e + 1, kind])


def _in_words(work: Workings, row: int, e: int) -> Formula:
    """“Mei: 7 weeks, fair share 6.7, carried in −0.3”"""
    name, total, owed, carried = (
        f"{letters(column)}{row}" for column in (1, *range(3 + work.roles, 6 + work.roles))
    )
    weeks, before_now = rounding(total), rounding(f"ABS({carried})")
    text = (
        f'{name}&": "&{weeks}&IF({weeks}=1," week"," weeks")&", fair share "'
        f'&{rounding(owed)}&IF({before_now}=0,"",", carried in "'
        f'&IF({carried}>0,"+","−")&{before_now})'
    )
    done, share, before = (
        rounded(work.of_all_roles(each, e).value) for each in ("done", "owed", "carried in")
    )
    said = f"{work.facts.names[e]}: {done} week{'' if done == 1 else 's'}, fair share {share}"
    if before:
        said += f", carried in {'+' if before > 0 else '−'}{abs(before)}"
    return Formula(text, said)


def _others(page: Page, work: Workings, row: int, titles: Sequence[str]) -> None:
    """Duties done by nobody above: a mistyped name shows here."""
    page.put_row(row, [OTHERS, *[None] * (len(titles) - 1)], QUIET)
    doing, runs = work.by_day("doing", work.seats), work.by_day("runs", work.seats)
    for n, seats in enumerate(work.facts.strands):
        column, filled = letters(3 + n), []
        for s in seats:
            there = f'({doing.seen(doing.across(s))}<>"")'
            if not work.facts.every_week[s]:
                there += f"*{runs.seen(runs.across(s))}"
            filled.append(f"SUMPRODUCT(1*{there})")
        days = filled[0] if len(filled) == 1 else f"({'+'.join(filled)})"
        each = len(work.facts.part_days(seats[0]))
        text = f"ROUND({days}/{each}-SUM({column}2:{column}{row - 1}),6)"
        page.put(row, 3 + n, Formula(text, _strangers(work, seats)), WEEKS)
    total = sum(map(partial(_strangers, work), work.facts.strands))
    text = f"SUM(C{row}:{letters(2 + work.roles)}{row})"
    page.put(row, 3 + work.roles, Formula(text, total), STRONG)
    seen = f"A{row}:{letters(3 + work.roles)}{row}"
    page.highlight(seen, f"${letters(3 + work.roles)}${row}>0", RED)


def _strangers(work: Workings, seats: Sequence[int]) -> float:
    facts = work.facts
    names = dict.fromkeys(name for s in seats for name in facts.doing[s])
    strangers = [name for name in names if name and not facts.number(name)]
    return round(weeks_done(facts, seats, strangers), 6)


def _spread(page: Page, work: Workings, row: int, titles: Sequence[str]) -> None:
    """Between those who are there throughout with a full share."""
    page.put_row(row, [SPREAD, *[None] * (len(titles) - 1)], TEXT.but(bold=True))
    block = work.by_person(THROUGHOUT)
    totals = [v for e in range(work.people) if isinstance(v := work.value(block, e), int | float)]
    cells = block.seen(block.down())
    spread = Formula(f"MAX({cells})-MIN({cells})", rounded(max(totals) - min(totals)))
    page.put(row, titles.index("Total") + 1, spread, STRONG)


def _chart(page: Page, last: int, roles: int, row: int) -> None:
    """A column of weeks an engineer, in one piece a role, and a mark at each one's fair share."""

    def down(column: int) -> str:
        return page.range_of(2, column, last, column)

    pieces = range(3, 3 + roles)
    page.chart = Chart(
        _CHART_TITLE,
        f"{_CHART_TITLE}: a column for each of {last - 1} engineers, in one piece for each role, "
        "with a mark at the fair share. The same numbers stand in the table above.",
        row=row,
        width=max(24.0, min(60.0, 1.3 * last)),
        height=11.0,
        names=down(1),
        bars=[(f"{quoted_title(page.title)}!{letters(c)}1", down(c)) for c in pieces],
        marks=("fair share", down(4 + roles)),
        lines=last < 30,
    )
