"""Who holds what: read from the Rota sheet by week, wherever people moved its rows; who does
each day, stand-ins included; and who is away when, typed vacations included.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from planner.cells.facts import WHOLE_WEEK, Facts
from planner.cells.formulas import Formula
from planner.cells.references import DAY_ZERO, Block, CellValue, quoted
from planner.cells.text import squeezed
from planner.cells.workings import (
    AWAY_FROM,
    AWAY_UNTIL,
    AWAY_WHO,
    COVER_BY,
    COVER_FROM,
    COVER_ROLE,
    COVER_ROOM,
    COVER_ROTATION,
    COVER_UNTIL,
    COVER_WHO,
    Workings,
)
from planner.domain import Cover, Engineer, Role, Rotation
from planner.domain.quarters import Horizon
from planner.files.workbook.titles import ROTA

FIRST_DUTY_COLUMN = 4
"""Of the Rota sheet."""

_COVER_RANKS = 1000
_BELOW_RANKS = _COVER_RANKS + 1
"""Rows of the Cover sheet are counted down from here, so that MAX finds the first."""

_TYPED_IN_TURN, _MOST_IN_TURN = 2, 60
"""Rows in turn on one date of a duty: as many may be typed besides the written ones; and what
Excel can nest."""

_A_DAY = timedelta(days=1)
"""A night of the last week's last date ends on the next one."""

ROOM_FOR_WEEKS = 50
"""Rows below the written ones that people may fill."""


def rota_column(work: Workings, number: int) -> str:
    """A column of the Rota sheet, with room for rows that people insert at the end."""
    block = Block(ROTA, 2, number, work.weeks + ROOM_FOR_WEEKS, 1)
    return block.seen(block.down())


def fill(work: Workings) -> None:
    """People, weeks, holders, days and absences."""
    _people(work)
    _weeks(work)
    _holders(work)
    _days(work)
    _away(work)


def _people(work: Workings) -> None:
    names, numbers = work.by_person("name"), work.by_person("number")
    work.put_column(names, 0, work.facts.names)
    work.put_column(numbers, 0, range(1, work.people + 1))


def _weeks(work: Workings) -> None:
    week, first, last = work.by_week("week"), work.by_week("first"), work.by_week("last")
    row = work.by_week("row in Rota")
    weeks = work.facts.problem.weeks
    before = weeks[0].later(-1)
    work.put(week, -1, 0, before.name)
    work.put(first, -1, 0, before.first)
    for w, each in enumerate(weeks):
        work.put(week, w, 0, each.name)
        work.put(first, w, 0, each.first)
        work.put(last, w, 0, each.last)
        name, column = week.at(w), rota_column(work, 1)
        found = f"IF(COUNTIF({column},{name})=0,0,MATCH({name},{column},0))"
        work.put(row, w, 0, Formula(found, w + 1))


def _holders(work: Workings) -> None:
    facts = work.facts
    holder, number = work.by_week("holder", work.seats), work.by_week("number", work.seats)
    planned = work.by_week("planned", work.seats)
    row, names = work.by_week("row in Rota"), work.by_person("name").down()
    numbers = work.by_person("number").down()
    columns = [rota_column(work, FIRST_DUTY_COLUMN + s) for s in range(work.seats)]
    for s, title in enumerate(facts.titles):
        work.put(holder, -2, s, title)
        work.put(number, -1, s, facts.held_before[s])
    for w in range(work.weeks):
        at = row.at(w)
        for s in range(work.seats):
            name, cell = facts.holders[w][s], holder.at(w, s)
            found = f'IF({at}=0,"",TRIM(INDEX({columns[s]},{at})))'
            work.put(holder, w, s, Formula(found, name))
            found = f'IF({cell}="",0,SUMPRODUCT(MAX(({names}={cell})*{numbers})))'
            work.put(number, w, s, Formula(found, facts.held_by[w][s]))
            work.put(planned, w, s, name)


