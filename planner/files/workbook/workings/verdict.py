"""How often each rule is broken and where first, and the one banner that sums it up."""

from __future__ import annotations

from planner.files.workbook.formulas import CellValue, Formula
from planner.files.workbook.titles import ALL_HOLD
from planner.files.workbook.workings.rules import block_name
from planner.files.workbook.workings.sheet import (
    AWAY_WHO,
    BANNER,
    BROKEN,
    COVER_WHO,
    DIFFERENT,
    TYPED,
    Workings,
)
from planner.rules import RULES

_MOST_SEATS_NAMED = 12


def fill(work: Workings) -> None:
    """Verdicts by rule, the number of broken rules and of edited duties, and the banner."""
    broken = []
    for rule in RULES:
        times = _times(work, rule.NAME)
        cell = work.single(times_name(rule.NAME), times)
        work.single(place_name(rule.NAME), _place(work, rule.NAME, cell))
        broken.append((cell, times.value))
    text = "+".join(f"({cell}>0)" for cell, _ in broken)
    count = sum(bool(value) for _, value in broken)
    cell = work.single(BROKEN, Formula(text, count))
    work.name(BROKEN, cell)
    said = f'IF({cell}=1,"1 rule broken: see Checks",{cell}&" rules broken: see Checks")'
    banner = Formula(f'IF({cell}=0,"{ALL_HOLD}",{said})', banner_of(count))
    work.name(BANNER, work.single(BANNER, banner))
    holder, planned = work.by_week("holder", work.seats), work.by_week("planned", work.seats)
    changed = f"SUMPRODUCT(--({holder.whole}<>{planned.whole}))"
    work.name(DIFFERENT, work.single(DIFFERENT, Formula(changed, 0)))
    facts = work.facts
    typed = (
        f'ABS(SUMPRODUCT(--({AWAY_WHO}<>""))-{len(facts.vacations)})'
        f'+ABS(SUMPRODUCT(--({COVER_WHO}<>""))-{len(facts.covers)})'
    )
    work.name(TYPED, work.single(TYPED, Formula(typed, 0)))
    _rows(work)


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


def _times(work: Workings, rule: str) -> Formula:
    if rule == "limits":
        cells = [
            work.by_person(f"over {name}")
            for name, _ in work.facts.plan.problem.team.settings.limits
            if work.has(f"person over {name}")
        ]
        total = sum(_int(work.value(block, e)) for block in cells for e in range(work.people))
        return Formula("+".join(f"SUM({block.down()})" for block in cells) or "0", total)
    if not work.has(block_name(rule)):
        return Formula("0", 0)
    flags = work.by_week(block_name(rule), work.seats)
    return Formula(f'SUMIF({flags.whole},">0")', sum(max(0, v) for v in _flags(work, rule)))


def _place(work: Workings, rule: str, times: str) -> Formula:
    """The first week with a flag, and the seats that bear it."""
    if not work.has(block_name(rule)):
        return Formula('""', "")
    flags = work.by_week(block_name(rule), work.seats)
    weeks, holder = work.by_week("week"), work.by_week("holder", work.seats)
    first = work.by_week(f"{rule} here")
    found = -1
    for w in range(work.weeks):
        row = flags.across(w)
        flagged = any(_int(work.value(flags, w, s)) for s in range(work.seats))
        text = f'--(COUNTIF({row},">0")+COUNTIF({row},"<0")>0)'
        work.put(first, w, 0, Formula(text, int(flagged)))
        found = w if flagged and found < 0 else found
    row = work.single(f"row {rule}", Formula(f"IFERROR(MATCH(1,{first.down()},0),0)", found + 1))
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
        if _int(work.value(flags, found, s))
    )
    return Formula(text, f"{work.value(weeks, found)}{said}")


def _flags(work: Workings, rule: str) -> list[int]:
    block = work.by_week(block_name(rule), work.seats)
    return [_int(work.value(block, w, s)) for w in range(work.weeks) for s in range(work.seats)]


def _int(value: CellValue) -> int:
    return value if isinstance(value, int) else 0


def _rows(work: Workings) -> None:
    """Whether the weeks on the Rota sheet are still those that were planned, each once."""
    rows = work.by_week("row in Rota")
    column = work.rota_column(1)
    work.single("rows missing", Formula(f"COUNTIF({rows.down()},0)", 0))
    known = f"SUMPRODUCT(--({rows.down()}>0))"
    work.single("rows not known", Formula(f'SUMPRODUCT(--({column}<>""))-{known}', 0))
