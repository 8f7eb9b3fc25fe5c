"""Public holidays and festivals: which dates each engineer has off.

The only room that imports the ``holidays`` library, and only once a calendar is needed.
``calendars`` reads the library, ``corrections`` mends what it has wrong, ``regions`` and
``festivals`` understand what people write, ``days_off`` puts it together for a team.
"""

from planner.publicholidays.days_off import days_off, public_holidays
from planner.publicholidays.festivals import (
    FESTIVALS,
    Festival,
    festival_name,
    festival_times,
    parse_festival,
)
from planner.publicholidays.regions import country_name, parse_country, parse_region, region_name
