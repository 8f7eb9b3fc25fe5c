"""What ``rota plan`` says at the end of a run over several teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.commands.one_team import TeamOutcome
from planner.commands.reports import OUTCOME, SECONDS, STATUSES, Seconds
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import COUNT, NUMBER, Kind
from planner.reporting.table import Column, Shape, one
from planner.reporting.terminal import table

COUNTS = {
    "type": "object",
    "propertyNames": {"enum": list(STATUSES)},
    "additionalProperties": {"type": "integer"},
}
MANY = 10
"""From so many teams on, what became of them is counted, and failures are listed again."""


def summary(told: Sequence[TeamOutcome]) -> str:
    """A line a team; of many teams also how many came to what, and what failed for which reason."""
    lines = [table(["Team", "rota", "duties", "each", "aims"], [t.row for t in told], "llrrl")]
    if len(told) >= MANY:
        counts = counted(told)
        rows = [[status.replace("-", " "), f"{count:,}"] for status, count in counts.items()]
        lines += ["", table(["Rota", "teams"], rows, "lr")]
        # Not those of which an interruption or the time limit is all that was wrong.
        begun = [each for each in told if not each.left_out and each.status != "not-planned"]
        wrong = [each for each in begun if each.reason]
        if wrong:
            lines += ["", *(f"{each.key}: {each.reason}" for each in wrong)]
    return "\n".join(lines)


def counted(told: Sequence[TeamOutcome]) -> dict[str, int]:
    """How many teams came to each status, of those that occur."""
    found = Counter(each.status for each in told)
    return {status: found[status] for status in STATUSES if status in found}


def spent(told: Sequence[TeamOutcome]) -> Seconds:
    """The seconds of all teams together, by the part of the work."""
    return Seconds(
        sum(each.seconds.reading for each in told),
        sum(each.seconds.solving for each in told),
        sum(each.seconds.writing for each in told),
    )


def time_text(told: Sequence[TeamOutcome], elapsed: float, workers: int) -> str:
    """Where the time went: of all teams together, and on average."""
    whole = spent(told)
    parts = {"reading": whole.reading, "solving": whole.solving, "writing": whole.writing}
    said = ", ".join(
        f"{name} {seconds:.1f} s ({1000 * seconds / len(told):.0f} ms a team)"
        for name, seconds in parts.items()
    )
    crew = "one process" if workers == 1 else f"{workers} worker processes"
    return f"{len(told):,} teams in {elapsed:.1f} s, {crew}: {said}."


@dataclass(frozen=True)
class Summary:
    """What became of all teams together."""

    told: Sequence[TeamOutcome]
    elapsed: float
    workers: int


ALL_SECONDS = Shape[Summary](Column("elapsed", lambda all_: all_.elapsed, NUMBER)) + SECONDS.of(
    lambda all_: spent(all_.told)
)
SUMMARY = Shape[Summary](
    Column("teams", lambda all_: len(all_.told), COUNT),
    Column("statuses", lambda all_: counted(all_.told), Kind(COUNTS, plain=False)),
    Column("workers", lambda all_: all_.workers, COUNT),
    Column("seconds", lambda all_: all_, one(ALL_SECONDS)),
)
DOCUMENT = Document(
    "plan", OUTCOME, rest=Shape[Summary](Column("summary", lambda all_: all_, one(SUMMARY)))
)
