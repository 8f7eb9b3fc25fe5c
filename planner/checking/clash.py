"""When the rules leave no rota: the facts that clash, and ways out, as values and in words.

Knows the rules, no solver. A *member* of a clash is one thing that a reader would call a single
fact (a vacation with its row in the file, one duty that must be held …), with all its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from planner.domain import DutyWeek
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import RULES, rule_of
from planner.rules.base import Fact, Row
from planner.wording import listed, weeks_listed

MOST_CLASHES = 8
"""More are not looked for: those found have to be resolved anyway."""

_EACH = ("can ", "cannot ", "may ")
"""How a sentence goes on that reads well of several people, after “each”."""

_NEEDS = " needs "


@dataclass(frozen=True)
class Member:
    """One fact and the rows that say it to a solver."""

    fact: Fact
    rows: tuple[Row, ...]

    @cached_property
    def demanding(self) -> bool:
        """Whether it asks for something to be held; without such facts an empty rota would do."""
        return any(row.least is not None and row.least > 0 for row in self.rows)


@dataclass(frozen=True)
class Clash:
    """Facts that cannot all hold. ``minimal``: they can as soon as any one of them goes."""

    members: tuple[Member, ...]
    minimal: bool

    @property
    def weeks(self) -> tuple[DutyWeek, ...]:
        """The weeks in which something is asked for."""
        found = {m.fact.week for m in self.members if m.demanding and m.fact.week is not None}
        return tuple(sorted(found))


def members_of(rows: Iterable[Row]) -> tuple[Member, ...]:
    """Every fact behind rows, in their order."""
    found: dict[Fact, list[Row]] = {}
    for row in rows:
        fact = replace(row.fact, week=None) if rule_of(row.fact).WHOLE else row.fact
        found.setdefault(fact, []).append(row)
    return tuple(Member(rows[0].fact, tuple(rows)) for rows in found.values())


def over_members(problem: Problem, rows: Sequence[Row]) -> list[Row]:
    """The rows without the seats of those who are in no week members of the rotation.

    That only members hold its duties is part of what a rotation asks for, so that nothing need
    be said of others, unless somebody was put there by name.
    """
    named = {row.terms[0][1] for row in rows if row.asks and len(row.terms) == 1}
    cycles = {rotation.name: frozenset(rotation.cycle) for rotation in problem.team.rotations}
    members = [cycles[duty.rotation] for duty in problem.duties]
    names = [engineer.name for engineer in problem.engineers]
    found = []
    for row in rows:
        terms = tuple([t for t in row.terms if names[t[1][1]] in members[t[1][0]] or t[1] in named])
        found.append(row if len(terms) == len(row.terms) else replace(row, terms=terms))
    return found


def said(problem: Problem, members: Iterable[Member]) -> tuple[str, ...]:
    """The facts in plain words, those that differ only in week or person in one sentence."""
    found: dict[tuple[int, str], dict[str, list[DutyWeek]]] = {}
    for fact in (member.fact for member in members):
        week, name, rest = _parts(problem, fact)
        key = RULES.index(rule_of(fact)), rest
        weeks = found.setdefault(key, {}).setdefault(name, [])
        if week is not None:
            weeks.append(week)
    return tuple(dict.fromkeys(_together(list(_sentences(found)))))


def line_of(problem: Problem, fact: Fact) -> tuple[str, str, str]:
    """What facts that may be said in one line have in common."""
    _, name, rest = _parts(problem, fact)
    about, _, _ = rest.partition(_NEEDS)
    return fact.rule, "" if rest.startswith(_EACH) else name, about


def _parts(problem: Problem, fact: Fact) -> tuple[DutyWeek | None, str, str]:
    """The week and the engineer with whom a fact's sentence begins, and the rest of it."""
    rule = rule_of(fact)
    text = rule.say(problem, fact)
    rest = text.removeprefix(f"{fact.week}: ")
    dated = fact.week is not None and rest != text and not rule.WHOLE
    name = fact.engineer if fact.engineer and rest.startswith(f"{fact.engineer} ") else ""
    return fact.week if dated else None, name, rest.removeprefix(f"{name} ") if name else rest


def _sentences(found: dict[tuple[int, str], dict[str, list[DutyWeek]]]) -> Iterator[str]:
    """One sentence for the same said of several people or weeks."""
    for (_, rest), by_person in sorted(found.items(), key=lambda item: item[0][0]):
        people = sorted(by_person.items(), key=lambda item: (sorted(item[1]), item[0]))
        for weeks, group in groupby(people, key=lambda item: sorted(item[1])):
            names = [name for name, _ in group]
            prefix = f"{weeks_listed(weeks)}: " if weeks else ""
            if len(names) > 1 and rest.startswith(_EACH):
                yield f"{prefix}{listed(names)} each {rest}"
            else:
                for name in names:
                    yield f"{prefix}{name} {rest}" if name else f"{prefix}{rest}"


def _together(sentences: list[str]) -> Iterator[str]:
    """What one rotation needs in the same weeks, in one sentence."""
    needs: dict[str, list[str]] = {}
    for sentence in sentences:
        about, needed, what = sentence.partition(_NEEDS)
        needs.setdefault(about if needed else sentence, []).append(what)
    for about, whats in needs.items():
        yield f"{about} needs {listed(whats)}" if whats[0] else about
