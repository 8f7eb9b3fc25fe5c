"""Why there is no rota: small sets of facts that cannot all hold, and none of which is idle.

One solve that may leave duties open says where the trouble is. Around each of those places the
shortest stretch of weeks that cannot be planned is looked for, because most clashes are local;
and within it, facts are left out as long as the rest still clashes. Every question posts plain
hard rows, so a clash is told only after its facts alone were found impossible, and each of
them was found to be the last straw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from planner.checking.clash import MOST_CLASHES, Clash, Member, members_of, over_members, said
from planner.model.clock import Clock
from planner.model.fewest_lines import FewestLines
from planner.model.needed_facts import last_straws
from planner.model.open_seats import barred_by, can_be_broken
from planner.model.trial import Verdict, trial, unmet
from planner.problem import Problem
from planner.rules import rule_of
from planner.rules.base import Row
from planner.rules.remaining import remaining_rows

LOCAL = (0, 1, 3)
"""How many weeks before and after a place are looked at before the whole stretch is."""

FEW = 2
"""Fewer lines than these are not looked for."""


def find_clashes(problem: Problem, clock: Clock) -> tuple[Clash, ...]:
    """Independent clashes: each is found with what the earlier ones ask for set aside.

    None are found in a problem that has a rota, or if time runs out.
    """
    return tuple(sorted(_Search(problem, clock, ()).all(), key=lambda clash: clash.weeks))


def clash_with(problem: Problem, forced: Sequence[Row], clock: Clock) -> Clash | None:
    """The facts that clash with these rows, which hold whatever else is left out."""
    return _Search(problem, clock, forced).around()


class _Search:
    def __init__(self, problem: Problem, clock: Clock, forced: Sequence[Row]) -> None:
        rows = over_members(problem, [*forced, *remaining_rows(problem)])
        self.problem, self.clock, self.forced = problem, clock, tuple(rows[: len(forced)])
        stated = [row for row in rows[len(forced) :] if row.terms or row.asks]
        number = {week: n for n, week in enumerate(problem.weeks)}
        self.week_of = [number[duty.week] for duty in problem.duties]
        self.weeks = len(problem.weeks)
        self.demands: list[list[Member]] = [[] for _ in problem.weeks]
        self.limits: list[tuple[Member, frozenset[int]]] = []
        for member in _telling(members_of(stated)):
            weeks = self._weeks(member.rows)
            if member.demanding:
                self.demands[min(weeks)].append(member)
            elif weeks:
                self.limits.append((member, weeks))

    def _weeks(self, rows: Iterable[Row]) -> frozenset[int]:
        return frozenset(self.week_of[d] for row in rows for _, (d, _) in row.terms)

    def all(self) -> Iterator[Clash]:
        """One clash after the other, until what is left can be planned."""
        found = 0
        while found < MOST_CLASHES:
            places = self._places()
            if not places:
                return
            clash = self._clash_near(places)
            if clash is None:
                return
            yield clash
            found += 1
            self._set_aside(clash)

    def _places(self) -> list[int]:
        """Weeks in which something must be given up, as the solver would do it."""
        asked = [row for some in self.demands for member in some for row in member.rows]
        others = [row for member, _ in self.limits for row in member.rows]
        given_up = unmet(others, asked, self.clock)
        if given_up is None:
            return list(range(0, self.weeks, 2 * LOCAL[-1]))
        return sorted({self.week_of[row.terms[0][1][0]] for row in given_up})

    def _clash_near(self, places: Sequence[int]) -> Clash | None:
        """A clash around one of the weeks, if there is a local one; otherwise any."""
        whole = (0, self.weeks)
        local = [
            (max(0, week - reach), min(self.weeks, week + reach + 1))
            for reach in LOCAL
            for week in places[:MOST_CLASHES]
        ]
        for stretch in (*local, whole):
            if self._impossible(self._within(*stretch)):
                return self._smallest(self._within(*self._trimmed(*stretch)))
        return None

    def around(self) -> Clash | None:
        """The clash with what is forced, looked for in ever wider stretches around it."""
        weeks = self._weeks(self.forced)
        undemanding = [member for member, within in self.limits if within & weeks]
        if self._impossible(undemanding):
            return self._smallest(undemanding)
        return self._clash_near(sorted(weeks))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Weeks that cannot be planned, though they can without the first or the last of them."""
        end = _first(range(start + 1, end + 1), lambda e: self._impossible(self._within(start, e)))
        length = _first(
            range(1, end - start + 1), lambda n: self._impossible(self._within(end - n, end))
        )
        return end - length, end

    def _within(self, start: int, end: int) -> list[Member]:
        """All that weeks ``start`` … ``end`` − 1 ask for, and all that limits how."""
        weeks = frozenset(range(start, end))
        asked = [member for n in range(start, end) for member in self.demands[n]]
        return [*(m for m, within in self.limits if within & weeks), *asked]

    def _smallest(self, members: list[Member]) -> Clash:
        """A clash in which no fact is idle: in the fewest lines, where these are cheap to find."""
        found = self._minimal(members)
        lines = len(said(self.problem, found.members))
        if found.minimal and lines > FEW:
            about = self._rotations(found.members)
            near = [member for member in members if about & self._rotations([member])]
            fewer = FewestLines(self.problem, self.forced, near, self.clock).below(lines)
            other = self._minimal(fewer) if fewer else found
            if other.minimal and len(said(self.problem, other.members)) < lines:
                return other
        return found

    def _rotations(self, members: Iterable[Member]) -> frozenset[str]:
        rows = (row for member in members for row in member.rows)
        return frozenset(self.problem.duties[d].rotation for row in rows for _, (d, _) in row.terms)

    def _minimal(self, members: list[Member]) -> Clash:
        """Leave out facts as long as the rest clashes: whole rules, many at a time, one by one."""
        kept = sorted(members, key=_set_aside)
        for _, of_rule in groupby(list(kept), key=_set_aside):
            kept = self._without(kept, list(of_rule))
        needed: set[int] = set()
        # Begin with what is asked for: the first that proves needed often shows that most are.
        for member in [m for m in reversed(kept) if m.demanding]:
            if not needed:
                kept, needed = self._learn(kept, [member], needed)
        size = max(1, len(kept) // 4)
        while size:
            start = 0
            while start < len(kept):
                some = [m for m in kept[start : start + size] if id(m) not in needed]
                fewer, needed = self._learn(kept, some, needed)
                start += size if len(fewer) == len(kept) else 0
                kept = fewer
            size //= 2
        verified = self._impossible(kept) and all(id(member) in needed for member in kept)
        return Clash(tuple(kept), verified)

    def _learn(
        self, kept: list[Member], some: list[Member], needed: set[int]
    ) -> tuple[list[Member], set[int]]:
        """Leave some out, if the rest still clashes; if not, learn which ones are needed."""
        if not some:
            return kept, needed
        out = set(map(id, some))
        rest = [member for member in kept if id(member) not in out]
        verdict = self._ask(rest)
        if verdict.possible is False:
            return rest, needed
        if verdict.possible:
            needed = needed | last_straws(self.forced, kept, verdict.taken)
        return kept, needed

    def _without(self, members: list[Member], some: list[Member]) -> list[Member]:
        """The members without some of them, if that still clashes."""
        return self._learn(members, some, set())[0]

    def _ask(self, members: Iterable[Member]) -> Verdict:
        rows = [*self.forced, *(row for member in members for row in member.rows)]
        verdict = trial(rows, self.clock)
        return trial(rows, self.clock, presolve=True) if verdict.possible is None else verdict

    def _impossible(self, members: Iterable[Member]) -> bool:
        return self._ask(members).possible is False

    def _set_aside(self, clash: Clash) -> None:
        out = set(map(id, clash.members))
        self.demands = [[m for m in asked if id(m) not in out] for asked in self.demands]


def _set_aside(member: Member) -> tuple[int, str]:
    return rule_of(member.fact).SET_ASIDE, member.fact.rule


def _telling(members: Sequence[Member]) -> list[Member]:
    """Without facts about people whom another fact keeps from the duty anyway.

    That only leaves out what would be left out later: a clash is verified as it is then.
    """
    barred = {seat for m in members for row in m.rows for seat in barred_by(row)}
    return [
        m for m in members if any(barred_by(row) or can_be_broken(row, barred) for row in m.rows)
    ]


def _first(numbers: Sequence[int], true_of: Callable[[int], bool]) -> int:
    """The first number of which it is true, where it stays true from then on and is of the last."""
    low, high = 0, len(numbers) - 1
    while low < high:
        middle = (low + high) // 2
        if true_of(numbers[middle]):
            high = middle
        else:
            low = middle + 1
    return numbers[low]
