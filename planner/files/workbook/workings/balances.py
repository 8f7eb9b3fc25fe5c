"""Owed, done, carried in and balance of each engineer, seat by seat, following edits; gaps between
duties; and days off on which somebody is on duty. ``planner.problem.ledger`` defines them.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from planner.cells.facts import Facts
from planner.cells.formulas import Formula
from planner.cells.references import DAY_ZERO, Block, as_number, fixed, quoted, runs
from planner.cells.workings import (
    AWAY_FROM,
    AWAY_KIND,
    AWAY_UNTIL,
    AWAY_WHO,
    FESTIVAL,
    HOLIDAY,
    Workings,
)
from planner.domain import PRIMARY
from planner.files.workbook.titles import UNSAID, USUAL_KIND

NO_GAP = 1000
"""More weeks than any gap has: whoever never held the seat has waited since the year 1900."""


def fill(work: Workings) -> None:
    """The ledger by seat, gaps, and days off worked."""
    _owing(work)
    _accounts(work)
    _gaps(work)
    _days_off(work)


def _owing(work: Workings) -> None:
    """Each week's shares of those who owe, and for each seat one over their sum."""
    facts = work.facts
    excuses = _excuses(facts)
    any_excuse = work.single(
        "rows that excuse", Formula(f'SUMPRODUCT(({AWAY_WHO}<>""){excuses})', _excusing(facts))
    )
    shares, inverse = work.by_week("shares", work.people), work.by_week("inverse", work.seats)
    groups, row_of = _groups_of_members(work)
    first, last, names = work.by_week("first"), work.by_week("last"), work.by_person("name")
    owing = _shares(facts)
    for w in range(work.weeks):
        for e in range(work.people):
            if not owing[w][e]:
                work.put(shares, w, e, 0)
                continue
            share = repr(as_number(owing[w][e]))
            excused = (
                f"SUMPRODUCT(({AWAY_WHO}={fixed(names.at(e))})*({AWAY_FROM}<={last.at(w)})"
                f"*({AWAY_UNTIL}>={first.at(w)}){excuses})"
            )
            text = f"IF({any_excuse}=0,{share},{share}*({excused}=0))"
            work.put(shares, w, e, Formula(text, float(owing[w][e])))
        for s in range(work.seats):
            if facts.runs[w][s]:
                members = sorted(_members(facts, w, s))
                total = sum((owing[w][e] for e in members), Fraction(0))
                value = float(1 / total) if total else 0
                there = f"SUMPRODUCT({shares.across(w)},{groups.across(row_of[tuple(members)])})"
                work.put(inverse, w, s, Formula(f"IF({there}=0,0,1/{there})", value))


def _groups_of_members(work: Workings) -> tuple[Block, dict[tuple[int, ...], int]]:
    """A row for each set of people who owe a seat together: 1 for each of them, 0 for others."""
    found = dict.fromkeys(
        tuple(sorted(_members(work.facts, w, s)))
        for w in range(work.weeks)
        for s in range(work.seats)
    )
    row_of = {members: row for row, members in enumerate(found)}
    groups = work.list_below("who owe together", len(found), work.people)
    for members, row in row_of.items():
        for e in range(work.people):
            work.put(groups, row, e, int(e in members))
    return groups, row_of


def _excuses(facts: Facts) -> str:
    """Factors that are 1 for rows whose kind of absence lowers what one owes."""
    owed_during = facts.settings.owed_during
    kinds = [UNSAID, *owed_during, *([""] if USUAL_KIND in owed_during else [])]
    return "".join(f"*({AWAY_KIND}<>{quoted(kind)})" for kind in dict.fromkeys(kinds))


def _excusing(facts: Facts) -> int:
    """How many written rows say a kind that lowers what one owes."""
    settings = facts.settings
    kinds = [vacation.kind for vacation in facts.vacations if settings.show_reasons]
    return sum(kind not in (UNSAID, *settings.owed_during) for kind in kinds)


def _shares(facts: Facts) -> list[list[Fraction]]:
    """What each engineer's share counts in each week: nothing while not a member or excused."""
    team, membership = facts.problem.team, facts.problem.membership
    found = []
    for week in facts.problem.weeks:
        shares = {
            member.name: member.share
            for rotation in team.rotations
            for member in membership.in_week(rotation, week)
        }
        row = []
        for engineer in facts.engineers:
            kinds = {vacation.kind for vacation in team.away(engineer.name, week)}
            owes = kinds <= set(team.settings.owed_during)
            row.append(shares.get(engineer.name, Fraction(0)) if owes else Fraction(0))
        found.append(row)
    return found


def _members(facts: Facts, w: int, s: int) -> set[int]:
    """Who owes the seat in a week, absences aside."""
    rotation, role = facts.seats[s]
    there = facts.problem.membership.in_week(rotation, facts.problem.weeks[w])
    return {
        facts.problem.engineer_index[member.name]
        for member in there
        if member.may_hold(role) and member.name in facts.problem.engineer_index
    }


def _owed(work: Workings, e: int, s: int, members: list[set[int]]) -> str:
    """The engineer's parts of the seat's duties; of an optional one never more than can be held."""
    shares, inverse = work.by_week("shares", work.people), work.by_week("inverse", work.seats)
    role = work.facts.seats[s][1]
    capped, most = role.optional and role.weeks == "every", work.facts.settings.most_of_time
    parts = []
    for a, b in runs(w for w in range(work.weeks) if e in members[w]):
        part = f"{shares.down(e, a, b)}*{inverse.down(s, a, b)}"
        if capped:
            part = f"(({part})<={most})*({part})+(({part})>{most})*{most}"
        parts.append(f"SUMPRODUCT({part})")
    return "+".join(parts) or "0"


