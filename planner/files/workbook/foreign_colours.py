"""Colours of cells as other programs write them: plain, numbered, or of the theme with a tint."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

from openpyxl.styles.colors import COLOR_INDEX, Color

_THEME = (
    *("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD"),
    *("C0504D", "9BBB59", "8064A2", "4BACC6", "F79646"),
)
"""The theme that the planner's workbooks have (ECMA-376, part 1, section 20.1.6.2), in the order
in which cells number its colours."""


def rgb(colour: Color | None) -> str:
    """Six hexadecimal digits; empty where it is no colour that can be told."""
    if colour is None:
        return ""
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return str(COLOR_INDEX[colour.indexed])[-6:].upper()
    if colour.type == "theme" and colour.theme < len(_THEME):
        return _tinted(_THEME[colour.theme], colour.tint or 0.0)
    return ""


def _tinted(plain: str, tint: float) -> str:
    """Lighter or darker, as section 18.8.19 of ECMA-376 defines it."""
    red, green, blue = (int(plain[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, strong = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = hls_to_rgb(hue, min(1.0, light), strong)
    return "".join(f"{round(part * 255):02X}" for part in parts)
