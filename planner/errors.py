"""Everything that can go wrong, as named exceptions.

The command line turns each into one clear message and an exit status; nothing else
in the planner prints an error or leaves a traceback to a user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

SHOWN = 100
"""So many problems of files are listed; of more, their number is said."""
OLDER_NAME_HINT = (
    "Who left stays in engineers.csv, with their last day under “left”; who is called otherwise "
    "now has the earlier name under “formerly”."
)
"""Said wherever an older file names somebody unknown."""


class RotaError(Exception):
    """Anything the planner refuses to do, said in plain words."""

    exit_status = 2

    @property
    def complaint(self) -> str:
        """What is wrong, in full."""
        return str(self)


@dataclass(frozen=True, slots=True, order=True)
class InputProblem:
    """One thing wrong in one place of the inputs.

    ``row`` counts as a spreadsheet does: the header is row 1.
    """

    file: str
    row: int | None
    column: str
    value: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f" row {self.row}"
        if self.column:
            place += f", {_shortened(self.column)}"
        shown = f" “{_shortened(' '.join(self.value.splitlines()))}”" if self.value else ""
        hint = f" {_shortened(self.hint)}" if self.hint else ""
        return f"{place}:{shown} {_shortened(self.message)}.{hint}"


def _shortened(said: str) -> str:
    """The beginning of what somebody wrote on end: a cell holds 32,767 characters."""
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"


_LONGEST = 600


ONE_MORE = InputProblem("", None, "", "", "one more problem")
"""Stands for each further problem where there are too many to note down."""


class InputError(RotaError):
    """The inputs cannot be used; carries every problem found in every file, but of very many
    only the first, and ``more``, how many there are besides."""

    def __init__(self, problems: Iterable[InputProblem]) -> None:
        found = list(problems)
        self.more = found.count(ONE_MORE)
        in_order = sorted(
            {*found} - {ONE_MORE},
            key=lambda one: (one.file, one.row or 0, one.column, one.value, one.message),
        )
        self.problems = tuple(in_order)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    @property
    def complaint(self) -> str:
        """Every problem on its own line, and how many there are."""
        count = len(self.problems) + self.more
        more = [f"  … and {count - SHOWN:,} more."] if count > SHOWN else []
        return "\n".join(
            [
                "some files cannot be used as they are.",
                *(f"  {problem}" for problem in self.problems[:SHOWN]),
                *more,
                f"{count:,} problem{'s' if count != 1 else ''}; nothing was written.",
            ]
        )


class UsageError(RotaError):
    """The command was asked for something that makes no sense."""


class FactError(UsageError):
    """A value that no engineer, team, request or rota can have; it is named.

    Whoever builds a team in Python meets it; files are checked before anything is built.
    """


class OutputError(RotaError):
    """A file cannot be written, read or replaced; nothing has been changed."""


class InfeasibleError(RotaError):
    """No rota satisfies the rules.

    ``reasons`` are lines that say what clashes and what could be done, as far as known;
    ``details`` says the same for programs.
    """

    exit_status = 3

    def __init__(
        self, team: str, reasons: Iterable[str] = (), details: Mapping[str, object] | None = None
    ) -> None:
        self.team = team
        self.reasons = tuple(reasons)
        self.details = dict(details or {})
        lines = [f"{team}: no rota can satisfy the rules."]
        lines += [f"  {reason}" for reason in self.reasons]
        super().__init__("\n".join(lines))


class TimeRanOutError(RotaError):
    """The time limit passed before any rota was found."""

    exit_status = 4


class FaultError(RotaError):
    """A fault of the planner itself, or of the machine, with one of several teams."""

    exit_status = 70


class StoppedError(RotaError):
    """Somebody interrupted the run before anything came of this."""

    exit_status = 130


@dataclass
class DisagreementError(RotaError):
    """The solver and the independent check disagree: a fault of the planner itself."""

    differences: tuple[str, ...] = field(default=())
    exit_status = 70

    def __str__(self) -> str:
        listed = "\n".join(f"  {difference}" for difference in self.differences)
        return (
            "The solver and the independent check disagree, so nothing was written. "
            f"Please report this as a bug:\n{listed}"
        )


def did_you_mean(value: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """A hint naming the nearest known word; or else one given, or all of them when few.

    Matching ignores case, because that is the commonest slip.
    """
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    close = get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{folded[close[0]]}”?"
    if otherwise is not None:
        return otherwise
    if 0 < len(names) <= 12:
        return "Known: " + ", ".join(names) + "."
    return ""
