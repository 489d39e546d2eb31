"""XLSX workbooks: cells as the person who typed them sees them, or the doubt about them."""

from __future__ import annotations

import datetime
from functools import cache

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import columns_of
from sortition.tables.grid import Grid
from sortition.tables.labels import listed, squeeze
from sortition.tables.workbook.outline import Look, Outline
from sortition.tables.workbook.refusals import check_workbook
from sortition.tables.workbook.regular import read_sheet
from sortition.tables.workbook.sheet_xml import Cell, SharedStrings, Sheet, TooManyCells

EXACT_IN_A_SPREADSHEET = 10**15  # longer numbers have lost their last digits already
DOUBTFUL_KINDS = {"e": "error-cell", "d": "date-cell"}


def read_xlsx_grid(data: bytes, file: str, sheet: str | None = None) -> Grid:
    """The cells of one sheet.

    Parameters
    ----------
    sheet : str, optional
        Its name. Without it, the first visible sheet that is not empty is taken.

    Raises
    ------
    InputErrors
        If this is no workbook, it is encrypted, of the old kind or made to swell, or it has no
        sheet of this name.
    """
    check_workbook(data, file)
    try:
        return _read(Outline(data), file, sheet)
    except InputErrors:
        raise
    except TooManyCells:
        fault = Finding(code="table-too-large", file=file)
    except Exception:  # the parser raises whatever it meets, and may quote a cell in it
        fault = Finding(code="not-a-workbook", file=file)
    raise InputErrors((fault,))


def _read(outline: Outline, file: str, wanted: str | None) -> Grid:
    cells = _Cells(outline)
    if wanted is not None:
        name = _named(outline, file, wanted)
        return _grid(name, cells.sheet(name), _renamed(file, name, wanted))
    for name in outline.visible:
        sheet = cells.sheet(name)
        if any(any(texts) for _, texts in sheet.rows):
            return _grid(name, sheet, _chosen(outline, file, name))
    nothing = np.zeros(0, dtype=np.int64)
    return Grid(columns=(), numbers=nothing, lengths=nothing)


def _grid(name: str, sheet: Sheet, assumed: tuple[Finding, ...]) -> Grid:
    columns, lengths = columns_of([cells for _, cells in sheet.rows])
    return Grid(
        columns=tuple(columns),
        numbers=np.array([number for number, _ in sheet.rows], dtype=np.int64),
        lengths=lengths,
        sheet=name,
        doubtful=sheet.doubtful,
        merges=tuple(sheet.merges),
        assumed=assumed,
    )


def _named(outline: Outline, file: str, wanted: str) -> str:
    """The sheet of this name, without regard to letter case if there is no other."""
    alike = [name for name in outline.parts if squeeze(name) == squeeze(wanted)]
    if wanted in outline.parts:
        return wanted
    if len(alike) == 1:
        return alike[0]
    facts = {"sheets": listed(outline.parts)}
    raise InputErrors((Finding(code="sheet-unknown", file=file, value=wanted, facts=facts),))


def _renamed(file: str, name: str, wanted: str) -> tuple[Finding, ...]:
    if name == wanted:
        return ()
    return (Finding(code="sheet-matched", file=file, sheet=name, value=wanted),)


def _chosen(outline: Outline, file: str, name: str) -> tuple[Finding, ...]:
    others = [other for other in outline.parts if other != name]
    if not others:
        return ()
    facts = {"others": listed(others)}
    return (Finding(code="sheet-chosen", file=file, sheet=name, facts=facts),)


class _Cells:
    """Turns what is stored into what is seen."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._look = cache(outline.look)
        shared = SharedStrings()
        if outline.strings_part:
            with outline.open(outline.strings_part) as stream:
                shared.parse(stream)
        self._strings = [text.strip() for text in shared.strings]

    def sheet(self, name: str) -> Sheet:
        with self._outline.open(self._outline.parts[name]) as stream:
            return read_sheet(stream, self._read)

    def _read(self, kind: str, style: int, text: str, formula: bool) -> Cell:
        if not text:
            # a text that is empty is the result of a formula; no result at all is none yet
            return "", "formula-without-value" if formula and kind != "str" else ""
        match kind:
            case "s":
                return self._strings[int(text)], ""
            case "n":
                return self._number(text, self._look(style))
            case "b":
                return ("TRUE" if int(text) else "FALSE"), ""
            case _:
                return text.strip(), DOUBTFUL_KINDS.get(kind, "")

    def _number(self, text: str, look: Look) -> Cell:
        value = float(text) if set(text) & set(".eE") else int(text)
        if look.date:
            return self._date(value, look)
        doubt = "number-too-long" if abs(value) >= EXACT_IN_A_SPREADSHEET else ""
        return _number_text(value, look), doubt

    def _date(self, value: float, look: Look) -> Cell:
        moment = self._outline.moment(value, look)
        if moment is None:
            return "#VALUE!", "error-cell"
        if isinstance(moment, datetime.datetime) and moment.time() == datetime.time():
            moment = moment.date()
        return str(moment), "date-cell"


def _number_text(value: float, look: Look) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and the zeros or % that it shows."""
    if look.percent:
        return f"{value * 100:.15g}%"
    text = f"{value:.15g}"
    return text.zfill(look.digits) if text.isdigit() else text
