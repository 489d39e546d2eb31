"""The rows of a pool that the rules of its map leave out."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.columns import dates_in, find_column, numbers_in
from sortition.instance.mapping.file import Drop, PoolMap
from sortition.tables.faults import attempt, runs
from sortition.tables.labels import fold
from sortition.tables.rows import Table

Limit = TypeVar("Limit", Decimal, datetime.date)


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
    if not faults and len(gone) == table.size:
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
    if isinstance(rule.limit, datetime.date):
        return _beyond(rule, dates_in(table, column, cells), rule.limit)
    return _beyond(rule, numbers_in(table, column, cells), rule.limit)


def _beyond(rule: Drop, found: Mapping[int, Limit], limit: Limit) -> list[int]:
    if rule.condition == "below":
        return [row for row, one in found.items() if one < limit]
    return [row for row, one in found.items() if one > limit]


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
    shown, more = runs(rows)
    facts: dict[str, str | int] = {"count": len(rows), "rows": shown}
    if more:
        facts["more"] = more
    return table.finding(code="map-dropped", value=rule.reason, facts=facts)
