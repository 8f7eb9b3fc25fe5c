"""Our dataclasses beside those of the standard library: the same in all but the time they take."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field, replace
from itertools import product
from typing import Any

import pytest

from planner.records import dataclass as ours

OPTIONS = [
    {},
    {"frozen": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "eq": False},
    {"slots": True},
    {"frozen": True, "repr": False},
]


def classes(make: Callable[..., Any], **options: bool) -> tuple[type, ...]:
    @make(**options)
    class Point:
        x: int
        y: int = 2
        marks: list[int] = field(default_factory=list, compare=False)
        note: str = field(default="", repr=False)

        @property
        def sum(self) -> int:
            return self.x + self.y

    @make(**options)
    class One:
        """Has a text of its own."""

        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError(self.x)

    @make(**options)
    class Nothing:
        pass

    @make(**options)
    class Named(One):
        name: str = "n"

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return Point, One, Nothing, Named


CALLS: list[tuple[int, tuple[Any, ...], dict[str, Any]]] = [
    (0, (1,), {}),
    (0, (1, 2), {"note": "n"}),
    (0, (1, 3), {"marks": [1]}),
    (0, (0,), {"y": 9}),
    (1, (1,), {}),
    (1, (2,), {}),
    (2, (), {}),
    (3, (1,), {}),
    (3, (1, "m"), {}),
]


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as error:
        return type(error)


def told(make: Callable[..., Any], options: dict[str, bool]) -> list[Any]:
    made = classes(make, **options)
    some = [made[n](*given, **named) for n, given, named in CALLS]
    found: list[Any] = [[str(one.name) for one in dataclasses.fields(kind)] for kind in made] + [
        getattr(kind, "__match_args__", None) for kind in made
    ]
    if options.get("repr", True):
        found += [repr(one) for one in some]
    for one, other in product(some, some):
        found += [one == other, one != other, outcome(lambda one=one, other=other: one < other)]
        found.append(outcome(lambda one=one, other=other: one >= other))
    for one in some:
        if options.get("eq", True):
            hashed = outcome(lambda one=one: hash(one))
            found.append(hashed if isinstance(hashed, type) else "hashed")
        # The standard library's own refusal fails where a class with slots has no such field.
        found.append(outcome(lambda one=one: setattr(one, "x", 5)) is None)
        found.append(outcome(lambda one=one: delattr(one, "x")) is None)
    found += [outcome(lambda: made[1](-1)), outcome(made[0]), outcome(lambda: made[2](1))]
    first = made[0](1, 2)
    found.append(outcome(lambda: replace(first, y=7) == made[0](1, 7)))
    found += [first.sum, hasattr(first, "__dict__"), first.marks is made[0](1).marks]
    found.append(outcome(lambda: dataclasses.asdict(first)))
    return found


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_they_do_what_the_standard_librarys_do(options: dict[str, bool]) -> None:
    assert told(ours, options) == told(dataclasses.dataclass, options)


@ours(frozen=True, slots=True)
class Kept:
    x: int
    y: tuple[int, ...] = ()


def test_equal_ones_hash_alike_and_a_worker_can_hand_them_over() -> None:
    one = Kept(1, (2, 3))
    assert hash(one) == hash(Kept(1, (2, 3)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.x = 3  # type: ignore[misc]
    assert {one: "known"}[pickle.loads(pickle.dumps(one))] == "known"


def test_a_hash_of_its_own_stays() -> None:
    @ours(frozen=True)
    class Own:
        x: int

        def __hash__(self) -> int:
            return 7

    assert hash(Own(1)) == 7
