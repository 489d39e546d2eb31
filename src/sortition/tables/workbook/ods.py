"""ODS workbooks, cell by cell, in one pass and without a tree.

Beside a value, a cell has the text that is seen, so that nothing of its format is lost.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from sortition.tables.grid import MOST_CELLS, Grid, Merge, Row, TooManyCells
from sortition.tables.numbers import number_text
from sortition.tables.workbook.sheet_xml import LAST_COLUMN, LAST_ROW, Cell
from sortition.tables.workbook.shown import doubt_of, rows_hidden

CONTENT = "content.xml"
CELLS = {"table:table-cell", "table:covered-table-cell"}
ASIDE = {"table:dde-links", "table:shapes", "text:note", "text:ruby-text"}  # not seen in cells
GAP = re.compile(r"[ \t\r\n]+")
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:[0-9]+")
NUMBERS = {"float", "currency", "percentage"}

Attributes = Mapping[str, str]


class Ods:
    """An ODS workbook; see `sortition.tables.workbook.cells.Book`."""

    def __init__(self, data: bytes) -> None:
        content = _Content()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = content.start
        parser.EndElementHandler = content.end
        parser.CharacterDataHandler = content.text
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(CONTENT) as stream:
            parser.ParseFile(stream)
        self._sheets = {sheet.name: sheet for sheet in content.sheets}
        self.names = tuple(self._sheets)
        self.visible = tuple(
            name for name, sheet in self._sheets.items() if sheet.style not in content.hidden
        )

    def sheet(self, name: str) -> Grid:
        """The cells of one sheet."""
        sheet = self._sheets[name]
        return Grid.of_rows(
            sheet.rows,
            sheet=name,
            doubtful=sheet.doubtful,
            merges=sheet.merges,
            assumed=rows_hidden(sheet.hidden),
        )


@dataclass(slots=True, kw_only=True)
class _Sheet:
    name: str
    style: str
    rows: list[tuple[int, Row]] = field(default_factory=list)
    doubtful: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    last: int = 0  # the number of the row that was begun last
    count: int = 0
    hidden: int = 0  # rows that are not shown, as those that a filter leaves out

    def add(self, cells: list[Cell], repeat: int, *, hidden: bool) -> None:
        """Add a row so many times; rows after the last one with content are not kept."""
        first, self.last = self.last + 1, self.last + repeat
        if not any(map(any, cells)):
            return
        if self.last > LAST_ROW or len(cells) > LAST_COLUMN:
            raise ValueError("beyond the end of a sheet")
        self.count += len(cells) * repeat
        self.hidden += repeat if hidden else 0
        if self.count > MOST_CELLS:
            raise TooManyCells
        row = tuple([text for text, _ in cells])
        self.rows += [(number, ()) for number in range(len(self.rows) + 1, first)]
        for number in range(first, self.last + 1):
            self.rows.append((number, row))
            self.doubtful |= {(number, at): doubt for at, (_, doubt) in enumerate(cells) if doubt}


class _Content:
    """What stands in the sheets, and which of their styles are hidden."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden: set[str] = set()
        self._style = ""
        self._in_sheet = False
        self._aside = 0  # how deep in what is not seen in a cell
        self._row: list[Cell] = []
        self._blank = 0  # cells that may be followed by others
        self._repeat = 1  # of the row
        self._hidden = False
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        self._parts: list[str] | None = None  # of a paragraph

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""
        outside = self._cell is not None and not name.startswith("text:")
        if self._aside or outside or name in ASIDE:
            self._aside += 1
        elif name in CELLS and self._in_sheet:
            self._cell, self._paragraphs = attributes, []
        elif name == "text:p" and self._cell is not None:
            self._parts = []
        elif name == "table:table-row":
            self._row, self._blank = [], 0
            self._repeat = int(attributes.get("table:number-rows-repeated", 1))
            self._hidden = attributes.get("table:visibility") in {"collapse", "filter"}
        elif self._parts is not None:
            self._parts.append(_space(name, attributes))
        else:
            self._outline(name, attributes)

    def _outline(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._in_sheet = True
            self.sheets.append(
                _Sheet(name=attributes["table:name"], style=attributes.get("table:style-name", ""))
            )
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)

    def text(self, data: str) -> None:
        """Take some text."""
        if self._parts is not None and not self._aside:
            self._parts.append(GAP.sub(" ", data))

    def end(self, name: str) -> None:
        """End an element."""
        if self._aside:
            self._aside -= 1
        elif name == "text:p" and self._parts is not None:
            self._paragraphs.append("".join(self._parts))
            self._parts = None
        elif name in CELLS and self._cell is not None:
            self._add(self._cell, "\n".join(self._paragraphs).strip())
            self._cell = None
        elif name == "table:table-row" and self._in_sheet:
            self.sheets[-1].add(self._row, self._repeat, hidden=self._hidden)
        elif name == "table:table":
            self._in_sheet = False

    def _add(self, cell: Attributes, text: str) -> None:
        repeat = int(cell.get("table:number-columns-repeated", 1))
        seen = _seen(cell, text)
        if not any(seen):
            self._blank += repeat
            return
        if self._blank + repeat > LAST_COLUMN:
            raise ValueError("beyond the end of a sheet")
        self._row += [("", "")] * self._blank
        rows = int(cell.get("table:number-rows-spanned", 1))
        if rows > 1:
            first = self.sheets[-1].last + 1
            merge = Merge(column=len(self._row), first=first, last=first + rows - 1)
            self.sheets[-1].merges.append(merge)
        self._row += [seen] * repeat
        self._blank = 0


def _space(name: str, attributes: Attributes) -> str:
    """The white space that an element in a paragraph stands for."""
    spaces = " " * min(int(attributes.get("text:c", 1)), LAST_COLUMN)
    return {"text:s": spaces, "text:tab": "\t", "text:line-break": "\n"}.get(name, "")


def _seen(cell: Attributes, text: str) -> Cell:
    """What is seen in a cell, and the doubt about it."""
    kind = cell.get("office:value-type", "")
    formula = "table:formula" in cell
    if cell.get("calcext:value-type") == "error" or (formula and ERROR.fullmatch(text)):
        return text, "error-cell"
    if kind in NUMBERS:
        value = float(cell["office:value"])
        digits = len(text) if text.isdigit() else 0
        return number_text(value, percent=kind == "percentage", digits=digits), doubt_of(value)
    if kind in {"date", "time"}:
        day = cell.get("office:date-value", "").removesuffix("T00:00:00").replace("T", " ")
        return day or text, "date-cell"
    if kind == "boolean":
        return cell["office:boolean-value"].upper(), ""
    if formula and not kind:
        return text, "formula-without-value"
    return text or cell.get("office:string-value", "").strip(), ""