def _accounts(work: Workings) -> None:
    facts = work.facts
    carried, owed = work.by_person("carried in", work.seats), work.by_person("owed", work.seats)
    done, names = work.by_person("done", work.seats), work.by_person("name")
    doing, running = work.by_day("doing", work.seats), work.by_day("runs", work.seats)
    counted = work.by_person("counted", work.seats)
    for s, (rotation, role) in enumerate(facts.seats):
        if not facts.every_week[s]:
            for d in range(7 * work.weeks):
                work.put(running, s, d, int(facts.runs[d // 7][s]))
        members = [_members(facts, w, s) for w in range(work.weeks)]
        for e, engineer in enumerate(facts.engineers):
            account = facts.accounts[engineer.name, rotation.name, role.name]
            work.put(carried, e, s, account[0])
            work.put(counted, e, s, account[3])
            text = _owed(work, e, s, members)
            work.put(owed, e, s, Formula(text, account[1]))
            held = f"({doing.seen(doing.across(s))}={names.at(e)})"
            if facts.every_week[s]:
                text = f"SUMPRODUCT(--{held})/7"
            else:
                text = f"SUMPRODUCT({held}*{running.seen(running.across(s))})/7"
            work.put(done, e, s, Formula(text, _done(facts, e, s)))


def _done(facts: Facts, e: int, s: int) -> float:
    """Days by name: in weeks in which the role runs, whoever was meant to have them."""
    days = sum(
        name == facts.names[e] and facts.runs[d // 7][s] for d, name in enumerate(facts.doing[s])
    )
    return days // 7 if days % 7 == 0 else days / 7


def _gaps(work: Workings) -> None:
    """Weeks since the holder last held the same seat, before the quarter's edge too."""
    facts = work.facts
    before = work.by_person("last held", work.seats)
    number, first = work.by_week("number", work.seats), work.by_week("first")
    gap = work.by_week("gap", work.seats)
    history = _last_held(facts)
    for e in range(work.people):
        for s in range(work.seats):
            work.put(before, e, s, history.get((e + 1, s), 0))
    for s in range(work.seats):
        last = {e: day for (e, seat), day in history.items() if seat == s}
        for w, week in enumerate(facts.problem.weeks):
            held, cell = facts.held_by[w][s], number.at(w, s)
            text = (
                f"IF({cell}=0,{NO_GAP},MIN({NO_GAP},({first.at(w)}-MAX(SUMPRODUCT(MAX(("
                f"{number.down(s, -1, w - 1)}={cell})*{first.down(0, -1, w - 1)})),"
                f"{work.person('last held', cell, s)}))/7))"
            )
            days = (week.first - last.get(held, DAY_ZERO)).days
            work.put(gap, w, s, Formula(text, min(NO_GAP, days // 7) if held else NO_GAP))
            last[held] = week.first


def _last_held(facts: Facts) -> dict[tuple[int, int], date]:
    seats = {(rotation.name, role.name): s for s, (rotation, role) in enumerate(facts.seats)}
    numbers = {engineer.name: e for e, engineer in enumerate(facts.engineers, start=1)}
    found: dict[tuple[int, int], date] = {}
    for held in facts.problem.history:
        seat = seats.get((held.duty.rotation, held.duty.role))
        if seat is not None and held.engineer in numbers:
            found[numbers[held.engineer], seat] = held.duty.week.first
    return found


def _days_off(work: Workings) -> None:
    """A row for each engineer's own holiday or festival day: who, which kind, how often on duty,
    and the same with primaries counted double."""
    facts = work.facts
    rows = _own_days(facts)
    block = work.list_below("own days off", len(rows), 5)
    doing, names = work.by_day("doing", work.seats), work.by_person("name")
    first = facts.days[0]
    for row, (e, kind, day) in enumerate(rows):
        d = (day - first).days
        cells = [doing.seen(doing.at(s, d)) for s in range(work.seats)]
        on_duty = [facts.doing[s][d] == facts.names[e] for s in range(work.seats)]
        weights = [2 if role.name == PRIMARY else 1 for _, role in facts.seats]
        who = names.at(e)
        times = "0+" + "+".join(f"({cell}={who})" for cell in cells)
        weighed = "+".join(f"{n}*({c}={who})" for n, c in zip(weights, cells, strict=True))
        total = sum(n for n, on in zip(weights, on_duty, strict=True) if on)
        work.put(block, row, 0, e + 1)
        work.put(block, row, 1, kind)
        work.put(block, row, 2, day)
        work.put(block, row, 3, Formula(times, sum(on_duty)))
        work.put(block, row, 4, Formula(weighed, total))


def _own_days(facts: Facts) -> list[tuple[int, int, date]]:
    """(engineer from 0, kind, day), each day once."""
    first, last = facts.days[0], facts.days[-1]
    days_off = facts.problem.days_off
    found = []
    for e, engineer in enumerate(facts.engineers):
        holidays = days_off.counted(engineer.name)
        times = days_off.festivals.get(engineer.name, ())
        festivals = {day for time in times for day in time.days}
        for kind, days in ((HOLIDAY, holidays), (FESTIVAL, festivals)):
            found += [(e, kind, day) for day in sorted(days) if first <= day <= last]
    return found
