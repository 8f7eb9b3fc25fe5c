"""Dataclasses that are made quickly.

The standard library compiles six functions for a frozen class, and a command makes a hundred
classes before it does anything: a quarter of its time. Here only ``__init__`` is compiled; the
other methods are shared. Fields, ``replace``, equality, hashes and order are those of
``dataclasses``, and so are the types.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

Key: TypeAlias = Callable[[Any], Any]
Fields: TypeAlias = Sequence["dataclasses.Field[Any]"]

_EQUALITY = (operator.eq,)
_ORDER = (operator.lt, operator.le, operator.gt, operator.ge)
_NOT_GIVEN = object()


def _dataclass(made: type | None = None, /, **options: bool) -> Any:
    """What ``dataclasses.dataclass`` makes, of its options frozen, slots, eq, order and repr."""
    return _made(made, **options) if made is not None else lambda made: _made(made, **options)


def _made(
    made: type,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
    repr: bool = True,  # noqa: A002 (the standard library's name)
) -> type:
    own = dict(vars(made))
    if made.__doc__ is None:
        made.__doc__ = made.__name__  # else a signature is looked for, which takes long
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(made)
    fields = dataclasses.fields(made)
    methods: dict[str, Any] = {"__init__": _init(made, fields, frozen)}
    if repr:
        methods["__repr__"] = _repr([one.name for one in fields if one.repr])
    if eq:
        key = _key([one.name for one in fields if one.compare])
        for operation in (*_EQUALITY, *_ORDER) if order else _EQUALITY:
            methods[f"__{operation.__name__}__"] = _compared(operation, key)
        if own.get("__hash__") is None:
            own.pop("__hash__", None)
            methods["__hash__"] = (lambda self: hash(key(self))) if frozen else None
    if frozen:
        methods["__setattr__"] = methods["__delattr__"] = _refuse
        if slots:
            methods |= _pickled([one.name for one in fields])
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init(made: type, fields: Fields, frozen: bool) -> Any:
    scope: dict[str, Any] = {"_set": object.__setattr__, "_NOT_GIVEN": _NOT_GIVEN}
    slots = vars(made).get("__slots__", ()) if frozen else ()
    parameters, lines = ["self"], []
    for one in fields:
        name, given = one.name, one.name
        if one.default_factory is not dataclasses.MISSING:
            scope[f"_new_{name}"] = one.default_factory
            parameters.append(f"{name}=_NOT_GIVEN")
            given = f"_new_{name}() if {name} is _NOT_GIVEN else {name}"
        elif one.default is not dataclasses.MISSING:
            scope[f"_usual_{name}"] = one.default
            parameters.append(f"{name}=_usual_{name}")
        else:
            parameters.append(name)
        if name in slots:  # its own setter need not look for it
            scope[f"_set_{name}"] = vars(made)[name].__set__
            lines.append(f"_set_{name}(self, {given})")
        else:
            lines.append(f"_set(self, {name!r}, {given})" if frozen else f"self.{name} = {given}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), scope)
    init = scope["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = {one.name: one.type for one in fields}
    return init


def _key(names: Sequence[str]) -> Key:
    """What makes two of a class equal: their fields, as a tuple, or the only one."""
    return operator.attrgetter(*names) if names else lambda self: ()


def _compared(operation: Callable[[Any, Any], Any], key: Key) -> Any:
    def compared(self: Any, other: Any) -> Any:
        if other.__class__ is self.__class__:
            return operation(key(self), key(other))
        return NotImplemented

    return compared


def _repr(names: Sequence[str]) -> Any:
    def told(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return told


def _refuse(self: Any, name: str, value: Any = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _pickled(names: Sequence[str]) -> dict[str, Any]:
    """The state as a list: slots would else be restored by setting what is frozen."""

    def get(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def put(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": get, "__setstate__": put}


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
