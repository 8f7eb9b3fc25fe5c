"""How often each rule is broken and where first, and the one banner that sums it up.

A cell that an engine cannot calculate makes all that follows from it an error: nothing here passes
over one, as SUMIF and COUNTIF do, so that no rule is said to hold that was not checked.
"""

from __future__ import annotations

from functools import lru_cache

from planner.cells.formulas import Formula
from planner.cells.references import Block
from planner.cells.text import squeezed
from planner.cells.workings import (
    AWAY_FROM,
    AWAY_UNTIL,
    AWAY_WHO,
    BANNER,
    BROKEN,
    COVER_WHO,
    DIFFERENT,
    TYPED,
    Workings,
)
from planner.files.workbook.titles import ALL_HOLD, COVER, NOT_CHECKED, VACATIONS
from planner.files.workbook.workings.duties import FIRST_DUTY_COLUMN, ROOM_FOR_WEEKS, rota_column
from planner.files.workbook.workings.rules import flags_of
from planner.rules import RULES
from planner.rules.base import Rule

_MOST_SEATS_NAMED = 12

Flags = list[list[int]]
"""Week by week, a flag of a rule for each seat; empty if the team cannot break it."""

NO_ROW_MISSING, CONSECUTIVE = "no row is missing", "weeks are consecutive"
READABLE = "typed rows can be read"
MOST_BROKEN = len(RULES) + 2


def fill(work: Workings) -> None:
    """Verdicts by rule, the number of broken rules and of edited duties, and the banner."""
    broken = []
    for rule in RULES:
        flags = _flags(work, rule) if work.has(flags_of(rule)) else []
        times = _times(work, rule, flags)
        cell = work.single(times_name(rule.NAME), times)
        work.single(place_name(rule.NAME), _place(work, rule, flags))
        broken.append((cell, times.value))
    broken += [(_weeks(work), 0), (_typed(work), 0)]
    text = "+".join(f"({cell}>0)" for cell, _ in broken)
    count = sum(bool(value) for _, value in broken)
    cell = work.single(BROKEN, Formula(text, count))
    work.name(BROKEN, cell)
    said = f'IF({cell}=1,"1 rule broken: see Checks",{cell}&" rules broken: see Checks")'
    said = f'IF(ISERROR({cell}),"{NOT_CHECKED}: see Checks",IF({cell}=0,"{ALL_HOLD}",{said}))'
    banner = Formula(said, banner_of(count))
    work.name(BANNER, work.single(BANNER, banner))
    _edited(work)


def banner_of(broken: int) -> str:
    """The banner for so many broken rules."""
    if broken == 0:
        return ALL_HOLD
    return f"{broken} rule{'s' if broken > 1 else ''} broken: see Checks"


def times_name(rule: str) -> str:
    """The single cell that counts how often a rule is broken."""
    return f"times {rule}"


def place_name(rule: str) -> str:
    """The single cell that says where a rule is broken first."""
    return f"place {rule}"


def _times(work: Workings, rule: Rule, values: Flags) -> Formula:
    if not values:
        return Formula("0", 0)
    flags = work.by_week(flags_of(rule), work.seats)
    text = f'SUMIF({flags.whole},">0")+0*SUM({flags.whole})'
    return Formula(text, sum(max(0, v) for of_week in values for v in of_week))


def _place(work: Workings, rule: Rule, values: Flags) -> Formula:
    """The first week with a flag, and the seats that bear it."""
    if not values:
        return Formula('""', "")
    flags = work.by_week(flags_of(rule), work.seats)
    weeks, holder = work.by_week("week"), work.by_week("holder", work.seats)
    first = work.by_week(f"{rule.NAME} here")
    here = [int(any(of_week)) for of_week in values]
    found = here.index(1) if any(here) else -1
    work.put_formulas(first, _texts_of_weeks(flags), [[flagged] for flagged in here])
    found_at = f"IF(SUM({first.down()})=0,0,MATCH(1,{first.down()},0))"
    row = work.single(f"row {rule.NAME}", Formula(found_at, found + 1))
    seats = range(min(work.seats, _MOST_SEATS_NAMED))
    where = "&".join(
        f'IF(INDEX({flags.down(s)},{row})<>0,", "&{holder.at(-2, s)}&" "'
        f'&INDEX({holder.down(s)},{row}),"")'
        for s in seats
    )
    text = f'IF({row}=0,"",INDEX({weeks.down()},{row})&{where})'
    if found < 0:
        return Formula(text, "")
    said = "".join(
        f", {work.facts.titles[s]} {work.facts.holders[found][s]}"
        for s in seats
        if values[found][s]
    )
    return Formula(text, f"{work.value(weeks, found)}{said}")


@lru_cache(maxsize=64)
def _texts_of_weeks(flags: Block) -> tuple[tuple[str], ...]:
    """Of each week, whether it has a flag."""
    rows = (flags.across(w) for w in range(flags.rows))
    return tuple((f'--(COUNTIF({row},">0")+COUNTIF({row},"<0")>0)',) for row in rows)


def _flags(work: Workings, rule: Rule) -> Flags:
    block = work.by_week(flags_of(rule), work.seats)
    seats = range(work.seats)
    rows = ([work.value(block, w, s) for s in seats] for w in range(work.weeks))
    return [[flag if isinstance(flag, int) else 0 for flag in row] for row in rows]


