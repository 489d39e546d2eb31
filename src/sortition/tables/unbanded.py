"""Numbers and dates where the quotas have ranges of numbers: one fault, for a map mends it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sortition.errors import Finding
from sortition.tables.dates import perhaps_births, read_date
from sortition.tables.faults import FEW
from sortition.tables.numbers import perhaps_years, read_number, read_range
from sortition.tables.rows import Table


def outside_bands(
    table: Table, column: str, labels: Sequence[str], meant: Collection[str]
) -> tuple[list[Finding], set[int]]:
    """One finding for all cells of a column that should be in a range, and their rows.

    Parameters
    ----------
    labels : sequence of str
        The values of the feature as the quotas spell them.
    meant : collection of str
        The cells that mean one of them.

    Returns
    -------
    findings : list of Finding
        None if most of the cells are something else, the labels are no ranges, or there are but
        few different numbers.
    rows : set of int
    """
    ranges = [made for label in labels if (made := read_range(label)) is not None]
    cells = [
        (row, cell)
        for row, cell in zip(table.row_numbers, table.column(column), strict=True)
        if cell and cell not in meant
    ]
    different = {cell for _, cell in cells}
    if not cells or len(ranges) < len(labels):
        return [], set()
    numbers = {cell: number for cell in different if (number := read_number(cell)) is not None}
    if perhaps_births(different):
        code, told = "values-are-dates", {cell for cell in different if read_date(cell)}
    else:
        years = perhaps_years(numbers.values(), ranges)
        code, told = "values-are-years" if years else "values-are-numbers", set(numbers)
    rows = [(row, cell) for row, cell in cells if cell in told]
    few = code != "values-are-dates" and len(told) <= FEW  # then each is told on its own
    if few or 2 * len(rows) <= len(cells):
        return [], set()
    facts: dict[str, str | int] = {"count": len(rows), "label": labels[0]}
    finding = table.finding(code=code, row=rows[0][0], column=column, value=rows[0][1], facts=facts)
    return [finding], {row for row, _ in rows}
