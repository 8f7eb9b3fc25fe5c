"""Calendar feeds: one for the team, one for each engineer, one for each role."""
