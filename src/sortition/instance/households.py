"""Who lives at one address. The addresses themselves stay in this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sortition.errors import Finding
from sortition.tables.labels import squeeze
from sortition.tables.reading import Table

Address = tuple[str, ...]


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
        return (None,) * len(table.rows), ()
    addresses = [
        tuple(map(squeeze, cells))
        for cells in zip(*(table.column(column) for column in columns), strict=True)
    ]
    sizes = Counter(address for address in addresses if any(address))
    shared = sorted(address for address, size in sizes.items() if size > 1)
    number = {address: index for index, address in enumerate(shared)}
    numbers = tuple([number.get(address) for address in addresses])
    return numbers, tuple(_assumed(table, addresses, sizes))


def _assumed(table: Table, addresses: list[Address], sizes: Counter[Address]) -> Iterator[Finding]:
    blank = sum(1 for address in addresses if not any(address))
    if blank:
        yield table.finding(code="address-blank", facts={"count": blank})
    shared = [size for size in sizes.values() if size > 1]
    if shared:
        facts = {"households": len(shared), "people": sum(shared), "largest": max(shared)}
        yield table.finding(code="households-found", facts=facts)
