"""Rotations that have nothing to do with each other: each group of them is a problem of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from planner.domain import Engineer, Rota, Rotation, Settings, Team
from planner.domain.people import NO_ROLE
from planner.domain.settings import ANY_ROLE
from planner.problem.problem import Problem
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Rotations as a problem of their own, and which numbers their duties and engineers have in
    the whole."""

    problem: Problem
    duties: Sequence[int]
    engineers: Sequence[int]


def apart(problem: Problem) -> tuple[frozenset[str], ...]:
    """The names of the rotations, in groups that share nobody, in the team's order.

    Whoever is or was in two rotations joins them, in whatever way: as a member, by what they
    held, by a swap, a lock or a stand-in. So do two people of a home group, where groups count.
    """
    group_of = {rotation.name: {rotation.name} for rotation in problem.team.rotations}
    seen: dict[str, str] = {}
    for rotation, who in _ties(problem):
        if rotation not in group_of:
            continue
        other = seen.setdefault(who, rotation)
        if group_of[other] is not group_of[rotation]:
            group_of[other] |= group_of[rotation]
            for name in group_of[rotation]:
                group_of[name] = group_of[other]
    return tuple(dict.fromkeys(map(frozenset, group_of.values())))


def only(problem: Problem, names: Collection[str]) -> Problem:
    """The problem of some of the rotations alone, with the people who have to do with them.

    Nothing may tie them to the others: see :func:`apart`.
    """
    if len(names) == len(problem.team.rotations):
        return problem
    people = {who for rotation, who in _ties(problem) if rotation in names}

    def own(rota: Rota) -> Rota:
        return Rota(tuple(h for h in rota if h.duty.rotation in names or h.engineer in people))

    return replace(
        problem,
        team=_team(problem.team, names, people),
        history=own(problem.history),
        locked=tuple(held for held in problem.locked if held.duty.rotation in names),
        settled=own(problem.settled),
        covers=tuple(c for c in problem.covers if c.engineer in people or c.stand_in in people),
        may_stay_open=frozenset(d for d in problem.may_stay_open if d.rotation in names),
        elsewhere=tuple(e for e in problem.elsewhere if e.engineer in people),
    )


def pieces(problem: Problem) -> Iterator[Piece]:
    """Each group of rotations that share nobody; who has to do with none of them is left out."""
    groups = apart(problem)
    if len(groups) == 1:
        yield Piece(problem, range(len(problem.duties)), range(len(problem.engineers)))
        return
    for group in groups:
        own = only(problem, group)
        duties = [problem.duty_index[duty] for duty in own.duties]
        engineers = [problem.engineer_index[engineer.name] for engineer in own.engineers]
        yield Piece(own, duties, engineers)


def _ties(problem: Problem) -> Iterator[tuple[str, str]]:
    """(rotation, who) for everybody who has to do with one; a home group counts as somebody."""
    team, settings = problem.team, problem.team.settings
    grouped = bool(settings.one_per_group or settings.group_gap)
    for rotation in team.rotations:
        for name in rotation.cycle:
            yield rotation.name, name
            for stage in team.engineer(name).all_stages if grouped else ():
                if stage.group:
                    yield rotation.name, f"group {stage.group}"
    known = {engineer.name for engineer in team.engineers}
    for held in (*team.history, *problem.history, *problem.settled, *problem.locked):
        if held.engineer in known:
            yield held.duty.rotation, held.engineer
    for swap in team.swaps:
        yield swap.rotation, swap.engineer
        yield swap.rotation, swap.partner
    for cover in problem.covers:
        for name in (cover.engineer, cover.stand_in):
            if name in known:
                yield cover.rotation, name
    for facts in problem.recorded.values():
        for rotation_name, members in facts.members.items():
            for member in members:
                if member.name in known:
                    yield rotation_name, member.name


def _team(team: Team, names: Collection[str], people: Collection[str]) -> Team:
    rotations = tuple(rotation for rotation in team.rotations if rotation.name in names)
    return replace(
        team,
        engineers=tuple(_knowing(e, rotations) for e in team.engineers if e.name in people),
        rotations=rotations,
        settings=_settings(team.settings, rotations),
        vacations=tuple(v for v in team.vacations if v.engineer in people),
        wishes=tuple(wish for wish in team.wishes if wish.engineer in people),
        swaps=tuple(swap for swap in team.swaps if swap.rotation in names),
        pipelines=tuple(p for p in team.pipelines if set(p.rotations) <= set(names)),
        history=Rota(tuple(held for held in team.history if held.engineer in people)),
    )


def _knowing(engineer: Engineer, rotations: Collection[Rotation]) -> Engineer:
    """The engineer without roles that none of the rotations has."""
    known = {role.shared for rotation in rotations for role in rotation.roles}

    def still(roles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(r for r in roles if r in known) or ((NO_ROLE,) if roles else ())

    stages = tuple(stage._replace(roles=still(stage.roles)) for stage in engineer.stages)
    return replace(engineer, roles=still(engineer.roles), stages=stages)


def _settings(settings: Settings, rotations: Collection[Rotation]) -> Settings:
    """The rules without what only other rotations have."""
    roles = [role for rotation in rotations for role in rotation.roles]
    kinds = {role.kind for role in roles}
    named = kinds | {role.shared for role in roles} | {ANY_ROLE}
    return replace(
        settings,
        one_per_group=tuple(kind for kind in settings.one_per_group if kind in kinds),
        group_gap=tuple(kind for kind in settings.group_gap if kind in kinds),
        limits=tuple(limit for limit in settings.limits if limit.name in named),
    )
