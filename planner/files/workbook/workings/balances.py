"""Owed, done, carried in and balance of each engineer, seat by seat, following edits.
``planner.problem.ledger`` defines them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple

from planner.cells.facts import Facts
from planner.cells.formulas import Formula
from planner.cells.references import Block, as_number, fixed, quoted, runs
from planner.cells.workings import (
    AWAY_KIND,
    AWAY_WHO,
    Workings,
)
from planner.domain.absence_kinds import words_for
from planner.files.workbook.titles import UNSAID, USUAL_KIND


def fill(work: Workings) -> None:
    """The ledger by seat."""
    _owing(work)
    _accounts(work)


def _owing(work: Workings) -> None:
    """Each week's shares of those who owe, and for each seat one over their sum."""
    facts = work.facts
    excuses, other = _excuses(facts), _other_words(work)
    text = f'SUMPRODUCT(({AWAY_WHO}<>""){excuses})-{other.cell}'
    any_excuse = work.single("rows that excuse", Formula(text, _excusing(facts)))
    inverse, names = work.by_week("inverse", work.seats), work.by_person("name")
    groups, row_of = _groups_of_members(work)
    owing = [_shares(facts, shape) for shape in range(len(facts.shapes))]
    excused = {
        shape: _excused_texts(names, work.overlaps(shape), excuses, other)
        for shape in _shapes(facts)
    }
    for shape in _shapes(facts):
        rows = [tuple(owed.as_integer_ratio() for owed in row) for row in owing[shape]]
        texts = map(partial(_texts_of_shares, any_excuse), excused[shape], rows)
        values = [[float(owed) if owed else 0 for owed in row] for row in owing[shape]]
        work.put_formulas(_block_of_shares(work, shape), [*texts], values)
    for w in range(work.weeks):
        for s in range(work.seats):
            if facts.runs[w][s]:
                shares, members = _block_of_shares(work, facts.shape(s)), facts.members[w][s]
                owed = owing[facts.shape(s)][w]
                value = _one_over(tuple(owed[e].as_integer_ratio() for e in members))
                there = f"SUMPRODUCT({shares.across(w)},{groups.across(row_of[members])})"
                work.put(inverse, w, s, Formula(f"IF({there}=0,0,1/{there})", value))


@lru_cache(maxsize=256)
def _texts_of_shares(
    any_excuse: str, excused: tuple[str, ...], shares: tuple[tuple[int, int], ...]
) -> tuple[str, ...]:
    """What each engineer's share counts in a week; no formula where it is nothing."""
    said = [repr(as_number(Fraction(*share))) if share[0] else "" for share in shares]
    return tuple(
        share and f"IF({any_excuse}=0,{share},{share}*({excuse}))"
        for share, excuse in zip(said, excused, strict=True)
    )


@lru_cache(maxsize=1024)
def _one_over(shares: tuple[tuple[int, int], ...]) -> float:
    """One over the sum of shares; 0 if that is nothing."""
    total = sum((Fraction(*share) for share in shares), Fraction(0))
    return float(1 / total) if total else 0


class _OtherWords(NamedTuple):
    """Words for kinds of absence that are owed all the same, besides the names of those kinds; and
    the cell that counts the rows of the Vacations sheet in which one was typed."""

    cells: str
    cell: str


def _other_words(work: Workings) -> _OtherWords:
    kinds = work.facts.settings.owed_during
    words = dict.fromkeys(word for kind in kinds for word in words_for(kind) if word not in kinds)
    listed = work.list_below("words for kinds that are owed", 1, max(1, len(words)))
    for n, word in enumerate(words):
        work.put(listed, 0, n, word)
    cells = fixed(listed.across(0))
    text = f'SUMPRODUCT(({AWAY_WHO}<>"")*({AWAY_KIND}<>"")*({AWAY_KIND}={cells}))'
    return _OtherWords(cells, work.single("rows with other words", Formula(text, 0)))


@lru_cache(maxsize=64)
def _excused_texts(
    names: Block, overlaps: tuple[str, ...], excuses: str, other: _OtherWords
) -> tuple[tuple[str, ...], ...]:
    """Whether no absence excuses each engineer (a column) in each week (a row): there are no more
    with a kind that is not owed by its name than with another word for one that is."""
    whose = [f"SUMPRODUCT(({AWAY_WHO}={fixed(names.at(e))})*" for e in range(names.rows)]
    also = f"*({AWAY_KIND}={other.cells})"
    return tuple(
        tuple(
            f"{who}{when}{excuses})<=IF({other.cell}=0,0,{who}{when}{excuses}{also}))"
            for who in whose
        )
        for when in overlaps
    )


