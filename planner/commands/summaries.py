"""What ``rota plan`` says at the end of a run over several teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from planner.commands.one_team import Told
from planner.commands.reports import Seconds
from planner.commands.tables import table

MANY = 10
"""From so many teams on, what became of them is counted, and failures are listed again."""

_STATUSES = (
    "planned",
    "up-to-date",
    "refused",
    "bad-input",
    "infeasible",
    "out-of-time",
    "failed",
    "not-planned",
)


def summary(told: Sequence[Told]) -> str:
    """A line a team; of many teams also how many came to what, and what failed for which reason."""
    lines = [table(["Team", "rota", "duties", "each", "aims"], [t.row for t in told], "llrrl")]
    if len(told) >= MANY:
        counts = counted(told)
        rows = [[status.replace("-", " "), f"{count:,}"] for status, count in counts.items()]
        lines += ["", table(["Rota", "teams"], rows, "lr")]
        wrong = [each for each in told if each.reason and not _left_out(each)]
        if wrong:
            lines += ["", *(f"{each.key}: {each.reason}" for each in wrong)]
    return "\n".join(lines)


def _left_out(each: Told) -> bool:
    """Whether an interruption or the time limit is all that was wrong."""
    return each.left_out or each.status == "not-planned"


def counted(told: Sequence[Told]) -> dict[str, int]:
    """How many teams came to each status, of those that occur."""
    found = Counter(each.status for each in told)
    return {status: found[status] for status in _STATUSES if status in found}


def spent(told: Sequence[Told]) -> Seconds:
    """The seconds of all teams together, by the part of the work."""
    return Seconds(
        sum(each.seconds.reading for each in told),
        sum(each.seconds.solving for each in told),
        sum(each.seconds.writing for each in told),
    )


def time_text(told: Sequence[Told], elapsed: float, workers: int) -> str:
    """Where the time went: of all teams together, and on average."""
    whole = spent(told)
    parts = {"reading": whole.reading, "solving": whole.solving, "writing": whole.writing}
    said = ", ".join(
        f"{name} {seconds:.1f} s ({1000 * seconds / len(told):.0f} ms a team)"
        for name, seconds in parts.items()
    )
    crew = "one process" if workers == 1 else f"{workers} worker processes"
    return f"{len(told):,} teams in {elapsed:.1f} s, {crew}: {said}."


def summary_json(told: Sequence[Told], elapsed: float, workers: int) -> dict[str, Any]:
    """``statuses``: how many teams of each; ``seconds``: where the time went."""
    whole = spent(told)
    return {
        "teams": len(told),
        "statuses": counted(told),
        "workers": workers,
        "seconds": {
            "elapsed": elapsed,
            "reading": whole.reading,
            "solving": whole.solving,
            "writing": whole.writing,
        },
    }
