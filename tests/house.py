"""The house as its imports draw it: rooms, what each knows, and the floors that follow."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "planner"
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The folder of the package in which a module lies; of a loose one its own name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, at its top or within functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms_known_by(path: Path) -> set[str]:
    own = [name.split(".") for name in imports(path) if name.startswith("planner.")]
    return {parts[1] for parts in own if parts[1] != "__version__"} - {room_of(path)}


def rooms() -> dict[str, set[str]]:
    """Each room, and the rooms that any of its modules knows."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        if room_of(path) != "__init__":
            found.setdefault(room_of(path), set()).update(rooms_known_by(path))
    return found


def floors() -> list[list[str]]:
    """The rooms from the ground up, each on the lowest floor above all that it knows.

    Raises ``ValueError`` if rooms know each other in a circle.
    """
    left, found = rooms(), list[list[str]]()
    while left:
        free = sorted(room for room, known in left.items() if not known & left.keys())
        if not free:
            raise ValueError(f"these rooms know each other in a circle: {sorted(left)}")
        found.append(free)
        for room in free:
            del left[room]
    return found


def purpose(room: str) -> str:
    """What a room is for, as its docstring says in its first sentence."""
    path = PACKAGE / room / "__init__.py"
    source = path if path.exists() else PACKAGE / f"{room}.py"
    said = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())


def picture() -> str:
    """The house in text, the roof first: each room with the rooms that it knows."""
    known = rooms()
    lines = []
    for number, floor in reversed(list(enumerate(floors(), start=1))):
        for place, room in enumerate(floor):
            below = ", ".join(r for f in reversed(floors()) for r in f if r in known[room])
            label = f"{number:>2}" if place == 0 else "  "
            lines.append(f"{label}  {room:<15}  {below or '–'}")
    return "\n".join(["floor  room           knows", *lines])