def _covers(work: Workings) -> Block:
    """The rows of the Cover sheet: who, from, until, by whom, and for each seat that the row
    speaks of a rank, the higher the further up. Empty rotations and roles speak of any."""
    facts = work.facts
    room = len(facts.covers) + COVER_ROOM
    block = work.list_below("covers", room, 4 + work.seats)
    ranks = _COVER_RANKS
    named = tuple((r.name, tuple(dict.fromkeys((o.name, o.shared)))) for r, o in facts.seats)
    texts = _cover_texts(block, named)
    values: list[list[CellValue]] = [["", "", "", "", *[0] * work.seats] for _ in range(room)]
    for n, cover in enumerate(facts.covers):
        who, by = squeezed(cover.engineer), squeezed(cover.stand_in)
        meant = [_speaks_of(cover, rotation, role) for rotation, role in facts.seats]
        values[n] = [who, cover.start, cover.end, by, *(m * (ranks - n) for m in meant)]
    work.put_formulas(block, texts, values)
    return block


@lru_cache(maxsize=64)
def _cover_texts(
    block: Block, seats: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, ...], ...]:
    """A row of formulas for each row of the Cover sheet. ``seats`` are rotations and the names of
    each role: its own, and what seats that are alike share."""
    found = []
    for n in range(block.rows):
        who, since, until, by, rotation_cell, role_cell = (
            f"INDEX({name},{n + 1})"
            for name in (
                *(COVER_WHO, COVER_FROM, COVER_UNTIL, COVER_BY),
                *(COVER_ROTATION, COVER_ROLE),
            )
        )
        ranks = (
            f'IF({block.at(n)}="",0,{_COVER_RANKS - n}*'
            f'(({rotation_cell}="")+({rotation_cell}={quoted(rotation)})>0)*'
            f'(({role_cell}=""){"".join(f"+({role_cell}={quoted(role)})" for role in roles)}>0))'
            for rotation, roles in seats
        )
        dates = (f'IF({day}="","",{day})' for day in (since, until))
        gone = f"ROWS({COVER_WHO})<{n + 1}"  # people delete rows
        texts = (f"TRIM({who})", *dates, f"TRIM({by})")
        found.append((*(f'IF({gone},"",{text})' for text in texts), *ranks))
    return tuple(found)


def _speaks_of(cover: Cover, rotation: Rotation, role: Role) -> bool:
    return cover.rotation in ("", rotation.name) and cover.role in ("", role.name, role.shared)


def _days(work: Workings) -> None:
    """Who does each day. A stand-in may have a stand-in in turn, in a row further down: each step
    is a block. Where more are typed than there are blocks, what follows cannot be checked."""
    facts, holder, covers = work.facts, work.by_week("holder", work.seats), _covers(work)
    any_cover = work.single(
        "covers", Formula(f'SUMPRODUCT(--({covers.down()}<>""))', len(facts.covers))
    )
    any_cover = covers.seen(any_cover)
    dates = work.by_day("date")
    steps = range(1, min(_most_rows(facts) + _TYPED_IN_TURN, _MOST_IN_TURN) + 1)
    taken = tuple(work.by_day(f"cover {n} in turn", work.seats) for n in steps)
    doing = work.by_day("doing", work.seats)
    blocks = (*taken, doing)
    for d, day in enumerate(facts.days):
        work.put(dates, 0, d, day)
    for s in range(work.seats):
        texts = _day_texts(s, any_cover, holder, covers, dates, taken, doing)
        ranks: list[Sequence[int]] = [[0] * len(taken)] * len(facts.days)
        if facts.covers:
            ranks = [_rows_of(facts, s, day, len(taken)) for day in facts.days]
        values = (*zip(*ranks, strict=True), facts.doing[s])
        begin = facts.part_days(s)
        if begin == WHOLE_WEEK:
            for block, row, comes_to in zip(blocks, texts, values, strict=True):
                work.put_formulas(block, [row], [comes_to], s)
            continue
        for d in range(len(facts.days)):
            if d % 7 not in begin:
                work.put(doing, s, d, "")
                continue
            for block, row, comes_to in zip(blocks, texts, values, strict=True):
                work.put(block, s, d, Formula(row[d], comes_to[d]))


