"""``rota plan`` for many teams: in worker processes or not, the same comes of it."""

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

import pytest

from planner.commands import all_teams, one_team
from planner.commands.all_teams import ProgressLine
from planner.commands.reports import TeamOutcome
from planner.commands.saying import duration
from planner.commands.workers import Crew, Died
from planner.domain import Team
from planner.errors import OutputError
from planner.files.published.rotas import Past
from planner.files.team.folder import load_team
from planner.files.workbook import read
from tests import build
from tests.benchmarks.thousand import IMPOSSIBLE, files_of
from tests.conftest import Said, run_process

Rota = Callable[..., Said]
WEEKS = ("--from", "2024-07-01", "--weeks", "2")
TIMES = re.compile(r"\n\d+ teams in .* a team\)\.\n")


NAMES = [f"team-{letter}" for letter in "abcdefghij"]
SOUND = [name for name in NAMES if name not in ("team-c", "team-f")]


def make_teams(inputs: Path, names: list[str]) -> None:
    """Some of the thousand teams; the third has a bad file and the sixth cannot be planned."""
    for number, name in enumerate(names):
        (inputs / name).mkdir(parents=True)
        files = files_of(number)
        if name == "team-c":
            files["vacations.csv"] = "engineer,start\n"
        if name == "team-f":
            people = [line.split(",")[0] for line in files["engineers.csv"].splitlines()[1:]]
            rows = [f"{person},2024-07-10,2024-07-12" for person in people]
            files["vacations.csv"] = "\n".join(["engineer,start,end", *rows]) + "\n"
        for file, text in files.items():
            (inputs / name / file).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Planned:
    """Ten teams planned twice in ``folder``: in one process, and by three workers."""

    folder: Path
    one: Said
    three: Said


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    folder = tmp_path_factory.mktemp("many")
    make_teams(folder / "inputs", NAMES)
    one, three = (
        run_process("plan", *WEEKS, "--workers", workers, "--outputs", name, cwd=folder)
        for workers, name in ((1, "one"), (3, "three"))
    )
    return Planned(folder, one, three)


