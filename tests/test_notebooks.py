"""Each notebook runs from top to bottom, on nothing but the public functions.

Cells are executed here as a notebook would execute them: one after the other in one namespace,
showing the value of a last expression. That needs no Jupyter.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest

import planner
from tests.conftest import CHECKOUT

NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.ipynb"))
LIBRARIES = {"planner", "pandas", "matplotlib"}
STANDARD = {"dataclasses", "datetime", "fractions", "pathlib", "random"}


def cells(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["nbformat"] == 4
    return list(document["cells"])


def code(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]


def test_there_are_four() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["fairness", "holidays", "replanning", "scale"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    for cell in cells(path):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_they_use_only_what_is_public() -> None:
    for path in NOTEBOOKS:
        for node in ast.walk(ast.parse("\n".join(code(path)))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            else:
                continue
            for module in modules:
                assert module.split(".")[0] in LIBRARIES | STANDARD, f"{path.name}: {module}"
                assert not module.startswith("planner."), f"{path.name}: {module}"
        used = {
            node.attr
            for node in ast.walk(ast.parse("\n".join(code(path))))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "planner"
        }
        assert used <= set(planner.__all__), f"{path.name}: {used - set(planner.__all__)}"


@pytest.fixture
def no_window(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Figures are drawn, but shown nowhere."""
    matplotlib.use("Agg")
    monkeypatch.chdir(CHECKOUT / "notebooks")
    yield
    plt.close("all")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path, no_window: None) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    figures = 0
    for number, source in enumerate(code(path), start=1):
        body, last = split(source)
        place = f"{path.name}, code cell {number}"
        exec(compile(body, place, "exec"), names)
        if last is not None:
            shown = eval(compile(last, place, "eval"), names)
            show = getattr(shown, "_repr_html_", None)
            assert show() if show else repr(shown), place
        for figure in map(plt.figure, plt.get_fignums()):
            figure.canvas.draw()
            figures += 1
        plt.close("all")
    assert figures


def split(source: str) -> tuple[ast.Module, ast.Expression | None]:
    """A cell's statements, and the expression at its end, whose value a notebook shows."""
    body = ast.parse(source)
    if body.body and isinstance(body.body[-1], ast.Expr):
        last = body.body.pop()
        assert isinstance(last, ast.Expr)
        return body, ast.Expression(last.value)
    return body, None
