"""Files are written whole or not at all, and never over somebody's open work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.errors import OutputError
from planner.files.atomic_write import ensure_writable, replace_file


def _say(text: str):
    return lambda path: path.write_text(text) and None


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_and_its_folders_are_made(tmp_path):
    path = tmp_path / "team" / "rota.xlsx"
    replace_file(path, _say("new"))
    assert path.read_text() == "new"
    assert _names(path.parent) == ["rota.xlsx"]


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path):
    ordinary = tmp_path / "ordinary"
    ordinary.write_text("")
    replace_file(tmp_path / "rota.xlsx", _say("new"))
    assert (tmp_path / "rota.xlsx").stat().st_mode == ordinary.stat().st_mode


def test_a_replaced_file_keeps_its_mode(tmp_path):
    path = tmp_path / "rota.xlsx"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, _say("new"))
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_behind_a_link_the_file_itself_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    path = tmp_path / "real" / "rota.xlsx"
    path.write_text("old")
    link = tmp_path / "rota.xlsx"
    link.symlink_to(path)
    replace_file(link, _say("new"))
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "rota.xlsx"
    path.write_text("old")

    def fail(fresh: Path) -> None:
        fresh.write_text("half")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        replace_file(path, fail)
    assert path.read_text() == "old"
    assert _names(tmp_path) == ["rota.xlsx"]


def test_a_full_disk_is_said_in_one_sentence(tmp_path):
    def fail(fresh: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"rota\.xlsx cannot be written: No space left"):
        replace_file(tmp_path / "rota.xlsx", fail)


def test_a_killed_write_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "rota.xlsx"
    path.write_text("old and whole")
    program = f"""
import os, signal
from pathlib import Path
from planner.files.atomic_write import replace_file

def write(fresh):
    fresh.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)

replace_file(Path({str(path)!r}), write)
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_text() == "old and whole"
    assert len(_names(tmp_path)) == 2
    replace_file(path, _say("new"))
    assert path.read_text() == "new"
    assert _names(tmp_path) == ["rota.xlsx"], "what the killed one left is cleared"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "team" / "rota-2024Q3.xlsx"
    path.parent.mkdir()
    return path


def test_what_can_be_replaced_is_writable(path, tmp_path):
    ensure_writable(path)
    path.write_text("old")
    ensure_writable(path)
    ensure_writable(tmp_path / "no" / "such" / "folder" / "rota.xlsx")
    assert _names(tmp_path) == ["team"]


def test_a_read_only_file_is_refused(path):
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="is read-only"):
        ensure_writable(path)


@pytest.mark.parametrize("missing", ["", "deeper"])
def test_a_folder_that_one_may_not_write_to_is_refused(path, missing, monkeypatch):
    may = os.access
    monkeypatch.setattr(os, "access", lambda p, how: Path(p) != path.parent and may(p, how))
    with pytest.raises(OutputError, match=r"folder .*team is read-only"):
        ensure_writable(path.parent / missing / path.name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits of folders")
def test_a_folder_marked_read_only_is_refused_to_whom_it_cannot_be_written_by(path):
    path.parent.chmod(0o555)
    try:
        if os.access(path.parent, os.W_OK):  # the superuser
            ensure_writable(path)
            replace_file(path, lambda to: to.write_bytes(b"new"))
            assert path.read_bytes() == b"new"
        else:
            with pytest.raises(OutputError, match=r"folder .*team is read-only"):
                ensure_writable(path)
    finally:
        path.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("mark", "program"),
    [("~$rota-2024Q3.xlsx", "Excel"), (".~lock.rota-2024Q3.xlsx#", "LibreOffice")],
)
def test_a_workbook_that_somebody_has_open_is_refused(path, mark, program):
    (path.parent / mark).write_text("somebody")
    with pytest.raises(OutputError, match=f"open in {program}.*delete .*rota-2024Q3"):
        ensure_writable(path)


def test_another_open_workbook_does_not_matter(path):
    (path.parent / "~$rota-2024Q4.xlsx").write_text("somebody")
    ensure_writable(path)


def test_a_folder_in_the_way_is_refused(path):
    path.mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        ensure_writable(path)


def test_a_file_in_place_of_the_folder_is_refused(path):
    path.write_text("")
    with pytest.raises(OutputError, match="is not a folder"):
        ensure_writable(path / "rota.xlsx")
