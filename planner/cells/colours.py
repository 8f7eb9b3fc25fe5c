"""One colour an engineer, and never the same for two people who are on duty in one week.

Seven colours are of Paul Tol's "light" scheme (SRON technical note 09-002); the others lie as far
from these and from each other as can be, by their distance in CIELAB, and read as well under
black text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from planner.domain import Rota

PALETTE = (
    "77AADD",  # light blue
    "EE8866",  # orange
    "EEDD88",  # light yellow
    "FFAABB",  # pink
    "99DDFF",  # light cyan
    "44BB99",  # mint
    "BBCC33",  # pear
    "CC88DD",  # orchid
    "99DD88",  # leaf
    "99AA77",  # sage
    "55EEEE",  # cyan
    "DDBBEE",  # lilac
    "BBEECC",  # pale green
    "CC9955",  # ochre
    "66AAAA",  # teal
    "EE77AA",  # rose
)


def colours(names: Sequence[str], rota: Rota) -> dict[str, str]:
    """The colour of each name, as RGB: with up to sixteen people each has their own.

    With more, people meet who share weeks or follow each other: whoever has fewest colours left
    chooses first (Brélaz' DSATUR, 1979). Where more than sixteen are on duty in one week some
    colours have to meet; then as few as can be.
    """
    if len(names) <= len(PALETTE):
        return dict(zip(names, PALETTE, strict=False))
    near = _neighbours(names, rota)
    chosen: dict[str, int] = {}
    uses: Counter[int] = Counter()
    left = list(names)
    while left:
        name = max(left, key=lambda each: _pressure(each, near[each], chosen))
        left.remove(name)
        taken: Counter[int] = Counter()
        for other, weight in near[name].items():
            if other in chosen:
                taken[chosen[other]] += weight
        chosen[name] = min(range(len(PALETTE)), key=lambda n: (taken[n], uses[n], n))
        uses[chosen[name]] += 1
    return {name: PALETTE[chosen[name]] for name in names}


_TOGETHER = 1000
"""How much worse it is to meet in one week than in two weeks running."""


def _neighbours(names: Sequence[str], rota: Rota) -> Mapping[str, Counter[str]]:
    """Of each name, who should not have its colour, and how much that matters."""
    near: dict[str, Counter[str]] = {name: Counter() for name in names}
    weeks: dict[int, list[str]] = {}
    for held in rota:
        if held.engineer in near:
            number = held.duty.week.first.toordinal() // 7
            weeks.setdefault(number, []).append(held.engineer)
    for number, here in weeks.items():
        _meet(near, here, here, _TOGETHER)
        _meet(near, here, weeks.get(number - 1, ()), 1)
        _meet(near, weeks.get(number - 1, ()), here, 1)
    return near


def _meet(
    near: dict[str, Counter[str]], ones: Iterable[str], others: Iterable[str], weight: int
) -> None:
    for one in ones:
        for other in others:
            if one != other:
                near[one][other] += weight


def _pressure(name: str, near: Counter[str], chosen: Mapping[str, int]) -> tuple[int, int]:
    """How many colours the people of its own weeks have taken, and how many people these are."""
    together = [other for other, weight in near.items() if weight >= _TOGETHER]
    return len({chosen[other] for other in together if other in chosen}), len(together)
