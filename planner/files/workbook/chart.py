"""The chart of weeks on duty: a column an engineer in pieces by role, and a mark at the fair share.

Source: ECMA-376, part 1, sections 20.5 (where it stands) and 21.2 (what it shows).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from planner.files.workbook.style import FONT, INK, LINE
from planner.records import dataclass

_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BARS = ("4477AA", "CCBB44", "AA3377", "66CCEE", "228833", "EE6677", "BBBBBB")
_DOTS_A_CM = 360_000
_SOLID = '<a:prstDash val="solid" />'
_AXES = '<axId val="10" /><axId val="100" />'
_SMALL = (
    f'<txPr><a:bodyPr /><a:p><a:pPr><a:defRPr sz="900" b="0"><a:latin typeface="{FONT}" />'
    "</a:defRPr></a:pPr><a:r><a:t /></a:r><a:endParaRPr /></a:p></txPr>"
)


@dataclass(frozen=True, slots=True)
class Chart:
    """``names``, the pieces of ``bars`` (their heads and numbers) and ``marks`` are cells;
    ``description`` is for whoever cannot see it. ``row`` is that of its corner, from 1; ``width``
    and ``height`` are in centimetres; ``lines`` says whether every whole number has a line."""

    title: str
    description: str
    row: int
    width: float
    height: float
    names: str
    bars: Sequence[tuple[str, str]]
    marks: tuple[str, str]
    lines: bool

    def place(self) -> str:
        """The part that says where on its sheet the chart stands."""
        return (
            f'<wsDr xmlns:a="{_DRAWN}/main" xmlns:c="{_DRAWN}/chart" xmlns:r="{_RELATED}" '
            f'xmlns="{_DRAWN}/spreadsheetDrawing"><oneCellAnchor><from><col>0</col>'
            f"<colOff>0</colOff><row>{self.row - 1}</row><rowOff>0</rowOff></from>"
            f'<ext cx="{int(self.width * _DOTS_A_CM)}" cy="{int(self.height * _DOTS_A_CM)}" />'
            f'<graphicFrame><nvGraphicFramePr><cNvPr id="1" name="{escape(self.title)}" '
            f'descr="{escape(self.description)}" /><cNvGraphicFramePr /></nvGraphicFramePr>'
            f'<xfrm /><a:graphic><a:graphicData uri="{_DRAWN}/chart"><c:chart r:id="rId1" />'
            "</a:graphicData></a:graphic></graphicFrame><clientData /></oneCellAnchor></wsDr>"
        )

    def xml(self) -> str:
        """The part with what it shows."""
        bars = "".join(self._bar(n, *piece) for n, piece in enumerate(self.bars))
        return (
            f'<chartSpace xmlns:a="{_DRAWN}/main" xmlns="{_DRAWN}/chart"><style val="10" />'
            f"<chart>{self._heading()}<plotArea><layout><manualLayout>"
            '<wMode val="factor" /><hMode val="factor" /><x val="0.06" /><y val="0.12" />'
            '<w val="0.9" /><h val="0.6" /></manualLayout></layout>'
            f'<barChart><barDir val="col" /><grouping val="stacked" />{bars}'
            f'<gapWidth val="60" /><overlap val="100" />{_AXES}</barChart>'
            f'<lineChart><grouping val="standard" />{self._mark()}{_AXES}</lineChart>'
            f"{_axis('cat', 10, 100, '', _SMALL, _LABELS)}{self._numbers()}</plotArea>"
            f'<legend><legendPos val="b" />{_SMALL}</legend>'
            '<plotVisOnly val="1" /><dispBlanksAs val="gap" /></chart></chartSpace>'
        )

    def _heading(self) -> str:
        return (
            f'<title><tx><rich><a:bodyPr /><a:p><a:pPr><a:defRPr sz="1200" b="1">'
            f'<a:latin typeface="{FONT}" /></a:defRPr></a:pPr><a:r><a:t>{escape(self.title)}</a:t>'
            '</a:r></a:p></rich></tx><overlay val="0" /></title>'
        )

    def _bar(self, number: int, head: str, cells: str) -> str:
        look = f"<spPr>{_fill(_BARS[number % len(_BARS)])}<a:ln>{_SOLID}</a:ln></spPr>"
        return self._series(number, f"<strRef><f>{head}</f></strRef>", look, cells)

    def _mark(self) -> str:
        """A dash without a line from one to the next."""
        said, cells = self.marks
        look = (
            f"<spPr><a:ln><a:noFill />{_SOLID}</a:ln></spPr>"
            f'<marker><symbol val="dash" /><size val="12" /><spPr>{_fill(INK)}'
            f"<a:ln>{_fill(INK)}{_SOLID}</a:ln></spPr></marker>"
        )
        return self._series(len(self.bars), f"<v>{said}</v>", look, cells)

    def _series(self, number: int, name: str, look: str, cells: str) -> str:
        return (
            f'<ser><idx val="{number}" /><order val="{number}" /><tx>{name}</tx>{look}'
            f"<cat><numRef><f>{self.names}</f></numRef></cat>"
            f"<val><numRef><f>{cells}</f></numRef></val></ser>"
        )

    def _numbers(self) -> str:
        grid = f"<majorGridlines><spPr><a:ln>{_fill(LINE)}{_SOLID}</a:ln></spPr></majorGridlines>"
        whole = '<numFmt formatCode="0" sourceLinked="0" />'
        unit = '<majorUnit val="1" />' if self.lines else ""
        return _axis("val", 100, 10, grid + whole, _SMALL, unit)


_LABELS = '<lblOffset val="100" />'


def _axis(kind: str, own: int, other: int, lines: str, letters: str, last: str) -> str:
    return (
        f'<{kind}Ax><axId val="{own}" /><scaling><orientation val="minMax" /></scaling>'
        f'<delete val="0" /><axPos val="l" />{lines}<majorTickMark val="none" />'
        f'<minorTickMark val="none" />{letters}<crossAx val="{other}" />{last}</{kind}Ax>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}" /></a:solidFill>'
