"""What the cells of the Overview's grid say of an engineer's weeks, following edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from planner.cells.formulas import Formula
from planner.cells.references import Block, quoted
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.seat_codes import FEW_SEATS, SeatCodes, seat_codes
from planner.files.workbook.workings.weeks_off import AWAY, week_signs


def cells(work: Workings, e: int) -> Iterator[Formula]:
    """Of each week, the letter of a duty with its marks, (in brackets) of one that is stood in for,
    and the signs of an absence, a festival or a public holiday."""
    names = ("number", "marks", "first stand-in", "last stand-in")
    blocks = (work.by_week(name, work.seats) for name in names)
    codes, away = seat_codes(work), [_away(work, w, e) for w in range(work.weeks)]
    absent = tuple(each.text for each in away)
    texts = _texts(e, codes, work.one("covers")[0], absent, work.by_person("name"), *blocks)
    signs = [week_signs(work.facts, e, shape) for shape in range(len(work.facts.shapes))]
    for w, text in enumerate(texts):
        off = _of_own_dates(work, w, e, [Formula(quoted(each[w]), each[w]) for each in signs])
        said = text if off.text == quoted("") else f"{text}&{off.text}"
        sign = AWAY if away[w].value else ""
        yield Formula(said, f"{_duty(work, w, e, codes)}{sign}{off.value}")


@lru_cache(maxsize=256)
def _texts(
    e: int,
    codes: SeatCodes,
    covers: str,
    away: tuple[str, ...],
    name: Block,
    number: Block,
    marks: Block,
    first: Block,
    last: Block,
) -> tuple[str, ...]:
    me, found = name.seen(name.at(e)), []
    for w in range(number.rows):
        duty = stood = '""'
        if number.columns > FEW_SEATS:
            row, own = number.seen(number.across(w)), marks.seen(marks.across(w))
            duty = codes.first(f"({row}={e + 1})", own)
            both = (block.seen(block.across(w)) for block in (first, last))
            stand_in = codes.first(f"({'+'.join(f'({cells}={me})' for cells in both)}>0)")
            stood = f'IF({stand_in}="","","("&{stand_in}&")")'
        else:
            for s, code in reversed([*enumerate(codes.names)]):
                mine, mark = number.seen(number.at(w, s)), marks.seen(marks.at(w, s))
                duty = f'IF({mine}={e + 1},"{code}"&{mark},{duty})'
                one, other = first.seen(first.at(w, s)), last.seen(last.at(w, s))
                stood = f'IF(({one}={me})+({other}={me})>0,"({code})",{stood})'
        found.append(f'{duty}&IF({covers}=0,"",{stood})&IF({away[w]}>0,"{AWAY}","")')
    return tuple(found)


def _duty(work: Workings, w: int, e: int, codes: SeatCodes) -> str:
    """What such a cell says of duties."""
    facts, marks, said = work.facts, work.by_week("marks", work.seats), ""
    for s in range(work.seats):
        if facts.held_by[w][s] == e + 1:
            said = codes.names[s] + str(work.value(marks, w, s) or "")
            break
    if facts.covers:
        blocks = [work.by_week(f"{which} stand-in", work.seats) for which in ("first", "last")]
        for s in range(work.seats):
            if facts.names[e] in (work.value(block, w, s) for block in blocks):
                return f"{said}({codes.names[s]})"
    return said


def _away(work: Workings, w: int, e: int) -> Formula:
    """How many vacations the engineer has in the week; on the dates of a duty, of who has one."""
    blocks = [work.away_of(shape) for shape in range(len(work.facts.shapes))]
    counts = work.facts.away_by_shape
    by_shape = [
        Formula(block.seen(block.at(e, w)), count[w][e])
        for block, count in zip(blocks, counts, strict=True)
    ]
    return _of_own_dates(work, w, e, by_shape)


def _of_own_dates(work: Workings, w: int, e: int, by_shape: Sequence[Formula]) -> Formula:
    """Of what is known of each shape, that of the duty that the engineer holds; or of the week."""
    facts, found = work.facts, by_shape[0]
    if len(by_shape) == 1:
        return found
    number = work.by_week("number", work.seats)
    for shape, of_shape in reversed(
        [(n, [*s]) for n, s in groupby(range(work.seats), facts.shape)]
    ):
        own = by_shape[shape]
        if shape and (own.text, own.value) != (found.text, found.value):
            mine = number.seen(number.across(w, of_shape[0], of_shape[-1]))
            holds = any(facts.held_by[w][s] == e + 1 for s in of_shape)
            value = own.value if holds else found.value
            found = Formula(f"IF(COUNTIF({mine},{e + 1})>0,{own.text},{found.text})", value)
    return found
