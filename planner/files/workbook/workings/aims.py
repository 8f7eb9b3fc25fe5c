"""What the aims come to, following edits, as far as formulas can count it.

Not counted: whether a festival is held again, and exchanges that were missed. ``rota check`` does.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from planner.files.workbook.formulas import Formula, as_number
from planner.files.workbook.workings.facts import Facts, squeezed
from planner.files.workbook.workings.ledger import FESTIVAL, HOLIDAY, own_days
from planner.files.workbook.workings.sheet import Workings
from planner.rules import holidays, rhythm, wishes

Counting = Callable[[Workings, int], str | None]
"""Of a part of an aim, by its number, the formula; ``None`` if formulas cannot count it."""


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
        text = COUNTING[value.aim](work, part) if value.aim in COUNTING else None
        if text is not None:
            found[value.aim, value.part] = Formula(text, as_number(value.value))
    return found


def _fair_share(work: Workings, part: int) -> str | None:
    carried, owed = work.by_person("carried in", work.seats), work.by_person("owed", work.seats)
    done = work.by_person("done", work.seats)
    if part < work.seats:
        balance = f"{carried.down(part)}+{done.down(part)}-{owed.down(part)}"
    else:
        balance = "+".join(
            f"{carried.down(s)}+{done.down(s)}-{owed.down(s)}" for s in range(work.seats)
        )
    return f"ROUND(SUMPRODUCT(({balance})*({balance})),9)"


def _festivals(work: Workings, part: int) -> str | None:
    days = own_days(work)
    return f"SUMIF({days.down(1)},{FESTIVAL},{days.down(4)})" if part == 0 else None


def _wishes(work: Workings, part: int) -> str | None:
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


def _rest(work: Workings, part: int) -> str | None:
    tired = work.by_week("tired", work.people)
    last = work.people - 1
    later = f"{tired.at(0)}:{tired.at(work.weeks - 1, last)}"
    earlier = f"{tired.at(-1)}:{tired.at(work.weeks - 2, last)}"
    return f"SUMPRODUCT({later}*{earlier})"


def _prepare_rest(work: Workings) -> None:
    """Whether each engineer has a tiring duty in each week, or stands in for some of one."""
    facts = work.facts
    tired, names = work.by_week("tired", work.people), work.by_person("name")
    number, doing = work.by_week("number", work.seats), work.by_day("doing", work.seats)
    seats = [s for s, (_, role) in enumerate(facts.seats) if not role.restful]
    before = _tired_before(facts)
    for e in range(work.people):
        work.put(tired, -1, e, int(facts.engineers[e].name in before))
        for w in range(work.weeks):
            parts = [f"({number.at(w, s)}={e + 1})" for s in seats]
            days = (doing.across(s, 7 * w, 7 * w + 6) for s in seats)
            parts += [f"SUMPRODUCT(--({doing.seen(cells)}={names.at(e)}))" for cells in days]
            on_duty = any(
                facts.held_by[w][s] == e + 1 or facts.names[e] in facts.doing[s][7 * w : 7 * w + 7]
                for s in seats
            )
            work.put(tired, w, e, Formula(f"--({'+'.join(parts) or '0'}>0)", int(on_duty)))


def _tired_before(facts: Facts) -> set[str]:
    """Who had a tiring duty in the week before the first."""
    problem = facts.plan.problem
    before = problem.weeks[0].later(-1)
    known = {(rotation.name, role.name): role for rotation, role in facts.seats}
    found = set()
    for held in problem.history:
        role = known.get((held.duty.rotation, held.duty.role))
        if held.duty.week == before and held.engineer and role and not role.restful:
            found.add(held.engineer)
    for duty, names in problem.covered.items():
        role = known.get((duty.rotation, duty.role))
        if duty.week == before and role and not role.restful:
            found |= {name for name in names if name}
    return found


def _holidays(work: Workings, part: int) -> str | None:
    if part == 0:
        days = own_days(work)
        return f"SUMIF({days.down(1)},{HOLIDAY},{days.down(3)})"
    beyond = work.by_person("holidays beyond")
    return f"ROUND(SUMPRODUCT({beyond.down()}*{beyond.down()}),9)"


def _prepare_holidays(work: Workings) -> None:
    """Each engineer's holidays worked above a fair share, what history left them included."""
    facts = work.facts
    worked, beyond = work.by_person("holidays worked"), work.by_person("holidays beyond")
    brought, owed = work.by_person("holidays before"), work.by_person("owed", work.seats)
    days, number = own_days(work), work.by_person("number")
    before, now = holidays.above_share(facts.plan.problem, facts.plan.rota)
    counts = holidays.worked_days(facts.plan.problem, facts.plan.rota)
    for e, engineer in enumerate(facts.engineers):
        own = f"({days.down(0)}={number.at(e)})*({days.down(1)}={HOLIDAY})*{days.down(3)}"
        work.put(worked, e, 0, Formula(f"SUMPRODUCT({own})", counts[engineer.name]))
        work.put(brought, e, 0, float(before[engineer.name]))
        share = f"SUM({owed.across(e)})/SUM({owed.whole})"
        share = f"IF(SUM({owed.whole})=0,0,{share})"
        text = (
            f"MAX(0,{brought.at(e)}+{worked.at(e)}-SUM({worked.down()})*{share}-{holidays.SLACK})"
        )
        value = max(Fraction(0), before[engineer.name] + now[engineer.name] - holidays.SLACK)
        work.put(beyond, e, 0, Formula(text, as_number(value)))


