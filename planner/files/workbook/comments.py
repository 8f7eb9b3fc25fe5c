"""People's comments on cells: the part with their texts, and the old kind of drawing that shows
them (ECMA-376, part 1, section 18.7; part 4, section 19.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from planner.files.xlsx import column_number

Comment = tuple[str, str, str]
"""The cell, the text, and who wrote it."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = (
    '<xml xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1" /></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter" /><v:path gradientshapeok="t" o:connecttype="rect" />'
    "</v:shapetype>"
)
_FIRST_SHAPE = 1026


def written(comments: Sequence[Comment]) -> str:
    """The part with the texts."""
    authors = list(dict.fromkeys(author for _, _, author in comments))
    named = "".join(f"<author>{escape(author, quote=False)}</author>" for author in authors)
    rows = "".join(
        f'<comment ref="{place}" authorId="{authors.index(author)}" shapeId="0"><text>'
        f'<t xml:space="preserve">{escape(said, quote=False)}</t></text></comment>'
        for place, said, author in comments
    )
    return (
        f'<comments xmlns="{_MAIN}"><authors>{named}</authors>'
        f"<commentList>{rows}</commentList></comments>"
    )


def drawn(comments: Sequence[Comment]) -> str:
    """A box for each, seen when one points at its cell."""
    boxes = (_box(n, place) for n, (place, _, _) in enumerate(comments, start=_FIRST_SHAPE))
    return f"{_DRAWING}{''.join(boxes)}</xml>"


def _box(number: int, place: str) -> str:
    column = place.rstrip("0123456789")
    row = int(place.removeprefix(column))
    return (
        '<v:shape type="#_x0000_t202" style="position:absolute; margin-left:59.25pt;'
        'margin-top:1.5pt;width:144px;height:79px;z-index:1;visibility:hidden" '
        f'fillcolor="#ffffe1" o:insetmode="auto" id="_x0000_s{number}">'
        '<v:fill color2="#ffffe1" /><v:shadow color="black" obscured="t" />'
        '<v:path o:connecttype="none" /><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left" /></v:textbox><x:ClientData ObjectType="Note">'
        "<x:MoveWithCells /><x:SizeWithCells /><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column_number(column)}</x:Column>"
        "</x:ClientData></v:shape>"
    )
