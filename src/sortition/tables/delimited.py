"""CSV files as spreadsheets write them: three delimiters, three encodings."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from itertools import pairwise

import numpy as np
import pyarrow as pa
from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import Ints, Texts, columns_of, count_in, trimmed
from sortition.tables.grid import Grid

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
LOOK_AHEAD = 100_000  # bytes in which the header is looked for
QUOTED = re.compile(r'"[^"]*"')
LINE_END = re.compile(r"\r\n?|\n")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Cells = tuple[list[Texts], Ints, Ints]  # the columns, the row numbers, the row lengths


def read_csv_grid(data: bytes, file: str) -> Grid:
    """The cells of a CSV file.

    Bytes that Windows-1252 does not know become U+FFFD, so that whoever looks at the cells can
    say where they stand.

    Raises
    ------
    InputErrors
        If the bytes are not text in UTF-8, UTF-16 with its mark or Windows-1252, or the quotation
        marks do not close.
    """
    utf8, encoding = _as_utf8(data, file)
    delimiter, rivals = _find_delimiter(utf8[:LOOK_AHEAD].decode("utf-8-sig", "ignore"))
    assumed = []
    if encoding == "windows-1252":
        assumed.append(Finding(code="encoding-assumed", file=file, value="Windows-1252"))
    if delimiter != "," or rivals:
        assumed.append(Finding(code="delimiter-assumed", file=file, value=DELIMITERS[delimiter]))
    columns, numbers, lengths = _parse(utf8, delimiter, file)
    for index, column in enumerate(columns):  # one after the other: they need not all fit twice
        columns[index] = trimmed(column)
    return Grid(
        columns=tuple(columns),
        numbers=numbers,
        lengths=lengths,
        delimiter=delimiter,
        encoding=encoding,
        assumed=tuple(assumed),
    )


def _as_utf8(data: bytes, file: str) -> tuple[bytes, str]:
    """The bytes in UTF-8, and the encoding that they had."""
    if data.startswith(UTF16_MARKS):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise InputErrors((Finding(code="wrong-encoding", file=file),)) from None
        _refuse_nul(text.encode(), file)
        return text.encode(), "utf-16"
    _refuse_nul(data, file)
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode(), "windows-1252"
    return data, "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"


def _refuse_nul(data: bytes, file: str) -> None:
    nul = data.find(b"\0")
    if nul >= 0:
        row = data.count(b"\n", 0, nul) + 1
        raise InputErrors((Finding(code="wrong-encoding", file=file, row=row),))


def _find_delimiter(text: str) -> tuple[str, bool]:
    """The delimiter of the header, and whether another would split the header too.

    The header is the first line that is split into as many cells as the line after it, because
    there can be commas in a title; if there is none, the first line that is split at all. What is
    in quotation marks is left out.
    """
    lines = [line for line in LINE_END.split(QUOTED.sub("x", text)) if line.strip()]
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


def _parse(utf8: bytes, delimiter: str, file: str) -> Cells:
    """The cells; rows that differ in length, and strange quotation marks, take the slow way."""
    if _regularly_quoted(utf8, delimiter):
        try:
            return _parse_even(utf8, delimiter)
        except pa.ArrowInvalid:
            pass  # the rows differ in length
    return _parse_uneven(utf8, delimiter, file)


def _regularly_quoted(utf8: bytes, delimiter: str) -> bool:
    """Whether every cell that begins with a quotation mark also ends with one."""
    if _quoted_whole(utf8, delimiter):
        return True
    ends = rb"\r\n" + re.escape(delimiter.encode())
    begin = rb"(?:\A|\A\xef\xbb\xbf|[" + ends + rb"])"
    whole = re.compile(
        rb"(?:(?<![^" + ends + rb'])|(?<=\A\xef\xbb\xbf))"(?:[^"]|"")*+"(?![^' + ends + rb"])"
    )
    return re.search(begin + b'"', whole.sub(b"x", utf8)) is None


def _quoted_whole(utf8: bytes, delimiter: str) -> bool:
    start = len(codecs.BOM_UTF8) if utf8.startswith(codecs.BOM_UTF8) else 0
    text, ends = memoryview(utf8)[start:], f"\r\n{delimiter}".encode()
    return utf8.count(b'"') % 2 == 0 and stand_around_cells(text, ends)


def stand_around_cells(text: bytes | memoryview, ends: bytes, *, inside: bool = False) -> bool:
    """Whether quotation marks stand around whole cells alone, as nearly every program writes them.

    Then each that opens follows the end of a cell, and each that closes stands before one, but for
    two side by side, which close and open again.

    Parameters
    ----------
    text : bytes
        What stands before its first byte and behind its last is not known, and may be an end.
    ends : bytes
        What cells end with.
    inside : bool
        Whether it begins within quotation marks.
    """
    letters = np.frombuffer(text, dtype=np.uint8)
    marks = np.flatnonzero(letters == ord('"'))
    opening, closing = marks[inside::2], marks[not inside :: 2]
    is_end = np.zeros(256, dtype=bool)
    is_end[list(ends + b'"')] = True
    before = opening[opening > 0] - 1
    after = closing[closing < len(letters) - 1] + 1
    return bool(is_end[letters[before]].all() and is_end[letters[after]].all())


def _parse_even(utf8: bytes, delimiter: str) -> Cells:
    """Read rows that are all equally long; blank lines are rows of blank cells."""
    quotes = b'"' in utf8
    first = next(csv.reader(StringIO(_first_lines(utf8), newline=""), delimiter=delimiter), [])
    names = [str(index) for index in range(max(len(first), 1))]
    table = read_csv(
        pa.BufferReader(utf8),
        read_options=ReadOptions(column_names=names),
        parse_options=ParseOptions(
            delimiter=delimiter, newlines_in_values=quotes, ignore_empty_lines=False
        ),
        convert_options=ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    numbers = np.arange(1, len(table) + 1)
    if quotes and _lines_of(utf8) > len(table):
        for column in table.columns:
            numbers[1:] += np.cumsum(_line_ends(column))[:-1]
    return table.columns, numbers, np.full(len(table), len(names))


def _lines_of(utf8: bytes) -> int:
    """How many lines there are; the last need not end."""
    ends = utf8.count(b"\n") + utf8.count(b"\r") - utf8.count(b"\r\n")
    return ends + (not utf8.endswith((b"\n", b"\r")))


def _first_lines(utf8: bytes) -> str:
    return utf8[:LOOK_AHEAD].decode("utf-8-sig", "ignore")


def _line_ends(column: Texts) -> Ints:
    """How many lines end within each cell."""
    counts: Ints = np.zeros(len(column), dtype=np.int64)
    for ends, sign in (("\n", 1), ("\r", 1), ("\r\n", -1)):
        counts += sign * count_in(column, ends)
    return counts


def _parse_uneven(utf8: bytes, delimiter: str, file: str) -> Cells:
    text = utf8.decode("utf-8-sig")
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    numbers: list[int] = []
    start = 1
    try:
        for record in reader:
            rows.append(record)
            numbers.append(start)
            start = reader.line_num + 1
    except csv.Error:
        raise InputErrors((Finding(code="csv-quotes", file=file, row=start),)) from None
    columns, lengths = columns_of(rows)
    return columns, np.array(numbers, dtype=np.int64), lengths
