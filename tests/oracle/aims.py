"""The value of each part of each aim. Less is better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor

from planner.domain import Duty, DutyWeek
from tests.oracle.facts import Facts, Holders
from tests.oracle.rules import could_go_on, held_in

Parts = Sequence[Fraction]


def fair_share(facts: Facts, holders: Holders) -> Parts:
    """Least sum of squared balances: role by role, then all roles together."""
    balances = {seat: dict(start) for seat, start in facts.before.items()}
    for duty, who in holders.items():
        balances[facts.named(duty)][who] += 1
    together = {
        name: sum((balance[name] for balance in balances.values()), Fraction(0))
        for name in facts.engineers
    }
    every = [*balances.values(), together]
    return [sum((b * b for b in part.values()), Fraction(0)) for part in every]


def festivals(facts: Facts, holders: Holders) -> Parts:
    """Duty days on own festivals (primary twice), then festivals held as the time before."""
    times = facts.problem.days_off.festivals
    days = 0
    for duty, who in holders.items():
        own = {day for time in times.get(who, ()) for day in time.days}
        days += len(own & facts.dates(duty)) * (2 if facts.named(duty)[1] == "primary" else 1)

    again = 0
    for name in facts.engineers:
        now = [duty for duty, who in holders.items() if who == name]
        past = [duty for duty, who in facts.history.items() if who == name]
        for time in times.get(name, ()):
            earlier = [t for t in times[name] if t.festival == time.festival and t < time]
            if earlier and _on_duty(facts, now, time.days):
                again += _on_duty(facts, [*past, *now], max(earlier).days)
    return [Fraction(days), Fraction(again)]


def _on_duty(facts: Facts, duties: Sequence[Duty], days: Sequence[date]) -> bool:
    return any(day in facts.dates(duty) for duty in duties for day in days)


def wishes(facts: Facts, holders: Holders) -> Parts:
    """Least sum of squares of each engineer's refused part of their wishes."""
    total = Fraction(0)
    for name in facts.engineers:
        own = [w for w in facts.wishes if w.engineer == name and w.week in facts.weeks]
        busy = {duty.week for duty, who in holders.items() if who == name}
        refused = [w for w in own if (w.week in busy) == (w.wish == "off")]
        if own:
            total += Fraction(len(refused), len(own)) ** 2
    return [total]


