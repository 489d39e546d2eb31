"""Lists that this package wrote, read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sortition.audit.spreadsheets import as_it_came
from sortition.tables.reading import Table, read_table


def read_own_list(path: Path) -> Table:
    """A list that this package wrote, so that nothing of it had to be assumed.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    return replace(unmarked(read_table(path)), assumed=())


def unmarked(table: Table) -> Table:
    """The list without the apostrophes before what looks like a formula.

    They stand in CSV files alone: a workbook has no need of them.
    """
    if table.sheet:
        return table
    return table.with_columns(
        {as_it_came(name): table.coded(name).read(as_it_came) for name in table.header}
    )
