"""Exchanges of duties: which there are, how they rank, and what each does."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import assume
from hypothesis import strategies as st

from planner.checking.report import check
from planner.domain import Duty, Rota
from planner.planning.exchange import Exchange, exchanges, with_partner
from planner.planning.plan import plan
from planner.problem import Problem
from tests import build, oracle
from tests.build import day, week
from tests.strategies import over, tiny

EIGHT = "ABCDABCD"


def four(**facts: object) -> Problem:
    """A, B, C and D take turns for eight weeks."""
    return build.problem(build.rotation("ABCD"), weeks=8, **facts)  # type: ignore[arg-type]


def primary(n: int) -> Duty:
    return Duty(week(n), "r", "primary")


def found(problem: Problem, n: int, text: str = EIGHT, as_of: int | None = None) -> list[Exchange]:
    on = None if as_of is None else day(as_of)
    return list(exchanges(problem, build.rota(problem, text), primary(n), on))


def moves(exchange: Exchange) -> str:
    """``1C 2B``: C takes week 1, B takes week 2."""
    return " ".join(f"{week(0).until(m.duty.week)}{m.new}" for m in exchange.moves)


def differences(exchange: Exchange) -> dict[str, int]:
    return {v.aim: int(v.value) for v in exchange.differences if v.value}


def test_every_exchange_with_one_partner_and_three_way() -> None:
    listed = {moves(one) for one in found(four(), 1)}
    pairs = {text for text in listed if len(text.split()) == 2}
    assert pairs == {f"1{name} {n}B" for n, name in enumerate(EIGHT) if name != "B"}
    assert "1C 2D 3B" in listed
    assert all(len(text.split()) <= 3 for text in listed)


def test_whole_turns_are_exchanged_as_well_as_weeks_of_them() -> None:
    two = replace(build.rotation("ABCD"), turn=2)
    of = build.problem(two, weeks=8, settings={"cover": "next"})
    listed = found(of, 3, "AABBCCDD")
    whole = {moves(one): one for one in listed if len(one.moves) == 4}
    assert set(whole) == {"3A 2A 0B 1B", "3C 2C 4B 5B", "3D 2D 6B 7B"}
    assert "3C 5B" in {moves(one) for one in listed}
    best = whole["3C 2C 4B 5B"]
    assert best.preferred
    assert best.pair
    assert [(str(s.week), str(s.for_week)) for s in best.swaps] == [
        ("2024-W29", "2024-W31"),
        ("2024-W30", "2024-W32"),
    ]
    begun = {moves(one) for one in found(of, 3, "AABBCCDD", as_of=14) if len(one.moves) == 4}
    assert begun == set(), "of a turn that has begun, one week is left"


def test_the_teams_way_comes_first() -> None:
    for way, first in (("next", "1C 2B"), ("previous", "1A 0B")):
        best = found(four(settings={"cover": way}), 1)[0]
        assert moves(best) == first
        assert best.preferred


def test_otherwise_those_without_two_weeks_running_and_then_by_the_aims() -> None:
    listed = found(four(), 1)
    running = [bool(one.running) for one in listed]
    assert running == sorted(running)
    rested = [[v.value for v in one.values] for one in listed if not one.running]
    assert rested == sorted(rested)


def test_what_an_exchange_does_to_the_aims() -> None:
    problem = four(holidays={"B": [8]}, wishes=(build.wish("C", 1),))
    (one,) = [x for x in found(problem, 1) if moves(x) == "1C 2B"]
    assert differences(one) == {"holidays": -1, "wishes": 1, "cycle": 2, "rhythm": 1}


def test_two_weeks_running_are_marked() -> None:
    (one,) = [x for x in found(four(), 1) if moves(x) == "1D 3B"]
    assert one.running == ()
    (one,) = [x for x in found(four(), 1) if moves(x) == "1D 7B"]
    assert one.running == ()
    (one,) = [x for x in found(four(), 1) if moves(x) == "1C 6B"]
    assert one.running == ("B", "C")


def test_nobody_takes_a_week_in_which_they_are_away() -> None:
    problem = four(vacations=(build.away_week("C", 1), build.away_week("B", 3)))
    for one in found(problem, 1):
        taken = {(m.new, m.duty.week) for m in one.moves}
        assert ("C", week(1)) not in taken
        assert ("B", week(3)) not in taken
    assert problem.availability.why_not("C", primary(1)) == "is away 8–14 July 2024"
    assert problem.availability.why_not("D", primary(1)) == ""


def test_weeks_that_have_begun_and_locked_duties_stay() -> None:
    """A week received in an agreed swap may be swapped on, so it is offered."""
    problem = four(locked=(build.lock(3, "D"),), swaps=(build.swap("C", 6, "A"),))
    listed = found(problem, 4, "ABCDABAD", as_of=14)
    weeks = {week(0).until(m.duty.week) for one in listed for m in one.moves}
    assert weeks == {4, 5, 7}
    listed = found(problem, 7, "ABCDABAD", as_of=14)
    weeks = {week(0).until(m.duty.week) for one in listed for m in one.moves}
    assert weeks == {4, 5, 6, 7}


def test_swaps_say_the_exchange() -> None:
    listed = {moves(one): one for one in found(four(), 1)}
    (pair,) = listed["1C 2B"].swaps
    assert (pair.engineer, pair.week, pair.partner, pair.for_week) == ("B", week(1), "C", week(2))
    assert pair.agreed
    assert [(s.engineer, s.partner, s.for_week) for s in listed["1C 2D 3B"].swaps] == [
        ("B", "C", None),
        ("C", "D", None),
        ("D", "B", None),
    ]


def carried_out(problem: Problem, rota: Rota, one: Exchange) -> tuple[Problem, Rota]:
    agreed = replace(problem, team=replace(problem.team, swaps=(*problem.team.swaps, *one.swaps)))
    return agreed, rota.joined_with(Rota.of((m.duty, m.new) for m in one.moves))


@over(tiny(most_rotas=60), st.data(), seeds=6, each=10)
def test_each_breaks_no_rule_and_none_is_missing(problem: Problem, data: st.DataObject) -> None:
    """With one partner, against all pairs of duties tried one by one.

    The values are those before anybody agreed: the gaps beside an agreed swap would not count.
    """
    rotas = list(oracle.all_rotas(problem))
    assume(rotas)
    rota = data.draw(st.sampled_from(rotas))
    fixed = {one.duty for one in problem.fixed if one.because != "swap"}
    free = [d for d in problem.duties if rota.holder(d) and d not in fixed]
    assume(free)
    given_away = data.draw(st.sampled_from(free))
    listed = exchanges(problem, rota, given_away)
    today = check(problem, rota).values
    for one in listed:
        agreed, after = carried_out(problem, rota, one)
        assert oracle.broken(agreed, after) == []
        values = [v for parts in oracle.aim_values(problem, after).values() for v in parts]
        aims = [v.value for v in one.values if v.aim in problem.team.aims]
        assert aims == values
        assert [v.value for v in one.differences] == [
            new.value - old.value for new, old in zip(one.values, today, strict=True)
        ]
    pairs = {frozenset(m.duty for m in one.moves) for one in listed if one.pair}
    for first, second in permutations(free, 2):
        one, other = rota.holder(first), rota.holder(second)
        same_seat = (first.rotation, first.role) == (second.rotation, second.role)
        if first != given_away or one == other or not same_seat:
            continue
        swap = build.swap(str(one), 0, str(other), 1, first.role, first.rotation)
        swap = replace(swap, week=first.week, for_week=second.week)
        team = replace(problem.team, swaps=(*problem.team.swaps, swap))
        after = rota.joined_with(Rota.of({first: other, second: one}))
        allowed = oracle.broken(replace(problem, team=team), after) == []
        assert (frozenset({first, second}) in pairs) == allowed


def test_room_is_made_for_a_partner_with_another_role_that_week() -> None:
    problem = build.problem(build.rotation("ABCD", "primary", "secondary"), weeks=8)
    rota = plan(problem).rota
    assert build.text(problem, rota).split()[:4] == ["AC", "BD", "CA", "DB"]
    away = replace(problem, team=replace(problem.team, vacations=(build.away_week("B", 1),)))
    plain = exchanges(away, rota, primary(1))
    assert "D" not in {one.partner for one in plain}, "D is secondary that week"
    one = with_partner(away, rota, primary(1), "D", week(3))
    assert one is not None
    assert [(m.duty, m.new) for m in one.moves[:2]] == [(primary(1), "D"), (primary(3), "B")]
    assert {m.duty.role for m in one.further} == {"secondary"}
    (swap,) = one.swaps
    assert (swap.engineer, swap.partner, swap.for_week) == ("B", "D", week(3))
    agreed, after = carried_out(away, rota, one)
    assert oracle.broken(agreed, after) == []
    chosen = with_partner(away, rota, primary(1), "D")
    assert chosen is not None
    assert len(chosen.moves) <= len(one.moves)


def test_no_room_can_be_made_where_there_is_none() -> None:
    problem = build.problem(build.rotation("AB"), weeks=2, vacations=(build.away_week("B", 0),))
    rota = build.rota(problem, "AB")
    assert with_partner(problem, rota, primary(0), "B") is None
    assert exchanges(problem, rota, primary(0)) == ()