def rest(facts: Facts, holders: Holders) -> Parts:
    """Fewest pairs of weeks running with a duty in both, then gaps of half the usual distance."""
    known = {**facts.history, **holders}
    tiring = {
        duty: who
        for duty, who in known.items()
        if (duty.rotation, duty.role) in facts.roles and not facts.role(duty).restful
    }
    tired: dict[tuple[str, DutyWeek], list[Duty]] = {}
    for duty, who in tiring.items():
        tired.setdefault((who, duty.week), []).append(duty)
    running = sum(
        any(
            not facts.one_turn(earlier, later)
            for earlier in tired.get((name, week.later(-1)), ())
            for later in tired.get((name, week), ())
        )
        for name in facts.engineers
        for week in facts.weeks
    )
    short = 0
    for name in facts.engineers:
        owed = sum(
            (
                facts.owed(d).get(name, Fraction(0)) / facts.lasts(d.rotation)
                for d in facts.duties
                if not facts.role(d).restful
            ),
            Fraction(0),
        )
        if owed:
            usual = floor(len(facts.weeks) / owed + Fraction(1, 2))
            own = [duty for duty, who in tiring.items() if who == name]
            for earlier, later in _gaps(facts, name, own):
                short += max(0, usual // 2 + 1 - (later.week.first - earlier.week.first).days // 7)
    return [Fraction(running), Fraction(short)]


def spacing(facts: Facts, holders: Holders) -> Parts:
    """Nobody holds a role again within half a cycle."""
    known = {**facts.history, **holders}
    short = 0
    for rotation, role in facts.names:
        for name in facts.rotations[rotation].cycle:
            own = [
                duty
                for duty, who in known.items()
                if (*facts.named(duty), who) == (rotation, role, name)
            ]
            half = [n // 2 for n in _one_in(facts, rotation, role, name)]
            for earlier, later in _gaps(facts, name, own):
                enough = _asked(facts, half, earlier, later) + 1
                short += max(0, enough - _apart(facts, earlier, later))
    return [Fraction(short)]


def _gaps(facts: Facts, name: str, duties: Sequence[Duty]) -> Iterator[tuple[Duty, Duty]]:
    """Gaps between turns that planning was free to place, at least the later one planned.

    What shares a week of its rotation with an agreed swap was not; nor does a gap reach over a
    turn of which a swap or a lock gave any week to the engineer.
    """
    swapped = {(duty, who) for duty, names in facts.swaps.items() for who in names}
    decided = {(d.week, facts.named(d)) for d, who in swapped | set(facts.locks) if who == name}
    ours = {facts.opening(d) for d in duties if (d.week, facts.named(d)) in decided}
    touched = {(duty.rotation, duty.week) for duty in facts.swaps}
    free = [
        duty
        for duty in _where_turns_begin(facts, duties)
        if (duty.rotation, duty.week) not in touched and duty.week.first not in ours
    ]
    for earlier, later in pairwise(free):
        over = any(earlier.week.first < day < later.week.first for day in ours)
        if later.week in facts.weeks and not over:
            yield earlier, later


def _where_turns_begin(facts: Facts, duties: Sequence[Duty]) -> list[Duty]:
    """Somebody's duties with which turns begin; of past ones the first that they held of it."""
    found: list[Duty] = []
    for duty in sorted(duties):
        if duty.week in facts.weeks:
            first = facts.opening(duty) == duty.week.first
        else:
            first = not any(facts.one_turn(duty, other) for other in found)
        if first:
            found.append(duty)
    return found


def _apart(facts: Facts, earlier: Duty, later: Duty) -> int:
    """How many turns lie from one to the other."""
    return facts.turn_of(later)[1] - facts.turn_of(earlier)[1]


def holidays(facts: Facts, holders: Holders) -> Parts:
    """Fewest public holidays worked, then nobody far above a fair share of them."""
    worked, total = _worked(facts, holders)
    worked_before, total_before = _worked(facts, facts.history)
    fair = _part_owed(facts, facts.duties)
    fair_before = _part_owed(facts, facts.past_duties)
    above = Fraction(0)
    for name in facts.engineers:
        carried = worked_before[name] - total_before * fair_before[name]
        excess = carried + worked[name] - total * fair[name] - 2
        above += max(Fraction(0), excess) ** 2
    return [Fraction(total), above]


def _worked(facts: Facts, holders: Holders) -> tuple[dict[str, int], int]:
    """Public-holiday dates of their own that each engineer was on duty, and their sum."""
    found = {}
    for name in facts.engineers:
        off = facts.problem.days_off
        own = {
            h.day for h in off.holidays.get(name, ()) if not h.given_again or off.originals_count
        }
        duties = [duty for duty, who in holders.items() if who == name]
        found[name] = sum(day in own for duty in duties for day in facts.dates(duty))
    return found, sum(found.values())


def _part_owed(facts: Facts, duties: Sequence[Duty]) -> dict[str, Fraction]:
    """Each engineer's part of everything owed of these duties."""
    owed = dict.fromkeys(facts.engineers, Fraction(0))
    for duty in duties:
        for name, part in facts.owed(duty).items():
            owed[name] += part
    everything = sum(owed.values())
    return {name: amount / everything if everything else amount for name, amount in owed.items()}


def cycle(facts: Facts, holders: Holders) -> Parts:
    """Fewest departures from the cycle, then most exchanges with the preferred week."""
    departures = 0
    for same in {tuple(facts.side_by_side(duty)) for duty in facts.duties}:
        turns = {facts.turn(duty) for duty in same}
        departures += len(same) - len(turns & {holders.get(duty) for duty in same})
    step = {"next": 1, "previous": -1}.get(facts.settings.cover)
    if step is None:
        return [Fraction(departures)]
    uncovered = 0
    for duty in facts.duties:
        holder = facts.turn(duty)
        if facts.away(holder, duty):
            weeks = step * facts.lasts(duty.rotation)
            other = Duty(duty.week.later(weeks), duty.rotation, duty.role)
            exchanged = (
                other in facts.duties
                and facts.turn(other) != holder
                and facts.turn(other) in map(holders.get, facts.side_by_side(duty))
                and holder in map(holders.get, facts.side_by_side(other))
            )
            uncovered += not exchanged
    return [Fraction(departures), Fraction(uncovered)]


def rhythm(facts: Facts, holders: Holders) -> Parts:
    """Least total shortfall of the weeks between two turns in the same seat."""
    known = {**facts.history, **holders}
    shortfall = 0
    for rotation, role in facts.names:
        for name in facts.engineers:
            own = [
                duty
                for duty, who in known.items()
                if (*facts.named(duty), who) == (rotation, role, name)
            ]
            every = _one_in(facts, rotation, role, name)
            for earlier, later in pairwise(_where_turns_begin(facts, own)):
                if later.week in facts.weeks:
                    n = _asked(facts, every, earlier, later)
                    shortfall += max(0, n - _apart(facts, earlier, later))
    return [Fraction(shortfall)]


def _one_in(facts: Facts, rotation: str, role: str, name: str) -> list[int]:
    """N by planned week, as the share of the week has it."""
    seats = [each for each in facts.rotations[rotation].roles if role in (each.alike, each.name)]
    shares = [
        facts.person(member, week).share
        for week in facts.weeks
        for member in facts.rotations[rotation].cycle
        if facts.may_hold(member, seats[0], week) and facts.employed(member, week)
    ]
    average = sum(shares, Fraction(0)) / len(facts.weeks) / len(seats)
    own = [facts.person(name, week).share for week in facts.weeks]
    return [floor(average / share + Fraction(1, 2)) for share in own]


def _asked(facts: Facts, wanted: Sequence[int], earlier: Duty, later: Duty) -> int:
    """The least that any planned turn asks of a gap which reaches over it, in its first week."""
    turns: dict[int, int] = {}
    for week, n in zip(facts.weeks, wanted, strict=True):
        turns.setdefault(facts.turn_of(Duty(week, later.rotation, later.role))[1], n)
    first, last = facts.turn_of(earlier)[1], facts.turn_of(later)[1]
    return min(n for turn, n in turns.items() if first <= turn <= last)


def split_turns(facts: Facts, holders: Holders) -> Parts:
    """Fewest turns of several weeks that change hands within."""
    split = 0
    for first in sorted({facts.side_by_side(duty)[0] for duty in facts.duties}):
        before, seats = facts.week_before(first), facts.side_by_side(first)
        if before is None:
            continue
        now = [holders.get(each) for each in seats]
        gave, gives = facts.gives(before, first), facts.gives(first.week, first)
        if not gave and not gives:
            held = held_in(facts, holders, first, before)
            if len(held) <= len(seats) or before in facts.weeks:
                gone = [who for who in held if who in facts.engineers and who not in now]
                locked = sum(duty in seats for duty, _ in facts.locks) == len(seats)
                split += sum(locked or not could_go_on(facts, who, first) for who in gone)
        elif gave and not gives:
            split += sum(who not in now and could_go_on(facts, who, first) for who in gave)
        elif not gave and before in facts.weeks:
            held = held_in(facts, holders, first, before)
            other = Duty(before, first.rotation, first.role)
            split += sum(who not in held and could_go_on(facts, who, other) for who in gives)
    return [Fraction(split)]


def everyone(facts: Facts, holders: Holders) -> Parts:
    """Fewest people without a duty, of those whom some planned duty would have suited."""
    idle = set(facts.engineers) - set(holders.values())
    suited = {
        name
        for duty in facts.duties
        for name in facts.rotations[duty.rotation].cycle
        if facts.may_hold(name, facts.role(duty), duty.week)
        and facts.employed(name, duty.week)
        and not facts.away(name, duty)
    }
    return [Fraction(len(idle & suited))]


VALUES: dict[str, Callable[[Facts, Holders], Parts]] = {
    "fair-share": fair_share,
    "festivals": festivals,
    "wishes": wishes,
    "rest": rest,
    "spacing": spacing,
    "holidays": holidays,
    "cycle": cycle,
    "rhythm": rhythm,
    "everyone": everyone,
    "split turns": split_turns,
}
