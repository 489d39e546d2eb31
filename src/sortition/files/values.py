"""What the quotas call the value that stands in a cell of the pool."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sortition.errors import Finding, InputErrors
from sortition.files.labels import fold, listed, looks_like_date
from sortition.files.tables import Table


def read_values(
    table: Table, column: str, labels: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The label of each row, which may be written differently in the pool.

    Parameters
    ----------
    column : str
        The column of the feature.
    labels : sequence of str
        The values of the feature as the quotas spell them.

    Returns
    -------
    values : tuple of str
        One of `labels` for each row.
    assumed : tuple of Finding
        What was taken for a label although it is not written like it.

    Raises
    ------
    InputErrors
        With every cell that is blank, doubtful or has no quota.
    """
    cells = table.column(column)
    by_fold = {fold(label): label for label in labels}
    counts = Counter(cells)
    meant = {cell: by_fold[fold(cell)] for cell in counts if fold(cell) in by_fold}
    doubts = table.doubts({column})
    if doubts or len(meant) < len(counts):
        doubted = {doubt.row for doubt in doubts}
        faults = _unmatched(table, column, meant, labels)
        raise InputErrors((*doubts, *(fault for fault in faults if fault.row not in doubted)))
    assumed = tuple(
        table.finding(
            code="value-matched",
            column=column,
            value=cell,
            facts={"label": label, "count": counts[cell]},
        )
        for cell, label in sorted(meant.items())
        if cell != label
    )
    return tuple([meant[cell] for cell in cells]), assumed


def _unmatched(
    table: Table, column: str, meant: Mapping[str, str], labels: Sequence[str]
) -> Iterator[Finding]:
    facts_of: dict[str, dict[str, str | int]] = {}
    for row, cell in zip(table.row_numbers, table.column(column), strict=True):
        if cell in meant:
            continue
        if not cell:
            yield table.finding(code="value-blank", row=row, column=column)
        elif looks_like_date(cell):
            yield table.finding(code="date-cell", row=row, column=column, value=cell)
        else:
            if cell not in facts_of:
                facts_of[cell] = {"known": listed(labels), **_closest(cell, labels)}
            yield table.finding(
                code="unknown-value", row=row, column=column, value=cell, facts=facts_of[cell]
            )


def _closest(cell: str, labels: Sequence[str]) -> dict[str, str]:
    """The label that was probably meant; labels with other numbers were not."""
    candidates = {fold(label): label for label in labels if _digits(label) == _digits(cell)}
    found = difflib.get_close_matches(fold(cell), candidates, n=1)
    return {"closest": candidates[found[0]]} if found else {}


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
