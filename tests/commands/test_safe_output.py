"""What reaches a terminal or a program: no control character, data in UTF-8, ends without noise."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.commands.safe_output import cleaned, escaped
from tests.conftest import CHECKOUT, run_process

PERIOD = ("--from", "2024-07-01", "--weeks", "2")
EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\x08\x7f\u202eevil"


def is_harmless(text: str) -> bool:
    text = text.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\r\n", "\n")
    return not any(
        (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202e"
        for c in text
    )


@given(st.text(st.sampled_from("aé\n\t\r\x1b[]01m;\x00\x07\x7f\x9b\u202e\u2028🦄")))
def test_cleaned_text_steers_nothing(text: str) -> None:
    assert is_harmless(cleaned(text))
    kept = [c for c in text if c in "aé\n\t]01m;🦄"]
    assert [c for c in cleaned(text) if c in "aé\n\t]01m;🦄"] == kept or "\x1b" in text


@given(st.text())
def test_escaped_json_says_the_same(text: str) -> None:
    said = escaped(json.dumps({text: text}, ensure_ascii=False))
    assert json.loads(said) == {text: text}
    assert cleaned(said) == said


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one team whose files hold what could steer a terminal."""
    team = tmp_path / "inputs" / "t"
    team.mkdir(parents=True)
    (team / "team.toml").write_text(
        f'name = "T"\ntimezone = "UTC"\n"{EVIL.encode("unicode_escape").decode()}" = 1\n'
        '[[rotation]]\ncycle = ["Łukasz", "Ben", "Chi"]\n'.replace("\\x", "\\u00"),
        encoding="utf-8",
    )
    (team / "engineers.csv").write_text(
        "name,country,subdivision\nŁukasz,GB,ENG\nBen,GB,ENG\nChi,GB,ENG\n", encoding="utf-8"
    )
    return tmp_path


def sound(small: Path) -> Path:
    settings = small / "inputs" / "t" / "team.toml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    return small


def evil_calendar(folder: Path) -> None:
    (folder / f"a{EVIL[:4]}.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART;VALUE=DATE:20240708\r\nSUMMARY:{EVIL} out of office\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
    )


def test_keys_values_and_file_names_reach_a_terminal_without_control_characters(
    small: Path,
) -> None:
    folder = small / "inputs" / "t"
    (folder / f"vacations-{EVIL}.csv").write_text("x\n1\n", encoding="utf-8")
    with (folder / "engineers.csv").open("a", encoding="utf-8") as file:
        file.write(f"{EVIL},{EVIL},ENG\n")
    said = run_process("plan", *PERIOD, cwd=small)
    assert said.status == 2
    assert "owned" in said.err
    assert is_harmless(said.err)


def test_summaries_and_arguments_reach_a_terminal_without_control_characters(small: Path) -> None:
    evil_calendar(sound(small) / "inputs" / "t")
    said = run_process("plan", *PERIOD, cwd=small)
    assert said.status == 0, said.err
    assert "owned" in said.err
    assert is_harmless(said.err)
    said = run_process("plan", *PERIOD, "--team", EVIL, f"--{EVIL}", cwd=small)
    assert said.status == 2
    assert is_harmless(said.err)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437"])
def test_data_is_utf_8_whatever_the_code_page(small: Path, encoding: str) -> None:
    sound(small)
    for arguments in (("plan", *PERIOD, "--json"), ("export", "--format", "csv")):
        said = run_process(*arguments, cwd=small, PYTHONIOENCODING=encoding)
        assert said.status == 0, said.err
        assert "Łukasz" in said.out
    said = run_process("fairness", cwd=small, PYTHONIOENCODING=encoding)
    assert said.status == 0
    assert "?ukasz" in said.out


def test_a_full_or_closed_output_is_no_fault_of_ours(small: Path) -> None:
    sound(small)
    run = f"{sys.executable} -m planner plan {' '.join(PERIOD)}"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    for ending, status in (
        (">/dev/full", 2),
        ("--json >/dev/full", 2),
        ("--help >/dev/full", 2),
        ("2>/dev/full", 0),
        (">&-", 0),
        ("2>&-", 0),
        (">&- 2>&-", 0),
        ("| true", 0),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{run} --force {ending}"],
            cwd=small,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, (ending, done.stderr)
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        assert "fault" not in done.stderr
        assert not status or "No space left" in done.stderr


@pytest.mark.parametrize("moment", range(8))
def test_ctrl_c_at_any_moment_is_an_end_without_noise(small: Path, moment: int) -> None:
    sound(small)
    code = (
        "import threading, os, signal\nfrom planner.__main__ import main\n"
        f"threading.Timer({0.02 + 0.13 * moment}, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "plan", *PERIOD],
        cwd=small,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # type: ignore[arg-type,return-value]
    )
    assert done.returncode in (0, 130)
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
    assert not list(small.glob("outputs/*/.*"))
