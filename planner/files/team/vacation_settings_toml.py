"""``[vacations]`` of ``team.toml``."""

from __future__ import annotations

from planner.files.team.calendars.entry_kinds import OVERRULED
from planner.files.team.choices import Choices
from planner.files.team.keys import VACATIONS
from planner.files.team.toml_values import TomlTable
from planner.files.team.vacation_settings import HalfDays, VacationSettings, summary_pattern


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
