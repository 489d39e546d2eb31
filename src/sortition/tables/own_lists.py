"""Lists that this package wrote, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sortition.tables.reading import Table, read_table


def read_own_list(path: Path) -> Table:
    """A list that this package wrote, so that nothing of it had to be assumed.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    return replace(read_table(path), assumed=())
