"""What the Problems column says of each week: a line a fact, each with the seat it is about.

A line that begins with “! primary: ” is a broken rule, and makes that cell red; “primary: ” is a
duty on a day off, edged; “≠ primary: ” marks a cell that differs from the plan; “½ primary: ” says
who stands in for part of the week.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from planner.cells.formulas import Formula, joined
from planner.cells.references import LINE_FEED, Block, quoted
from planner.cells.workings import Workings
from planner.files.workbook import text as words
from planner.files.workbook.titles import CANNOT_CHECK
from planner.files.workbook.weeks import on_days_off
from planner.files.workbook.workings.rules import flags_of
from planner.rules import RULES
from planner.rules.base import Rule

BROKEN_MARK, CHANGED_MARK, COVERED_MARK = "! ", "≠ ", "½ "
_LONGEST = 30_000
"""Letters; a cell holds 32,767."""
_AT_ONCE, _SEATS_AT_ONCE = 40, 60
"""People in one list of those who are away, and seats in one of problems."""

MANY_PEOPLE = 12


def fill(work: Workings) -> None:
    """Days off, reasons by seat, and all reasons and everybody away by week."""
    _days_off(work)
    tells = work.by_week("tells", work.seats)
    flags = {rule: flags_of(rule) for rule in RULES}
    flagged = [
        (rule, work.by_week(name, work.seats)) for rule, name in flags.items() if work.has(name)
    ]
    for w in range(work.weeks):
        for s in range(work.seats):
            work.put(tells, w, s, _seat(work, w, s, flagged))
    _by_week(work)


def _days_off(work: Workings) -> None:
    """What a duty of each engineer in each week would fall on; blank for nothing."""
    facts, problem = work.facts, work.facts.problem
    for shape in sorted({facts.shape(s) for s in range(work.seats)}):
        block = work.by_week(facts.named("days off", shape), work.people)
        for w, dates in enumerate(facts.dates[shape]):
            for e, engineer in enumerate(facts.engineers):
                found = on_days_off(problem, dates, engineer.name)
                if found:
                    work.put(block, w, e, words.listed(found))


def _seat(work: Workings, w: int, s: int, flagged: Sequence[tuple[Rule, Block]]) -> Formula:
    """Parts of a formula and the texts that they come to, side by side."""
    facts = work.facts
    holder = work.by_week("holder", work.seats)
    title, value = holder.at(-2, s), facts.titles[s]
    parts: list[tuple[str, str, str, bool]] = []
    for rule, flag in flagged:
        shown = work.value(flag, w, s)
        if shown is not None:
            beside = rule.beside(work, w, s)
            line = f'{LINE_FEED}&"{BROKEN_MARK}"&{title}&": "&{beside.text}'
            said = f"\n{BROKEN_MARK}{value}: {beside.value}"
            parts.append((f"{flag.at(w, s)}<>0", line, said, bool(shown)))
    parts += _remarks(work, w, s)
    text = "&".join(f'IF({condition},{line},"")' for condition, line, _, _ in parts)
    return Formula(text, "".join(said for _, _, said, holds in parts if holds))


def _remarks(work: Workings, w: int, s: int) -> list[tuple[str, str, str, bool]]:
    facts = work.facts
    holder = work.by_week("holder", work.seats)
    name, title, value = holder.at(w, s), holder.at(-2, s), facts.titles[s]
    held, number = facts.holders[w][s], facts.held_by[w][s]
    cell = work.number(w, s).text
    found = []
    off = work.by_week(facts.named("days off", facts.shape(s)), work.people)
    if any(work.value(off, w, e) for e in range(work.people)):
        label = f"INDEX({off.across(w)},{cell})"
        said = str(work.value(off, w, number - 1) or "") if number else ""
        found.append(
            (
                f'IF({cell}=0,"",{label}&"")<>""',
                f'{LINE_FEED}&{title}&": "&{name}&" on duty on "&{label}',
                f"\n{value}: {held} on duty on {said}",
                bool(said),
            )
        )
    week, swapped = facts.problem.weeks[w], facts.problem.swapped
    for engineer in (facts.number(n) for n, when in sorted(swapped) if when == week):
        running = _running(work, w, s, engineer)
        found.append(
            (
                f"{cell}={engineer}",
                f'{LINE_FEED}&{name}&", "&{title}&": agreed swap"&IF({running[0]},'
                f'", two weeks running","")',
                f"\n{held}, {value}: agreed swap{', two weeks running' if running[1] else ''}",
                number == engineer,
            )
        )
    if facts.runs[w][s] and facts.seats[s][1].optional:
        line = f'{LINE_FEED}&{title}&": nobody"'
        found.append((f'{name}=""', line, f"\n{value}: nobody", not held))
    found.append(_stood_in(work, w, s))
    planned = work.by_week("planned", work.seats).at(w, s)
    line = f'{LINE_FEED}&"{CHANGED_MARK}"&{title}&": planned "&IF({planned}="","nobody",{planned})'
    return [*found, (f"{name}<>{planned}", line, "", False)]


def _stood_in(work: Workings, w: int, s: int) -> tuple[str, str, str, bool]:
    """Who does part of the duty in its holder's place."""
    title = work.by_week("holder", work.seats).at(-2, s)
    blocks = [work.by_week(f"{which} stand-in", work.seats) for which in ("first", "last")]
    first, last = (block.at(w, s) for block in blocks)
    who, other = (str(work.value(block, w, s) or "") for block in blocks)
    line = (
        f'{LINE_FEED}&"{COVERED_MARK}"&{title}&": "&{first}&IF({first}={last},""," and "&{last})'
        f'&" for part of the week"'
    )
    both = who if who == other else f"{who} and {other}"
    said = f"\n{COVERED_MARK}{work.facts.titles[s]}: {both} for part of the week"
    return f'{first}<>""', line, said, bool(who)