def _weeks(work: Workings) -> str:
    """Whether the weeks on the Rota sheet are those that were planned, each once; a missing one
    leaves its duties open, and so need not count twice."""
    rows, weeks, column = work.by_week("row in Rota"), work.by_week("week"), rota_column(work, 1)
    text = f"COUNTIF({rows.down()},0)+0*SUM({rows.down()})"
    missing = work.single(times_name(NO_ROW_MISSING), Formula(text, 0))
    first = f'IF({missing}=0,"",INDEX({weeks.down()},MATCH(0,{rows.down()},0)))'
    work.single(place_name(NO_ROW_MISSING), Formula(first, ""))
    strays, times_named = _strays(work), work.by_week("times in Rota")
    for w in range(work.weeks):
        work.put(times_named, w, 0, Formula(f"COUNTIF({column},{weeks.at(w)})", 1))
    text = f"SUM({strays.down()})+SUM({times_named.down()})-{work.weeks}+{missing}"
    times = work.single(times_name(CONSECUTIVE), Formula(text, 0))
    stray = f'INDEX({column},MATCH(1,{strays.down()},0))&""'
    named = f'IF(SUM({strays.down()})=0,"a week has two rows",{stray})'
    work.single(place_name(CONSECUTIVE), Formula(f'IF({times}=0,"",{named})', ""))
    return times


def _strays(work: Workings) -> Block:
    """For each row of the Rota sheet, whether it has duties in a week that is not planned. A cell
    a row, for not every engine looks up whole columns in others."""
    columns = (rota_column(work, FIRST_DUTY_COLUMN + s) for s in range(work.seats))
    strays = work.list_below("rows of other weeks", work.weeks + ROOM_FOR_WEEKS, 1)
    texts = _stray_texts(strays, work.by_week("week"), rota_column(work, 1), tuple(columns))
    work.put_formulas(strays, texts, [[0]] * strays.rows)
    return strays


@lru_cache(maxsize=64)
def _stray_texts(
    strays: Block, weeks: Block, column: str, holders: tuple[str, ...]
) -> tuple[tuple[str], ...]:
    found = []
    for row in range(1, strays.rows + 1):
        name = f"INDEX({column},{row})"
        filled = "+".join(f'(INDEX({holder},{row})<>"")' for holder in holders)
        planned = f"SUMPRODUCT(--({weeks.down()}={name}))"
        text = f'IF({name}="",0,({planned}=0)*(0+{filled}>0))'
        found.append((f"IF(ROWS({column})<{row},0,{text})",))  # people delete rows
    return tuple(found)


def _typed(work: Workings) -> str:
    """How many names and dates on the Vacations and Cover sheets nobody can make use of."""
    covers = work.list_below("covers", 0, 0)
    who, since, until, by = (covers.down(n) for n in range(4))
    stand_ins = work.facts.covers
    vacations = _unreadable(
        work,
        VACATIONS,
        [AWAY_WHO],
        (AWAY_FROM, AWAY_UNTIL),
        [v.engineer for v in work.facts.vacations],
    )
    stood_in = [name for c in stand_ins for name in (c.engineer, c.stand_in)]
    cover = _unreadable(work, COVER, [who, by], (since, until), stood_in)
    done = work.by_person("done", work.roles)  # errors where stand-ins are not known
    text = f"{vacations}+{cover}+0*SUM({done.whole})"
    times = work.single(times_name(READABLE), Formula(text, 0))
    place = f'IF({vacations}>0,"the sheet {VACATIONS}",IF({cover}>0,"the sheet {COVER}",""))'
    work.single(place_name(READABLE), Formula(place, ""))
    return times


def _unreadable(
    work: Workings, sheet: str, names: list[str], dates: tuple[str, str], written: list[str]
) -> str:
    """The cell with the number of names that are no engineer's, and of rows without dates that
    run forwards. ``names`` and ``dates`` are columns, ``written`` the names as they are planned."""
    known, name = work.by_person(f"times in {sheet}"), work.by_person("name")
    for e in range(work.people):
        text = "+".join(f"SUMPRODUCT(--({column}={name.at(e)}))" for column in names)
        times = sum(work.facts.number(squeezed(one)) == e + 1 for one in written)
        work.put(known, e, 0, Formula(text, times))
    first, last = dates
    filled = "+".join(f'SUMPRODUCT(--({column}<>""))' for column in names)
    # A number is less than any text; not every engine has ISNUMBER for columns.
    dated = f'({first}<"")*({first}>0)*({last}<"")*({last}>={first})'
    undated = f'SUMPRODUCT(({names[0]}<>"")*(1-{dated}))'
    text = f"{filled}-SUM({known.down()})+{undated}"
    return work.single(f"unreadable in {sheet}", Formula(text, 0))


def _edited(work: Workings) -> None:
    """How many duties differ from the plan, and how many rows were typed elsewhere or removed."""
    facts = work.facts
    holder, planned = work.by_week("holder", work.seats), work.by_week("planned", work.seats)
    changed = f"SUMPRODUCT(--({holder.whole}<>{planned.whole}))"
    work.name(DIFFERENT, work.single(DIFFERENT, Formula(changed, 0)))
    typed = (
        f'ABS(SUMPRODUCT(--({AWAY_WHO}<>""))-{len(facts.vacations)})'
        f'+ABS(SUMPRODUCT(--({COVER_WHO}<>""))-{len(facts.covers)})'
    )
    work.name(TYPED, work.single(TYPED, Formula(typed, 0)))
