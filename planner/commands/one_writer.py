"""One writer at a time for a team; and what an earlier one left unfinished is finished first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.commands.interrupted import interrupted
from planner.commands.saying import say
from planner.errors import OutputError, StoppedError
from planner.files.locks import locked, locked_if_free
from planner.files.transaction import begun, finish


@contextmanager
def sole_writer(inputs: Path, outputs: Path) -> Iterator[None]:
    """Within this, no other command writes for the team with these folders.

    Whatever is written must follow from what is read within it. Raises ``OutputError`` if
    another command does not come to an end.
    """
    told = False

    def waiting() -> None:
        nonlocal told
        if interrupted():
            raise StoppedError("interrupted before anything was done.")
        if not told:
            say(f"{inputs.name}: another rota command is at work on this team; waiting for it.")
        told = True

    with locked(inputs, waiting):
        for line in finish(outputs, inputs):
            say(f"{inputs.name}: {line}")
        yield


def finish_begun(inputs: Path, outputs: Path, only: str | None) -> None:
    """Finish or undo what ended runs left in the teams' folders, and say which.

    A team whose folder another command is writing in is left to that one.
    """
    for folder in _folders(inputs, only):
        places = (outputs / folder.name, folder)
        try:
            if not begun(*places):
                continue
            with locked_if_free(folder) as free:
                for line in finish(*places) if free else ():
                    say(f"{folder.name}: {line}")
        except (OutputError, OSError) as refusal:
            say(f"{folder.name}: an earlier run left something unfinished: {refusal}")


def _folders(inputs: Path, only: str | None) -> list[Path]:
    try:
        return sorted(p for p in inputs.iterdir() if only in (None, p.name) and p.is_dir())
    except OSError:  # whoever reads it will say so
        return []
