"""Results as HTML, which notebooks show of their own accord: plain tables, escaped names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_CELL = "padding:0.15em 0.7em;text-align:left"


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    backgrounds: Mapping[str, str] | None = None,
) -> str:
    """A table; cells whose text is a key of ``backgrounds`` are filled with that colour."""
    fills = backgrounds or {}
    head = "".join(f'<th style="{_CELL}">{escape(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(_cell(text, fills) for text in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def page(title: str, lines: Sequence[str], *tables: str) -> str:
    """A heading, sentences, and tables beneath one another."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<div><p><strong>{escape(title)}</strong></p>{said}{''.join(tables)}</div>"


def _cell(text: str, fills: Mapping[str, str]) -> str:
    fill = f";background:#{fills[text]};color:#222" if text in fills else ""
    return f'<td style="{_CELL}{fill}">{escape(text)}</td>'