def _running(work: Workings, w: int, s: int, engineer: int) -> tuple[str, bool]:
    """Whether an engineer has the role in the week before or after too."""
    block, facts = work.by_week("number", work.seats), work.facts
    seats = facts.strand(s)
    near = [(each, t) for each in (w - 1, w + 1) if each < work.weeks for t in seats]
    said = "+".join(f"({block.at(each, t)}={engineer})" for each, t in near)
    held = [facts.held_by[each][t] if each >= 0 else facts.held_before[t] for each, t in near]
    return f"0+{said}>0", engineer in held  # one alone would be TRUE above 0


def _by_week(work: Workings) -> None:
    """Put together from lists of some of the seats where there are many."""
    tells, all_of_it = work.by_week("tells", work.seats), work.by_week("problems")
    holder, lists = work.by_week("holder", work.seats), _lists(work.seats, _SEATS_AT_ONCE)
    for w in range(work.weeks):
        parts = []
        for n, seats in enumerate(lists):
            lines = []
            for s in seats:
                failed = f'{LINE_FEED}&"{BROKEN_MARK}"&{holder.at(-2, s)}&": {CANNOT_CHECK}"'
                cell = tells.at(w, s)
                text = f"IF(ISERROR({cell}),{failed},{cell})"
                lines.append(Formula(text, str(work.value(tells, w, s) or "")))
            parts.append(joined(*lines))
            if len(lists) > 1:
                some = work.by_week("some problems", len(lists))
                work.put(some, w, n, parts[n])
                parts[n] = Formula(some.at(w, n), parts[n].value)
        work.put(all_of_it, w, 0, _without_first(joined(*parts), 1))
    _who_is_away(work)


def _lists(number: int, at_once: int) -> list[range]:
    """Numbers from 0, in lists of so many: a formula has only so many letters."""
    return [range(n, min(n + at_once, number)) for n in range(0, number, at_once)]


def _who_is_away(work: Workings) -> None:
    """A line each, unless so many may be away that the week's row would fill a page; put together
    from lists of some of the people, for a formula has only so many letters."""
    away, names, apart = work.away, work.by_person("name"), ", "
    between = quoted(apart)
    if work.people <= MANY_PEOPLE:
        apart, between = "\n", LINE_FEED
    lists = _lists(work.people, _AT_ONCE)
    some, who = work.by_week("some who are away", len(lists)), work.by_week("who is away")
    for w in range(work.weeks):
        kinds = tuple(_kinds(work, w, e) for e in range(work.people))
        texts, times = _texts_of_away(away, names, between, w, kinds), work.facts.away[w]
        found = [
            f"{apart}{work.facts.names[e]}{kinds[e]}" if times[e] else "" for e in range(len(kinds))
        ]
        for n, of_list in enumerate(lists):
            text = "&".join(texts[of_list.start : of_list.stop])
            work.put(some, w, n, Formula(text, "".join(found[of_list.start : of_list.stop])))
        all_of_it = Formula("&".join(some.at(w, n) for n in range(len(lists))), "".join(found))
        work.put(who, w, 0, _without_first(all_of_it, len(apart)))


@lru_cache(maxsize=1024)
def _texts_of_away(
    away: Block, names: Block, between: str, w: int, kinds: tuple[str, ...]
) -> tuple[str, ...]:
    """Of each engineer the name, with the kinds of absence that are known, in a week away."""
    said = (f"&{quoted(kind)}" if kind else "" for kind in kinds)
    return tuple(
        f'IF({away.at(e, w)}>0,{between}&{names.at(e)}{kind},"")' for e, kind in enumerate(said)
    )


def _without_first(said: Formula, letters: int) -> Formula:
    value = said.value[letters : letters + _LONGEST]
    return Formula(f"MID({said.text},{1 + letters},{_LONGEST})", value)


def _kinds(work: Workings, w: int, e: int) -> str:
    """The kinds of absence that the inputs know, where the team shows them."""
    team, week = work.facts.problem.team, work.facts.problem.weeks[w]
    if not team.settings.show_reasons:
        return ""
    kinds = sorted({a.kind for a in team.away(work.facts.engineers[e].name, week)})
    return f" ({words.listed(kinds)})" if kinds else ""
