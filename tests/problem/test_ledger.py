"""Owed, done and balance, in exact fractions of a duty."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings

from planner.domain import Role, Rota, Seat
from planner.problem import Problem, ledger
from tests.build import away_week, engineer, problem, rota, rotation
from tests.oracle.facts import Facts
from tests.strategies import small

PAIR = rotation("AB", "primary", "secondary")
quick = settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)


def line(of: Problem, found: Rota, name: str, role: str = "") -> ledger.Account:
    return next(a for a in ledger.accounts(of, found) if (a.engineer, a.role) == (name, role))


def test_owed_is_ones_part_of_all_shares() -> None:
    people = [engineer("B", share="1/2"), engineer("C", share="3/4")]
    team = problem(rotation("ABC"), weeks=3, engineers=people)
    # 1 + ½ + ¾ = 9/4; three duties: 3 × 4/9, 3 × 2/9, 3 × 3/9.
    assert ledger.owed(team, team.duties) == {
        "A": Fraction(4, 3),
        "B": Fraction(2, 3),
        "C": Fraction(1),
    }


def test_a_duty_that_nobody_may_hold_is_owed_by_nobody() -> None:
    team = problem(rotation("AB", Role("primary", levels=("senior",))), weeks=2)
    assert ledger.owed(team, team.duties) == {"A": 0, "B": 0}


def test_an_absence_that_excuses_is_shared_among_the_others() -> None:
    team = problem(rotation("ABC"), weeks=2, vacations=(away_week("C", 0, "parental"),))
    # Week 0: ½, ½, 0. Week 1: a third each.
    assert ledger.owed(team, team.duties) == {
        "A": Fraction(5, 6),
        "B": Fraction(5, 6),
        "C": Fraction(1, 3),
    }


def test_carried_in_is_done_less_owed_of_that_role() -> None:
    team = problem(PAIR, weeks=1, history="AB AB BA A.")
    first, second = PAIR.roles
    # primary: A 3 of 4, owed 2. secondary: A 1, B 2 of 4, one open, owed 2 each.
    assert ledger.carried_in(team, Seat(PAIR.name, first.name)) == {"A": 1, "B": -1}
    assert ledger.carried_in(team, Seat(PAIR.name, second.name)) == {"A": -1, "B": 0}


def test_accounts_by_role_and_together() -> None:
    team = problem(PAIR, weeks=2, history="AB")
    found = rota(team, "AB BA")
    primary = line(team, found, "A", "primary")
    assert (primary.carried_in, primary.owed, primary.done) == (Fraction(1, 2), 1, 1)
    assert primary.balance == Fraction(1, 2)
    secondary = line(team, found, "A", "secondary")
    assert secondary.balance == Fraction(-1, 2)
    together = line(team, found, "A")
    assert (together.carried_in, together.owed, together.done, together.balance) == (0, 2, 2, 0)
    assert together.rotation == ""


def test_accounts_come_role_by_role_and_then_together() -> None:
    team = problem(PAIR, weeks=2)
    lines = ledger.accounts(team, rota(team, "AB BA"))
    assert [(a.role, a.engineer) for a in lines] == [
        (role, name) for role in ("primary", "secondary", "") for name in "AB"
    ]


def test_balances_are_never_forgotten() -> None:
    # A did the first 52 weeks alone, then B did 52: both are even.
    team = problem(rotation("AB"), weeks=1, history="A " * 52 + "B " * 52)
    assert ledger.carried_in(team, Seat(team.team.rotations[0].name, "primary")) == {"A": 0, "B": 0}


@quick
@given(small())
def test_balances_are_those_of_the_oracle(team: Problem) -> None:
    facts = Facts(team)
    for rotation_, role in team.seats:
        seat = Seat(rotation_.name, role.name)
        duties = [duty for duty in team.duties if duty.seat == seat]
        carried, owed = ledger.carried_in(team, seat), ledger.owed(team, duties)
        assert carried == facts.carried[seat]
        counted = {name: ledger.counting(team, seat, carried[name]) for name in carried}
        before = {name: counted[name] - owed[name] for name in carried}
        assert before == facts.before[seat]


@quick
@given(small())
def test_all_that_is_owed_together_is_all_there_is_to_do(team: Problem) -> None:
    facts = Facts(team)
    required = [duty for duty in team.duties if not team.team.role_of(duty).optional]
    somebody = [duty for duty in required if facts.owed(duty)]
    assert sum(ledger.owed(team, required).values()) == len(somebody)


def test_of_an_optional_role_nobody_owes_more_than_half() -> None:
    shadow = Role("shadow", optional=True)
    people = [engineer("B", roles=("shadow",)), engineer("A", roles=("primary",))]
    people += [engineer("C", roles=("primary",)), engineer("D", roles=("shadow",), share="1/5")]
    lone = problem(rotation("ABC", "primary", shadow), weeks=4, engineers=people[:3])
    owed = [duty for duty in lone.duties if duty.role == "shadow"]
    assert ledger.owed(lone, owed) == {"A": 0, "B": 2, "C": 0}
    pair = problem(rotation("ABCD", "primary", shadow), weeks=6, engineers=people)
    owed = [duty for duty in pair.duties if duty.role == "shadow"]
    # 1 ÷ 1.2 is more than a half; 0.2 ÷ 1.2 is a sixth.
    assert ledger.owed(pair, owed) == {"A": 0, "B": 3, "C": 0, "D": 1}


def test_of_a_balance_carried_in_one_duty_a_quarter_counts() -> None:
    team = problem(PAIR, weeks=2, history="AB AB AB AB A.")
    found = rota(team, "BA BA")
    a = line(team, found, "A", "primary")
    assert (a.carried_in, a.counted, a.balance, a.weighed) == (Fraction(5, 2), 1, Fraction(3, 2), 0)
    together = line(team, found, "A")
    # In both roles together ½ − 2 duties done in each count as 1 − 1.
    assert (together.carried_in, together.counted) == (0, 0)
    half = problem(PAIR, weeks=39, history="AB AB AB AB", settings={"catch_up": Fraction(1, 2)})
    assert ledger.counting(half, Seat("r", "primary"), Fraction(-9)) == Fraction(-3, 2)
    long = problem(replace(PAIR, turn=2), weeks=2)
    assert ledger.counting(long, Seat("r", "primary"), Fraction(9)) == 2
