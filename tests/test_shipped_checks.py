"""The GitHub Action, its workflows, the pre-commit hook and the package, as they stand."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CHECKOUT
from tests.generated import ADDRESSED, addressed
from tests.generated import repository as repository_named
from tests.test_replan_check import TEAM, add, git, published

WORKFLOWS = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def repository(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "repository"))


def bash(script: str, at: Path, **names: str) -> subprocess.CompletedProcess[str]:
    """What a shell of this environment makes of a script; ``rota`` is this checkout's."""
    scripts = at.parent / "bin"
    scripts.mkdir(exist_ok=True)
    for name, start in (("rota", "-m planner"), ("python", "")):
        (scripts / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {start} "$@"\n')
        (scripts / name).chmod(0o755)
    paths = os.pathsep.join([str(scripts), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=at,
        env={**os.environ, "PATH": paths, "PYTHONPATH": str(CHECKOUT), **names},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def acted(repository: Path, **asked: str) -> tuple[int, str, str]:
    """The action's check on a repository: its status, comment, and the summary of the run."""
    action = read(CHECKOUT / "action.yml")
    (step,) = (step for step in action["runs"]["steps"] if step.get("id") == "check")
    runner = repository.parent / "runner"
    runner.mkdir()
    given = {"base": "main", "as-of": "2024-08-12", "strict": action["inputs"]["strict"]["default"]}
    given |= {name.replace("_", "-"): value for name, value in asked.items()}
    names = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda put: given[put[1]], value)
        for name, value in step["env"].items()
    }
    names |= {"GITHUB_ACTION_PATH": str(CHECKOUT), "RUNNER_TEMP": str(runner)}
    names |= {f"GITHUB_{name}": str(runner / name) for name in ("OUTPUT", "STEP_SUMMARY")}
    done = bash(step["run"], repository, **names)
    output = (runner / "OUTPUT").read_text(encoding="utf-8")
    comment = Path(output.removeprefix("comment=").strip()).read_text(encoding="utf-8")
    return done.returncode, comment, (runner / "STEP_SUMMARY").read_text(encoding="utf-8")


def test_a_pull_request_that_changes_nothing_passes(repository: Path) -> None:
    status, comment, summary = acted(repository)
    assert status == 0
    assert comment.startswith(
        "No team folder differs.\n<details><summary>rota check: exit status 0"
    )
    assert "coverage       OK" in comment
    assert summary == comment
    assert "2024-W27" in (repository.parent / "runner/rota/rota.txt").read_text(encoding="utf-8")


def absent(repository: Path) -> None:
    for name in ("Engineer A", "Engineer B", "Engineer D"):
        add(repository, f"{name},2024-09-23,2024-09-27,annual,2024-08-01,")
    git("commit", "-qam", "away", at=repository)


def test_the_comment_says_whose_weeks_move(repository: Path) -> None:
    absent(repository)
    status, comment, _ = acted(repository)
    assert status == 0, "re-planning mends it"
    assert f"### {TEAM} · 2024Q3" in comment
    assert "Nothing was written." in comment
    assert "rota check: exit status 1" in comment
    assert "BROKEN" in comment
    git("diff", "--exit-code", at=repository)
    page = repository.parent / "runner" / "rota" / f"{TEAM}.html"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>"), "uploaded with the rest"


def test_a_strict_check_fails_while_a_rule_is_broken(repository: Path) -> None:
    absent(repository)
    assert acted(repository, strict="true")[0] == 1


def test_bad_inputs_fail_it(repository: Path) -> None:
    add(repository, "Engineer Z,2024-08-26,2024-08-30,annual,2024-08-01,")
    status, comment, _ = acted(repository)
    assert status == 2
    assert "“Engineer Z” is not an engineer of this team" in comment


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_name_what_exists(workflow: Path) -> None:
    (job,) = read(workflow)["jobs"].values()
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step)
        if step.get("uses") == "./":
            assert step["id"] == "rota"
        if step.get("run", "").startswith(".ci/"):
            script = CHECKOUT / step["run"].split()[0]
            assert os.access(script, os.X_OK)
    known = set(read(CHECKOUT / "action.yml")["outputs"])
    text = workflow.read_text(encoding="utf-8")
    assert set(re.findall(r"steps\.rota\.outputs\.(\w+)", text)) <= known


def test_the_versions_tried_are_those_of_the_package() -> None:
    """Each version of Python that the package names, and the lowest versions of what it needs."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {line.rsplit(" ", 1)[1] for line in project["classifiers"] if "Python :: 3." in line}
    versions = read(CHECKOUT / ".github" / "workflows" / "versions.yml")["jobs"]["versions"]
    runs = versions["strategy"]["matrix"]["include"]
    newest = {run["python"] for run in runs if run["resolution"] == "highest"}
    assert newest - named == {"3.14"}, "tried nowhere yet"
    assert named < newest
    assert {"python": "3.11", "resolution": "lowest-direct"} in runs
    assert project["requires-python"] == ">=3.11"


def test_the_hook_runs_on_files_of_teams(repository: Path) -> None:
    (hook,) = read(CHECKOUT / ".pre-commit-hooks.yaml")
    assert hook["language"] == "python"
    assert not hook["pass_filenames"]
    files = re.compile(hook["files"])
    assert files.search(f"inputs/{TEAM}/vacations.csv")
    assert not files.search("README.md")
    done = bash(hook["entry"], repository)
    assert done.returncode == 0, done.stderr
    assert "vacation       OK" in done.stdout
    absent(repository)
    assert bash(hook["entry"], repository).returncode == 1


def test_the_package_says_where_it_is_from_and_its_links_lead_there() -> None:
    build = pytest.importorskip("hatchling.metadata.core")
    plugins = pytest.importorskip("hatchling.plugin.manager")
    metadata = build.ProjectMetadata(str(CHECKOUT), plugins.PluginManager())
    source = metadata.core.urls["Source"]
    assert source == f"https://github.com/{repository_named()}"
    assert set(metadata.core.urls) == {"Source", "Documentation", "Changelog", "Issues"}
    text = metadata.core.readme
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert f"{source}/raw/main/docs/overview.png" in links
    assert f"{source}/blob/main/docs/modelling.md" in links
    assert all(link.startswith(("https://", "#")) for link in links)
    assert len(links) == len(re.findall(r"\]\(", (CHECKOUT / "README.md").read_text()))


def test_the_address_is_typed_once_and_carried_everywhere() -> None:
    """Whoever publishes this sets one line."""
    for path in ADDRESSED:
        text = path.read_text(encoding="utf-8")
        assert repository_named() in text, path.name
        assert repository_named() not in addressed(text, "us/ours"), path.name
    listed = subprocess.check_output(["git", "ls-files"], cwd=CHECKOUT, text=True).splitlines()
    texts = (CHECKOUT / name for name in listed if name.endswith((".md", ".toml", ".yml", ".py")))
    naming = {path for path in texts if repository_named() in path.read_text(encoding="utf-8")}
    assert naming == {*ADDRESSED, CHECKOUT / "pyproject.toml"}
