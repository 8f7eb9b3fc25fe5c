"""Several files that change together or not at all, whatever is killed when.

Each new file is first written whole beside the one that it replaces. Then a journal says which
are to take their places, and only then do they. Whoever finds a journal later can finish what it
tells of; without one, nothing had changed yet, and what lies about can go.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from threading import current_thread, main_thread

from planner.errors import OutputError
from planner.files.atomic_write import (
    behind_links,
    ensure_writable,
    flush,
    fresh_beside,
    is_fresh_of,
    refusals_said,
    replace_content,
    strays,
)
from planner.records import dataclass

JOURNAL = ".rota-begun.json"
"""Lies in a team's folder of outputs while files of the team take their places."""

NOTHING = ""
"""The digest of a file that is not there."""


def digest(path: Path) -> str:
    """A hash of what is in a file, by which to tell later whether it changed."""
    with refusals_said(path, "read"):
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return NOTHING


@dataclass(frozen=True, slots=True)
class _Step:
    """A new file, whole but under another name, and the place that it is to take; with what is
    in that place before, and what is then."""

    fresh: str
    target: str
    before: str
    after: str

    @property
    def done(self) -> bool:
        return digest(Path(self.target)) == self.after

    @property
    def possible(self) -> bool:
        in_place = digest(Path(self.target)) == self.before
        return in_place and digest(Path(self.fresh)) == self.after

    def take(self) -> None:
        os.replace(self.fresh, self.target)
        flush(Path(self.target).parent)

    def drop(self) -> None:
        Path(self.fresh).unlink(missing_ok=True)


class Transaction:
    """Files that are replaced when the ``with`` block ends well, and not if it ends badly.

    ``folder`` is where the journal goes. Nothing is in place before the block ends.
    """

    def __init__(self, folder: Path) -> None:
        self._journal = folder / JOURNAL
        self._steps: list[_Step] = []

    def __enter__(self) -> Transaction:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            if not self._journal.exists():
                for step in self._steps:
                    step.drop()

    def replace(
        self, path: Path, write: Callable[[Path], object], before: str | None = None
    ) -> None:
        """Let ``write`` fill a new file for the place of ``path``.

        ``before`` is the digest of what was read there, if what is written follows from it; then
        a file that has changed since is never replaced. Raises ``OutputError`` as
        :func:`planner.files.atomic_write.replace_file` does.
        """
        with refusals_said(path):
            target = behind_links(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            before = digest(target) if before is None else before
            self._add(target, before, write)

    def keep(self, path: Path, stamp: datetime) -> Path:
        """Copy a file beside itself, as ``rota-2024Q3.before-20261120T091200.xlsx``.

        A taken name gets ``-2``, ``-3`` … Returns where the copy will be.
        """
        number, kept = 1, path
        while kept.exists():
            more = "" if number == 1 else f"-{number}"
            name = f"{path.stem}.before-{stamp:%Y%m%dT%H%M%S}{more}{path.suffix}"
            kept, number = path.with_name(name), number + 1
        with refusals_said(path):
            self._add(kept, NOTHING, lambda fresh: shutil.copy2(path, fresh))
        return kept

    def _add(self, target: Path, before: str, write: Callable[[Path], object]) -> None:
        fresh = fresh_beside(target)
        step = _Step(str(fresh), str(target), before, NOTHING)
        self._steps.append(step)
        write(fresh)
        if target.exists():
            shutil.copymode(target, fresh)
        flush(fresh)
        self._steps[-1] = replace(step, after=digest(fresh))

    def _commit(self) -> None:
        for step in self._steps:
            ensure_writable(Path(step.target))
            if digest(Path(step.target)) != step.before:
                raise OutputError(
                    f"{step.target} was changed by somebody else meanwhile, so nothing was "
                    "written. Run it again."
                )
        with _undisturbed():
            if len(self._steps) > 1:
                _write_journal(self._journal, self._steps)
            for number, step in enumerate(self._steps):
                try:
                    step.take()
                except OSError as refusal:
                    self._refused(number, step, refusal)
            self._journal.unlink(missing_ok=True)

    def _refused(self, number: int, step: _Step, refusal: OSError) -> None:
        said = f"{step.target} cannot be written: {refusal.strerror or refusal}."
        if number == 0:
            self._journal.unlink(missing_ok=True)
            raise OutputError(said) from refusal
        raise OutputError(
            f"{said} The rest of what belongs together is written; the next command for this "
            "team finishes it once the file can be written."
        ) from refusal


def begun(*folders: Path) -> bool:
    """Whether an ended run, or one at work, has left anything unfinished in these folders."""
    return any((folder / JOURNAL).exists() or strays(folder) for folder in folders)


def finish(*folders: Path) -> tuple[str, ...]:
    """Finish or undo what an ended run began in a team's folders; sentences on what was done.

    Only for whoever holds the team's lock, so that no run is at it now. Raises ``OutputError`` if
    a file cannot be written.
    """
    told = [line for folder in folders for line in _finish_journal(folder / JOURNAL)]
    left = [stray for folder in folders for stray in strays(folder)]
    for stray in left:
        with refusals_said(stray):
            stray.unlink(missing_ok=True)
    if left and not told:
        told.append(
            "an earlier run was stopped before it changed anything; what it had begun to write "
            "was cleared."
        )
    return tuple(told)


def _finish_journal(journal: Path) -> Iterator[str]:
    if not journal.exists():
        return
    with refusals_said(journal):
        steps = _read_journal(journal)
        if not steps:
            yield f"{journal} is none that rota wrote: it was deleted."
        names = " and ".join(Path(step.target).name for step in steps)
        started = any(step.done for step in steps)
        left = [step for step in steps if not step.done]
        barred = [step for step in left if not step.possible]
        if steps and not started and barred:
            yield f"an earlier run was stopped before it changed {names}: undone."
        elif steps:
            yield f"an earlier run was stopped while it changed {names}: finished now."
            for step in left:
                if step in barred:
                    yield f"but {step.target} was changed by somebody since, and stays as it is."
                else:
                    step.take()
        for step in steps:
            step.drop()
        journal.unlink(missing_ok=True)


def _write_journal(journal: Path, steps: list[_Step]) -> None:
    # Relative to the journal, so that folders that were moved can still be finished.
    said = [
        asdict(step) | {key: _relative(getattr(step, key), journal) for key in ("fresh", "target")}
        for step in steps
    ]
    replace_content(journal, json.dumps({"version": 1, "steps": said}, indent=1))


def _relative(path: str, journal: Path) -> str:
    try:
        return os.path.relpath(os.path.abspath(path), journal.parent.resolve())
    except ValueError:  # on another drive
        return os.path.abspath(path)


def _read_journal(journal: Path) -> list[_Step]:
    """The steps of a journal; none of a file that this program did not write."""
    try:
        told = json.loads(journal.read_text(encoding="utf-8"))["steps"]
        steps = [_Step(**{key: str(value) for key, value in step.items()}) for step in told]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    home = journal.parent.resolve()
    found = [
        _Step(str(home / step.fresh), str(home / step.target), step.before, step.after)
        for step in steps
    ]
    beside = all(is_fresh_of(Path(step.fresh), Path(step.target)) for step in found)
    return found if beside else []


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Within this, Ctrl-C waits."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is None:
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda signum, frame: pressed.append(signum))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            signal.raise_signal(signal.SIGINT)
