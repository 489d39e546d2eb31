"""Frames and paths as the files that a step reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from sortition.errors import InputErrors
from sortition.instance.inputs import Inputs
from sortition.tables.content import Content, File
from sortition.texts import describe

Source: TypeAlias = pd.DataFrame | str | os.PathLike[str]
Names: TypeAlias = str | Sequence[str]


def file_of(source: Source, name: str) -> File:
    """A source as a file: a frame is read as the CSV file that it would be saved to.

    Parameters
    ----------
    source : DataFrame, str or PathLike
        Of a frame, an index with a name is its first column. Whole numbers, dates and text are
        written as they are; missing values are blank cells.
    name : str
        What a frame is called where a file would be named, as in ``pool.csv``.
    """
    if not isinstance(source, pd.DataFrame):
        return Path(source)
    frame = source if source.index.name is None else source.reset_index()
    text = frame.apply(_as_text)
    return Content(name=name, data=text.to_csv(index=False, lineterminator="\n").encode())


def path_of(source: str | os.PathLike[str] | None) -> Path | None:
    """A path, if there is one."""
    return None if source is None else Path(source)


def inputs_of(
    pool: Source,
    quotas: Source,
    *,
    size: int,
    household: Names,
    household_limit: int,
    id_column: str | None,
    mapping: str | os.PathLike[str] | None,
) -> Inputs:
    """A pool and its quotas, as a step reads them."""
    return Inputs(
        pool=file_of(pool, "pool.csv"),
        quotas=file_of(quotas, "quotas.csv"),
        panel_size=size,
        id_column=id_column,
        household_columns=names_of(household),
        household_limit=household_limit,
        mapping=path_of(mapping),
    )


def names_of(names: Names) -> tuple[str, ...]:
    """The names of columns; a text is one of them."""
    return (names,) if isinstance(names, str) else tuple(names)


@contextmanager
def telling() -> Iterator[None]:
    """Add to faults of the input what they are in words, for whoever reads the traceback."""
    try:
        yield
    except InputErrors as errors:
        for fault in errors.faults:
            errors.add_note(describe(fault))
        raise


def _as_text(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column as its cells would stand in a file."""
    if pd.api.types.is_datetime64_any_dtype(column):
        midnight = (column.dropna() == column.dropna().dt.normalize()).all()
        written = "%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S"
        days: pd.Series[Any] = column.dt.strftime(written)
        return days
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")  # 36.0 is a whole number that stands beside a blank
    return column.astype("string")
