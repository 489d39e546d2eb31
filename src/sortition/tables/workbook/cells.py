"""Workbooks: cells as the person who typed them sees them, or the doubt about them."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Protocol

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.grid import Grid, Headed, TooManyCells
from sortition.tables.labels import listed, squeeze
from sortition.tables.workbook.ods import Ods
from sortition.tables.workbook.refusals import Kind, check_workbook
from sortition.tables.workbook.values import Protected, Values
from sortition.tables.workbook.xlsx import Xlsx


class Book(Protocol):
    """A workbook of any kind.

    Attributes
    ----------
    names : tuple of str
        Of the sheets, in their order.
    visible : tuple of str
        Of those that are not hidden.
    """

    names: tuple[str, ...]
    visible: tuple[str, ...]

    def sheet(self, name: str) -> Grid:
        """The cells of one sheet; rows that the file leaves out are there, as blank ones."""


def read_workbook_grid(data: bytes, file: str, sheet: str | None, headed: Headed | None) -> Grid:
    """The cells of one sheet.

    Parameters
    ----------
    sheet : str, optional
        Its name. Without it, the first visible sheet that is not empty is taken.
    headed : callable, optional
        Whether a row has the names that are needed. Of several sheets the first with such a row is
        taken, if there is one.

    Raises
    ------
    InputErrors
        If this is no workbook, it is protected or made to swell, or it has no sheet of this name.
    """
    kind = check_workbook(data, file)
    try:
        with warnings.catch_warnings():
            # on damage, styles and extensions: what matters of it is told as a finding
            warnings.simplefilter("ignore")
            return _read(_open(data, kind), file, sheet, headed)
    except InputErrors:
        raise
    except TooManyCells:
        fault = Finding(code="table-too-large", file=file)
    except Protected:
        fault = Finding(code="workbook-encrypted", file=file)
    except Exception:  # the parser raises whatever it meets, and may quote a cell in it
        fault = Finding(code="not-a-workbook", file=file)
    raise InputErrors((fault,))


def visible_sheets(data: bytes, file: str) -> tuple[str, ...]:
    """The names of the sheets that are not hidden.

    Raises
    ------
    InputErrors
        If this is no workbook, or it is protected or made to swell.
    """
    kind = check_workbook(data, file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _open(data, kind).visible


def _open(data: bytes, kind: Kind) -> Book:
    match kind:
        case "xlsx":
            return Xlsx(data)
        case "ods":
            return Ods(data)
        case _:
            return Values(data, is_archive=kind == "xlsb")


def _read(book: Book, file: str, wanted: str | None, headed: Headed | None) -> Grid:
    if wanted is not None:
        name = _named(book, file, wanted)
        return _assuming(book.sheet(name), file, _renamed(file, name, wanted))
    first = None
    for name in book.visible:
        sheet = book.sheet(name)
        if not sheet.lengths.any():
            continue
        if headed is None or sheet.headed_at(headed) is not None:
            by = "sheet-chosen" if first is None else "sheet-by-header"
            return _assuming(sheet, file, _chosen(book, file, name, by))
        first = first or (sheet, name)
    if first is not None:
        sheet, name = first
        return _assuming(sheet, file, _chosen(book, file, name, "sheet-chosen"))
    nothing = np.zeros(0, dtype=np.int64)
    return Grid(columns=(), numbers=nothing, lengths=nothing)


def _assuming(sheet: Grid, file: str, assumed: tuple[Finding, ...]) -> Grid:
    own = [replace(finding, file=file, sheet=sheet.sheet) for finding in sheet.assumed]
    return replace(sheet, assumed=(*assumed, *own))


def _named(book: Book, file: str, wanted: str) -> str:
    """The sheet of this name, without regard to letter case if there is no other."""
    alike = [name for name in book.names if squeeze(name) == squeeze(wanted)]
    if wanted in book.names:
        return wanted
    if len(alike) == 1:
        return alike[0]
    facts = {"sheets": listed(book.names)}
    raise InputErrors((Finding(code="sheet-unknown", file=file, value=wanted, facts=facts),))


def _renamed(file: str, name: str, wanted: str) -> tuple[Finding, ...]:
    if name == wanted:
        return ()
    return (Finding(code="sheet-matched", file=file, sheet=name, value=wanted),)


def _chosen(book: Book, file: str, name: str, code: str) -> tuple[Finding, ...]:
    others = [other for other in book.names if other != name]
    if not others:
        return ()
    facts = {"others": listed(others)}
    return (Finding(code=code, file=file, sheet=name, facts=facts),)
