"""The words of the planner as values: frozen, validated where they are read, sorted.

Nothing here knows files, calendars of countries or solvers. A change is a new value.
"""

from planner.domain.days_off import DaysOff, FestivalTime, PublicHoliday
from planner.domain.elsewhere import Elsewhere
from planner.domain.people import Engineer, Region
from planner.domain.requests import (
    UNTIL_FURTHER_NOTICE,
    Cover,
    HolidayChange,
    Source,
    Swap,
    Vacation,
    Wish,
)
from planner.domain.rota import Duty, Held, Rota, Seat
from planner.domain.rotations import (
    DEFAULT_KIND,
    PRIMARY,
    SECONDARY,
    HandoverOnHolidays,
    Level,
    Role,
    RoleWeeks,
    Rotation,
)
from planner.domain.settings import (
    ANY_ROLE,
    BackToBack,
    CoverPolicy,
    Limit,
    OneDuty,
    OtherTeams,
    Settings,
)
from planner.domain.team import Pipeline, Team
from planner.domain.weeks import DutyWeek
