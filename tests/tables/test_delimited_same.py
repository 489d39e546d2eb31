"""The quick way to read a CSV file and the careful one say the same."""

from __future__ import annotations

import csv
from io import StringIO

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.delimited import _parse_even, _regularly_quoted

CSV = st.text(st.sampled_from(list('ab;," \r\n\tø')), max_size=40).map(lambda text: f"x{text}")


def by_csv(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """What the csv module reads; None if it refuses."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, start = [], 1
    try:
        for record in reader:
            rows.append((start, record))
            start = reader.line_num + 1
    except csv.Error:
        return None
    return rows


@given(CSV, st.sampled_from(";,\t"), st.booleans())
def test_the_quick_way_reads_what_the_careful_one_reads(
    text: str, delimiter: str, mark: bool
) -> None:
    wanted = by_csv(text, delimiter)
    utf8 = text.encode("utf-8-sig" if mark else "utf-8")
    assert _regularly_quoted(utf8, delimiter) == (wanted is not None)
    if wanted is None:
        return
    widths = {len(cells) for _, cells in wanted if cells}
    try:
        columns, numbers, lengths = _parse_even(utf8, delimiter)
    except pa.ArrowInvalid:
        assert len(widths) > 1
        return
    width = len(columns)
    assert lengths.tolist() == [width] * len(wanted)
    assert numbers.tolist() == [number for number, _ in wanted]
    rows = list(zip(*(column.to_pylist() for column in columns), strict=True))
    assert rows == [tuple(cells or [""] * width) for _, cells in wanted]


@pytest.mark.parametrize("text", ['"a";"b"\n"c";"d"', 'a;b""c\n;"e""f;\n"', '"a";\r\n"";""\r\n'])
def test_quoted_files_take_the_quick_way(text: str) -> None:
    assert _regularly_quoted(text.encode(), ";")
    assert len(_parse_even(text.encode(), ";")[0]) == 2
