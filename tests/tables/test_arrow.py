"""What is asked of whole columns is what Python says of each cell."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sortition.tables.arrow import WHITE_SPACE, content, digits_in, respelled, side_by_side, trimmed

# letters that share a first or last byte with white space are among these
LETTERS = st.sampled_from(["", "a", "é", "å", "§", "†", "\u200b", "\ufeff", *WHITE_SPACE])
CELLS = st.lists(st.lists(LETTERS, max_size=3).map("".join), max_size=4)


@given(st.lists(CELLS, max_size=3), st.integers(0, 3))
def test_trimmed_cells_are_those_of_python(chunks: list[list[str]], begin: int) -> None:
    column = pa.chunked_array([pa.array(cells, pa.string()) for cells in chunks], pa.string())
    cells = [cell for chunk in chunks for cell in chunk]
    assert trimmed(column).to_pylist() == [cell.strip() for cell in cells]
    assert trimmed(column.slice(begin)).to_pylist() == [cell.strip() for cell in cells[begin:]]


SIGNS = st.sampled_from(["", "a", "å", "=", ",", '"', "7", "٧", "12"])
SIGNED = st.lists(st.lists(SIGNS, max_size=4).map("".join), max_size=4)


@given(st.lists(SIGNED, max_size=3), st.integers(0, 3))
def test_cells_are_spelled_anew_where_a_sign_stands(chunks: list[list[str]], begin: int) -> None:
    def spell(cell: str) -> str:
        return f"<{cell}>" if set(cell) & set(',"') or cell.startswith("=") else cell

    column = pa.chunked_array([pa.array(cells, pa.string()) for cells in chunks], pa.string())
    cells = [cell for chunk in chunks for cell in chunk][begin:]
    column = column.slice(begin)
    assert respelled(column, spell, signs=b',"', first=b"=").to_pylist() == list(map(spell, cells))
    assert digits_in(column).tolist() == [sum(map("0123456789".__contains__, c)) for c in cells]
    assert content(column) == "".join(cells).encode()
    rows = side_by_side(["<", column, column, ">"], ";")
    assert rows.to_pylist() == [f"<;{cell};{cell};>" for cell in cells]


def test_white_space_is_what_python_strips() -> None:
    assert {chr(code) for code in range(0x110000) if chr(code).isspace()} == set(WHITE_SPACE)
