"""The apostrophes with which lists in CSV keep spreadsheets from computing a cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sortition.audit.spreadsheets import APOSTROPHE, as_it_came
from sortition.tables.arrow import count_in
from sortition.tables.coded import Coded
from sortition.tables.grid import Grid


def without_marks(grid: Grid) -> Grid:
    """The cells as they were before this package wrote them.

    Whatever was written can be read by every command, and a pool that has such marks of its own
    gets them again where it is written.
    """
    columns = tuple(
        Coded.of(column).read(as_it_came).cells()
        if np.any(count_in(column, APOSTROPHE))
        else column
        for column in grid.columns
    )
    return replace(grid, columns=columns)
