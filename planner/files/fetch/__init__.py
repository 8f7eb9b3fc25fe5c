"""Calendars from an address, copied into a team's folder: the only room that uses the network."""