def _cycle(work: Workings, part: int) -> str | None:
    if part:
        return None
    number, turn = work.by_week("number", work.seats), work.by_week("turn", work.seats)
    return f"SUMPRODUCT(({turn.whole}>0)*({number.whole}<>{turn.whole}))"


def _prepare_cycle(work: Workings) -> None:
    facts, turn = work.facts, work.by_week("turn", work.seats)
    for w, week in enumerate(facts.plan.problem.weeks):
        for s, (rotation, role) in enumerate(facts.seats):
            name = facts.plan.problem.turn(rotation, role, week) if facts.runs[w][s] else ""
            work.put(turn, w, s, facts.number(squeezed(name)))


def _rhythm(work: Workings, part: int) -> str | None:
    return f"SUM({work.by_week('too close', work.seats).whole})"


def _prepare_rhythm(work: Workings) -> None:
    """By how many weeks each duty comes too early after the last one of its holder."""
    facts, problem = work.facts, work.facts.plan.problem
    every, gap = work.by_person("every", work.seats), work.by_week("gap", work.seats)
    close, number = work.by_week("too close", work.seats), work.by_week("number", work.seats)
    turns: dict[tuple[int, int], int] = {}
    for s, (rotation, role) in enumerate(facts.seats):
        for e, engineer in enumerate(facts.engineers):
            member = engineer.name in rotation.cycle and engineer.may_hold(role)
            turns[e + 1, s] = rhythm.turn_every(problem, rotation, role, engineer) if member else 0
            work.put(every, e, s, turns[e + 1, s])
        for w in range(work.weeks):
            cell, held = number.at(w, s), facts.held_by[w][s]
            text = f"IF({cell}=0,0,MAX(0,{work.person('every', cell, s)}-{gap.at(w, s)}))"
            since = work.value(gap, w, s)
            assert isinstance(since, int)
            value = max(0, turns[held, s] - since) if held else 0
            work.put(close, w, s, Formula(text, value))


def _open_duties(work: Workings, part: int) -> str | None:
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
    "festivals": _festivals,
    "wishes": _wishes,
    "rest": _rest,
    "holidays": _holidays,
    "cycle": _cycle,
    "rhythm": _rhythm,
}
PREPARE: dict[str, Callable[[Workings], None]] = {
    "wishes": _prepare_wishes,
    "rest": _prepare_rest,
    "holidays": _prepare_holidays,
    "cycle": _prepare_cycle,
    "rhythm": _prepare_rhythm,
}
