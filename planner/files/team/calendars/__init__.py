"""``.ics`` calendars: their entries as vacations, each of them read or counted under a reason."""

from planner.files.team.calendars.reading import read_calendar

__all__ = ["read_calendar"]
