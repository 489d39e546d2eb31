"""Who lives at one address. The addresses themselves stay in this module.

The rules, each of which is said with the rows that it settled:

1. An address is what stands in all the columns together, without regard to letter case and white
   space. It counts only if all of its columns do.
2. A cell that is blank, or says that the address is not known or not to be told, does not count.
3. Whoever has no address that counts is a household of one.
4. All others of one address are one household, however many they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sortition.errors import Finding
from sortition.tables.addresses import tells_address
from sortition.tables.arrow import Bools, Ints
from sortition.tables.coded import Coded
from sortition.tables.faults import rows_told
from sortition.tables.labels import squeeze
from sortition.tables.rows import Table

MOST_USUAL = 5  # people of one household who are in one pool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of the address, its cells squeezed.

    Attributes
    ----------
    cells : Coded
    ranks : array of int
        The place of each cell among the different ones.
    counts : array of bool
        Whether it tells an address.
    """

    cells: Coded = field(repr=False)
    ranks: Ints = field(repr=False)
    counts: Bools


def find_households(
    table: Table, columns: Sequence[str]
) -> tuple[tuple[int | None, ...], tuple[Finding, ...]]:
    """A household number for each row, None for people who share with nobody.

    Numbers follow the order of the addresses and not that of the rows.

    Returns
    -------
    numbers : tuple of (int or None)
    assumed : tuple of Finding
        Who has no address, half of one or a word in its place, how many people share one, and
        who of them are uncommonly many; rows, and no addresses.
    """
    if not columns:
        return (None,) * table.size, ()
    read = {name: _read(table.coded(name).read(squeeze)) for name in columns}
    address: Ints = np.zeros(table.size, dtype=np.int64)
    for column in read.values():  # still in the order of what stands in the columns
        _, address = np.unique(address * table.size + column.ranks, return_inverse=True)
    counts = np.logical_and.reduce([column.counts for column in read.values()])
    sizes = np.bincount(address, weights=counts).astype(np.int64)
    shares = (sizes > 1)[address] & counts
    homes, number = np.unique(address[shares], return_inverse=True)
    numbers: list[int | None] = [None] * table.size
    rows = np.flatnonzero(shares).tolist()
    for row, home in zip(rows, number.tolist(), strict=True):
        numbers[row] = home
    return tuple(numbers), (
        *_without_address(table, read),
        *_shared(table, sizes[homes].tolist(), numbers),
    )


def _read(cells: Coded) -> _Column:
    order = sorted(range(len(cells.values)), key=cells.values.__getitem__)
    ranks: Ints = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return _Column(cells=cells, ranks=ranks[cells.codes], counts=cells.where(tells_address))


def _without_address(table: Table, columns: Mapping[str, _Column]) -> Iterator[Finding]:
    """Who has none, then who has half of one by what is missing, then the words that are none."""
    counts = np.stack([column.counts for column in columns.values()])
    none: Bools = np.logical_not(counts.any(axis=0))
    if none.any():
        yield table.finding(code="address-blank", facts=_rows(table, none))
    half: Bools = ~none & ~counts.all(axis=0)
    for name, column in columns.items():
        lacking = half & ~column.counts
        if lacking.any():
            yield table.finding(code="address-half", column=name, facts=_rows(table, lacking))
    for name, column in columns.items():
        for word in sorted(column.cells.values):
            if word and not tells_address(word):
                has = column.cells.where(word.__eq__)
                facts = _rows(table, has)
                yield table.finding(code="address-word", column=name, value=word, facts=facts)


def _shared(table: Table, sizes: Sequence[int], numbers: Sequence[int | None]) -> Iterator[Finding]:
    if not sizes:
        return
    facts = {"households": len(sizes), "people": sum(sizes), "largest": max(sizes)}
    yield table.finding(code="households-found", facts=facts)
    for number, size in enumerate(sizes):
        if size > MOST_USUAL:
            own = np.fromiter((home == number for home in numbers), np.bool_, table.size)
            yield table.finding(code="household-large", facts=_rows(table, own))


def _rows(table: Table, which: Bools) -> dict[str, str | int]:
    found = [table.row_numbers[place] for place in np.flatnonzero(which).tolist()]
    return rows_told(found)
