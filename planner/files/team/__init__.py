"""A team folder, read: its files become one validated team, or one list of all problems."""
