"""Each rule, asked of the weeks filled so far: does it hold?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from planner.domain import Duty, DutyWeek
from tests.oracle.facts import Facts, Holders

Weeks = Sequence[DutyWeek]


def coverage(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Every duty is held by one engineer; optional ones need not be."""
    return all(
        holders.get(duty) in facts.engineers or (facts.role(duty).optional and duty not in holders)
        for week in weeks
        for duty in facts.duties_in(week)
    )


def vacation(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Nobody holds a duty in a week in which they are away on any day of it."""
    return not any(facts.away(who, duty) for duty, who in holders.items())


def eligibility(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Only members, in roles they may hold, between their joining and leaving dates."""
    return all(
        who in facts.rotations[duty.rotation].cycle
        and facts.may_hold(who, facts.role(duty), duty.week)
        and facts.employed(who, duty.week)
        for duty, who in holders.items()
        if who in facts.engineers
    )


def one_duty(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """At most one duty per engineer and week, over all rotations; or none at the same time."""
    if facts.settings.one_duty == "no overlap":
        known = {**facts.history, **holders}
        pairs = [(one, other) for one, other in combinations(known, 2) if {one, other} & {*holders}]
        return not any(
            known[one] == known[other] and facts.gap(one, other) is None for one, other in pairs
        )
    busy = [(duty.week, who) for duty, who in holders.items()]
    return len(busy) == len(set(busy))


def least_rest(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """So many hours at least between the end of one duty and the begin of the next, but for duties
    at the same time, of which another rule lets nobody hold both."""
    if facts.settings.least_rest is None:
        return True
    known = {**facts.history, **holders}
    return not any(
        known[one] == known[other] and {one, other} & {*holders} and facts.too_near(one, other)
        for one, other in combinations(known, 2)
    )


def back_to_back(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Not the same role of a rotation (or no duty at all) two weeks running, nor too many weeks
    running, but for swaps."""
    if not _not_too_long(facts, holders):
        return False
    if facts.settings.back_to_back == "off":
        return True
    known = {**facts.history, **holders}
    by_swap = {(who, duty.week) for duty, names in facts.swaps.items() for who in names}
    for duty, who in holders.items():
        for other, same in known.items():
            close = other.week.days[0] == duty.week.later(-1).days[0]
            alike = facts.named(other) == facts.named(duty)
            if (
                who == same
                and close
                and not facts.one_turn(other, duty)
                and (alike or facts.settings.back_to_back == "any role")
                and not {(who, duty.week), (who, other.week)} & by_swap
            ):
                return False
    return True


def _not_too_long(facts: Facts, holders: Holders) -> bool:
    """No run of weeks in which one is on duty is longer than may be, unless a swap is in it."""
    most = facts.settings.most_running
    by_swap = {(who, duty.week) for duty, names in facts.swaps.items() for who in names}
    busy = {(who, duty.week) for duty, who in (*facts.history.items(), *holders.items())}
    for who, last in {(who, duty.week) for duty, who in holders.items() if most is not None}:
        run = {(who, last.later(-n)) for n in range((most or 0) + 1)}
        if run <= busy and not run & by_swap:
            return False
    return True


def whole_turns(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Whoever holds a week of a turn of several holds the next one too: unless they are away or
    may not, a swap gives either week away, the later is locked, or a seat stays open in it."""
    locked = {duty for duty, _ in facts.locks}
    for duty in facts.duties:
        before, seats = facts.week_before(duty), facts.side_by_side(duty)
        if duty.week not in weeks or before is None or locked & set(seats):
            continue
        if facts.gives(before, duty) or facts.gives(duty.week, duty):
            continue
        now = [holders.get(each) for each in seats]
        if not set(now) <= set(facts.engineers):
            continue
        held = held_in(facts, holders, duty, before)
        fewer = len(held) > len(seats) and before not in facts.weeks
        if not fewer and any(w not in now and could_go_on(facts, w, duty) for w in held):
            return False
    return True


def held_in(facts: Facts, holders: Holders, duty: Duty, week: DutyWeek) -> list[str]:
    """Who of the team held the duty's role in a week; past ones who are gone count as seats."""
    known = {**facts.history, **holders}
    return [w for d, w in known.items() if d.week == week and facts.named(d) == facts.named(duty)]


def could_go_on(facts: Facts, who: str, duty: Duty) -> bool:
    """Whether somebody is of the team, there and no stranger to the role."""
    return (
        who in facts.engineers
        and who in facts.rotations[duty.rotation].cycle
        and facts.may_hold(who, facts.role(duty), duty.week)
        and facts.employed(who, duty.week)
        and not facts.away(who, duty)
    )


def agreed(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Agreed swaps and locked duties stand; a swap speaks of a role, whichever of its seats."""

    def held(duty: Duty) -> list[str | None]:
        return [holders.get(each) for each in facts.side_by_side(duty)]

    swaps = [(duty, who) for duty, names in facts.swaps.items() for who in names]
    given = [(duty, who) for duty, names in facts.given_away.items() for who in names]
    return (
        all(holders.get(duty) == who for duty, who in facts.locks if duty.week in weeks)
        and all(who in held(duty) for duty, who in swaps if duty.week in weeks)
        and not any(who in held(duty) for duty, who in given if duty.week in weeks)
    )


def mentoring(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """A junior primary has a senior secondary, where a rotation has both roles."""
    if not facts.settings.mentoring:
        return True

    def level(name: str, week: DutyWeek) -> str | None:
        return facts.person(name, week).level if name in facts.engineers else None

    named = [(duty.week, *facts.named(duty), who) for duty, who in holders.items()]
    return all(
        any(level(other, week) == "senior" for *place, other in named if place == beside)
        for week, rotation, role, who in named
        if role == "primary"
        and (rotation, "secondary") in facts.names
        and level(who, week) == "junior"
        and (beside := [week, rotation, "secondary"])
    )


def one_per_group(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Two engineers of one home group never share a week in roles of one of the kinds."""
    for kind in facts.settings.one_per_group:
        busy = [(d.week, who) for d, who in holders.items() if facts.role(d).kind == kind]
        for (week, one), (same_week, other) in combinations(busy, 2):
            group = _home(facts, one, week)
            same = group and group == _home(facts, other, week)
            if week == same_week and one != other and same:
                return False
    return True


def _home(facts: Facts, name: str, week: DutyWeek) -> str:
    return facts.person(name, week).group if name in facts.engineers else ""


def group_gap(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Two engineers of one home group never hold roles of a kind in adjacent weeks."""
    known = [(d, who) for d, who in {**facts.history, **holders}.items()]
    placed = [(d, who) for d, who in known if (d.rotation, d.role) in facts.roles]
    for kind in facts.settings.group_gap:
        busy = [(d.week, who) for d, who in placed if facts.role(d).kind == kind]
        for week, one in busy:
            for later, other in busy:
                group = _home(facts, one, week)
                alike = group and group == _home(facts, other, later)
                if later == week.later(1) and later in facts.weeks and one != other and alike:
                    return False
    return True


def limits(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """Nobody holds more duties of a role, a kind or any role than its limit, nor in any window."""

    def words(duty: Duty) -> set[str]:
        known = (duty.rotation, duty.role) in facts.roles
        name = facts.named(duty)[1]
        return {"any role", name, facts.role(duty).kind if known else ""}

    for key, most, within in facts.settings.limits:
        for name in facts.engineers:
            held = [
                duty.week for duty, who in holders.items() if who == name and key in words(duty)
            ]
            past = [d.week for d, who in facts.history.items() if who == name and key in words(d)]
            if within is None and len(held) > most:
                return False
            for last in held if within is not None else ():
                window = {last.later(-n) for n in range(within or 0)}
                if sum(week in window for week in (*held, *past)) > most:
                    return False
    return True


def other_teams(facts: Facts, holders: Holders, weeks: Weeks) -> bool:
    """With other_teams = "never", nobody is on duty here while a rota of another team has them."""
    if facts.settings.other_teams != "never":
        return True
    there = {(other.engineer, day) for other in facts.problem.elsewhere for day in other.days}
    return not any((who, day) in there for duty, who in holders.items() for day in duty.week.days)


RULES: dict[str, Callable[[Facts, Holders, Weeks], bool]] = {
    "coverage": coverage,
    "vacation": vacation,
    "eligibility": eligibility,
    "one duty": one_duty,
    "least rest": least_rest,
    "back-to-back": back_to_back,
    "whole turns": whole_turns,
    "agreed": agreed,
    "mentoring": mentoring,
    "one per group": one_per_group,
    "group gap": group_gap,
    "limits": limits,
    "other teams": other_teams,
}
