"""What ``rota plan`` says at the end of a run over several teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.commands.reports import OUTCOME, STATUSES, Seconds, TeamOutcome
from planner.reporting.documents import Document
from planner.reporting.kinds import COUNT, NUMBER, Kind
from planner.reporting.shapes import made
from planner.reporting.table import one
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
    return Seconds(*map(sum, zip(*(each.seconds for each in told), strict=True)))


def time_text(told: Sequence[TeamOutcome], elapsed: float, workers: int) -> str:
    """Where the time went: of all teams together, and on average."""
    said = ", ".join(
        f"{name} {seconds:.1f} s ({1000 * seconds / len(told):.0f} ms a team)"
        for name, seconds in spent(told)._asdict().items()
    )
    crew = "one process" if workers == 1 else f"{workers} worker processes"
    return f"{len(told):,} teams in {elapsed:.1f} s, {crew}: {said}."


def document(told: Sequence[TeamOutcome], elapsed: float, workers: int) -> str:
    """For programs: an entry a team, and what became of all of them together."""
    summary = {
        "teams": len(told),
        "statuses": counted(told),
        "workers": workers,
        "seconds": {"elapsed": elapsed, **spent(told)._asdict()},
    }
    return DOCUMENT.text([each.document for each in told], {"summary": summary})


ALL_SECONDS = made(elapsed=NUMBER, reading=NUMBER, solving=NUMBER, writing=NUMBER)
SUMMARY = made(
    teams=COUNT, statuses=Kind(COUNTS, plain=False), workers=COUNT, seconds=one(ALL_SECONDS)
)
DOCUMENT = Document("plan", OUTCOME, rest=made(summary=one(SUMMARY)))
