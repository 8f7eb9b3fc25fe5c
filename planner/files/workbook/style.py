"""How cells look: a few named looks.

Fonts are named because programs fall back to different ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from planner.cells.colours import PALETTE
from planner.records import dataclass

FONT = "Arial"
SIZE = 10

INK, QUIET_INK, ALARM_INK, GOOD_INK = "222222", "6B6B6B", "B00020", "1B6E3C"
HEAD_FILL, REST_FILL, ALARM_FILL, GOOD_FILL = "33475B", "F1F1F1", "FBD5D5", "DDF1E3"
AMBER_FILL, AMBER_INK, CHANGED_INK = "FFC247", "5C3700", "1F3F8F"
BAND_FILL, NOW_FILL = "F4F6F8", "CFE3F7"
LINE, MONTH_LINE = "D9D9D9", "7A8794"
AWAY_FILL = "CFCFCF"


@dataclass(frozen=True, slots=True)
class Look:
    """One way for a cell to look. Colours are RGB; an empty fill is none."""

    fill: str = ""
    ink: str = INK
    bold: bool = False
    italic: bool = False
    size: int = SIZE
    align: str = "left"
    vertical: str = "center"
    wrap: bool = False
    format: str = "General"
    lined: bool = True
    month_above: bool = False
    month_before: bool = False
    open: bool = False
    """Whether people may type there though the sheet is protected."""

    def __hash__(self) -> int:
        """Of what tells most looks apart: they are looked up often."""
        return hash((self.fill, self.ink, self.size, self.bold, self.format))

    def but(self, **changes: object) -> Look:
        return _changed(self, tuple(changes.items()))


@lru_cache(maxsize=1024)
def _changed(look: Look, changes: tuple[tuple[str, object], ...]) -> Look:
    return replace(look, **dict(changes))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Highlight:
    """What a conditional format changes. ``says`` is shown in place of a cell's text, ``mark``
    before it; ``edge`` is the colour of a border."""

    fill: str = ""
    ink: str = ""
    bold: bool = False
    italic: bool = False
    says: str = ""
    mark: str = ""
    edge: str = ""


TEXT = Look()
WRAPPED = Look(wrap=True)
QUIET = Look(ink=QUIET_INK, wrap=True)
ALARM = Look(ink=ALARM_INK, wrap=True)
DATE = Look(format="ddd d mmm yyyy")
COUNT = Look(format="0", align="center")
AMOUNT = Look(format="0.00", align="center")
SIGNED = Look(format='+0.00;"−"0.00;0.00', align="center")
HEAD = Look(fill=HEAD_FILL, ink="FFFFFF", bold=True, wrap=True)
BANNER = Look(bold=True, size=15, lined=False)
SECTION = Look(bold=True, size=12, lined=False)
LOOSE = Look(lined=False)
LOOSE_QUIET = Look(lined=False, ink=QUIET_INK, italic=True)
GOOD = Look(fill=GOOD_FILL, ink=GOOD_INK, bold=True)
BAD = Look(fill=ALARM_FILL, ink=ALARM_INK, bold=True)
DOUBTFUL = Look(fill=AMBER_FILL, ink=AMBER_INK, bold=True)
REST = Look(fill=REST_FILL)

RED = Highlight(ALARM_FILL, ALARM_INK, bold=True)
AMBER = Highlight(AMBER_FILL, AMBER_INK, bold=True)
DAY_OFF = Highlight(ink=AMBER_INK, bold=True, edge="B35900")
"""A duty on a day off: whose it is stays to be seen."""
GREEN = Highlight(GOOD_FILL, GOOD_INK)
NOW = Highlight(NOW_FILL, bold=True)

GENERATED_FILLS = frozenset(
    {
        *PALETTE,
        *("AAAA00", "DDDDDD"),
        *(HEAD_FILL, REST_FILL, ALARM_FILL, GOOD_FILL, AMBER_FILL, BAND_FILL, NOW_FILL, AWAY_FILL),
        "FFFFFF",
    }
)
"""What the planner fills cells with, or did in earlier versions; other fills are people's."""

NAMED_STYLES = {
    "Rota text": TEXT,
    "Rota heading": HEAD,
    "Rota title": BANNER,
    "Rota section": SECTION,
    "Rota date": DATE,
    "Rota count": COUNT,
    "Rota good": GOOD,
    "Rota bad": BAD,
}
"""Styles that people may use for cells of their own, to match."""
