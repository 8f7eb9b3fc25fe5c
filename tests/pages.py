"""The examples of the documentation: found, run as a reader would type them, and compared.

A ``console`` block holds commands after ``$`` and what they print; a command goes on after ``>``,
or after ``<<'END'`` up to that word, so that it can be pasted. A ``pycon`` block is the same of
Python. The examples of one page run one after the other in a fresh copy of the sample teams. A
line that is only ``…`` stands for any lines.
"""

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import CHECKOUT
from tests.generated import filled
from tests.keeping import keeps_to_its_schema

ANYTHING = "…"
PAGES = (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md")))
PROGRESS = re.compile(r"[\w-]+: ([\w -]+, .*, (proven|no bound|at best .*)|.* …)")
"""What is told on the way of whatever takes longer than a second, on a slow machine."""

_WATCHED = 'rota() { command rota "$@" > .said; local it=$?; cat .said; return $it; }\n'
_HERE = re.compile(r"<<'(\w+)'$")
_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One command, or some Python, as it is written, and the lines that it is said to print."""

    kind: str
    typed: str
    shown: tuple[str, ...]


def examples_of(kind: str, block: str) -> Iterator[Example]:
    """The examples of one block, in its order."""
    prompts = ("$ ", "> ", ">") if kind == "console" else (">>> ", "... ", "...")
    typed: list[str] = []
    shown: list[str] = []
    pasted_to: str | None = None
    for line in block.splitlines():
        if pasted_to is not None:
            typed.append(line)
            pasted_to = None if line == pasted_to else pasted_to
            continue
        prompt = next((prompt for prompt in prompts if line.startswith(prompt)), None)
        begins = prompt in ("$ ", ">>> ")
        if begins and typed:
            yield Example(kind, "\n".join(typed), tuple(shown))
            typed, shown = [], []
        if prompt is not None and (begins or not shown):
            typed.append(line.removeprefix(prompt))
            here = _HERE.search(line) if kind == "console" else None
            pasted_to = here[1] if here else None
        else:
            shown.append(line)
    if typed:
        yield Example(kind, "\n".join(typed), tuple(shown))


def examples(page: Path) -> list[Example]:
    """All examples of a page."""
    text = page.read_text(encoding="utf-8")
    return [one for kind, block in _BLOCK.findall(text) for one in examples_of(kind, block)]


class Reader:
    """Types the examples of one page, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("inputs", ".ci"):
            shutil.copytree(CHECKOUT / name, folder / name)
        shutil.copy(CHECKOUT / ".gitignore", folder)
        (folder / "outputs").mkdir()
        self._said = folder / ".said"
        self._names: dict[str, Any] = {"__name__": "__main__"}

    def types(self, example: Example) -> list[str]:
        """The lines that the example prints, errors among them."""
        said = self._python(example.typed) if example.kind == "pycon" else self._bash(example.typed)
        lines = [line.rstrip() for line in said.rstrip("\n").splitlines()]
        return [line for line in lines if not PROGRESS.fullmatch(line)]

    def _bash(self, command: str) -> str:
        scripts = Path(sys.executable).parent
        name = {"NAME": "A reader", "EMAIL": "reader@example.com", "DATE": "2024-08-12T09:00Z"}
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in name.items()
        }
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "COLUMNS": "80"}
        alone |= {"HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        paths = os.pathsep.join([str(scripts), os.environ["PATH"]])
        done = subprocess.run(
            ["bash", "-c", (_WATCHED if "--json" in command else "") + command],
            cwd=self.folder,
            env={**os.environ, **identity, **alone, "PATH": paths, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if self._said.is_file():
            (line,) = re.findall(r"\brota (.*--json[^|]*)", command)
            keeps_to_its_schema(shlex.split(line), self._said.read_text(encoding="utf-8"))
            self._said.unlink()
        return done.stdout

    def _python(self, source: str) -> str:
        """What an interactive interpreter would print; names live on from block to block."""
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            for node in ast.parse(source).body:
                code = compile(ast.Interactive([node]), "page", "single")
                exec(code, self._names)
        return printed.getvalue()


def agrees(shown: tuple[str, ...] | list[str], printed: list[str]) -> bool:
    """Whether the lines are the same, where ``…`` alone stands for any lines."""
    if not shown:
        return not printed
    if shown[0] == ANYTHING:
        return any(agrees(shown[1:], printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and agrees(shown[1:], printed[1:])


def refreshed(shown: tuple[str, ...], printed: list[str]) -> list[str]:
    """What is printed now, with as much left out as the page leaves out.

    Where the page goes on after ``…``, the first line that begins with the same word is meant;
    at the end, the last lines.
    """
    if agrees(shown, printed) or ANYTHING not in shown:
        return list(shown) if agrees(shown, printed) else printed
    parts = _split(list(shown))
    kept = printed[: len(parts[0])]
    rest = printed[len(parts[0]) :]
    for part in parts[1:-1]:
        start = next((n for n, line in enumerate(rest) if _word(line) == _word(part[0])), None)
        if start is not None:
            kept += [ANYTHING, *rest[start : start + len(part)]]
            rest = rest[start + len(part) :]
    last = len(parts[-1])
    return [*kept, ANYTHING, *(rest[-last:] if last else [])]


def _split(shown: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == ANYTHING:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _word(line: str) -> str:
    return line.split()[0] if line.split() else ""


def rewritten(page: Path, folder: Path) -> str:
    """The page with every example's output as it is today."""
    reader = Reader(folder)

    def block(match: re.Match[str]) -> str:
        lines = []
        for example in examples_of(match[1], match[2]):
            prompts = ("$ ", "> ") if example.kind == "console" else (">>> ", "... ")
            first, *more = example.typed.splitlines()
            goes_on = "" if _HERE.search(first) else prompts[1]
            lines += [prompts[0] + first, *((goes_on + line).rstrip() for line in more)]
            lines += refreshed(example.shown, reader.types(example))
        return f"```{match[1]}\n" + "".join(f"{line}\n" for line in lines) + "```"

    return _BLOCK.sub(block, filled(page.read_text(encoding="utf-8")))
