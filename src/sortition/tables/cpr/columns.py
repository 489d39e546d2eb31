"""Which columns of a pool hold CPR numbers, and what is wrong with the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.tables.arrow import digits_in, taken
from sortition.tables.columns import named_for_ids
from sortition.tables.cpr.numbers import FEWEST, IN_TEXT, read_cpr
from sortition.tables.labels import alike, listed, squeeze
from sortition.tables.rows import Table

NAME = re.compile(r"cpr[\s._-]*(?:nr|nummer|no|number)?\.?|person[\s_-]*(?:nummer|nr)\.?")
MOST = 0.8  # of the cells that are not blank: with some mistyped numbers it is such a column too


@dataclass(frozen=True, slots=True, kw_only=True)
class CprColumns:
    """The columns of a table that hold CPR numbers.

    Attributes
    ----------
    table : Table
    numbers : mapping of str to tuple of (str or None)
        The ten digits in each cell of each column, None where there is no number.
    mentioning : frozenset of str
        The columns where a number may stand among other text.
    ids : str or None
        The one column of numbers that tells people apart, if one does.
    people : str or None
        The one column of numbers that are those of the people in the pool, if it can be told.
    other_ids : frozenset of str
        The columns of no numbers whose names say that they tell people apart.
    """

    table: Table
    numbers: Mapping[str, tuple[str | None, ...]] = field(repr=False)
    mentioning: frozenset[str]
    ids: str | None
    people: str | None
    other_ids: frozenset[str]

    def unreadable(self, column: str) -> Iterator[Finding]:
        """The cells of a column that hold no number; what they hold is not told."""
        for row, digits in zip(self.table.row_numbers, self.numbers[column], strict=True):
            if digits is None:
                yield self.table.finding(code="cpr-unreadable", row=row, column=column)


def find_cpr_columns(table: Table, id_column: str | None) -> CprColumns:
    """Tell the columns by their names and by what stands in them.

    Parameters
    ----------
    id_column : str or None
        The column that is to tell people apart, if somebody said which.

    Raises
    ------
    InputErrors
        If a number stands in the header, or nothing says which column tells people apart.
    """
    if any(map(IN_TEXT.search, table.header)):
        raise InputErrors((table.finding(code="cpr-in-header"),))
    named = {name for name in table.header if NAME.fullmatch(squeeze(name))}
    mentioning = {name for name in table.header if IN_TEXT.search("\0".join(_long(table, name)))}
    numbers = {}
    for name in filter({*named, *mentioning}.__contains__, table.header):
        cells = table.column(name)
        read = tuple(map(read_cpr, cells))
        if name in named or sum(map(bool, read)) >= MOST * sum(map(bool, cells)) > 0:
            numbers[name] = read
    ids = _ids(table, numbers, id_column)
    return CprColumns(
        table=table,
        numbers=numbers,
        mentioning=frozenset(mentioning - set(numbers)),
        ids=ids,
        people=ids or _likely(numbers),
        other_ids=frozenset(_named_ids(table, numbers, id_column)),
    )


def _long(table: Table, name: str) -> list[str]:
    """The different texts of a column that have as many digits as a number."""
    column = table.cells.column(name)
    enough = np.flatnonzero(digits_in(column) >= FEWEST)
    return list(taken(column, enough).unique().to_pylist())


def _likely(columns: Collection[str]) -> str | None:
    """The one column of numbers, or the one of several whose name is that of the number."""
    named = [name for name in columns if NAME.fullmatch(squeeze(name))]
    likely = named if len(columns) > 1 else list(columns)
    return likely[0] if len(likely) == 1 else None


def _named_ids(table: Table, columns: Collection[str], id_column: str | None) -> list[str]:
    if id_column is not None:
        return alike(table.header, id_column)
    return named_for_ids(table, taken=columns)


def _ids(table: Table, columns: Collection[str], id_column: str | None) -> str | None:
    if id_column is not None:
        if id_column in table.header:
            return id_column if id_column in columns else None
        named = alike(columns, id_column)
        return named[0] if len(named) == 1 else None
    if not columns or named_for_ids(table, taken=columns):
        return None
    likely = _likely(columns)
    if likely is None:
        facts = {"columns": listed(columns)}
        raise InputErrors((table.finding(code="id-column-ambiguous", facts=facts),))
    return likely
