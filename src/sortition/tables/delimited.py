"""CSV files as spreadsheets write them: three delimiters, two encodings."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from itertools import pairwise

from sortition.errors import Finding, InputErrors
from sortition.tables.grid import Grid

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
LOOK_AHEAD = 100_000  # characters in which the header is looked for
QUOTED = re.compile(r'"[^"]*"')


def read_csv_grid(data: bytes, file: str) -> Grid:
    """The cells of a CSV file.

    Bytes that Windows-1252 does not know become U+FFFD, so that whoever looks at the cells can
    say where they stand.

    Raises
    ------
    InputErrors
        If the bytes are not text in UTF-8 or Windows-1252, or the quotation marks do not close.
    """
    text, encoding = _decode(data, file)
    delimiter, rivals = _find_delimiter(text)
    assumed = []
    if encoding == "windows-1252":
        assumed.append(Finding(code="encoding-assumed", file=file, value="Windows-1252"))
    if delimiter != "," or rivals:
        assumed.append(Finding(code="delimiter-assumed", file=file, value=DELIMITERS[delimiter]))
    return Grid(
        rows=_parse(text, delimiter, file),
        delimiter=delimiter,
        encoding=encoding,
        assumed=tuple(assumed),
    )


def _decode(data: bytes, file: str) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputErrors((Finding(code="wrong-encoding", file=file),))
    nul = data.find(b"\0")
    if nul >= 0:
        row = data.count(b"\n", 0, nul) + 1
        raise InputErrors((Finding(code="wrong-encoding", file=file, row=row),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "windows-1252"
    return text, "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"


def _find_delimiter(text: str) -> tuple[str, bool]:
    """The delimiter of the header, and whether another would split the header too.

    The header is the first line that is split into as many cells as the line after it, because
    there can be commas in a title; if there is none, the first line that is split at all. What is
    in quotation marks is left out.
    """
    lines = [line for line in QUOTED.sub("x", text[:LOOK_AHEAD]).splitlines() if line.strip()]
    for line, following in pairwise(lines):
        steady = [sign for sign in DELIMITERS if 0 < line.count(sign) == following.count(sign)]
        if steady:
            return _best(line, steady)
    for line in lines:
        splitting = [sign for sign in DELIMITERS if sign in line]
        if splitting:
            return _best(line, splitting)
    return ",", False


def _best(line: str, delimiters: list[str]) -> tuple[str, bool]:
    best = max(delimiters, key=line.count)
    return best, any(sign in line for sign in DELIMITERS if sign != best)


def _parse(text: str, delimiter: str, file: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    start = 1
    try:
        for record in reader:
            rows.append((start, tuple([cell.strip() for cell in record])))
            start = reader.line_num + 1
    except csv.Error:
        raise InputErrors((Finding(code="csv-quotes", file=file, row=start),)) from None
    return tuple(rows)
