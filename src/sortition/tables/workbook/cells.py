"""XLSX workbooks: cells as the person who typed them sees them, or the doubt about them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.grid import Grid
from sortition.tables.labels import listed, squeeze
from sortition.tables.workbook.outline import Outline
from sortition.tables.workbook.refusals import check_workbook
from sortition.tables.workbook.regular import read_sheet, read_strings
from sortition.tables.workbook.sheet_xml import TooManyCells
from sortition.tables.workbook.shown import Shown


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
    strings: list[str] = []
    if outline.strings_part:
        with outline.open(outline.strings_part) as stream:
            strings = read_strings(stream)
    shown = Shown(strings, outline.look, outline.moment)
    if wanted is not None:
        name = _named(outline, file, wanted)
        return replace(_sheet(outline, name, shown), assumed=_renamed(file, name, wanted))
    for name in outline.visible:
        sheet = _sheet(outline, name, shown)
        if sheet.lengths.any():
            return replace(sheet, assumed=_chosen(outline, file, name))
    nothing = np.zeros(0, dtype=np.int64)
    return Grid(columns=(), numbers=nothing, lengths=nothing)


def _sheet(outline: Outline, name: str, shown: Shown) -> Grid:
    with outline.open(outline.parts[name]) as stream:
        return replace(read_sheet(stream, shown), sheet=name)


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
