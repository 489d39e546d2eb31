"""XLSX workbooks: cells as the person who typed them sees them, or the doubt about them."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sortition.errors import Finding, InputErrors
from sortition.files.grid import Grid
from sortition.files.labels import listed

if TYPE_CHECKING:
    from openpyxl import Workbook

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LARGEST_WORKBOOK = 500_000_000  # bytes, unpacked
EXACT_IN_A_SPREADSHEET = 10**15  # longer numbers have lost their last digits already

_Row = tuple[int, tuple[str, ...]]
_Doubts = dict[tuple[int, int], str]


def read_xlsx_grid(data: bytes, file: str) -> Grid:
    """The cells of the first visible sheet that is not empty.

    Raises
    ------
    InputErrors
        If this is no workbook, it is encrypted, of the old kind or far too large.
    """
    _check_archive(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions, which are not read
            return _first_filled_sheet(data, file)
    except Exception:  # the parser raises whatever it meets, and may quote a cell in it
        raise InputErrors((Finding(code="not-a-workbook", file=file),)) from None


def _check_archive(data: bytes, file: str) -> None:
    """Raise if the bytes cannot be an XLSX workbook that is safe to unpack."""
    code = ""
    if data.startswith(OLE_MAGIC):
        code = "workbook-encrypted" if ENCRYPTED in data else "workbook-old"
    else:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            members = []
        if "xl/workbook.xml" not in {member.filename for member in members}:
            code = "not-a-workbook"
        elif sum(member.file_size for member in members) > LARGEST_WORKBOOK:
            code = "workbook-too-large"
    if code:
        raise InputErrors((Finding(code=code, file=file),))


def _first_filled_sheet(data: bytes, file: str) -> Grid:
    values = _open(data, formulas=False)
    names = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"]
    for name in names:
        rows, doubtful = _read_sheet(values, name)
        if any(any(cells) for _, cells in rows):
            break
    else:
        return Grid(rows=())
    if _has_formulas(data):
        doubtful |= _formulas_without_value(_open(data, formulas=True), name, rows)
    others = [sheet.title for sheet in values.worksheets if sheet.title != name]
    assumed = []
    if others:
        facts = {"others": listed(others)}
        assumed.append(Finding(code="sheet-chosen", file=file, sheet=name, facts=facts))
    return Grid(rows=rows, sheet=name, doubtful=doubtful, assumed=tuple(assumed))


def _open(data: bytes, *, formulas: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import; CSV alone does without

    return load_workbook(BytesIO(data), read_only=True, data_only=not formulas)


def _cells(workbook: Workbook, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet: Any = workbook[name]
    sheet.reset_dimensions()  # many programs write wrong ones, and rows would be cut off
    return enumerate(sheet.iter_rows(), start=1)


def _read_sheet(workbook: Workbook, name: str) -> tuple[tuple[_Row, ...], _Doubts]:
    rows: list[_Row] = []
    doubtful: _Doubts = {}
    for number, cells in _cells(workbook, name):
        texts = []
        for index, cell in enumerate(cells):
            text, doubt = _text_and_doubt(cell)
            texts.append(text)
            if doubt:
                doubtful[number, index] = doubt
        rows.append((number, tuple(texts)))
    return tuple(rows), doubtful


def _text_and_doubt(cell: Any) -> tuple[str, str]:
    match cell.value:
        case None:
            return "", ""
        case bool(value):
            return str(value).upper(), ""
        case int(value) | float(value):
            doubt = "number-too-long" if abs(value) >= EXACT_IN_A_SPREADSHEET else ""
            return _number_text(value, cell.number_format), doubt
        case datetime.datetime() as moment if moment.time() == datetime.time():
            return moment.date().isoformat(), "date-cell"
        case datetime.date() | datetime.time() | datetime.timedelta() as moment:
            return str(moment), "date-cell"
        case value:
            return str(value).strip(), "error-cell" if cell.data_type == "e" else ""


def _number_text(value: float, number_format: str) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and the zeros or % that it shows."""
    if "%" in number_format:
        return f"{value * 100:.15g}%"
    text = f"{value:.15g}"
    if re.fullmatch("0+", number_format) and text.isdigit():
        return text.zfill(len(number_format))
    return text


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets)


def _formulas_without_value(workbook: Workbook, name: str, rows: tuple[_Row, ...]) -> _Doubts:
    """Formulas that no program has computed yet: their cells look blank, and are not."""
    texts = dict(rows)
    return {
        (number, index): "formula-without-value"
        for number, cells in _cells(workbook, name)
        for index, cell in enumerate(cells)
        if cell.data_type == "f" and not texts[number][index]
    }
