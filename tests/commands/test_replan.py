"""``rota replan``: what changes and what stays, what is told, and what is never lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.commands.saying import Progress
from tests.commands.books import cells, change, column, edit, kept, place, rows
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.conftest import CHECKOUT, Said

Rota = Callable[..., Said]
TEAM = "data-engineering"
AHEAD = ("--as-of", "2024-06-24")
REPLAN = ("replan", *QUARTER, *DATA, *AHEAD)
pytestmark = pytest.mark.usefixtures("planned")


def document(said: Said) -> dict[str, Any]:
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    found: dict[str, Any] = team
    return found


def answer(rota: Rota, *arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = document(rota(*REPLAN, *arguments, "--json"))["answers"][0]
    return found


def document_of_failure(rota: Rota) -> dict[str, Any]:
    (team,) = json.loads(rota(*REPLAN, "--json").out)["teams"]
    found: dict[str, Any] = team
    return found


def on_duty(week: str, title: str = "primary") -> str:
    return str(dict(zip(column(BOOK, "Week"), column(BOOK, title), strict=True))[week])


def takes_away(week: str, title: str = "primary", kind: str = "annual") -> str:
    """Send whoever is on duty in a week on a vacation on its Wednesday."""
    name = on_duty(week, title)
    day = datetime.fromisocalendar(int(week[:4]), int(week[-2:]), 3).date()
    vacation(TEAM, f"{name},{day},{day},{kind}")
    return name


class TestNothingNew:
    def test_nothing_changes_down_to_the_file(self, rota: Rota) -> None:
        before = BOOK.read_bytes()
        for _ in range(2):
            said = rota(*REPLAN)
            assert said.status == 0, said.err
            assert "Nothing has to change." in said.out
            assert f"{BOOK} is up to date." in said.out
        assert BOOK.read_bytes() == before
        assert kept(BOOK) == []

    def test_every_team_at_once(self, rota: Rota) -> None:
        said = rota("replan", *QUARTER)
        assert said.status == 0, said.err
        assert said.out.count("Nothing has to change.") == 2
        assert said.out.count("planned as if they had not begun") == 2, "the quarter is over"

    def test_new_facts_that_touch_nothing_change_no_cell_but_their_own(self, rota: Rota) -> None:
        before = cells(BOOK)
        path = Path(f"inputs/{TEAM}/pipelines.csv")
        path.write_text(path.read_text(encoding="utf-8").replace("Unit Profit", "Unit profits"))
        assert rota(*REPLAN).status == 0
        after = cells(BOOK)
        differing = {key for key in before | after if before.get(key) != after.get(key)}
        # What proofs hold among, when and from what it was written; and the pipeline itself.
        assert {sheet for sheet, _, _ in differing} <= {"About", "Checks", "Pipelines"}
        assert rota(*REPLAN).out.endswith("is up to date.\n\n")
        assert cells(BOOK) == after

    def test_rota_plan_says_up_to_date_afterwards(self, rota: Rota) -> None:
        takes_away("2024-W36")
        refused = rota("plan", *QUARTER, *DATA)
        assert refused.status == 2
        assert "`rota replan` brings it up to date" in refused.err
        assert rota(*REPLAN).status == 0
        assert "is up to date" in rota("plan", *QUARTER, *DATA).out


class TestAVacation:
    def test_the_fewest_duties_change_and_it_says_so(self, rota: Rota) -> None:
        before = cells(BOOK)
        name = takes_away("2024-W36")
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        text = " ".join(said.out.split())
        assert f"{name} is away 2024-09-04 to 2024-09-04" in text or f"{name} is away on" in text
        assert "of 26 duties change; fewer is proven impossible without losing fairness." in text
        assert "fair share unchanged." in text
        assert "in return for 2024-W36" in text
        (old,) = kept(BOOK)
        assert f"The old one is kept as {old}" in said.out
        assert cells(old) == before
        assert on_duty("2024-W36") != name
        assert rota("check", *QUARTER, *DATA).status == 0

    def test_changes_are_recorded_with_their_reason_and_time(self, rota: Rota) -> None:
        name = takes_away("2024-W36")
        changes = answer(rota)["changes"]
        header, *lines = rows(BOOK, "Changes")
        assert header == ("Week", "Duty", "Old", "New", "Why", "When")
        assert [line[:5] for line in lines] == [
            (c["week"], c["role"], c["old"], c["new"], c["why"]) for c in changes
        ]
        (why,) = [c["why"] for c in changes if c["week"] == "2024-W36"]
        assert why.startswith(f"{name} is away")
        assert "(vacations.csv row " in why
        assert all(datetime.strptime(str(line[5]), "%Y-%m-%d %H:%M") for line in lines)

    def test_later_changes_are_appended(self, rota: Rota) -> None:
        takes_away("2024-W36")
        first = answer(rota)["changes"]
        takes_away("2024-W30")
        second = answer(rota)["changes"]
        assert second
        assert len(rows(BOOK, "Changes")) == 1 + len(first) + len(second)
        assert len(kept(BOOK)) == 2

    def test_proofs_are_said_to_hold_among_rotas_that_disturb_as_little(self, rota: Rota) -> None:
        takes_away("2024-W36")
        assert rota(*REPLAN).status == 0
        among = "among those that disturb the published rota as little"
        assert among in " ".join(rota("check", *QUARTER, *DATA).out.split())
        for sheet in ("Checks", "About"):
            assert any(among in str(v) for (title, *_), v in cells(BOOK).items() if title == sheet)
        said = [str(v) for (title, *_), v in cells(BOOK).items() if title == "Checks"]
        assert not any("No better rota exists:" in text for text in said)

    def test_the_dry_run_writes_nothing_and_says_the_same(self, rota: Rota) -> None:
        takes_away("2024-W36")
        before = BOOK.read_bytes()
        dry = rota(*REPLAN, "--dry-run")
        assert dry.out.rstrip().endswith("Nothing was written.")
        assert BOOK.read_bytes() == before
        assert kept(BOOK) == []
        wet = rota(*REPLAN)
        assert wet.out.split("\n\nWrote")[0] == dry.out.split("\n\nNothing was written")[0]

    def test_weeks_that_have_begun_stay(self, rota: Rota) -> None:
        takes_away("2024-W36")
        before = column(BOOK, "primary"), column(BOOK, "secondary")
        said = rota("replan", *QUARTER, *DATA, "--as-of", "2024-08-26")
        assert "9 weeks begun by Mon 26 Aug stay as published." in said.out
        after = column(BOOK, "primary"), column(BOOK, "secondary")
        assert [c[:9] for c in after] == [c[:9] for c in before]
        assert after != before

    def test_a_frozen_duty_whose_holder_is_now_away_needs_cover(self, rota: Rota) -> None:
        name = takes_away("2024-W36", kind="sick")
        before = column(BOOK, "primary")
        asked = ("replan", *QUARTER, *DATA, "--as-of")
        said = rota(*asked, "2024-09-03")
        assert said.status == 0
        text = " ".join(said.out.split())
        assert f"Needs cover: 2024-W36: {name} is away" in text
        assert "`rota cover` finds somebody." in text
        assert column(BOOK, "primary") == before
        assert "Needs cover" not in rota(*asked, "2024-09-05").out, "that day is over"
        told = document(rota(*asked, "2024-09-03", "--json"))
        assert len(told["needs_cover"]) == 1
        covered = rota("cover", "--engineer", name, "--from", "2024-09-04", "--until", "2024-09-04")
        assert covered.status == 0, covered.err
        assert "Needs cover" not in rota(*asked, "2024-09-03").out

    def test_an_agreed_swap_of_a_week_that_has_begun_is_told(self, rota: Rota) -> None:
        here, partner = on_duty("2024-W30"), on_duty("2024-W33")
        swaps = Path(f"inputs/{TEAM}/swaps.csv")
        swaps.write_text(
            f"engineer,week,with,for_week,agreed\n{here},2024-W30,{partner},2024-W33,yes\n",
            encoding="utf-8",
        )
        before = column(BOOK, "primary")
        said = rota("replan", *QUARTER, *DATA, "--as-of", "2024-08-14")
        assert said.status == 0, said.err
        text = " ".join(said.out.split())
        assert f"an agreed swap gives primary of Data pipelines to {partner} (swaps.csv row 2)" in (
            text
        )
        assert "If they did swap, write so into the rota." in text
        assert column(BOOK, "primary")[:7] == before[:7]

    def test_later_rotas_count_on_from_this_one(self, rota: Rota) -> None:
        later = ("--quarter", "2024Q4", *DATA)
        assert rota("plan", *later).status == 0
        takes_away("2024-W36")
        said = rota(*REPLAN)
        assert "2024Q4 counts on from this rota: `rota replan` brings it up to date." in said.out
        assert rota("plan", *later).status == 2, "the quarter before it has changed"
        told = rota("replan", *later)
        assert told.status == 0, told.err
        assert "up to date" in rota("plan", *later).out
        assert rota("check", *later).status == 0


class TestPeopleWrite:
    def test_notes_locks_and_an_edit_that_breaks_no_rule_survive(self, rota: Rota) -> None:
        one, other = on_duty("2024-W38", "primary"), on_duty("2024-W38", "secondary")
        edit(
            BOOK,
            **{
                place(BOOK, "2024-W38", "primary"): other.upper(),
                place(BOOK, "2024-W38", "secondary"): f" {one} ",
                place(BOOK, "2024-W30", "Note"): "bring cake",
                place(BOOK, "2024-W31", "Lock"): "all",
                place(BOOK, "2024-W32", "Lock"): "secondary",
            },
        )
        takes_away("2024-W36")
        before = {title: column(BOOK, title) for title in ("primary", "secondary")}
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert f"“{other.upper()}” is read as “{other}”" in said.err
        assert on_duty("2024-W38", "primary") == other
        assert on_duty("2024-W38", "secondary") == one
        assert column(BOOK, "Note")[3] == "bring cake"
        assert column(BOOK, "Lock")[4:6] == ["all", "secondary"]
        assert column(BOOK, "primary")[4] == before["primary"][4]
        assert column(BOOK, "secondary")[4:6] == before["secondary"][4:6]
        by_hand = [row[:4] for row in rows(BOOK, "Changes") if row[4] == "edited by hand"]
        assert by_hand == [
            ("2024-W38", "primary", one, other),
            ("2024-W38", "secondary", other, one),
        ]

    def test_an_edit_that_breaks_a_rule_is_told_and_repaired(self, rota: Rota) -> None:
        here, nearby = on_duty("2024-W30"), on_duty("2024-W31")
        edit(BOOK, **{place(BOOK, "2024-W31", "primary"): here})
        assert rota("check", *QUARTER, *DATA).status == 1
        (put_right,) = answer(rota)["changes"]
        assert (put_right["week"], put_right["old"], put_right["new"]) == ("2024-W31", here, nearby)
        assert "was already primary in 2024-W30" in put_right["why"]
        assert [row[4] for row in rows(BOOK, "Changes")[1:]] == [
            "edited by hand",
            put_right["why"],
        ]
        assert rota("check", *QUARTER, *DATA).status == 0

    def test_a_lock_that_clashes_is_named_and_nothing_is_written(self, rota: Rota) -> None:
        edit(BOOK, **{place(BOOK, "2024-W36", "Lock"): "primary"})
        name = takes_away("2024-W36")
        before = BOOK.read_bytes()
        said = rota(*REPLAN)
        assert said.status == 3
        assert f"2024-W36: {name} is locked as primary of Data pipelines" in said.err
        assert f"{name} is away 4 September 2024 (vacations.csv row" in said.err
        assert BOOK.read_bytes() == before
        assert kept(BOOK) == []
        assert document_of_failure(rota)["exit_status"] == 3

    def test_a_typed_vacation_counts_and_is_appended_when_asked(self, rota: Rota) -> None:
        name = on_duty("2024-W36")
        day = datetime(2024, 9, 4)
        change(BOOK, lambda book: book["Vacations"].append([f" {name.lower()} ", day, day, "sick"]))
        said = rota(*REPLAN)
        assert "`rota replan --append` writes it there" in " ".join(said.out.split())
        assert on_duty("2024-W36") != name
        once = rota(*REPLAN, "--json")
        assert [v["kind"] for v in document(once)["typed"]] == ["sick"], "still typed, still sick"
        said = rota(*REPLAN, "--append")
        assert "appended to vacations.csv." in " ".join(said.out.split())
        last = Path(f"inputs/{TEAM}/vacations.csv").read_text(encoding="utf-8").splitlines()[-1]
        assert last.startswith(f"{name},2024-09-04,2024-09-04,sick")
        told = document(rota(*REPLAN, "--json"))
        assert told["typed"] == []
        assert not told["written"], "the workbook stands against the inputs as they are now"

    def test_sheets_and_columns_of_ones_own_stand_in_the_new_workbook_too(self, rota: Rota) -> None:
        def scribble(book: Any) -> None:
            book.create_sheet("Ideas")["B2"] = "a party"
            book["Rota"]["K1"], book["Rota"]["K5"] = "Mood", "good"
            book["Calendar"].title = "Kalender"

        change(BOOK, scribble)
        takes_away("2024-W36")
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert "Only the old one" not in said.out
        assert "Kalender" not in said.out
        (old,) = kept(BOOK)
        for book in (BOOK, old):
            written = cells(book)
            assert written["Ideas", 2, 2] == "a party"
            assert (written["Rota", 1, 11], written["Rota", 5, 11]) == ("Mood", "good")

    def test_rows_that_people_added_to_the_changes_sheet_stay(self, rota: Rota) -> None:
        takes_away("2024-W30")
        assert rota(*REPLAN).status == 0
        change(BOOK, lambda book: book["Changes"].append(["2024-W29", "primary", "we talked"]))
        takes_away("2024-W36")
        assert rota(*REPLAN).status == 0
        assert ("2024-W29", "primary", "we talked") in [r[:3] for r in rows(BOOK, "Changes")]


class TestPeopleComeAndGo:
    def engineers(self, old: str, new: str) -> None:
        path = Path(f"inputs/{TEAM}/engineers.csv")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def test_a_joiner_moves_nobodys_week(self, rota: Rota) -> None:
        self.engineers("accounts\n", "accounts,joined,left\n")
        path = Path(f"inputs/{TEAM}/engineers.csv")
        with path.open("a", encoding="utf-8") as file:
            file.write("Chen,chen@example.com,GB,ENG,,,2024-08-01,\n")
        toml = Path(f"inputs/{TEAM}/team.toml")
        toml.write_text(toml.read_text().replace('"Maxime"]', '"Maxime", "Chen"]'))
        told = answer(rota)
        assert told["changes"] == []
        ledger = json.loads(rota("fairness", *DATA, "--json").out)["teams"][0]["engineers"]
        chen = next(each for each in ledger if each["name"] == "Chen")
        assert chen["done"]["number"] == 0
        assert chen["owed"]["number"] > 0
        assert chen["carried_in"]["number"] == 0
        following = json.loads(rota("plan", "--quarter", "2024Q4", *DATA, "--json").out)["teams"]
        most = max(following[0]["engineers"], key=lambda each: each["done"]["number"])
        assert most["name"] == "Chen", "who owes most does most"

    def test_a_leavers_weeks_are_spread_fairly(self, rota: Rota) -> None:
        before = column(BOOK, "primary"), column(BOOK, "secondary")
        self.engineers("accounts\n", "accounts,left\n")
        self.engineers("pagerduty:PWILL01", "pagerduty:PWILL01,2024-09-01")
        told = answer(rota)
        after = column(BOOK, "primary"), column(BOOK, "secondary")
        assert "William" not in [*after[0][9:], *after[1][9:]]
        theirs = sum(names[9:].count("William") for names in before)
        assert theirs
        assert len(told["changes"]) >= theirs
        new = [c["new"] for c in told["changes"] if c["old"] == "William"]
        assert max(new.count(name) for name in set(new)) <= -(-theirs // 3) + 1
        assert rota("check", *QUARTER, *DATA).status == 0


@pytest.mark.parametrize(
    "team", ["engineers-abcd", "investor-reporting", "saas-analytics", "xyz-tech"]
)
def test_in_every_sample_team_an_absence_changes_provably_few(
    rota: Rota, team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CHECKOUT / "inputs" / team, tmp_path / "inputs" / team)
    monkeypatch.chdir(tmp_path)
    assert rota("plan", *QUARTER).status == 0
    book = Path("outputs") / team / BOOK.name
    name = column(book, rows(book, "Rota")[0][3])[6]  # type: ignore[arg-type]
    vacation(team, f"{name},2024-08-14,2024-08-14,annual")
    told = document(rota("replan", *QUARTER, *AHEAD, "--json"))["answers"][0]
    assert all(each["proven"] for each in told["disturbance"])
    assert 1 <= len(told["changes"]) <= 6
    assert told["disturbance"][0]["value"]["number"] == len(told["changes"])
    assert rota("check", *QUARTER).status == 0


def test_who_has_left_is_to_stay_in_the_inputs(rota: Rota) -> None:
    for name in ("engineers.csv", "team.toml", "vacations.csv", "wishes.csv", "pipelines.csv"):
        path = Path(f"inputs/{TEAM}") / name
        text = path.read_text(encoding="utf-8").replace('"William", ', "")
        lines = [line for line in text.splitlines() if not line.startswith("William,")]
        path.write_text("\n".join(lines).replace("William", "Dong") + "\n", encoding="utf-8")
    said = rota(*REPLAN)
    assert said.status == 2
    assert "“William” is not an engineer of this team" in said.err
    assert "Who left stays in engineers.csv, with their last day under “left”" in said.err


class TestInterrupted:
    @pytest.fixture(autouse=True)
    def _hears(self) -> Iterator[None]:
        """Whoever runs the tests may be deaf to Ctrl-C, as everything in the background is."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    def test_the_best_so_far_is_told_and_written(
        self, rota: Rota, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C as soon as the first aim is settled: the rest is not looked at any more."""
        week = "2024-W33"
        takes_away(week)
        before = on_duty(week)
        pressed: list[str] = []

        def press(_: Progress, message: str) -> None:
            if not pressed:
                pressed.append(message)
                os.kill(os.getpid(), signal.SIGINT)

        monkeypatch.setattr(Progress, "__call__", press)
        said = rota(*REPLAN)
        assert said.status == 0, said.err
        assert pressed
        assert "Interrupted: this is the best found so far" in said.err
        assert on_duty(week) != before
        checked = rota("check", *QUARTER, *DATA)
        assert checked.status == 0, checked.out
