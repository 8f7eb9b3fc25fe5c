"""Colours that can be told apart, and never two of one in the same week."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.cells.colours import PALETTE, colours
from planner.domain import Duty, DutyWeek, Rota

FIRST = DutyWeek(date(2024, 7, 1))
INK = "222222"


def _linear(colour):
    parts = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _luminance(colour):
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _lab(colour):
    """CIELAB, for the light D65 (CIE 15:2004)."""
    red, green, blue = _linear(colour)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_sixteen_colours_can_be_told_apart():
    assert len(PALETTE) == 16
    assert min(dist(_lab(a), _lab(b)) for a, b in combinations(PALETTE, 2)) > 20


def test_dark_letters_read_well_on_every_colour():
    for colour in PALETTE:
        contrast = (_luminance(colour) + 0.05) / (_luminance(INK) + 0.05)
        assert contrast >= 4.5, colour


@st.composite
def rotas(draw):
    """Up to sixty people, up to eight of them on duty in a week."""
    names = [f"P{n:02d}" for n in range(draw(st.integers(2, 60)))]
    holders = {}
    for week in range(draw(st.integers(1, 20))):
        few = st.lists(st.sampled_from(names), unique=True, max_size=8)
        for role, name in enumerate(draw(few)):
            duty = Duty(DutyWeek(FIRST.first + timedelta(weeks=week)), "R", f"role {role}")
            holders[duty] = name
    return names, Rota.of(holders)


@settings(max_examples=60, deadline=None)
@given(rotas())
def test_nobody_shares_a_colour_with_somebody_of_the_same_week(made):
    names, rota = made
    fills = colours(names, rota)
    assert list(fills) == names
    for week in rota.weeks:
        here = [held.engineer for held in rota if held.duty.week == week]
        assert len({fills[name] for name in here}) == len(here)


def test_up_to_sixteen_people_each_have_their_own():
    names = [f"P{n}" for n in range(16)]
    assert list(colours(names, Rota()).values()) == list(PALETTE)
