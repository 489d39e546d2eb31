"""What the quotas call the value that stands in a cell of the pool."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sortition.errors import Finding, InputErrors
from sortition.tables.labels import alike, fold, listed, looks_like_date, nfc
from sortition.tables.matching import meanings
from sortition.tables.rows import Table
from sortition.tables.unbanded import outside_bands


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
    cells = table.coded(column)
    counts = cells.counts()
    meant = meanings(counts, labels)
    doubts = table.doubts({column})
    if doubts or len(meant) < len(counts):
        unbanded, told = outside_bands(table, column, labels, meant)
        doubts = [doubt for doubt in doubts if doubt.row not in told]
        told |= {doubt.row for doubt in doubts if doubt.row}
        faults = _unmatched(table, column, meant, labels)
        raise InputErrors(
            (*unbanded, *doubts, *(fault for fault in faults if fault.row not in told))
        )
    assumed = tuple(
        _assumed_of(table, column, cell, label, counts[cell])
        for cell, label in sorted(meant.items())
        if cell != label
    )
    return cells.spread([meant[cell] for cell in cells.values]), assumed


def read_free_values(
    table: Table, column: str, asked_for: Collection[str]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The value of each row for a feature without quotas of its own, so that any value will do.

    Parameters
    ----------
    column : str
        The column of the feature.
    asked_for : collection of str
        The values that combinations ask for.

    Returns
    -------
    values : tuple of str
        As `spellings` has them.
    assumed : tuple of Finding
        What was taken for a value that is asked for although it is not written like it, and
        values that nobody has.

    Raises
    ------
    InputErrors
        With every cell that is blank or doubtful.
    """
    cells = table.column(column)
    faults = table.doubts({column})
    doubted = {doubt.row for doubt in faults}
    folded = {fold(value) for value in asked_for}
    for row, cell in zip(table.row_numbers, cells, strict=True):
        if row in doubted:
            continue
        if not cell:
            faults.append(table.finding(code="value-blank", row=row, column=column))
        elif looks_like_date(cell) and fold(cell) not in folded:
            faults.append(table.finding(code="date-cell", row=row, column=column, value=cell))
    if faults:
        raise InputErrors(tuple(faults))
    spelled = spellings(cells)
    assumed = _assumed_of_free(table, column, asked_for)
    return tuple([spelled[fold(cell)] for cell in cells]), tuple(assumed)


def spellings(cells: Collection[str]) -> dict[str, str]:
    """One spelling, in NFC, for all cells that fold alike, by what they fold to.

    It is the first by code points, so that the order of rows makes no difference.
    """
    return {fold(cell): cell for cell in sorted(set(map(nfc, cells)), reverse=True)}


def suggestion(cell: str, labels: Sequence[str]) -> dict[str, str | int]:
    """Facts for a finding about an unknown value: the known ones, and the closest if any.

    Labels with other numbers than the value were not meant.
    """
    candidates = {fold(label): label for label in labels if _digits(label) == _digits(cell)}
    found = difflib.get_close_matches(fold(cell), candidates, n=1)
    closest = {"closest": candidates[found[0]]} if found else {}
    return {"known": listed(labels), **closest}


def _assumed_of_free(table: Table, column: str, asked_for: Collection[str]) -> Iterator[Finding]:
    counts = Counter(table.column(column))
    for value in sorted(asked_for):
        spelled = sorted(alike(counts, value))
        if not spelled:
            yield table.finding(code="combination-value-absent", column=column, value=value)
        for cell in spelled:
            if cell != value:
                facts: dict[str, str | int] = {"label": value, "count": counts[cell]}
                yield table.finding(code="value-matched", column=column, value=cell, facts=facts)


def _assumed_of(table: Table, column: str, cell: str, label: str, count: int) -> Finding:
    facts: dict[str, str | int] = {"label": label, "count": count}
    code = "value-matched" if cell else "blanks-matched"
    return table.finding(code=code, column=column, value=cell, facts=facts)


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
                facts_of[cell] = suggestion(cell, labels)
            yield table.finding(
                code="unknown-value", row=row, column=column, value=cell, facts=facts_of[cell]
            )


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
