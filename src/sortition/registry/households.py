"""At most one person of each address.

Who stands for a household is drawn first: whoever of it has the lowest ticket in a domain of its
own, so each of its members is as likely as the others. Then those who stand for a household are
drawn from as people are. A person's chance is thus 1 / (people at her address) times the rate of
her stratum.

An address is what stands in all its columns together, without regard to letter case and white
space. People without an address stand for themselves.

Addresses are compared by 64 bits of their SHA-256, and tickets within one by their first 64 bits:
in a registry of ten million addresses, two of them are taken for one with a chance of three in a
million.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sortition.registry.counting import Part, PartCount, Values, count_part, in_strata, strata_table
from sortition.registry.duck import database, id_in, number_of, own_id, squeezed
from sortition.registry.engines import Engine
from sortition.registry.tickets import Tickets

GAP = "chr(31)"  # between the columns of an address
SHARES = 16  # of the addresses, that are sorted one after the other to spare memory
SHARE_BITS = np.uint64(60)
SIZE = 1 << 32  # more than any household has members


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToHouse:
    """A part whose households are looked for.

    Attributes
    ----------
    part : Part
    tickets : Tickets
        In the domain of the households.
    columns : tuple of str
        Of the address.
    cells : tuple of tuple of str
        The combinations of cells in the columns of the strata.
    """

    part: Part
    tickets: Tickets
    columns: tuple[str, ...]
    cells: tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """64 bits of everybody's address and ticket, her combination of cells, and who is excluded."""

    addresses: NDArray[np.uint64]
    tickets: NDArray[np.uint64]
    cells: NDArray[np.int32]
    excluded: NDArray[np.bool_]
    blank: int

    def at(self, which: NDArray[np.int64]) -> People:
        """Some of them."""
        return People(
            addresses=self.addresses[which],
            tickets=self.tickets[which],
            cells=self.cells[which],
            excluded=self.excluded[which],
            blank=0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """Who stands for a household: her ticket among its members, and how many they are."""

    tickets: NDArray[np.uint64] = field(repr=False)
    sizes: NDArray[np.int64]

    def sizes_of(self, tickets: Sequence[int]) -> list[int]:
        """The size of the household that each stands for; 0 if she stands for none."""
        wanted = np.array(tickets, dtype=np.uint64)
        found = np.flatnonzero(np.isin(self.tickets, wanted))
        sizes = dict(zip(self.tickets[found].tolist(), self.sizes[found].tolist(), strict=True))
        return [sizes.get(ticket, 0) for ticket in tickets]


def house_part(job: PartToHouse) -> People:
    """Read the addresses of a part."""
    part, first = job.part, len(job.part.by) + 1
    columns = [squeezed(f"c{first + number}") for number in range(len(job.columns))]
    with database(part.threads) as here:
        strata_table(here, [(cells, number) for number, cells in enumerate(job.cells)])
        left_out = part.left_out(here)
        asked = here.execute(
            f"""
            SELECT CASE WHEN blank THEN ticket ELSE {number_of("sha256(address)")} END AS address,
                ticket, number, excluded, blank
            FROM (
                SELECT number, {number_of(job.tickets.sql("id"))} AS ticket, excluded, address,
                    strlen(address) = {len(columns) - 1} AS blank
                FROM (
                    SELECT number, {id_in("c0")} AS id, {left_out} AS excluded,
                        {f" || {GAP} || ".join(columns)} AS address
                    FROM ({part.select(here, job.columns)}) JOIN strata ON {in_strata(part)}
                )
            )
            """
        ).fetchnumpy()
    own = {name: np.asarray(values) for name, values in asked.items()}
    return People(
        addresses=own["address"],
        tickets=own["ticket"],
        cells=own["number"],
        excluded=own["excluded"],
        blank=int(own["blank"].sum()),
    )


def count_homes(
    engine: Engine, parts: Sequence[Part], columns: tuple[str, ...], tickets: Tickets
) -> tuple[PartCount, Homes, int]:
    """Count households, say who stands for them, and how many people have no address."""
    cells = tuple(sorted({cells for own in engine.map(count_part, parts) for cells, _ in own}))
    jobs = [PartToHouse(part=part, tickets=tickets, columns=columns, cells=cells) for part in parts]
    people = _together(list(engine.map(house_part, jobs)))
    units: Counter[int] = Counter()
    sizes: Counter[tuple[int, int]] = Counter()
    standing: list[Homes] = []
    for share in range(SHARES):
        which = np.flatnonzero(people.addresses >> SHARE_BITS == share)
        own = people.at(which[np.argsort(people.addresses[which])])
        if len(which):
            standing.append(_count_share(own, units, sizes))
    values = [tuple(map(own_id, one)) for one in cells]
    counted = PartCount(
        rows=len(people.tickets),
        units=_renamed(units, values),
        sizes=_sized(sizes, values),
        spellings=dict(zip(cells, values, strict=True)),
    )
    homes = Homes(
        tickets=np.concatenate([one.tickets for one in standing]),
        sizes=np.concatenate([one.sizes for one in standing]),
    )
    return counted, homes, people.blank


def _count_share(people: People, units: Counter[int], sizes: Counter[tuple[int, int]]) -> Homes:
    """Count people who are sorted by address, and say who stands for each household."""
    changes = np.flatnonzero(people.addresses[1:] != people.addresses[:-1]) + 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), changes])
    members = np.diff(starts, append=len(people.tickets))
    lowest = np.minimum.reduceat(people.tickets, starts)
    open_ = ~np.logical_or.reduceat(people.excluded, starts)
    home = np.repeat(np.where(open_, members, 0), members)
    pairs, times = np.unique(people.cells.astype(np.int64) * SIZE + home, return_counts=True)
    for pair, count in zip(pairs.tolist(), times.tolist(), strict=True):
        sizes[divmod(pair, SIZE)] += count
    stands = (people.tickets == np.repeat(lowest, members)) & (home > 0)
    for cells, count in enumerate(np.bincount(people.cells[stands]).tolist()):
        units[cells] += count
    return Homes(tickets=people.tickets[stands], sizes=home[stands])


def _together(parts: list[People]) -> People:
    """All of several parts, which are let go of."""
    whole = People(
        addresses=np.concatenate([part.addresses for part in parts]),
        tickets=np.concatenate([part.tickets for part in parts]),
        cells=np.concatenate([part.cells for part in parts]),
        excluded=np.concatenate([part.excluded for part in parts]),
        blank=sum(part.blank for part in parts),
    )
    parts.clear()
    return whole


def _renamed(units: Counter[int], values: Sequence[Values]) -> Counter[Values]:
    renamed: Counter[Values] = Counter()
    for number, count in units.items():
        if count:
            renamed[values[number]] += count
    return renamed


def _sized(
    sizes: Counter[tuple[int, int]], values: Sequence[Values]
) -> Counter[tuple[Values, int]]:
    renamed: Counter[tuple[Values, int]] = Counter()
    for (number, size), count in sizes.items():
        renamed[values[number], size] += count
    return renamed
