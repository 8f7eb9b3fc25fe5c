"""The messages of a re-plan: gathered, and written where they were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.commands.replanning import Replanned
from planner.files.atomic_write import replace_content
from planner.files.slugs import distinct_slugs

if TYPE_CHECKING:
    from planner.reporting.messages import Message


def messages_of(done: Sequence[Replanned]) -> tuple[Message, ...]:
    """What those are told whom a team's re-plans touch; nothing where none was decided on."""
    from planner.reporting.messages import messages

    decided = [found.answers[0] for found in done if len(found.answers) == 1]
    return messages(decided) if decided else ()


def write_messages(where: Path, told: Mapping[str, Sequence[Message]]) -> list[Path]:
    """Those of each team: into a folder, one file each, if ``where`` names one; or into one file.

    A folder is what exists as one or has no ending. Raises ``OutputError`` if that cannot be done.
    """
    if not where.is_dir() and where.suffix:
        every = [message.text for each in told.values() for message in each]
        return [_write(where, "\n\n".join(every))]
    return [
        _write(where / f"{team}-{name}.txt", message.text)
        for team, each in told.items()
        for name, message in zip(distinct_slugs(m.engineer for m in each), each, strict=True)
    ]


def _write(path: Path, text: str) -> Path:
    replace_content(path, text + "\n")
    return path