@lru_cache(maxsize=64)
def _day_texts(
    s: int,
    any_cover: str,
    holder: Block,
    covers: Block,
    dates: Block,
    taken: tuple[Block, ...],
    doing: Block,
) -> tuple[tuple[str, ...], ...]:
    """For each day of a seat, the first row of the Cover sheet that takes it from its holder, the
    next one that takes it on, and so forth; and who does it: an error where that is not known,
    because there are more rows in turn than steps."""
    by, found = covers.seen(covers.down(3)), []
    for d in range(doing.columns):
        held, when = holder.seen(holder.at(d // 7, s)), dates.at(0, d)
        row, does = [f"IF({any_cover}=0,0,{_first_cover(covers, s, held, when)})"], held
        for block in taken:
            rank = block.at(s, d)
            stand_in = f"INDEX({by},{_BELOW_RANKS}-{rank})"
            taken_on = _first_cover(covers, s, stand_in, when, below=rank)
            if block is taken[-1]:
                stand_in = f"IF({taken_on}=0,{stand_in},NA())"
            else:
                row.append(f"IF({rank}=0,0,{taken_on})")
            does = f"IF({rank}=0,{does},{stand_in})"
        found.append((*row, does))
    return tuple(zip(*found, strict=True))


def _first_cover(covers: Block, s: int, name: str, day: str, below: str = "") -> str:
    """The rank of the first row that takes a day of a duty from somebody; 0 if there is none."""
    who, since, until, rank = (covers.seen(covers.down(n)) for n in (0, 1, 2, 4 + s))
    further = f"*({rank}<{below})" if below else ""
    return f"SUMPRODUCT(MAX(({who}={name})*({since}<={day})*({until}>={day}){further}*{rank}))"


def _rows_on(facts: Facts, s: int, day: date) -> list[tuple[int, Cover]]:
    """The rows of the Cover sheet that speak of a date of a seat, with their ranks."""
    return [
        (_COVER_RANKS - n, cover)
        for n, cover in enumerate(facts.covers)
        if _speaks_of(cover, *facts.seats[s]) and cover.start <= day <= cover.end
    ]


def _most_rows(facts: Facts) -> int:
    """How many of those there are at most."""
    if not facts.covers:
        return 0
    seats = range(len(facts.seats))
    return max(len(_rows_on(facts, s, day)) for s in seats for day in facts.days)


def _rows_of(facts: Facts, s: int, day: date, steps: int) -> list[int]:
    """The rank of the row that takes the day from its holder, of the next that takes it on …"""
    doing, found = facts.holders[(day - facts.days[0]).days // 7][s], []
    for rank, cover in _rows_on(facts, s, day):
        if squeezed(cover.engineer).casefold() == doing.casefold():
            found.append(rank)
            doing = squeezed(cover.stand_in)
    return [*found, *[0] * steps][:steps]


def _away(work: Workings) -> None:
    """Of each engineer in each week, how many vacations keep them from its duties."""
    horizon = work.facts.problem.horizon
    there = [_employed_then(engineer, horizon) for engineer in work.facts.engineers]
    for shape, counts in enumerate(work.facts.away_by_shape):
        texts = _away_texts(work.by_person("name"), work.overlaps(shape), tuple(there))
        work.put_formulas(work.away_of(shape), texts, [*zip(*counts, strict=True)])


@lru_cache(maxsize=64)
def _away_texts(
    names: Block, overlaps: tuple[str, ...], there: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    whose = [f"SUMPRODUCT(({AWAY_WHO}=${names.at(e)})*{then}" for e, then in enumerate(there)]
    return tuple(tuple(f"{who}{when})" for when in overlaps) for who in whose)


def _employed_then(engineer: Engineer, horizon: Horizon) -> str:
    """Of each row of the Vacations sheet, as a factor, whether any of it lies between joining and
    leaving; nothing where that is so of all that touch the planned weeks."""
    joined, left = engineer.joined, engineer.left
    late, early = joined and joined > horizon.first, left and left <= horizon.last + _A_DAY
    since = f"({AWAY_UNTIL}>={(joined - DAY_ZERO).days})*" if joined and late else ""
    until = f"({AWAY_FROM}<={(left - DAY_ZERO).days})*" if left and early else ""
    return since + until
