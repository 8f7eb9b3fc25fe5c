"""``days``, ``hours``, ``weekdays`` and ``timezone`` of a rotation, as written and mistyped."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.files.team.folder import load_team

HEAD = (
    'name = "T"\ntimezone = "Europe/London"\nhandover = "Monday 10:00"\n[[rotation]]\nname = "r"\n'
)


def rotation(tmp_path: Path, lines: str, head: str = HEAD) -> tuple[str, tuple[int, ...]]:
    """What the rotation's hours are said to be, and the dates that they touch."""
    folder = tmp_path / "t"
    folder.mkdir(exist_ok=True)
    (folder / "team.toml").write_text(head + lines, encoding="utf-8")
    (folder / "engineers.csv").write_text(
        "name,country,subdivision\nA,GB,ENG\nB,GB,ENG\n", encoding="utf-8"
    )
    team = load_team(folder)
    hours = team.rotation("r").hours
    return team.hours_said("r"), hours.days if hours else ()


@pytest.mark.parametrize(
    ("lines", "said", "days"),
    [
        ("", "", ()),
        ('days = "Monday 10:00 – Friday 18:00"', "Mon 10:00 – Fri 18:00", (0, 1, 2, 3, 4)),
        ('days = "mon 10:00-fri 18:00"', "Mon 10:00 – Fri 18:00", (0, 1, 2, 3, 4)),
        ('days = "Fri 18:00 to Mon 10:00"', "Fri 18:00 – Mon 10:00", (4, 5, 6, 7)),
        ('days = "Sat 00:00 – Sun 24:00"', "Sat 00:00 – Mon 00:00", (5, 6)),
        ('hours = "08:00 – 20:00"', "08:00 – 20:00", (0, 1, 2, 3, 4, 5, 6)),
        ('hours = "8:00-20:00"\nweekdays = "Mon–Fri"', "08:00 – 20:00, Mon–Fri", (0, 1, 2, 3, 4)),
        ('hours = "20:00 – 08:00"', "20:00 – 08:00", (0, 1, 2, 3, 4, 5, 6, 7)),
        ('hours = "00:00 – 24:00"\nweekdays = "Sat, Sun"', "00:00 – 24:00, Sat, Sun", (5, 6)),
        ('hours = "09:00 – 17:00"\nweekdays = ["Fri–Mon", "Wed"]',
         "09:00 – 17:00, Mon, Wed, Fri–Sun", (0, 2, 4, 5, 6)),
        ('hours = "09:00 – 17:00"\ntimezone = "Asia/Kuala_Lumpur"',
         "09:00 – 17:00, Asia/Kuala_Lumpur", (0, 1, 2, 3, 4, 5, 6)),
        ('days = "Mon 08:00 – Fri 18:00"\ntimezone = "Asia/Tokyo"',
         "Mon 08:00 – Fri 18:00, Asia/Tokyo", (0, 1, 2, 3, 4)),
        ('days = "Fri 18:00 – Mon 09:00"\ntimezone = "Asia/Tokyo"',
         "Fri 18:00 – Mon 09:00, Asia/Tokyo", (4, 5, 6, 7)),
    ],
)  # fmt: skip
def test_what_is_written_is_read(
    tmp_path: Path, lines: str, said: str, days: tuple[int, ...]
) -> None:
    assert rotation(tmp_path, lines) == (said, days)


def test_dates_count_from_the_day_of_the_handover(tmp_path: Path) -> None:
    head = HEAD.replace("Monday 10:00", "Wednesday 09:00")
    assert rotation(tmp_path, 'hours = "09:00 – 17:00"\nweekdays = "Mon–Fri"', head) == (
        "09:00 – 17:00, Mon–Fri",
        (0, 1, 2, 5, 6),
    )


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('days = "Monday 10:00 – Friday"', "is not a weekday and a time, twice"),
        ('days = "Monday 10:00"', "is not a stretch from one time to another"),
        ('days = "Mon 10:00 – Frday 18:00"', "Did you mean “Friday”"),
        ('days = "Friday 18:00 – Tuesday 10:00"', "crosses the handover. Duty weeks begin on Mon"),
        ('days = "Monday 08:00 – Friday 18:00"', "crosses the handover"),
        ('days = "Monday 06:00 – Monday 09:00"', "crosses the handover"),
        ('days = "Friday 18:00 – Friday 18:00"', "ends when it begins"),
        ('days = "Monday 10:00 – Monday 10:00"', "is the whole week. Leave days out."),
        ('days = "Mon 10:00 – Fri 18:00"\nhours = "08:00 – 20:00"', "stands beside days"),
        ('days = "Mon 10:00 – Fri 18:00"\nweekdays = "Mon"', "needs hours beside it"),
        ('weekdays = "Mon–Fri"', "needs hours beside it"),
        ('timezone = "Europe/London"', "needs days or hours beside it"),
        ('hours = "08:00 – 08:00"', "ends when it begins. Write it as 08:00 – 20:00; a night"),
        ('hours = "08:00 – 25:00"', "is not a time of day"),
        ('hours = 8', "is not a text"),
        ('hours = "08:00 – 20:00"\nweekdays = "Mo–Fri"', "is not a weekday"),
        ('hours = "08:00 – 20:00"\nweekdays = []', "names no day"),
        ('hours = "08:00 – 20:00"\ntimezone = "Europe/Londn"', "Did you mean “Europe/London”"),
        ('hour = "08:00 – 20:00"', "Did you mean “hours”"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(tmp_path: Path, lines: str, problem: str) -> None:
    with pytest.raises(InputError) as told:
        rotation(tmp_path, lines)
    assert problem in str(told.value).replace("\n", " ")
    assert "team.toml" in str(told.value)