def _shapes(facts: Facts) -> list[int]:
    """The shapes that seats have."""
    return sorted({facts.shape(s) for s in range(len(facts.seats))})


def _block_of_shares(work: Workings, shape: int) -> Block:
    """What each engineer's share counts in each week, for duties of that shape."""
    return work.by_week(work.facts.named("shares", shape), work.people)


def _groups_of_members(work: Workings) -> tuple[Block, dict[tuple[int, ...], int]]:
    """A row for each set of people who owe a seat together: 1 for each of them, 0 for others."""
    found = dict.fromkeys(members for row in work.facts.members for members in row)
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


def _shares(facts: Facts, shape: int) -> list[list[Fraction]]:
    """What each engineer's share counts in each week: nothing while not a member or excused."""
    team, membership = facts.problem.team, facts.problem.membership
    found = []
    for week, dates in zip(facts.problem.weeks, facts.dates[shape], strict=True):
        shares = {
            member.name: member.share
            for rotation in team.rotations
            for member in membership.in_week(rotation, week)
        }
        row = []
        for engineer in facts.engineers:
            owes = not any(
                v.kind not in team.settings.owed_during and v.touches(dates)
                for v in team.vacations_of(engineer.name)
            )
            row.append(shares.get(engineer.name, Fraction(0)) if owes else Fraction(0))
        found.append(row)
    return found


def _owed(work: Workings, e: int, seats: Sequence[int]) -> str:
    """The engineer's parts of a role's duties; of an optional one never more than can be held."""
    shares = _block_of_shares(work, work.facts.shape(seats[0]))
    inverse = work.by_week("inverse", work.seats)
    rotation, role = work.facts.seats[seats[0]]
    capped = role.optional and role.weeks == "every"
    most = work.facts.settings.most_of_time(rotation.turn)
    times = f"*{len(seats)}" if len(seats) > 1 else ""
    parts = []
    for a, b in runs(w for w, there in enumerate(work.facts.members) if e in there[seats[0]]):
        part = f"{shares.down(e, a, b)}*{inverse.down(seats[0], a, b)}{times}"
        if capped:
            part = f"(({part})<={most})*({part})+(({part})>{most})*{most}"
        parts.append(f"SUMPRODUCT({part})")
    return "+".join(parts) or "0"


def _accounts(work: Workings) -> None:
    """The ledger by role: seats that are alike have one account."""
    facts, roles = work.facts, work.roles
    carried, owed = work.by_person("carried in", roles), work.by_person("owed", roles)
    done, counted = work.by_person("done", roles), work.by_person("counted", roles)
    running = work.by_day("runs", work.seats)
    for n, strand in enumerate(facts.problem.team.strands):
        seats = facts.strands[n]
        for s in seats if not facts.every_week[seats[0]] else ():
            for d in range(7 * work.weeks):
                work.put(running, s, d, int(facts.runs[d // 7][s]))
        for e, engineer in enumerate(facts.engineers):
            account = facts.accounts[engineer.name, *strand]
            work.put(carried, e, n, account[0])
            work.put(counted, e, n, account[3])
            text = _owed(work, e, seats)
            work.put(owed, e, n, Formula(text, account[1]))
            held = weeks_done(facts, seats, [facts.names[e]])
            work.put(done, e, n, Formula(_days_held(work, e, seats), held))


def _days_held(work: Workings, e: int, seats: Sequence[int]) -> str:
    """The engineer's days in the seats, in weeks."""
    doing, running = work.by_day("doing", work.seats), work.by_day("runs", work.seats)
    name, days = work.by_person("name").at(e), []
    for s in seats:
        held = f"({doing.seen(doing.across(s))}={name})"
        if work.facts.every_week[s]:
            days.append(f"SUMPRODUCT(--{held})")
        else:
            days.append(f"SUMPRODUCT({held}*{running.seen(running.across(s))})")
    each = len(work.facts.part_days(seats[0]))
    return f"{days[0]}/{each}" if len(days) == 1 else f"({'+'.join(days)})/{each}"


def weeks_done(facts: Facts, seats: Sequence[int], names: Iterable[str]) -> float:
    """The days of people, in weeks in which the role runs, whoever was meant to have them; said in
    weeks."""
    mine = [(s, facts.days_of(s, name)) for s in seats for name in names]
    days = sum(
        len(of_seat) if facts.every_week[s] else sum(facts.runs[d // 7][s] for d in of_seat)
        for s, of_seat in mine
    )
    each = len(facts.part_days(seats[0]))
    return days // each if days % each == 0 else days / each
