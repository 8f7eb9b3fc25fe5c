"""``rota swap``: duties received are swapped on, or given away; ``rota cover``: both seats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.commands.test_replan_further import AHEAD, ENGINEERS, TEAM, TEAM_TOML, on_duty
from tests.commands.test_replan_further import folder as folder
from tests.conftest import Said

Rota = Callable[..., Said]
WEEK = ("--week", "2024-W32")


def test_a_duty_received_in_a_swap_may_be_swapped_on(folder: Path, rota: Rota) -> None:
    first = on_duty("2024Q3", rota)["2024-W32"]
    for _ in range(2):
        who = on_duty("2024Q3", rota)["2024-W32"]
        said = rota("swap", *TEAM, *AHEAD, "--engineer", who, *WEEK, "--apply")
        assert said.status == 0, said.err
        assert on_duty("2024Q3", rota)["2024-W32"] != who
    rows = (folder / "swaps.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) >= 2
    assert rows[0].startswith(f"{first},2024-W32")
    assert rota("check", *TEAM, "--quarter", "2024Q3").status == 0
    assert "Nothing has to change." in rota("replan", *TEAM, "--quarter", "2024Q3", *AHEAD).out


def test_a_week_is_given_away_to_whoever_owes_most(folder: Path, rota: Rota) -> None:
    who = on_duty("2024Q3", rota)["2024-W32"]
    asked = ("swap", *TEAM, *AHEAD, "--engineer", who, *WEEK, "--give")
    found = json.loads(rota(*asked, "--json").out)["exchanges"]
    balances = [one["balance"]["number"] for one in found]
    assert balances == sorted(balances)
    assert all(len(one["moves"]) == 1 for one in found)
    assert who not in [one["moves"][0]["new"] for one in found]
    said = rota(*asked, "--apply")
    assert f"2024-W32 to {found[0]['moves'][0]['new']}" in said.out
    assert f"balance {balances[0]:+.2f}".replace("-", "−") in said.out
    assert on_duty("2024Q3", rota)["2024-W32"] == found[0]["moves"][0]["new"]
    row = (folder / "swaps.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert row.startswith(f"{who},2024-W32,{found[0]['moves'][0]['new']},,")


def test_nothing_is_taken_in_return_of_a_gift(folder: Path, rota: Rota) -> None:
    who = on_duty("2024Q3", rota)["2024-W32"]
    said = rota("swap", *TEAM, "--engineer", who, *WEEK, "--give", "--for-week", "2024-W33")
    assert said.status == 2
    assert "takes nothing in return" in said.err


def pair(tmp_path: Path, rota: Rota) -> dict[str, str]:
    """A team with a primary and a secondary: who holds what in 2024-W32."""
    folder = Path("inputs/pair")
    folder.mkdir(parents=True)
    (folder / "engineers.csv").write_text(ENGINEERS, encoding="utf-8")
    toml = TEAM_TOML + 'roles = ["primary", "secondary"]\n'
    (folder / "team.toml").write_text(toml, encoding="utf-8")
    assert rota("plan", "--team", "pair", "--quarter", "2024Q3").status == 0
    (shown,) = json.loads(rota("show", "--team", "pair", *WEEK, "--json").out)["teams"]
    return {line["role"]: line["engineer"] for line in shown["rota"]}


def test_a_stand_in_who_holds_the_other_seat_leaves_it_alone(
    tmp_path: Path, folder: Path, rota: Rota
) -> None:
    held = pair(tmp_path, rota)
    asked = ("cover", "--team", "pair", "--engineer", held["primary"], "--from", "2024-08-08")
    said = rota(*asked)
    text = " ".join(said.out.split())
    second = held["secondary"]
    assert f"{second} would be secondary as well, so there is no second person" in text
    further = f'--engineer "{second}" --role secondary --from 2024-08-08 --until 2024-08-11'
    assert further in text
    assert text.count("who could") == 2
    # What it offers carries it out, and leaves the stand-in to the primary's seat alone.
    again = rota(
        *("cover", "--team", "pair", "--engineer", second, "--role", "secondary"),
        *("--from", "2024-08-08", "--until", "2024-08-11"),
    )
    assert again.status == 0, again.err
    assert "as well" not in again.out
    who = json.loads(rota("who", "--team", "pair", "--at", "2024-08-09 12:00", "--json").out)
    names = [shift["engineer"] for shift in who["teams"][0]["on_call"]]
    assert names[0] == second
    assert len(set(names)) == 2


def test_one_seat_leaves_nobody_alone(folder: Path, rota: Rota) -> None:
    who = on_duty("2024Q3", rota)["2024-W32"]
    said = rota("cover", *TEAM, "--engineer", who, "--from", "2024-08-08", "--dry-run")
    assert "as well" not in said.out
