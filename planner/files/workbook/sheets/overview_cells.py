"""What the cells of the Overview's grid say of an engineer's weeks, following edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from planner.cells.facts import Facts
from planner.cells.formulas import Condition, Formula, joined, total, when
from planner.cells.references import Block, quoted
from planner.files.workbook.workings import Workings
from planner.files.workbook.workings.seat_codes import FEW_SEATS, SeatCodes, seat_codes
from planner.files.workbook.workings.weeks_off import AWAY, week_signs


def cells(work: Workings, e: int) -> Iterator[Formula]:
    """Of each week, the letter of a duty with its marks, (in brackets) of one that is stood in for,
    and the signs of an absence, a festival or a public holiday."""
    names = ("number", "marks", "first stand-in", "last stand-in")
    blocks = (work.by_week(name, work.seats) for name in names)
    of_shapes = [work.away_of(shape) for shape in range(len(work.facts.shapes))]
    codes, away = seat_codes(work), [_away(work, w, e, of_shapes) for w in range(work.weeks)]
    absent = tuple(each.text for each in away)
    several, covers = work.facts.settings.one_duty != "a week", work.one("covers")[0]
    duties = _duties(work, e, codes)
    texts = _texts(e, codes, several, covers, absent, work.by_person("name"), *blocks)
    signs = [week_signs(work.facts, e, shape) for shape in range(len(work.facts.shapes))]
    for w, text in enumerate(texts):
        off = _signs(work, w, e, [each[w] for each in signs])
        said = text if off.text == quoted("") else f"{text}&{off.text}"
        sign = AWAY if away[w].value else ""
        yield Formula(said, f"{duties[w]}{sign}{off.value}")


@lru_cache(maxsize=256)
def _texts(
    e: int,
    codes: SeatCodes,
    several: bool,
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
        if several:
            duty, stood = _all_of(w, f"{e + 1}", me, codes, number, marks, first, last)
        elif number.columns > FEW_SEATS:
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


def _all_of(
    w: int,
    number: str,
    name: str,
    codes: SeatCodes,
    held: Block,
    marks: Block,
    first: Block,
    last: Block,
) -> tuple[str, str]:
    """The letters of all duties that an engineer holds in a week, “1+2”, and of those stood in."""
    duty, stood = [], []
    for s, code in enumerate(codes.names):
        holder, mark, one, other = (b.seen(b.at(w, s)) for b in (held, marks, first, last))
        duty.append(f'IF({holder}={number},"{code}"&{mark}&" ","")')
        stood.append(f'IF(({one}={name})+({other}={name})>0,"({code})","")')
    return f'SUBSTITUTE(TRIM({"&".join(duty)})," ","+")', "&".join(stood)


def _duties(work: Workings, e: int, codes: SeatCodes) -> list[str]:
    """What such cells say of duties."""
    facts, marks = work.facts, work.by_week("marks", work.seats)
    blocks = [work.by_week(f"{which} stand-in", work.seats) for which in ("first", "last")]
    most, found = work.seats if facts.settings.one_duty != "a week" else 1, []
    for w, row in enumerate(facts.held_by):
        held = [
            codes.names[s] + str(work.value(marks, w, s) or "")
            for s, number in enumerate(row)
            if number == e + 1
        ]
        stood = [
            f"({codes.names[s]})"
            for s in (range(work.seats) if facts.covers else ())
            if facts.names[e] in (work.value(block, w, s) for block in blocks)
        ]
        found.append("+".join(held[:most]) + "".join(stood[:most]))
    return found


def _away(work: Workings, w: int, e: int, blocks: Sequence[Block]) -> Formula:
    """How many vacations the engineer has in the week; on the dates of a duty, of who has one."""
    by_shape = [
        Formula(block.seen(block.at(e, w)), count[w][e])
        for block, count in zip(blocks, work.facts.away_by_shape, strict=True)
    ]
    return _of_own_dates(work, w, e, by_shape)


def _signs(work: Workings, w: int, e: int, by_shape: Sequence[str]) -> Formula:
    """The signs of days off on the dates of the duties that the engineer holds, or of the week."""
    if work.facts.settings.one_duty == "a week":
        return _of_own_dates(work, w, e, [Formula(quoted(each), each) for each in by_shape])
    found = [Formula(quoted(""), "")]
    for sign in dict.fromkeys("".join(by_shape)):
        shown = [Formula(str(int(sign in each)), int(sign in each)) for each in by_shape]
        found.append(when(_of_own_dates(work, w, e, shown).over(0), sign, ""))
    return joined(*found)


def _of_own_dates(work: Workings, w: int, e: int, by_shape: Sequence[Formula]) -> Formula:
    """Of what is known of each shape, that of the duty that the engineer holds, or of the week; of
    several duties, the sum."""
    facts, found = work.facts, by_shape[0]
    if len(by_shape) == 1:
        return found
    number, several = work.by_week("number", work.seats), facts.settings.one_duty != "a week"
    holding = [
        (by_shape[shape], _holds(facts, number, w, e, [*seats]))
        for shape, seats in groupby(range(work.seats), facts.shape)
        if shape or several
    ]
    if several:
        anything = total(held for _, held in holding).over(0)
        return when(anything, total(when(held, own, 0) for own, held in holding), found)
    for own, held in reversed(holding):
        if (own.text, own.value) != (found.text, found.value):
            found = when(held, own, found)
    return found


def _holds(facts: Facts, number: Block, w: int, e: int, seats: Sequence[int]) -> Condition:
    """Whether the engineer holds one of these seats, side by side, in a week."""
    mine = number.seen(number.across(w, seats[0], seats[-1]))
    return Condition(f"COUNTIF({mine},{e + 1})>0", any(facts.held_by[w][s] == e + 1 for s in seats))