@pytest.fixture
def four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A folder with the first four teams, of which the third has a bad file."""
    monkeypatch.chdir(tmp_path)
    make_teams(tmp_path / "inputs", NAMES[:4])
    return NAMES[:4]


def rotas(inputs: Path, outputs: Path) -> dict[str, object]:
    return {
        path.parent.name: read(path, load_team(inputs / path.parent.name)).rota
        for path in sorted(outputs.rglob("*.xlsx"))
    }


def test_any_number_of_workers_says_and_writes_the_same(planned: Planned) -> None:
    one, three = planned.one, planned.three
    assert one.status == three.status == 3
    assert three.out.replace("three/", "one/") == one.out
    assert TIMES.sub("", three.err) == TIMES.sub("", one.err)
    found = rotas(planned.folder / "inputs", planned.folder / "one")
    assert found == rotas(planned.folder / "inputs", planned.folder / "three")
    assert list(found) == SOUND


def test_bad_files_are_told_first_and_the_rest_in_order(planned: Planned) -> None:
    assert planned.three.err.startswith("team-c: some files cannot be used as they are.")
    assert "team-f: Team 5: no rota can satisfy the rules." in planned.three.err
    assert re.findall(r"^Wrote three/(team-.)/", planned.three.out, re.MULTILINE) == SOUND


def test_the_summary_counts_lists_failures_and_tells_the_time(planned: Planned) -> None:
    table, counts, failures = planned.three.out.split("\n\n")[-3:]
    assert [line.split()[0] for line in table.splitlines()[2:]] == NAMES
    assert [line.split() for line in counts.splitlines()[2:]] == [
        ["planned", "8"],
        ["bad", "input", "1"],
        ["infeasible", "1"],
    ]
    assert [line.split(":")[0] for line in failures.splitlines()] == ["team-c", "team-f"]
    assert "vacations.csv" in failures
    assert "no rota can satisfy the rules. 2024-W28: these cannot all hold" in failures
    (times,) = TIMES.findall(planned.three.err)
    for words in ("10 teams in", "3 worker processes", "reading", "solving", "writing"):
        assert words in times


def test_json_of_several(rota: Rota, four: list[str]) -> None:
    alone = json.loads(rota("plan", *WEEKS, "--json", "--outputs", "one").out)
    again = rota("plan", *WEEKS, "--json", "--outputs", "two", "--workers", 2)
    several = json.loads(again.out.replace('"two/', '"one/'))
    assert alone["summary"]["statuses"] == {"planned": 3, "bad-input": 1}
    assert several["summary"]["workers"] == 2
    for document in (alone, several):
        assert [each["team"] for each in document["teams"]] == four
        spent = [each.pop("seconds") for each in document["teams"]]
        whole = document.pop("summary")["seconds"]
        for part in ("reading", "solving", "writing"):
            assert whole[part] == pytest.approx(sum(each[part] for each in spent))
        assert [each["solving"] > 0 for each in spent] == [True, True, False, True]
    assert alone == several


def test_up_to_date_teams_need_no_planning(
    rota: Rota, planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(planned.folder / "one", "outputs")
    make_teams(Path("inputs"), NAMES)
    for name in ("team-c", "team-f"):
        shutil.rmtree(Path("inputs") / name)
    said = rota("plan", *WEEKS, "--workers", 2)
    assert said.status == 0
    assert said.err == ""
    assert said.out.splitlines() == [
        f"{name}: outputs/{name}/rota-2024-W27+2.xlsx is up to date." for name in SOUND
    ]


def test_a_fault_with_one_team_stops_no_other(
    rota: Rota, four: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = one_team.fingerprint_of

    def faulty(team: Team, past: Past) -> str:
        if team.key == "team-a":
            raise ZeroDivisionError("division\nby zero")
        if team.key == "team-b":
            raise MemoryError
        return genuine(team, past)

    monkeypatch.setattr(one_team, "fingerprint_of", faulty)
    said = rota("plan", *WEEKS, "--workers", 1)
    assert said.status == 70
    assert "team-a: this is a fault of rota: ZeroDivisionError: division by zero\n" in said.err
    assert "team-b: memory ran out" in said.err
    assert "Traceback" not in said.err
    assert list(rotas(Path("inputs"), Path("outputs"))) == four[3:]
    monkeypatch.delenv("ROTA_TRACEBACK", raising=False)
    alone = rota("plan", *WEEKS, "--team", "team-a")
    assert alone.status == 70
    assert "run with --traceback" in alone.err


def test_when_time_is_over_no_further_team_is_begun(rota: Rota, four: list[str]) -> None:
    said = rota("plan", *WEEKS, "--time-limit", "0.000001", "--json")
    assert said.status == 4
    statuses = [each["status"] for each in json.loads(said.out)["teams"]]
    assert statuses == ["bad-input" if name == "team-c" else "out-of-time" for name in four]
    assert "Time ran out: 3 of 4 teams were not begun." in said.err
    assert not Path("outputs").exists()


def test_the_time_limit_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(all_teams, "monotonic", lambda: now)
    budget = all_teams.Budget(60)
    assert budget.share(teams=10, workers=2) == 12
    assert budget.share(teams=1, workers=2) == 60
    now = 130.0
    assert budget.share(teams=10, workers=1) == 3
    assert not budget.over
    now = 160.0
    assert budget.over
    assert all_teams.Budget(None).share(teams=1000, workers=1) == all_teams.A_TEAM


def test_time_for_writing_is_kept_back() -> None:
    problem = build.problem(build.rotation("ABCD"), weeks=13)
    for seconds in (0.2, 5.0, 60.0):
        assert seconds / 2 <= one_team._for_solving(problem, seconds) < seconds
    assert one_team._for_solving(problem, 60) == pytest.approx(60 - 0.1 - 4 * 13 * 0.0005)


def test_workers_are_as_many_as_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert [all_teams.workers_for(teams) for teams in (1, 5, 8, 30, 1000)] == [1, 1, 2, 7, 8]
    assert [all_teams.workers_for(teams, 4) for teams in (1, 3, 1000)] == [1, 3, 4]


def test_the_progress_line_of_many_teams() -> None:
    shown: list[str] = []
    board = ProgressLine(shown.append, 1200)  # type: ignore[arg-type]
    board.begin([TeamOutcome("bad", "bad-input", 2)])
    board.count(TeamOutcome("impossible", "infeasible", 3))
    board.move("slow: fair-share: 3, at best 2")
    assert shown[-1] == "2 of 1,200 teams · 2 failed · slow: fair-share: 3, at best 2"
    for _ in range(30):
        board.count(TeamOutcome("good", "planned"))
    done, failures, left, at = shown[-1].split(" · ")
    assert (done, failures) == ("32 of 1,200 teams", "2 failed")
    assert re.fullmatch(r"about \d+ (s|min) left", left)
    assert at == "slow: fair-share: 3, at best 2"
    assert [duration(seconds) for seconds in (0.4, 99, 200, 9000)] == [
        "0 s",
        "99 s",
        "3 min",
        "2 h",
    ]


def test_one_in_fifty_of_the_thousand_teams_is_impossible(tmp_path: Path) -> None:
    assert files_of(7) == files_of(7) != files_of(8)
    away = files_of(IMPOSSIBLE - 1)["vacations.csv"].splitlines()
    people = files_of(IMPOSSIBLE - 1)["engineers.csv"].splitlines()[1:]
    assert sum(line.endswith("parental") for line in away) == len(people)


# What workers do in the tests below: functions that a fresh process finds by their names.


def obey(job: str, say: Callable[[str], None]) -> tuple[str, int]:
    say(f"at {job}")
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "leave":
        os._exit(3)
    return job.upper(), os.getpid()


class Unloadable:
    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def linger(job: Path | str, say: Callable[[str], None]) -> None:
    if isinstance(job, Path):
        job.touch()
        say("begun")
        try:
            time.sleep(60)
        finally:
            job.unlink()


def test_a_worker_that_is_no_longer_wanted_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "half-written"
    begun: list[str] = []
    with Crew(2, linger, begun.append) as crew:
        for _ in crew.run(chain([path], repeat("nothing"))):
            if begun:
                break
        assert path.exists()
        started = time.monotonic()
    assert time.monotonic() - started < 5
    assert not path.exists()


def test_a_worker_that_dies_is_replaced_and_only_its_job_is_lost() -> None:
    moved: list[str] = []
    jobs = ["a", "die", "b", "leave", "c", "d"]
    with Crew(2, obey, moved.append) as crew:
        done = dict(crew.run(jobs))
        again = dict(crew.run(["e", "f"]))
    assert done.pop("die") == Died(-signal.SIGKILL)
    assert done.pop("leave") == Died(3)
    assert {job: told[0] for job, told in done.items()} == {each: each.upper() for each in "abcd"}
    assert {job: told[0] for job, told in again.items()} == {"e": "E", "f": "F"}
    assert sorted(moved) == sorted(f"at {job}" for job in [*jobs, "e", "f"])
    for told in (*done.values(), *again.values()):
        assert not alive(told[1])


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_idle_worker_that_was_killed_costs_no_job() -> None:
    with Crew(1, obey, lambda _: None) as crew:
        ((_, told),) = crew.run(["a"])
        os.kill(told[1], signal.SIGKILL)
        crew._workers[0].process.join()
        ((job, again),) = crew.run(["b"])
    assert (job, again[0]) == ("b", "B")


def test_jobs_are_asked_for_only_when_a_worker_is_free() -> None:
    asked: list[str] = []

    def jobs() -> Iterator[str]:
        for job in "abcdef":
            asked.append(job)
            yield job

    with Crew(1, obey, lambda _: None) as crew:
        for number, _ in enumerate(crew.run(jobs()), start=1):
            assert len(asked) == number


def test_workers_that_cannot_start_are_an_error() -> None:
    with (
        pytest.raises(OutputError, match="try --workers 1"),
        Crew(2, Unloadable(), print) as crew,  # type: ignore[arg-type]
    ):
        list(crew.run(["a"]))
