"""``rota replan``: all rotas in order, what is supposed beforehand, who is owed, messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from planner.commands.replan_text import further_text
from planner.domain import Duty
from planner.planning import trade_offs
from planner.planning.exchange import Move
from planner.planning.replan import Replan
from planner.planning.trade_offs import Owed
from planner.rules.base import Value
from tests import build
from tests.conftest import Said

Rota = Callable[..., Said]
TEAM = ("--team", "watch")
AHEAD = ("--as-of", "2024-06-24")

ENGINEERS = "name,country,subdivision,joined,left\n" + "".join(
    f"{name},GB,ENG,,\n" for name in ("Ana", "Ben", "Chitra", "Dewi")
)
TEAM_TOML = 'timezone = "Europe/London"\n[[rotation]]\ncycle = ["Ana", "Ben", "Chitra", "Dewi"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rota: Rota) -> Path:
    """A team of four with two quarters published."""
    monkeypatch.chdir(tmp_path)
    folder = Path("inputs/watch")
    folder.mkdir(parents=True)
    (folder / "engineers.csv").write_text(ENGINEERS, encoding="utf-8")
    (folder / "team.toml").write_text(TEAM_TOML, encoding="utf-8")
    (folder / "vacations.csv").write_text("engineer,start,end\n", encoding="utf-8")
    for quarter in ("2024Q3", "2024Q4"):
        assert rota("plan", "--quarter", quarter).status == 0
    return folder


def documents(said: Said) -> list[dict[str, Any]]:
    assert said.status == 0, said.err
    found: list[dict[str, Any]] = json.loads(said.out)["teams"]
    return found


def changes(said: Said) -> list[list[tuple[str, str, str]]]:
    return [
        [(c["week"], c["old"], c["new"]) for c in each["answers"][0]["changes"]]
        for each in documents(said)
    ]


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def books() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path("outputs/watch").iterdir())}


def on_duty(quarter: str, rota: Rota) -> dict[str, str]:
    said = rota("replan", *TEAM, "--quarter", quarter, *AHEAD, "--dry-run", "--json")
    (found,) = documents(said)
    return {line["week"]: line["engineer"] for line in found["answers"][0]["rota"]}


class TestEveryRota:
    def test_all_that_are_not_over_are_done_in_order(self, folder: Path, rota: Rota) -> None:
        found = documents(rota("replan", *TEAM, *AHEAD, "--json"))
        assert [Path(each["path"]).name for each in found] == [
            "rota-2024Q3.xlsx",
            "rota-2024Q4.xlsx",
        ]
        found = documents(rota("replan", *TEAM, "--as-of", "2024-10-07", "--json"))
        assert [Path(each["path"]).name for each in found] == ["rota-2024Q4.xlsx"]

    def test_later_rotas_count_on_from_what_the_earlier_ones_became(
        self, folder: Path, rota: Rota
    ) -> None:
        """A leaver's weeks of both quarters: asked beforehand and done, the answers agree."""
        text = (folder / "engineers.csv").read_text(encoding="utf-8")
        text = text.replace("Ben,GB,ENG,,", "Ben,GB,ENG,,2024-08-31")
        (folder / "engineers.csv").write_text(text, encoding="utf-8")
        before = books()
        asked = changes(rota("replan", *TEAM, *AHEAD, "--dry-run", "--json"))
        assert books() == before
        done = changes(rota("replan", *TEAM, *AHEAD, "--json"))
        assert asked == done
        assert all(done)
        said = rota("replan", *TEAM, *AHEAD)
        assert said.out.count("Nothing has to change.") == 2
        assert "counts on from this rota" not in said.out

    def test_all_that_is_said_besides_shares_what_the_limit_leaves(
        self, folder: Path, rota: Rota, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limits: list[float] = []

        def slow(answer: Replan, as_of: object, spend: int, left: float) -> tuple[()]:
            limits.append(left)
            sleep(left)
            return ()

        def late(answer: Replan, as_of: object, spend: int, left: float) -> None:
            limits.append(left)

        monkeypatch.setattr(trade_offs, "owed", slow)
        monkeypatch.setattr(trade_offs, "mend", late)
        said = rota("replan", *TEAM, "--quarter", "2024Q3", *AHEAD, "--time-limit", "3")
        assert 0 < limits[0] < 3
        assert limits[1] == 0
        assert said.status == 0
        assert "watch: time ran out before all was known" in said.err

    def test_where_every_rota_is_over_it_says_so(self, folder: Path, rota: Rota) -> None:
        said = rota("replan", *TEAM, "--as-of", "2025-03-01")
        assert said.status == 2
        assert "reaches beyond 2025-03-01" in said.err


class TestSupposed:
    """What is asked beforehand is what editing the files and re-planning brings."""

    def both(self, rota: Rota, asked: tuple[str, ...], edit: Callable[[], None]) -> None:
        before = books()
        supposed = rota("replan", *TEAM, *AHEAD, "--dry-run", *asked, "--json")
        assert books() == before
        edit()
        done = rota("replan", *TEAM, *AHEAD, "--json")
        assert changes(supposed) == changes(done)
        for one, other in zip(documents(supposed), documents(done), strict=True):
            assert one["answers"][0]["aims"] == other["answers"][0]["aims"]
            assert one["owed"] == other["owed"]

    def test_an_absence(self, folder: Path, rota: Rota) -> None:
        who = on_duty("2024Q3", rota)["2024-W32"]
        row = f"{who},2024-08-05,2024-08-09\n"
        asked = ("--away", f"{who.lower()} 2024-08-05..2024-08-09")
        self.both(rota, asked, lambda: append(folder / "vacations.csv", row))

    def test_a_leaver(self, folder: Path, rota: Rota) -> None:
        text = ENGINEERS.replace("Ben,GB,ENG,,", "Ben,GB,ENG,,2024-08-04")
        path = folder / "engineers.csv"
        asked = ("--without", "Ben", "--from", "2024-08-05")

        def edit() -> None:
            path.write_text(text, encoding="utf-8")

        self.both(rota, asked, edit)

    def test_a_joiner_is_owed_and_named(self, folder: Path, rota: Rota) -> None:
        def edit() -> None:
            append(folder / "engineers.csv", "Esra,GB,ENG,2024-08-19,\n")
            toml = TEAM_TOML.replace('"Dewi"]', '"Dewi", "Esra"]')
            (folder / "team.toml").write_text(toml, encoding="utf-8")

        asked = ("--joins", "Esra 2024-08-19")
        said = rota("replan", *TEAM, "--quarter", "2024Q3", *AHEAD, *asked)
        text = " ".join(said.out.split())
        assert "Esra, who joins on Mon 19 Aug, has no duty," in text
        assert "`--spend 1` takes fair share" in text
        assert text.endswith("Nothing was written.")
        self.both(rota, asked, edit)

    @pytest.mark.parametrize(
        ("option", "complaint"),
        [
            (("--away", "Dong"), 'is not like "Dong 2024-08-05..2024-08-09"'),
            (("--away", "Ben 2024-08-09..2024-08-05"), "2024-08-05 lies before 2024-08-09"),
            (("--away", "Bin 2024-08-05"), "Did you mean"),
            (("--away", "Ben 2024-02-31"), "2024-02-31"),
            (("--without", "Bin"), "Did you mean"),
            (("--joins", "2024-08-05"), 'is not like "Esra 2024-08-19"'),
        ],
    )
    def test_what_cannot_be_understood_is_said(
        self, folder: Path, rota: Rota, option: tuple[str, ...], complaint: str
    ) -> None:
        said = rota("replan", *TEAM, *AHEAD, *option)
        assert said.status == 2
        assert complaint in said.err


class TestMessages:
    def away(self, folder: Path, rota: Rota) -> str:
        who = on_duty("2024Q3", rota)["2024-W32"]
        append(folder / "vacations.csv", f"{who},2024-08-05,2024-08-09\n")
        return who

    def test_they_are_printed_and_held(self, folder: Path, rota: Rota) -> None:
        who = self.away(folder, rota)
        asked = documents(rota("replan", *TEAM, *AHEAD, "--dry-run", "--json"))
        (text,) = [m["text"] for m in asked[0]["messages"] if m["engineer"] == who]
        said = rota("replan", *TEAM, *AHEAD)
        assert "Messages, ready to paste:" in said.out
        assert text.split("\nYour weeks")[0] in said.out

    def test_they_are_written_to_a_file(self, folder: Path, rota: Rota) -> None:
        who = self.away(folder, rota)
        said = rota("replan", *TEAM, *AHEAD, "--messages", "told/all.txt")
        assert "Messages" not in said.out
        assert said.err.endswith("Wrote told/all.txt\n")
        assert f"{who}, your on-call weeks" in Path("told/all.txt").read_text(encoding="utf-8")

    def test_or_one_each_to_a_folder(self, folder: Path, rota: Rota) -> None:
        who = self.away(folder, rota)
        assert rota("replan", *TEAM, *AHEAD, "--messages", "told").status == 0
        assert Path(f"told/watch-{who.lower()}.txt").read_text(encoding="utf-8").startswith(who)

    def test_nothing_is_written_where_nothing_is_decided(self, folder: Path, rota: Rota) -> None:
        self.away(folder, rota)
        said = rota("replan", *TEAM, *AHEAD, "--dry-run", "--messages", "told")
        assert said.status == 2
        assert not Path("told").exists()


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ("pp", "2 changes instead of 1 (1 to B, 3 to A) would take"),
        ("ps", "2 changes instead of 1 (1 primary to B, 3 secondary to A) would take"),
        ("s", "one change (1 to B) would take"),
    ],
)
def test_other_changes_than_those_made_are_told_whole_and_so_that_each_duty_is_known(
    roles: str, said: str
) -> None:
    team = build.problem(build.rotation("ABC", "primary", "secondary"), weeks=4).team
    names = {"p": "primary", "s": "secondary"}
    moves = [
        Move(Duty(build.week(n), "r", names[role]), "C", new)
        for n, role, new in zip((0, 2), roles, "BA", strict=False)
    ]
    value = Value("fair-share", "primary", Fraction(2))
    one = Owed(
        "A", None, 1, Fraction(1), value, replace(value, value=Fraction(1)), tuple(moves), False
    )
    (told,) = further_text(team, [one], None, 0)
    weeks = {str(build.week(n)): str(n + 1) for n in (0, 2)}
    for week, number in weeks.items():
        told = told.replace(week, number)
    assert said in " ".join(told.split())
