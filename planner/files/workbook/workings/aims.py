"""What the aims come to, following edits: each part is one formula over what is prepared for it.

An aim without a formula here stays as it was planned, and the Checks sheet says so.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from planner.files.workbook.formulas import Formula, as_number
from planner.files.workbook.workings import aims_days_off, aims_turns
from planner.files.workbook.workings.facts import squeezed
from planner.files.workbook.workings.sheet import Workings
from planner.rules import wishes

Counting = Callable[[Workings, int], str]
"""Of a part of an aim, by its number, the formula."""


def fill(work: Workings) -> None:
    """What single aims need by week or by engineer."""
    aims = {value.aim for value in work.facts.plan.report.values}
    for aim, prepare in PREPARE.items():
        if aim in aims:
            prepare(work)


def cells(work: Workings) -> dict[tuple[str, str], str]:
    """For each part that can be counted, the cell that does, as other sheets speak of it."""
    found = {}
    for (aim, part), formula in formulas(work).items():
        work.single(f"{aim}: {part}", formula)
        found[aim, part] = work.one(f"{aim}: {part}")[0]
    return found


def formulas(work: Workings) -> dict[tuple[str, str], Formula]:
    """For each part that can be counted, its formula, as the sheet of workings speaks of cells."""
    found: dict[tuple[str, str], Formula] = {}
    seen: dict[str, int] = {}
    for value in work.facts.plan.report.values:
        part = seen.get(value.aim, 0)
        seen[value.aim] = part + 1
        if value.aim in COUNTING:
            text = COUNTING[value.aim](work, part)
            found[value.aim, value.part] = Formula(text, as_number(value.value))
    return found


def _fair_share(work: Workings, part: int) -> str:
    carried, owed = work.by_person("carried in", work.seats), work.by_person("owed", work.seats)
    done = work.by_person("done", work.seats)
    if part < work.seats:
        balance = f"{carried.down(part)}+{done.down(part)}-{owed.down(part)}"
    else:
        balance = "+".join(
            f"{carried.down(s)}+{done.down(s)}-{owed.down(s)}" for s in range(work.seats)
        )
    return f"ROUND(SUMPRODUCT(({balance})*({balance})),9)"


def _wishes(work: Workings, part: int) -> str:
    refused = work.by_person("refused")
    return f"ROUND(SUMPRODUCT({refused.down()}*{refused.down()}),9)"


def _prepare_wishes(work: Workings) -> None:
    """A row a wish: who, and whether it is refused; by engineer the share that is."""
    facts = work.facts
    weeks = {week: w for w, week in enumerate(facts.plan.problem.weeks)}
    known = [wish for wish in facts.plan.problem.wishes if wish.week in weeks]
    rows = work.list_below("wishes", len(known), 2)
    number = work.by_week("number", work.seats)
    for row, wish in enumerate(known):
        e = facts.number(squeezed(wish.engineer))
        on_duty = f"COUNTIF({number.across(weeks[wish.week])},{e})>0"
        sign = "=" if wish.wish == "off" else "<>"
        refused = int(wishes.is_refused(wish, facts.plan.rota))
        work.put(rows, row, 0, e)
        work.put(rows, row, 1, Formula(f"--(({on_duty}){sign}TRUE)", refused))
    share = work.by_person("refused")
    for e, engineer in enumerate(facts.engineers):
        own = [wish for wish in known if wish.engineer == engineer.name]
        if own:
            against = sum(wishes.is_refused(wish, facts.plan.rota) for wish in own)
            text = f"SUMIF({rows.down(0)},{e + 1},{rows.down(1)})/{len(own)}"
            work.put(share, e, 0, Formula(text, as_number(Fraction(against, len(own)))))
        else:
            work.put(share, e, 0, 0)


def _open_duties(work: Workings, part: int) -> str:
    facts, number = work.facts, work.by_week("number", work.seats)
    parts = ["0"]
    for s, (_, role) in enumerate(facts.seats):
        if role.optional and facts.every_week[s]:
            parts.append(f"COUNTIF({number.down(s)},0)")
        elif role.optional:
            weeks = (w for w in range(work.weeks) if facts.runs[w][s])
            parts += [f"({number.at(w, s)}=0)" for w in weeks]
    return "+".join(parts)


COUNTING: dict[str, Counting] = {
    "open duties": _open_duties,
    "fair-share": _fair_share,
    "everyone": aims_turns.everyone,
    "festivals": aims_days_off.festivals,
    "wishes": _wishes,
    "rest": aims_turns.rest,
    "holidays": aims_days_off.holidays,
    "cycle": aims_turns.cycle,
    "rhythm": aims_turns.rhythm,
}
PREPARE: dict[str, Callable[[Workings], None]] = {
    "everyone": aims_turns.prepare_everyone,
    "festivals": aims_days_off.prepare_festivals,
    "wishes": _prepare_wishes,
    "rest": aims_turns.prepare_rest,
    "holidays": aims_days_off.prepare_holidays,
    "cycle": aims_turns.prepare_cycle,
    "rhythm": aims_turns.prepare_rhythm,
}
"""By the names of the aims in ``planner.rules``."""
