"""The small parts of a workbook's file that say what is in it and how the parts belong together.

Source: ECMA-376, part 2 (packages), and part 1, section 18.2 (workbooks).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path

from planner.files.workbook.layout import Layout

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATED = f"{_OFFICE}/relationships"
_DOCUMENT = "application/vnd.openxmlformats-officedocument"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

APP, CORE = "docProps/app.xml", "docProps/core.xml"
THEME, STYLES = "xl/theme/theme1.xml", "xl/styles.xml"
ROOT, WORKBOOK, RELATED = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CONTENT = "[Content_Types].xml"

_KINDS = {
    STYLES: f"{_DOCUMENT}.spreadsheetml.styles+xml",
    THEME: f"{_DOCUMENT}.theme+xml",
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    APP: f"{_DOCUMENT}.extended-properties+xml",
    "xl/worksheets/": f"{_DOCUMENT}.spreadsheetml.worksheet+xml",
    "xl/drawings/": f"{_DOCUMENT}.drawing+xml",
    "xl/comments/": f"{_DOCUMENT}.spreadsheetml.comments+xml",
    "xl/charts/": f"{_DOCUMENT}.drawingml.chart+xml",
    WORKBOOK: f"{_DOCUMENT}.spreadsheetml.sheet.main+xml",
}
"""What each part is, by its name or the folder that it is in."""

_PROPERTIES = (
    f'<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>Microsoft Excel Compatible / rota</Application><AppVersion>3.1</AppVersion>"
    "</Properties>"
)
_VIEW = (
    '<workbookPr /><workbookProtection /><bookViews><workbookView visibility="visible" '
    'minimized="0" showHorizontalScroll="1" showVerticalScroll="1" showSheetTabs="1" '
    'tabRatio="600" firstSheet="0" activeTab="0" autoFilterDateGrouping="1" /></bookViews>'
)
_CALCULATE = '<calcPr calcId="124519" fullCalcOnLoad="1" />'
"""Programs calculate all formulas as they open the file."""


def fixed_parts(title: str, subject: str) -> dict[str, str]:
    """What hardly differs from one workbook to the next, by the names of the parts."""
    return {APP: _PROPERTIES, CORE: _described(title, subject), THEME: _theme()}


def related(targets: Iterable[tuple[str, str, str]]) -> str:
    """How a part finds others: (kind of relation, the part, the id that is asked for)."""
    rows = "".join(
        f'<Relationship Type="{kind if ":" in kind else f"{_RELATED}/{kind}"}" '
        f'Target="{target}" Id="{number}" />'
        for kind, target, number in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def binding_parts(
    layouts: Sequence[Layout], names: Mapping[str, str], parts: Iterable[str]
) -> dict[str, str]:
    """The workbook itself, with its sheets and defined names, and the list of all parts."""
    sheets = [f"/xl/worksheets/sheet{n}.xml" for n in range(1, len(layouts) + 1)]
    within = [*(("worksheet", sheet) for sheet in sheets), ("styles", "styles.xml")]
    within.append(("theme", "theme/theme1.xml"))
    return {
        ROOT: related(
            [
                ("officeDocument", WORKBOOK, "rId1"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", CORE, "rId2"),
                ("extended-properties", APP, "rId3"),
            ]
        ),
        WORKBOOK: _workbook(layouts, names),
        RELATED: related((kind, part, f"rId{n}") for n, (kind, part) in enumerate(within, 1)),
        CONTENT: _content(parts),
    }


def _workbook(layouts: Sequence[Layout], names: Mapping[str, str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(layout.title)}" sheetId="{n}" '
        f'state="{"hidden" if layout.hidden else "visible"}" r:id="rId{n}" />'
        for n, layout in enumerate(layouts, start=1)
    )
    named = [_name(name, "", cells) for name, cells in names.items()]
    for number, layout in enumerate(layouts):
        for name, cells in layout.names().items():
            hidden = ' hidden="1"' if name.endswith("FilterDatabase") else ""
            named.append(_name(name, f' localSheetId="{number}"{hidden}', cells))
    return (
        f'<workbook xmlns:r="{_RELATED}" xmlns="{_MAIN}">{_VIEW}<sheets>{sheets}</sheets>'
        f"<definedNames>{''.join(named)}</definedNames>{_CALCULATE}</workbook>"
    )


def _name(name: str, of_sheet: str, cells: str) -> str:
    cells = escape(cells, quote=False)
    return f'<definedName name="{name}"{of_sheet}>{cells}</definedName>'


def _content(parts: Iterable[str]) -> str:
    parts = list(parts)
    drawn = any(part.endswith(".vml") for part in parts)
    endings = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **({"vml": f"{_DOCUMENT}.vmlDrawing"} if drawn else {}),
    }
    rows = [f'<Default Extension="{end}" ContentType="{k}" />' for end, k in endings.items()]
    for part in (*parts, WORKBOOK):
        kind = _KINDS.get(part) or _KINDS.get(part[: part.rfind("/") + 1])
        if kind and part.endswith(".xml"):
            rows.append(f'<Override PartName="/{part}" ContentType="{kind}" />')
    return f'<Types xmlns="{_PACKAGE}/content-types">{"".join(rows)}</Types>'


def _described(title: str, subject: str) -> str:
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    dated = "".join(
        f'<dcterms:{which} xsi:type="dcterms:W3CDTF">{now}</dcterms:{which}>'
        for which in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>rota</dc:creator>'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>{dated}"
        "<cp:keywords>on-call, rota</cp:keywords></cp:coreProperties>"
    )


@cache
def _theme() -> str:
    """Office's own theme, whose numbered colours people's cells may have."""
    return (Path(__file__).parent / "theme.xml").read_text(encoding="utf-8")
