"""``rota plan``: what it prints, what it writes, and when it writes nothing."""

import io
import json
import shutil
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from planner.commands.saying import Progress
from planner.wording import amount, signed
from tests.conftest import Said

Rota = Callable[..., Said]
QUARTER = ("--quarter", "2024Q3")
DATA = ("--team", "data-engineering")
BOOK = Path("outputs/data-engineering/rota-2024Q3.xlsx")


def vacation(team: str, *rows: str) -> None:
    """Add rows to a team's vacations."""
    path = Path("inputs") / team / "vacations.csv"
    columns = path.read_text(encoding="utf-8").splitlines()[0].count(",")
    with path.open("a", encoding="utf-8") as file:
        for row in rows:
            file.write(row + "," * (columns - row.count(",")) + "\n")


def edit(path: Path, cell: str, value: object) -> None:
    """Change one cell of the Rota sheet, as a person would."""
    book = openpyxl.load_workbook(path)
    book["Rota"][cell].value = value
    book.save(path)


def all_away() -> None:
    """Nobody of xyz-tech is there in 2024-W32."""
    people = Path("inputs/xyz-tech/engineers.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [f"{line.split(',')[0]},2024-08-05,2024-08-09" for line in people]
    vacation("xyz-tech", *rows)


def test_what_a_plan_prints(planned: Path) -> None:
    printed = (planned / "said.txt").read_text(encoding="utf-8")
    assert all(len(line) <= 80 for line in printed.splitlines())
    assert "\x1b" not in printed, "colour only on a terminal"
    first, second = printed.split("\nxyz", maxsplit=1)[0], printed
    for name in ("William", "Dong", "Siddhant", "Maxime"):
        assert name in first
    for words in ("owed", "balance", "Each: primary", "fair-share", "proven", f"Wrote {BOOK}"):
        assert words in first
    summary = second.split("Team ")[1].splitlines()
    assert [line.split()[:2] for line in summary[2:]] == [
        ["data-engineering", "planned"],
        ["xyz-tech", "planned"],
    ]
    assert BOOK.is_file()


def test_the_same_line_again_says_up_to_date_and_writes_nothing(rota: Rota, planned: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (planned / "outputs").rglob("*")}
    said = rota("plan", *QUARTER)
    assert said.status == 0, said.err
    assert f"data-engineering: {BOOK} is up to date." in said.out
    assert "xyz-tech: outputs/xyz-tech/rota-2024Q3.xlsx is up to date." in said.out
    assert {path: path.stat().st_mtime_ns for path in (planned / "outputs").rglob("*")} == before


@pytest.mark.usefixtures("planned")
def test_changed_inputs_are_refused_without_force(rota: Rota) -> None:
    before = BOOK.read_bytes()
    vacation("data-engineering", "William,2024-07-01,2024-07-05")
    said = rota("plan", *QUARTER, *DATA)
    assert said.status == 2
    assert said.out == ""
    assert f"{BOOK} stands, and its inputs have changed" in said.err
    assert "--force" in said.err
    assert BOOK.read_bytes() == before


@pytest.mark.usefixtures("planned")
def test_an_edited_workbook_is_refused_without_force(rota: Rota) -> None:
    edit(BOOK, "D2", "Maxime")
    before = BOOK.read_bytes()
    said = rota("plan", *QUARTER, *DATA)
    assert said.status == 2
    assert "the workbook has been edited" in said.err
    assert "inputs have changed" not in said.err
    assert BOOK.read_bytes() == before


@pytest.mark.usefixtures("planned")
def test_force_keeps_the_old_workbook_beside_the_new_one(rota: Rota) -> None:
    edit(BOOK, "D2", "Maxime")
    edited = BOOK.read_bytes()
    said = rota("plan", *QUARTER, *DATA, "--force")
    assert said.status == 0, said.err
    (kept,) = [path for path in BOOK.parent.iterdir() if path != BOOK]
    assert f"Kept the old workbook as {kept}" in said.out
    assert kept.read_bytes() == edited
    assert BOOK.read_bytes() != edited
    assert rota("plan", *QUARTER, *DATA).out == f"data-engineering: {BOOK} is up to date.\n"


@pytest.mark.usefixtures("planned")
def test_the_next_quarter_counts_on_from_this_one(rota: Rota) -> None:
    said = rota("plan", "--quarter", "2024Q4", *DATA, "--json")
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    this = json.loads(rota("fairness", *DATA, "--quarter", "2024Q3", "--json").out)["teams"][0]
    carried = {each["name"]: each["carried_in"]["exact"] for each in team["engineers"]}
    assert carried == {each["name"]: each["balance"]["exact"] for each in this["engineers"]}
    assert any(Fraction(each) for each in carried.values())


@pytest.mark.usefixtures("planned")
def test_weeks_from_a_date(rota: Rota) -> None:
    said = rota("plan", "--from", "2025-01-08", "--weeks", "4", *DATA, "--json")
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    assert team["horizon"]["first"] == "2025-01-06"
    assert team["horizon"]["weeks"] == 4
    assert len(team["rota"]) == 8
    assert Path(team["path"]).is_file()


@pytest.mark.usefixtures("planned")
def test_a_bad_team_does_not_stop_the_others(rota: Rota) -> None:
    Path("inputs/data-engineering/engineers.csv").unlink()
    shutil.rmtree("outputs")
    said = rota("plan", *QUARTER)
    assert said.status == 2
    assert said.err.startswith("data-engineering: some files cannot be used as they are.")
    assert Path("outputs/xyz-tech/rota-2024Q3.xlsx").is_file()
    assert not BOOK.exists()
    assert [line.split()[:2] for line in said.out.split("Team ")[1].splitlines()[2:]] == [
        ["data-engineering", "bad"],
        ["xyz-tech", "planned"],
    ]


@pytest.mark.usefixtures("planned")
def test_an_impossible_quarter_is_status_3_and_writes_nothing_for_that_team(rota: Rota) -> None:
    shutil.rmtree("outputs")
    all_away()
    said = rota("plan", *QUARTER)
    assert said.status == 3
    assert "no rota can satisfy the rules" in said.err
    assert BOOK.is_file()
    assert not Path("outputs/xyz-tech").exists()
    Path("inputs/data-engineering/engineers.csv").unlink()
    assert rota("plan", *QUARTER).status == 3, "the highest status counts"


@pytest.mark.usefixtures("planned")
def test_the_json_document(rota: Rota) -> None:
    shutil.rmtree("outputs")
    all_away()
    said = rota("plan", *QUARTER, "--json")
    document = json.loads(said.out)
    assert document["version"] == 2
    done, impossible = document["teams"]
    assert (done["team"], done["status"], done["exit_status"]) == ("data-engineering", "planned", 0)
    assert done["path"] == str(BOOK)
    assert done["error"] is None
    assert done["horizon"] == {
        "label": "2024Q3",
        "first": "2024-07-01",
        "last": "2024-09-29",
        "weeks": 13,
    }
    assert len(done["rota"]) == 26
    assert done["rota"][0] | {"engineer": "?"} == {
        "week": "2024-W27",
        "starts": "2024-07-01",
        "ends": "2024-07-07",
        "rotation": "Data pipelines",
        "role": "primary",
        "engineer": "?",
    }
    assert all(aim["proven"] and aim["value"] == aim["bound"] for aim in done["aims"])
    for each in done["engineers"]:
        held = sum(line["engineer"] == each["name"] for line in done["rota"])
        by_role = (Fraction(role["done"]["exact"]) for role in each["roles"])
        assert held == each["done"]["number"] == sum(by_role)
        balance = Fraction(each["balance"]["exact"])
        assert float(balance) == each["balance"]["number"]
        assert balance == Fraction(each["done"]["exact"]) - Fraction(each["owed"]["exact"])
    assert (impossible["status"], impossible["exit_status"]) == ("infeasible", 3)
    assert "no rota can satisfy the rules" in impossible["error"]
    assert impossible["rota"] == []


@pytest.mark.usefixtures("planned")
def test_the_json_document_of_bad_inputs_and_of_standing_rotas(rota: Rota) -> None:
    vacation("data-engineering", "Wiliam,2024-07-01,2024-07-05")
    bad, standing = json.loads(rota("plan", *QUARTER, "--json").out)["teams"]
    assert (bad["status"], bad["exit_status"]) == ("bad-input", 2)
    (problem,) = bad["problems"]
    assert problem["file"] == "vacations.csv"
    assert problem["value"] == "Wiliam"
    assert (standing["status"], standing["exit_status"]) == ("up-to-date", 0)
    assert len(standing["rota"]) == 26


def test_amounts_for_people() -> None:
    assert amount(Fraction(3)) == "3"
    assert amount(Fraction(3, 4)) == "0.75"
    assert signed(Fraction(-1, 2)) == "−0.50"
    assert signed(Fraction(1, 3)) == "+0.33"
    assert signed(Fraction(-1, 1000)) == "0.00"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_silent_at_first_and_then_one_line_that_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with Progress("quick", patience=60) as progress:
        progress("fair-share")
    assert terminal.getvalue() == ""
    with Progress("slow", patience=0.01) as progress:
        progress("fair-share: 3, at best 2")
        time.sleep(0.3)
        progress("festivals")
        progress.clear()
    told = "\r".join(text.rstrip() for text in terminal.getvalue().split("\r"))
    assert told == "\rslow: fair-share: 3, at best 2\rslow: festivals\r\r"
    assert "\n" not in told


def test_progress_on_a_terminal_that_cannot_move_back_is_a_plain_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with Progress("slow", patience=0.01) as progress:
        progress("fair-share: 3, at best 2")
        time.sleep(0.3)
        progress("fair-share: 3, at best 2.5")
        progress.clear()
        monkeypatch.setattr("planner.commands.saying.EVERY", 0.0)
        progress("festivals")
    assert terminal.getvalue() == "slow: fair-share: 3, at best 2\nslow: festivals\n"


def test_progress_is_shown_on_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("slow", patience=0.01) as progress:
        progress("fair-share")
        time.sleep(0.1)
        progress("festivals")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
