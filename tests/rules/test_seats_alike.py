"""Two seats of one role, with no order between them: rules and aims count them as the role."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.domain import Duty, Held, Role, Rota, Seat
from planner.errors import FactError
from planner.model import enumerate_rotas
from planner.planning.plan import plan
from planner.problem import Problem, ledger
from planner.rules import (
    agreed,
    back_to_back,
    cycle,
    eligibility,
    fair_share,
    festivals,
    gaps,
    limits,
    mentoring,
    rhythm,
    spacing,
)
from tests.build import (
    MONDAY,
    away_week,
    broken,
    engineer,
    lock,
    problem,
    rota,
    rotation,
    swap,
    text,
    values,
    week,
)

TRIAGE = Role("triage").seats(2)
EIGHT = rotation("ABCDEFGH", *TRIAGE)
FOUR = rotation("ABCD", *TRIAGE)


def swapped(*rows: tuple[str, int, str]) -> Problem:
    swaps = tuple(swap(one, n, other, role="triage 1") for one, n, other in rows)
    return problem(EIGHT, weeks=2, swaps=swaps)


def test_seats_alike_are_called_by_number_and_equal_in_all_else() -> None:
    assert [role.name for role in TRIAGE] == ["triage 1", "triage 2"]
    assert {role.shared for role in TRIAGE} == {"triage"}
    other = Role("triage 2", alike="triage", optional=True)
    for roles in (
        (TRIAGE[0], other),
        (TRIAGE[0], Role("lead"), TRIAGE[1]),
        (*TRIAGE, Role("triage")),
    ):
        with pytest.raises(FactError, match="not alike, side by side"):
            rotation("ABC", *roles)


def test_nobody_holds_either_seat_two_weeks_running() -> None:
    assert broken(back_to_back, problem(EIGHT, weeks=2), "AB CA") == [(1, "A")]
    assert broken(back_to_back, problem(EIGHT, weeks=2), "AB CD") == []
    assert broken(back_to_back, problem(EIGHT, weeks=2, history="AB"), "BC DE") == [(0, "B")]


def test_of_four_people_each_pair_leaves_the_other() -> None:
    team = problem(FOUR, weeks=2)
    assert len(list(enumerate_rotas(team))) == 4 * 3 * 2


def test_a_seat_that_the_team_gave_up_still_counts() -> None:
    three = rotation("ABCDEFGH", *Role("triage").seats(3))
    before = problem(three, weeks=1, history="ABC")
    team = problem(EIGHT, weeks=2)
    now = Problem(team.team, team.horizon, team.days_off, before.history)
    assert broken(back_to_back, now, "CD AB") == [(0, "C")]
    assert ledger.carried_in(now, Seat("r", "triage"))["C"] == 1 - Fraction(3, 8)


def test_one_account_a_role() -> None:
    team = problem(EIGHT, weeks=4)
    lines = ledger.accounts(team, rota(team, "AB CD EF GA"))
    done = {line.engineer: (line.owed, line.done) for line in lines if line.role == "triage"}
    assert [done[name] for name in "ABH"] == [(1, 2), (1, 1), (1, 0)]
    assert fair_share.parts(team) == ("triage", "all roles together")
    assert values(fair_share, team, "AB CD EF GA") == [2, 2]


def test_of_optional_seats_nobody_owes_more_than_one_can_hold() -> None:
    roles = Role("shadow", optional=True).seats(2)
    team = problem(rotation("AB", *roles), weeks=4)
    assert ledger.owed(team, team.duties) == {"A": 2, "B": 2}


def test_a_turn_comes_twice_as_often() -> None:
    team = problem(EIGHT, weeks=4)
    assert values(rhythm, team, "AB CD EF GA") == [4 - 3]
    assert values(rhythm, team, "AB CD EA GB") == [(4 - 2) + (4 - 3)]
    assert values(spacing, team, "AB CD EF GA") == [0]
    assert values(spacing, team, "AB CD EA GB") == [3 - 2]


def test_seats_lie_half_a_cycle_apart_and_either_may_be_held() -> None:
    team = problem(EIGHT, weeks=3)
    turns = [team.turn(team.team.rotation("r"), role, week(1)) for role in TRIAGE]
    assert turns == ["B", "F"]
    assert values(cycle, team, "AE BF CG") == [0]
    assert values(cycle, team, "AE FB CG") == [0]
    assert values(cycle, team, "AE FC BG") == [2]


def test_a_further_role_has_turns_of_its_own() -> None:
    team = problem(rotation("ABCD", *TRIAGE, "lead"), weeks=1)
    turns = [team.turn(r, role, week(0)) for r, role in team.seats]
    assert turns == ["A", "C", "B"]


def test_an_absence_is_exchanged_whichever_seat_is_held() -> None:
    numbered = {"settings": {"cover": "next"}, "week_one": MONDAY}
    team = problem(EIGHT, weeks=3, **numbered)
    away = problem(EIGHT, weeks=3, vacations=(away_week("B", 1),), **numbered)
    assert values(cycle, team, "AE BF CG") == [0, 0]
    assert values(cycle, away, "AE FC GB") == [2, 0]
    assert values(cycle, away, "AE FD GB") == [2, 1]


def test_a_limit_speaks_of_the_role() -> None:
    team = problem(EIGHT, weeks=3, settings={"limits": (("triage", 1),)})
    assert broken(limits, team, "AB CD EA") == [(2, "A")]
    team = problem(EIGHT, weeks=3, history="AB", settings={"limits": (("triage", 1, 4),)})
    assert broken(limits, team, "CD EF GA") == [(2, "A")]


def test_an_engineer_may_hold_the_role_or_not() -> None:
    people = [engineer("A", roles=("lead",))]
    team = problem(rotation("ABCDE", *TRIAGE, "lead"), weeks=1, engineers=people)
    assert broken(eligibility, team, "BAC") == [(0, "A")]
    assert broken(eligibility, team, "BCA") == []


def test_a_swap_is_about_the_role() -> None:
    team = swapped(("A", 0, "C"))
    assert broken(agreed, team, "CB EF") == []
    assert broken(agreed, team, "BC EF") == []
    assert broken(agreed, team, "BD EF") == [(0, "C")]


def test_who_gave_a_duty_away_holds_the_other_seat_neither() -> None:
    assert broken(agreed, swapped(("A", 0, "C")), "CA EF") == [(0, "A")]


def test_two_swaps_of_one_week_take_a_seat_each() -> None:
    team = swapped(("A", 0, "C"), ("B", 0, "D"))
    assert broken(agreed, team, "DC EF") == []
    assert broken(agreed, team, "CE EF") == [(0, "D")]
    assert broken(agreed, swapped(("A", 0, "C"), ("C", 0, "D")), "DB EF") == []


def test_a_lock_is_about_the_seat() -> None:
    team = problem(EIGHT, weeks=1, locked=[lock(0, "C", "triage 2")])
    assert broken(agreed, team, "BC") == []
    assert broken(agreed, team, "CB") == [(0, "C")]


def test_every_junior_primary_needs_a_senior_beside() -> None:
    people = [engineer(n, level="junior") for n in "AB"] + [engineer("C", level="senior")]
    both = (*Role("primary").seats(2), *Role("secondary").seats(2))
    team = problem(
        rotation("ABCDE", *both), weeks=1, engineers=people, settings={"mentoring": True}
    )
    assert broken(mentoring, team, "ABDC") == []
    assert broken(mentoring, team, "ABDE") == [(0, "A"), (0, "B")]


def test_a_primary_of_two_counts_double_on_a_festival() -> None:
    feast = {"B": [("feast", 2, 2)]}
    team = problem(rotation("ABCD", *Role("primary").seats(2)), weeks=1, festivals=feast)
    assert values(festivals, team, "AB")[0] == 2


def test_open_seats_of_one_role_are_one_sort_of_gap() -> None:
    team = problem(rotation("ABCD", *TRIAGE, "lead"), weeks=1)
    team = Problem(team.team, team.horizon, team.days_off, may_stay_open=frozenset(team.duties))
    assert gaps.parts(team) == ("duties open", "triage open", "open month after month")
    assert values(gaps, team, ".AB")[1] == values(gaps, team, "A.B")[1] == 1


def test_holders_stand_in_the_order_of_their_names_but_for_what_is_locked() -> None:
    team = problem(EIGHT, weeks=4, locked=[lock(1, "F", "triage 1")])
    weeks = text(team, plan(team).rota).split()
    assert [word for n, word in enumerate(weeks) if n != 1] == [
        "".join(sorted(word)) for n, word in enumerate(weeks) if n != 1
    ]
    assert weeks[1][0] == "F"


def test_the_past_of_a_single_seat_is_that_of_the_role() -> None:
    past = Rota((Held(Duty(week(-1), "r", "triage"), "A"),))
    team = problem(EIGHT, weeks=2)
    now = Problem(team.team, team.horizon, team.days_off, past)
    assert broken(back_to_back, now, "AB CD") == [(0, "A")]
    assert ledger.carried_in(now, Seat("r", "triage"))["A"] == Fraction(7, 8)
