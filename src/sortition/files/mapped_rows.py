"""The rows of a pool that the rules of its map leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.files.faults import attempt
from sortition.files.labels import fold
from sortition.files.mapped_columns import find_column, numbers_in
from sortition.files.mapping import Drop, PoolMap
from sortition.files.tables import Table

RUNS_SHOWN = 40


def dropped_rows(table: Table, rules: PoolMap) -> tuple[frozenset[int], list[Finding]]:
    """The numbers of the rows that are left out, each by the first rule that applies to it.

    Raises
    ------
    InputErrors
        With every cell that a rule cannot read, or if nobody is left.
    """
    faults: list[Finding] = []
    done: list[Finding] = []
    gone: set[int] = set()
    for rule in rules.drops:
        rows = attempt(faults, partial(_rows_of, table, rules, rule, gone))
        if rows is not None:
            done += [*_noticed(table, rules, rule, gone), _told(table, rules, rule, rows)]
            gone.update(rows)
    if not faults and len(gone) == len(table.rows):
        faults.append(table.finding(code="map-drops-everybody", facts={"count": len(gone)}))
    if faults:
        raise InputErrors(tuple(faults))
    return frozenset(gone), done


def _rows_of(table: Table, rules: PoolMap, rule: Drop, gone: Collection[int]) -> list[int]:
    """The rows that a rule leaves out, of those that are not gone."""
    column = find_column(table, rules, rule.column, (*rule.key, "column"))
    cells = _cells(table, column, gone)
    if rule.condition == "blank":
        return [row for row, cell in cells.items() if not cell]
    if rule.condition == "one_of":
        doubts = [doubt for doubt in table.doubts({column}) if doubt.row in cells]
        if doubts:
            raise InputErrors(tuple(doubts))
        labels = set(map(fold, rule.labels))
        meant = {cell for cell in set(cells.values()) if fold(cell) in labels}
        return [row for row, cell in cells.items() if cell in meant]
    numbers = numbers_in(table, column, cells)
    if rule.condition == "below":
        return [row for row, number in numbers.items() if number < rule.limit]
    return [row for row, number in numbers.items() if number > rule.limit]


def _cells(table: Table, column: str, gone: Collection[int]) -> dict[int, str]:
    rows = zip(table.row_numbers, table.column(column), strict=True)
    return {row: cell for row, cell in rows if row not in gone}


def _noticed(table: Table, rules: PoolMap, rule: Drop, gone: Collection[int]) -> Iterator[Finding]:
    """Values that nobody has, and cells that could not be held against a limit."""
    column = find_column(table, rules, rule.column, rule.key)
    held = set(map(fold, set(table.column(column))))
    for label in rule.labels:
        if fold(label) not in held:
            facts = {"column": column}
            code = "map-value-absent"
            yield rules.settings.finding(code=code, key=rule.key, value=label, facts=facts)
    blank = sum(1 for cell in _cells(table, column, gone).values() if not cell)
    if blank and rule.condition in {"below", "above"}:
        yield table.finding(code="map-blank-kept", column=column, facts={"count": blank})


def _told(table: Table, rules: PoolMap, rule: Drop, rows: Sequence[int]) -> Finding:
    if not rows:
        return rules.settings.finding(code="map-dropped-nobody", key=rule.key, value=rule.reason)
    facts: dict[str, str | int] = {"count": len(rows), "rows": _runs(rows)}
    return table.finding(code="map-dropped", value=rule.reason, facts=facts)


def _runs(rows: Sequence[int]) -> str:
    """Numbers in ascending order, such as ``3, 5-9, 12``; and how many more there are."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs[:RUNS_SHOWN]]
    more = sum(map(len, runs[RUNS_SHOWN:]))
    return ", ".join(shown) + (f" and {more} more" if more else "")
