"""Frames and paths as the files that a step reads."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypedDict

import pandas as pd

from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import Inputs
from sortition.tables.content import Content, File

Source: TypeAlias = pd.DataFrame | str | os.PathLike[str]
Sources: TypeAlias = Source | Sequence[Source]
Names: TypeAlias = str | Sequence[str] | None
Place: TypeAlias = str | os.PathLike[str]


class PoolReading(TypedDict, total=False):
    """How a pool is read, for every function that takes one; `inputs_of` has the defaults."""

    household: Names
    household_limit: int
    id: str | None
    mapping: Place | None
    seated: Source | None


def file_of(source: Source, name: str) -> File:
    """A source as a file: a frame is read as the CSV file that it would be saved to.

    Parameters
    ----------
    source : DataFrame, str or PathLike
        Of a frame, an index with a name is its first column, and each level of one that has
        several. One of texts that has no name is a column without a name, which is a fault: it can
        be the ids. Whole numbers, dates and text are written as they are; missing values are blank
        cells.
    name : str
        What a frame is called where a file would be named, as in ``pool.csv``.

    Raises
    ------
    InputErrors
        If a frame has what is no text.
    """
    if not isinstance(source, pd.DataFrame):
        return Path(source)
    try:
        text = _with_index(source).apply(_as_texts)
        data = text.to_csv(index=False, lineterminator="\n").encode()
    except UnicodeEncodeError:  # halves of letters, as a file read by the wrong encoding has them
        raise InputErrors((Finding(code="wrong-encoding", file=name),)) from None
    return Content(name=name, data=data)


def files_of(sources: Sources | None, name: str) -> list[File]:
    """One source or several, which are numbered from 1, as files; none without any."""
    if sources is None:
        return []
    if isinstance(sources, pd.DataFrame | str | os.PathLike):
        return [file_of(sources, f"{name}.csv")]
    return [file_of(one, f"{name}-{number}.csv") for number, one in enumerate(sources, start=1)]


def path_of(source: Place | None) -> Path | None:
    """A path, if there is one."""
    return None if source is None else Path(source)


def inputs_of(
    pool: Source,
    quotas: Source,
    *,
    size: int,
    household: Names = (),
    household_limit: int = 1,
    id: str | None = None,
    mapping: Place | None = None,
    seated: Source | None = None,
) -> Inputs:
    """A pool and its quotas, as a step reads them."""
    return Inputs(
        pool=file_of(pool, "pool.csv"),
        quotas=file_of(quotas, "quotas.csv"),
        panel_size=size,
        id_column=id,
        household_columns=names_of(household),
        household_limit=household_limit,
        mapping=path_of(mapping),
        seated=None if seated is None else file_of(seated, "seated.csv"),
    )


def names_of(names: Names) -> tuple[str, ...]:
    """The names of columns; a text is one of them, and None is none."""
    return (names,) if isinstance(names, str) else tuple(names or ())


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    if any(level is not None for level in frame.index.names):
        return frame.reset_index(allow_duplicates=True)
    if len(frame) and pd.api.types.infer_dtype(frame.index, skipna=True) == "string":
        return frame.reset_index(names="")
    return frame


def _as_texts(column: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(column.dtype, pd.StringDtype):
        return column
    return column.astype("object").map(as_text, na_action="ignore")


def as_text(cell: object) -> str:
    """A cell as it would stand in a file, and as a workbook with the same cell is read."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # 36.0 is a whole number that stands beside a blank
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return str(cell.date())
    return str(cell)
