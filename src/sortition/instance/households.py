"""Who lives at one address. The addresses themselves stay in this module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sortition.errors import Finding
from sortition.tables.arrow import Bools, Ints
from sortition.tables.coded import Coded
from sortition.tables.labels import squeeze
from sortition.tables.reading import Table


def find_households(
    table: Table, columns: Sequence[str]
) -> tuple[tuple[int | None, ...], tuple[Finding, ...]]:
    """A household number for each row, None for people who share with nobody.

    An address is what stands in all the columns together, without regard to letter case and
    white space. Numbers follow the order of the addresses and not that of the rows.

    Returns
    -------
    numbers : tuple of (int or None)
    assumed : tuple of Finding
        How many people have no address, and how many share one; no addresses.
    """
    if not columns:
        return (None,) * table.size, ()
    ordered = [_in_order(table.coded(column).read(squeeze)) for column in columns]
    address: Ints = np.zeros(table.size, dtype=np.int64)
    for ranks, _ in ordered:  # still in the order of what stands in the columns
        _, address = np.unique(address * table.size + ranks, return_inverse=True)
    sizes = np.bincount(address)
    blank = np.logical_and.reduce([blank for _, blank in ordered])
    shares = (sizes > 1)[address] & ~blank
    homes, number = np.unique(address[shares], return_inverse=True)
    numbers: list[int | None] = [None] * table.size
    for row, home in zip(np.flatnonzero(shares).tolist(), number.tolist(), strict=True):
        numbers[row] = home
    return tuple(numbers), tuple(_assumed(table, int(blank.sum()), sizes[homes].tolist()))


def _in_order(column: Coded) -> tuple[Ints, Bools]:
    """The rank of each cell among the different ones, and whether it is blank."""
    order = sorted(range(len(column.values)), key=column.values.__getitem__)
    ranks: Ints = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks[column.codes], column.where(lambda cell: not cell)


def _assumed(table: Table, blank: int, shared: Sequence[int]) -> Iterator[Finding]:
    if blank:
        yield table.finding(code="address-blank", facts={"count": blank})
    if shared:
        facts = {"households": len(shared), "people": sum(shared), "largest": max(shared)}
        yield table.finding(code="households-found", facts=facts)
