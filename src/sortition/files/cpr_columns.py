"""Which columns of a pool hold CPR numbers, and what is wrong with the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sortition.errors import Finding, InputErrors
from sortition.files.columns import named_for_ids
from sortition.files.cpr import IN_TEXT, read_cpr
from sortition.files.labels import fold, listed, squeeze
from sortition.files.tables import Table

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
    """

    table: Table
    numbers: Mapping[str, tuple[str | None, ...]] = field(repr=False)
    mentioning: frozenset[str]
    ids: str | None

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
    if any(IN_TEXT.search(name) and read_cpr(name) for name in table.header):
        raise InputErrors((table.finding(code="cpr-in-header"),))
    texts = {name: table.column(name) for name in table.header}
    mentioning = {name for name, cells in texts.items() if IN_TEXT.search("\n".join(cells))}
    numbers = {}
    for name, cells in texts.items():
        named = NAME.fullmatch(squeeze(name))
        read = tuple(map(read_cpr, cells)) if named or name in mentioning else ()
        if named or sum(map(bool, read)) >= MOST * sum(map(bool, cells)) > 0:
            numbers[name] = read
    return CprColumns(
        table=table,
        numbers=numbers,
        mentioning=frozenset(mentioning - set(numbers)),
        ids=_ids(table, numbers, id_column),
    )


def _ids(table: Table, columns: Mapping[str, object], id_column: str | None) -> str | None:
    if id_column is not None:
        alike = [name for name in columns if fold(name) == fold(id_column)]
        if id_column in table.header:
            return id_column if id_column in columns else None
        return alike[0] if len(alike) == 1 else None
    if not columns or named_for_ids(table, taken=columns):
        return None
    if len(columns) > 1:
        facts = {"columns": listed(columns)}
        raise InputErrors((table.finding(code="id-column-ambiguous", facts=facts),))
    return next(iter(columns))
