"""`.ci/replan-check`: what a branch would do to the published rotas, found without any service."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, run_process

CHECK = CHECKOUT / ".ci" / "replan-check"
TEAM = "saas-analytics"


def git(*arguments: str, at: Path) -> None:
    names = {
        f"GIT_{who}_{what}": "x@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=at, env={**os.environ, **names, **alone}, check=True)


def published(at: Path) -> Path:
    """A repository with one team and its published rota, on a branch from main."""
    shutil.copytree(CHECKOUT / "inputs" / TEAM, at / "inputs" / TEAM)
    assert run_process("plan", "--quarter", "2024Q3", cwd=at).status == 0
    git("init", "-q", "--initial-branch=main", at=at)
    git("add", ".", at=at)
    git("commit", "-qm", "planned", at=at)
    git("switch", "-qc", "branch", at=at)
    return at


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def repository(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "repository"))


def checked(at: Path, *arguments: str) -> tuple[int, str, str]:
    scripts = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, str(CHECK), *(arguments or ("main", "--as-of", "2024-08-12"))],
        cwd=at,
        env={**os.environ, "PATH": scripts, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def add(at: Path, row: str, file: str = "vacations.csv") -> None:
    with (at / "inputs" / TEAM / file).open("a", encoding="utf-8") as vacations:
        vacations.write(row + "\n")


def test_nothing_changed_is_said(repository: Path) -> None:
    assert checked(repository) == (0, "No team folder differs.\n", "")


def test_a_vacation_shows_whose_weeks_move_and_nothing_is_written(repository: Path) -> None:
    book = repository / "outputs" / TEAM / "rota-2024Q3.xlsx"
    before = book.read_bytes()
    for name in ("Engineer A", "Engineer B", "Engineer C"):
        add(repository, f"{name},2024-09-23,2024-09-27,annual,2024-08-01,")
    git("commit", "-qam", "away", at=repository)
    status, out, err = checked(repository)
    assert (status, err) == (0, "")
    assert out.startswith(f"### {TEAM} · 2024Q3\n\n~~~text\n")
    assert "Nothing was written." in out
    assert book.read_bytes() == before


def test_the_page_shows_the_rota_as_it_would_be(repository: Path) -> None:
    """Engineers B, C and D are away in the last week, so that it becomes A's."""
    assert repository.joinpath("outputs", TEAM).is_dir()
    for name in ("Engineer B", "Engineer C", "Engineer D"):
        add(repository, f"{name},2024-09-23,2024-09-27,annual,2024-08-01,")
    kept = {path: path.read_bytes() for path in repository.glob("*puts/*/*")}
    status, out, err = checked(repository, "main", "--as-of", "2024-08-12", "--pages", "pages")
    assert (status, err) == (0, "")
    assert out.rstrip().endswith(f"The page as it would be: {TEAM}.html")
    page = (repository / "pages" / f"{TEAM}.html").read_text(encoding="utf-8")
    last = page[page.index('id="week-2024-W39"') :]
    assert "<dt>primary</dt><dd><b>Engineer A</b></dd>" in last
    assert {path: path.read_bytes() for path in repository.glob("*puts/*/*")} == kept


def test_what_is_not_committed_counts_too(repository: Path) -> None:
    add(repository, "Engineer C,2024-08-26,2024-08-30,annual,2024-08-01,")
    assert f"### {TEAM} · 2024Q3" in checked(repository)[1]


def test_a_rota_that_is_over_is_left_alone(repository: Path) -> None:
    add(repository, "Engineer C,2024-08-26,2024-08-30,annual,2024-08-01,")
    status, out, _ = checked(repository, "main", "--as-of", "2024-10-07")
    assert status == 0
    assert "No rota is published for the weeks to come." in out


def test_bad_inputs_fail_the_check_and_are_named(repository: Path) -> None:
    add(repository, "Engineer Z,2024-08-26,2024-08-30,annual,2024-08-01,")
    status, out, _ = checked(repository)
    assert status == 2
    assert "“Engineer Z” is not an engineer of this team" in out


def test_an_impossible_quarter_fails_the_check(repository: Path) -> None:
    for name in "ABCD":
        add(repository, f"Engineer {name},2024-09-23,2024-09-23,annual,2024-08-01,")
    assert checked(repository)[0] == 3


def test_an_unknown_branch_is_named(repository: Path) -> None:
    status, _, err = checked(repository, "elsewhere")
    assert status == 1
    assert "elsewhere" in err
