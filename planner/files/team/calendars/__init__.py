"""``.ics`` calendars: their entries as vacations, each of them read or counted under a reason."""
