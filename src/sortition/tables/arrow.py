"""Columns of text as Arrow holds them, and what is asked of them all.

Arrow's own way from and to Python's lists and NumPy's arrays imports pandas, which takes longer
than reading most pools; so both go by its buffers here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# what `str.strip` takes away, named here so that no version of a library decides it
WHITE_SPACE = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)

# the bytes in UTF-8 with which white space begins and ends, and other letters too
FIRST_OF_SPACE, LAST_OF_SPACE = (
    np.isin(np.arange(256), [space.encode()[end] for space in WHITE_SPACE]) for end in (0, -1)
)

CHUNK = 100_000  # cells; a chunk has room for two billion bytes

Texts = Any  # a chunked array of strings: Arrow comes without types
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


def texts(cells: Sequence[str]) -> Texts:
    """Some cells as a column."""
    parts = [cells[start : start + CHUNK] for start in range(0, max(len(cells), 1), CHUNK)]
    return pa.chunked_array(list(map(_strings, parts)), type=pa.string())


def _strings(cells: Sequence[str]) -> Any:
    joined = "".join(cells)
    lengths = map(len, cells if joined.isascii() else map(str.encode, cells))
    ends = np.zeros(len(cells) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(lengths, dtype=np.int32, count=len(cells)), out=ends[1:])
    buffers = pa.py_buffer(ends), pa.py_buffer(joined.encode())
    return pa.StringArray.from_buffers(len(cells), *buffers)


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[list[Texts], Ints]:
    """Rows of any lengths as columns, and how long each row was."""
    lengths: Ints = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    width = max(lengths, default=0)
    full = [row if len(row) == width else (*row, *[""] * (width - len(row))) for row in rows]
    return list(map(texts, zip(*full, strict=True))), lengths


def joined(parts: Sequence[Texts]) -> Texts:
    """The cells of several columns, one below the other."""
    return pa.chunked_array([chunk for part in parts for chunk in part.chunks], type=pa.string())


def trimmed(column: Texts) -> Texts:
    """A column without white space around its cells.

    Most columns have none there, and are not gone through letter by letter.
    """
    suspects = taken(column, np.flatnonzero(_perhaps_spaced(column)))
    if pc.utf8_trim(suspects, characters=WHITE_SPACE).equals(suspects):
        return column
    return pc.utf8_trim(column, characters=WHITE_SPACE)


def _perhaps_spaced(column: Texts) -> Bools:
    """Whether white space can stand around each cell; for a blank one, around its neighbours."""
    found = [np.zeros(0, dtype=bool)]
    for ends, data in _bytes_of(column):
        first = data.take(ends[:-1], mode="clip")
        last = data.take(ends[1:] - 1, mode="clip")
        found.append(FIRST_OF_SPACE[first] | LAST_OF_SPACE[last])
    return np.concatenate(found)


def respelled(
    column: Texts, spell: Callable[[str], str], *, signs: bytes, first: bytes = b""
) -> Texts:
    """A column whose cells are spelled anew where they hold certain signs, or begin with some.

    Parameters
    ----------
    spell : function
        It leaves a cell without such signs as it is.
    signs, first : bytes
        Letters of ASCII.
    """
    anywhere, begins = (np.isin(np.arange(256), list(some)) for some in (signs, first))
    start, suspects = 0, []
    for ends, data in _bytes_of(column):
        held = np.flatnonzero(anywhere[data[ends[0] : ends[-1]]]) + ends[0]
        within = np.searchsorted(ends, held, side="right") - 1
        ahead = np.flatnonzero(begins[data.take(ends[:-1], mode="clip")])
        suspects += (start + np.union1d(within, ahead)).tolist()
        start += len(ends) - 1
    if not suspects:
        return column
    cells = column.to_pylist()
    for place in suspects:
        cells[place] = spell(cells[place])
    return texts(cells)


def _bytes_of(column: Texts) -> Iterator[tuple[Any, Any]]:
    """Chunk by chunk where the first cell begins and all of them end, and their bytes."""
    for chunk in column.chunks:
        if len(chunk):
            _, places, own = chunk.buffers()
            ends = np.frombuffer(places, dtype=np.int32)[chunk.offset :][: len(chunk) + 1]
            yield ends, np.frombuffer(own or b"x", dtype=np.uint8)


def side_by_side(columns: Sequence[Texts | str], between: str) -> Texts:
    """The cells of each row as one text; a text among the columns stands in each row."""
    known = [texts([one])[0] if isinstance(one, str) else one for one in (*columns, between)]
    return pc.binary_join_element_wise(*known)


def content(column: Texts) -> bytes:
    """All cells of a column, one after the other, in UTF-8."""
    return b"".join([data[ends[0] : ends[-1]].tobytes() for ends, data in _bytes_of(column)])


def is_blank(column: Texts) -> Bools:
    """Whether each cell is blank."""
    blank: Bools = integers(pc.binary_length(column)) == 0
    return blank


def all_match(column: Texts, pattern: str) -> bool:
    """Whether a pattern of RE2 is found in every cell."""
    return bool(pc.all(pc.match_substring_regex(column, pattern)).as_py())


def count_in(column: Texts, part: str) -> Ints:
    """How often a part occurs in each cell."""
    return integers(pc.count_substring(column, part))


def digits_in(column: Texts) -> Ints:
    """How many digits stand in each cell, 0 to 9 alone."""
    digit = np.isin(np.arange(256), list(b"0123456789"))
    counts = [np.zeros(0, dtype=np.int64)]
    for ends, data in _bytes_of(column):
        before = np.concatenate([[0], np.cumsum(digit[data[: ends[-1]]])])
        counts.append(np.diff(before[ends]))
    return np.concatenate(counts)


def integers(column: Any) -> Ints:
    """An array of 32-bit integers, chunked, without missing ones."""
    parts = [
        np.frombuffer(chunk.buffers()[1], dtype=np.int32)[chunk.offset : chunk.offset + len(chunk)]
        for chunk in column.chunks
        if len(chunk)
    ]
    found: Ints = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
    return found


def taken(column: Any, places: Ints) -> Any:
    """The cells at some places, of a column or of all columns of a table."""
    buffer = pa.py_buffer(np.ascontiguousarray(places, dtype=np.int64))
    return column.take(pa.Array.from_buffers(pa.int64(), len(places), [None, buffer]))


def coded(column: Texts) -> tuple[list[str], Ints]:
    """The different texts in the order of their first rows, and the place of each row's."""
    encoded = column.dictionary_encode().unify_dictionaries()
    codes = pa.chunked_array([chunk.indices for chunk in encoded.chunks], type=pa.int32())
    values = encoded.chunk(0).dictionary.to_pylist() if encoded.num_chunks else []
    return values, integers(codes)
