"""The aims by name: reading a team needs no more of them. What they are is in planner.rules."""

from __future__ import annotations

USUAL_ORDER = (
    "fair-share",
    "festivals",
    "wishes",
    "rest",
    "spacing",
    "holidays",
    "cycle",
    "rhythm",
)
"""The order in which they count where a team says nothing else."""

ON_REQUEST = ("everyone",)
"""Aims that a team pursues only where its order names them."""
