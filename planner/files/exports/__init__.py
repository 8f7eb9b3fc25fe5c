"""The rota for other programs: timetables as CSV, JSON, Markdown and PagerDuty overrides."""
