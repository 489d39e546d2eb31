"""Totals among statistics: told by their labels, held against their parts, never summed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.figures import told
from sortition.steps.quotas.statistics.rows import Cell, Cross
from sortition.tables.notes import is_total
from sortition.tables.rows import Table


def without_totals(table: Table, cross: Cross) -> tuple[Cross, tuple[Finding, ...]]:
    """The parts alone, and the first total that they do not add up to.

    A feature of which there are only totals is left out.

    Raises
    ------
    InputErrors
        If there is nothing but totals, or two rows are about the same people.
    """
    kept = [
        index
        for index in range(len(cross.features))
        if not all(is_total(cell.values[index]) for cell in cross.cells)
    ]
    cells = [
        Cell(row=cell.row, values=tuple(cell.values[i] for i in kept), people=cell.people)
        for cell in cross.cells
    ]
    parts = [cell for cell in cells if not any(map(is_total, cell.values))]
    if not kept or not parts:
        facts = {"features": ", ".join(cross.features)}
        raise InputErrors((table.finding(code="statistics-only-totals", facts=facts),))
    twice = tuple(_twice(table, cells))
    if twice:
        raise InputErrors(twice)
    names = tuple(cross.features[i] for i in kept)
    return Cross(features=names, cells=tuple(parts)), tuple(_differing(table, cells, parts))


def _twice(table: Table, cells: Iterable[Cell]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for cell in cells:
        values = tuple("" if is_total(value) else value for value in cell.values)
        before = first.setdefault(values, cell.row)
        if before != cell.row:
            facts: dict[str, str | int] = {"first": before}
            yield table.finding(
                code="statistics-row-twice",
                row=cell.row,
                value=", ".join(cell.values),
                facts=facts,
            )


def _differing(table: Table, cells: Iterable[Cell], parts: Iterable[Cell]) -> Iterator[Finding]:
    sums: dict[tuple[int, ...], dict[tuple[str, ...], Fraction]] = {}
    differing = []
    for cell in cells:
        fixed = tuple(i for i, value in enumerate(cell.values) if not is_total(value))
        if len(fixed) == len(cell.values):
            continue
        if fixed not in sums:
            sums[fixed] = _sums(parts, fixed)
        added = sums[fixed].get(tuple(cell.values[i] for i in fixed), Fraction(0))
        if added != cell.people:
            differing.append((cell, added))
    for cell, added in differing[:1]:
        facts: dict[str, str | int] = {"total": told(cell.people), "sum": told(added)}
        if len(differing) > 1:
            facts["more"] = len(differing) - 1
        yield table.finding(
            code="statistics-total-differs",
            row=cell.row,
            value=", ".join(cell.values),
            facts=facts,
        )


def _sums(parts: Iterable[Cell], fixed: tuple[int, ...]) -> dict[tuple[str, ...], Fraction]:
    sums: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for part in parts:
        sums[tuple(part.values[i] for i in fixed)] += part.people
    return sums
