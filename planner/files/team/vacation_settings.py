"""How a team has the calendars and exports of other programs read: ``[vacations]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from planner.files.team.calendars.entry_kinds import OVERRULED
from planner.files.team.choices import Choices
from planner.files.team.keys import VACATIONS, HalfDays
from planner.files.team.toml_values import TomlTable
from planner.files.team.values import BadValueError
from planner.records import dataclass

ENGINEER = "{engineer}"


@dataclass(frozen=True, slots=True)
class VacationSettings:
    """``pattern`` is how titles name people; ``not_us`` are people who only look like ours, and
    ``whose`` says of other spellings whom they mean. ``count`` are sorts of entries that count as
    absences all the same, ``half_days`` whether half a day blocks its week."""

    pattern: re.Pattern[str] | None = None
    not_us: tuple[str, ...] = ()
    whose: Mapping[str, str] = field(default_factory=dict)
    count: tuple[str, ...] = ()
    half_days: HalfDays = "block"


USUAL = VacationSettings()


def summary_pattern(template: str) -> re.Pattern[str]:
    """What summaries such as ``{engineer} - *`` look like; ``*`` stands for anything.

    Raises ``BadValueError`` if it does not hold ``{engineer}`` once.
    """
    if template.count(ENGINEER) != 1:
        raise BadValueError(
            f"does not say once where the name stands: {ENGINEER}",
            f"Write it as “{ENGINEER} - *”, where * stands for anything.",
        )
    parts = re.split(r"(\{engineer\}|\*|\s+)", template.strip())
    found = {ENGINEER: "(?P<engineer>.+?)", "*": ".*"}
    written = (r"\s+" if part.isspace() else found.get(part, re.escape(part)) for part in parts)
    return re.compile("".join(written), re.IGNORECASE)


def read_vacation_settings(vacations: TomlTable, rules: TomlTable) -> VacationSettings:
    """How calendars and exports are to be read."""
    vacations.check_keys(VACATIONS)
    asked = vacations if "half_days" in vacations.data else rules
    whose = vacations.table("whose")
    return VacationSettings(
        pattern=vacations.read("summary", summary_pattern, None),
        not_us=vacations.words("not_us", str),
        whose={said: whose.text(said) for said in sorted(whose.data)},
        count=vacations.words("count", Choices(OVERRULED, "a sort of entry").require),
        half_days=asked.choice("half_days", HalfDays, "block"),
    )
