"""Frames of all kinds are read as the files that they would be saved to."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sortition
from sortition.frames.sources import file_of
from sortition.tables.content import Content
from sortition.tables.reading import read_table
from sortition.tables.unreadable import MOJIBAKE

SMALL = pd.DataFrame(
    {"id": ["007", "08", "0009", "0010"], "sex": list("ffmm"), "age": list("oyoy")}, dtype="str"
)
BOUNDS = pd.DataFrame(
    {
        "feature": ["sex", "sex", "age", "age"],
        "value": list("fmoy"),
        "min": [1, 1, 0, 0],
        "max": [1, 1, 2, 2],
    }
)


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """Header and rows, as they are read from a frame."""
    table = read_table(file_of(frame, "frame.csv"))
    return [list(table.header), *map(list, table.rows)]


def test_ids_keep_their_zeros() -> None:
    lottery = sortition.lottery(SMALL, BOUNDS, size=2)
    assert list(lottery.probabilities.index) == ["0009", "0010", "007", "08"]
    assert set(lottery.draw(seed="1").panel["id"]) < set(SMALL["id"])


def test_blanks_are_blank_whatever_stands_for_them() -> None:
    blanks = [None, np.nan, pd.NA, pd.NaT]
    frame = pd.DataFrame({"id": list("abcd"), "note": pd.Series(blanks, dtype="object")})
    assert cells(frame)[1:] == [["a", ""], ["b", ""], ["c", ""], ["d", ""]]


WHOLE: list[Any] = [
    pd.Series([36.0, None]),
    pd.Series([36.0, None], dtype="object"),
    pd.Series([36, None], dtype="Int64"),
    pd.Series([36.0, None], dtype="float32"),
    pd.Series([36.0, None], dtype="category"),
    pd.Series([np.float64(36), None], dtype="object"),
]


@pytest.mark.parametrize("column", WHOLE, ids=lambda column: str(column.dtype))
def test_whole_numbers_beside_blanks_are_whole(column: Any) -> None:
    assert cells(pd.DataFrame({"id": ["a", "b"], "n": column}))[1:] == [["a", "36"], ["b", ""]]


def test_other_numbers_are_as_they_are_written() -> None:
    frame = pd.DataFrame({"id": list("abc"), "share": [0.125, 2.0, None]})
    assert [row[1] for row in cells(frame)[1:]] == ["0.125", "2", ""]


DAY = "2026-11-28"
A_DAY: Any = [DAY, None]
DAYS: list[Any] = [
    pd.Series(pd.to_datetime(A_DAY)),
    pd.Series(pd.to_datetime(A_DAY)).astype("category"),
    pd.Series(pd.to_datetime(A_DAY)).dt.tz_localize("Europe/Copenhagen"),
    pd.Series([datetime.date(2026, 11, 28), None], dtype="object"),
    pd.Series([datetime.datetime(2026, 11, 28), None], dtype="object"),
]


@pytest.mark.parametrize("column", DAYS)
def test_days_are_days(column: object) -> None:
    frame = pd.DataFrame({"id": ["a", "b"], "born": column})
    assert cells(frame)[1:] == [["a", DAY], ["b", ""]]


SAME: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "an index with a name": lambda frame: frame.set_index("id"),
    "an index with several": lambda frame: frame.set_index(["id", "sex"]),
    "a shuffled index without a name": lambda frame: frame.set_index(pd.Index([9, 2, 2, 5])),
    "categories": lambda frame: frame.astype("category"),
    "objects": lambda frame: frame.astype("object"),
    "strings of Python": lambda frame: frame.astype(pd.StringDtype("python")),
    "other orders of columns and rows": lambda frame: frame.iloc[::-1, ::-1],
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME.keys())
def test_the_same_people_give_the_same_lottery(
    change: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    changed = sortition.lottery(change(SMALL), BOUNDS, size=2)
    assert changed.digest == sortition.lottery(SMALL, BOUNDS, size=2).digest


def test_quotas_may_be_indexed_by_feature_and_value() -> None:
    indexed = BOUNDS.set_index(["feature", "value"])
    lottery = sortition.lottery(SMALL, indexed, size=2)
    assert lottery.digest == sortition.lottery(SMALL, BOUNDS, size=2).digest


def test_names_of_columns_may_be_numbers() -> None:
    frame = SMALL.rename(columns={"sex": 1, "age": 2})
    assert cells(frame)[0] == ["id", "1", "2"]
    bounds = BOUNDS.assign(feature=BOUNDS["feature"].map({"sex": 1, "age": 2}))
    assert sortition.lottery(frame, bounds, size=2).quotas.loc[("1", "f"), "pool"] == 2


FAULTY: dict[str, tuple[pd.DataFrame, str]] = {
    "two columns of a name": (
        SMALL.rename(columns={"age": "sex"}),
        "pool.csv: Two columns (B and C) have the name “sex”.",
    ),
    "an index that is a column as well": (
        SMALL.set_index("id", drop=False),
        "pool.csv: Two columns (A and B) have the name “id”.",
    ),
    "an index of texts without a name": (
        SMALL.set_index("id").rename_axis(None),
        "pool.csv, row 2: Column A has cells but no name in the header.",
    ),
    "no rows": (SMALL.iloc[:0], "pool.csv, row 1: There is a header but no row under it."),
    "no columns": (SMALL[[]], "pool.csv: There is nothing in it."),
    "nothing": (pd.DataFrame(), "pool.csv: There is nothing in it."),
}


@pytest.mark.parametrize(("frame", "said"), FAULTY.values(), ids=FAULTY.keys())
@pytest.mark.parametrize("step", [sortition.check, sortition.lottery, sortition.compare])
def test_a_fault_is_a_sentence(step: Callable[..., object], frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(sortition.InputErrors) as raised:
        step(frame, BOUNDS, size=2)
    assert any(note.startswith(said) for note in raised.value.__notes__), raised.value.__notes__


@pytest.mark.parametrize("where", ["cell", "header"])
def test_half_a_letter_is_a_fault(where: str) -> None:
    half = "\ud800"
    cell, name = (half, "note") if where == "cell" else ("note", half)
    frame = SMALL.astype("object").assign(note=pd.Series([cell] * 4, dtype="object"))
    frame.columns = pd.Index([*SMALL.columns, name], dtype="object")
    with pytest.raises(sortition.InputErrors) as raised:
        sortition.lottery(frame, BOUNDS, size=2)
    assert raised.value.__notes__[0].startswith("pool.csv: This is not text in UTF-8")


# what pandas, CSV and a reader could take for something else; neither blanks at ends are meant nor
# letters that were read with a wrong encoding, which are refused
LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
WORDS = st.text(st.one_of(LETTERS, st.sampled_from(',;"|')), min_size=1, max_size=6).filter(
    lambda text: not MOJIBAKE.search(text)
)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5))
def test_every_text_comes_back(rows: list[tuple[str, str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["id", "name", "note"], dtype="object")
    assert cells(frame) == [["id", "name", "note"], *map(list, rows)]


def test_what_is_read_from_a_frame_prints_nothing_of_it() -> None:
    content = file_of(SMALL, "pool.csv")
    assert isinstance(content, Content)
    assert "0009" not in repr(content)
