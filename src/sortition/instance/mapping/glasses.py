"""How lists are read that are no pool: through one map, and CPR numbers with one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.file import PoolMap, read_map
from sortition.instance.mapping.mapped import apply_map, fitting
from sortition.instance.settings import Key
from sortition.tables.content import File
from sortition.tables.cpr.columns import find_cpr_columns
from sortition.tables.cpr.pseudonyms import read_key
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.labels import fold
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Glasses:
    """How all lists are read: through one map, and CPR numbers with one key.

    Attributes
    ----------
    rules : PoolMap or None
    cpr : CprRules
        Which columns to make of CPR numbers.
    key : bytes
        That of the pseudonyms which take the place of the numbers.
    """

    rules: PoolMap | None
    cpr: CprRules
    key: bytes = field(repr=False)

    def on(self, table: Table, id_column: str | None) -> tuple[Table, str | None]:
        """A table as it is read, and the column of its ids if it is known.

        Raises
        ------
        InputErrors
        """
        if self.cpr.derive:
            there = {fold(name) for name in table.header}
            derive = [name for name in self.cpr.derive if fold(name) not in there]
            numbers = find_cpr_columns(table, id_column).numbers
            rules = replace(self.cpr, derive=derive if numbers else ())
            protected = protect(table, rules, id_column, key=self.key)
            table, id_column = protected.table, protected.id_column
        if self.rules is not None:
            table = apply_map(table, fitting(table, self.rules)).table
        return table, id_column

    def unused(self, tables: Sequence[Table]) -> Iterator[Finding]:
        """The columns that the map names, or that were to be made, and no list has."""
        there = {fold(name) for one in tables for name in one.header}
        if any(fold(name) not in there for name in self.cpr.derive):
            yield Finding(code="cpr-absent")
        if self.rules is None:
            return
        named: list[tuple[str, Key]] = [(own.column, own.key) for own in self.rules.values]
        named += [(own.column, (*own.key, "column")) for own in self.rules.bands]
        named += [(own.column, (*own.key, "column")) for own in self.rules.drops]
        named += [(new, ("columns", old)) for old, new in self.rules.columns.items()]
        for name, key in named:
            if fold(name) not in there:
                yield self.rules.settings.finding(code="map-column-nowhere", key=key, value=name)


def glasses(mapping: File | None, cpr: CprRules) -> Glasses:
    """How all lists are read.

    Raises
    ------
    InputErrors
        With every fault of the map.
    """
    rules = None
    if mapping is not None:
        rules, faults = read_map(mapping)
        if faults:
            raise InputErrors(faults)
    return Glasses(rules=rules, cpr=cpr, key=read_key(None))
