"""What ``rota plan`` says of a rota in a line."""

from __future__ import annotations

from planner.commands.reports import plan_text
from planner.problem.ledger import accounts
from planner.wording import signed
from tests.build import day, engineer, problem, rota, rotation
from tests.files.live import plan_of


def test_each_is_said_of_those_who_owe_or_hold_a_duty() -> None:
    """A leaver of an earlier quarter with a large balance is nobody's concern by now."""
    team = problem(
        rotation("ABC"),
        weeks=2,
        engineers=[engineer("C", left=day(-8))],
        history="C A C A C B",
    )
    made = plan_of(team, rota(team, "A B"))
    carried = {a.engineer: a.balance for a in accounts(team, made.rota) if not a.role}
    assert carried["C"] > carried["A"]
    assert carried["C"] > carried["B"]
    said = plan_text(made, whole=False)
    least, most = sorted((carried["A"], carried["B"]))
    assert f"all roles 1; balances {signed(least)} to {signed(most)}." in " ".join(said.split())
