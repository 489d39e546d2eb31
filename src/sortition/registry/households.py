"""At most one person of each address.

Who stands for a household is drawn first: whoever of it has the lowest ticket in a domain of its
own, so each of its members is as likely as the others. Then those who stand for a household are
drawn from as people are. A person's chance is thus 1 / (people at her address) times the rate of
her stratum.

An address is what stands in all its columns together, without regard to letter case and white
space. It counts only if all of them say something; everybody else stands for herself.

Addresses are compared by 128 bits of their SHA-256, so that no two are taken for one, and tickets
within one by their first 64 bits.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sortition.registry.counting import Part, PartCount, Values, count_part, in_strata, strata_table
from sortition.registry.duck import database, id_in, number_of, own_id, squeezed, tells_address
from sortition.registry.engines import Engine
from sortition.registry.tickets import Tickets

GAP = "chr(31)"  # between the columns of an address
SHARE_BITS = np.uint64(60)
NEAR = 24  # bits of a ticket that few others share
MOST_USUAL_AT_HOME = 20  # people at one address of a registry
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
    """Everybody's address and ticket, her combination of cells, and who is excluded.

    Attributes
    ----------
    addresses : array of int, 2 × people
        Their first and their second 64 bits.
    tickets : array of int
        Their first 64 bits.
    cells : array of int
    excluded : array of bool
    blank : int
        How many have no address that counts.
    """

    addresses: NDArray[np.uint64]
    tickets: NDArray[np.uint64]
    cells: NDArray[np.int32]
    excluded: NDArray[np.bool_]
    blank: int

    def at(self, which: NDArray[np.int64]) -> People:
        """Some of them."""
        return People(
            addresses=self.addresses[:, which],
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
        near = np.zeros(1 << NEAR, dtype=np.bool_)
        near[wanted >> np.uint64(64 - NEAR)] = True
        found = np.flatnonzero(near[self.tickets >> np.uint64(64 - NEAR)])
        sizes = dict(zip(self.tickets[found].tolist(), self.sizes[found].tolist(), strict=True))
        return [sizes.get(ticket, 0) for ticket in tickets]


def house_part(job: PartToHouse) -> People:
    """Read the addresses of a part."""
    part, first = job.part, len(job.part.by) + 1
    columns = [squeezed(f"c{first + number}") for number in range(len(job.columns))]
    with database(part.threads, rows=part.partition.rows) as here:
        strata_table(here, part, [(cells, number) for number, cells in enumerate(job.cells)])
        left_out = part.left_out(here)
        asked = here.execute(
            f"""
            SELECT {number_of("home")} AS first, {number_of("home", 1)} AS second,
                {number_of("ticket")} AS ticket, number, excluded, blank
            FROM (
                SELECT *, CASE WHEN blank THEN ticket ELSE sha256(address) END AS home
                FROM (
                    SELECT *, {job.tickets.sql("id")} AS ticket
                    FROM (
                        SELECT number, {id_in("c0")} AS id, {left_out} AS excluded,
                            {f" || {GAP} || ".join(columns)} AS address,
                            NOT ({" AND ".join(map(tells_address, columns))}) AS blank
                        FROM ({part.select(here, job.columns)}) JOIN strata ON {in_strata(part)}
                    )
                )
            )
            """
        ).fetchnumpy()
    own = {name: np.asarray(values) for name, values in asked.items()}
    return People(
        addresses=np.stack([own["first"], own["second"]]),
        tickets=own["ticket"],
        cells=own["number"],
        excluded=own["excluded"],
        blank=int(own["blank"].sum()),
    )


def count_homes(
    engine: Engine, parts: Sequence[Part], columns: tuple[str, ...], tickets: Tickets
) -> tuple[PartCount, Homes, int]:
    """Count households, say who stands for them, and how many have no address that counts."""
    cells = tuple(sorted({cells for own in engine.map(count_part, parts) for cells, _ in own}))
    jobs = [PartToHouse(part=part, tickets=tickets, columns=columns, cells=cells) for part in parts]
    people = _together(engine.map(house_part, jobs), sum(part.partition.rows for part in parts))
    shares = (people.addresses[0] >> SHARE_BITS).astype(np.uint8)
    with ThreadPoolExecutor(max(part.threads for part in parts)) as pool:
        filled = np.flatnonzero(np.bincount(shares))
        own = list(
            pool.map(lambda share: _count(people.at(np.flatnonzero(shares == share))), filled)
        )
    values = [tuple(map(own_id, one)) for one in cells]
    counted = PartCount(
        rows=len(people.tickets),
        units=_renamed(sum((one.units for one in own), Counter()), values),
        sizes=_sized(sum((one.sizes for one in own), Counter()), values),
        spellings=dict(zip(cells, values, strict=True)),
    )
    homes = Homes(
        tickets=np.concatenate([one.stands for one in own]),
        sizes=np.concatenate([one.members for one in own]),
    )
    return counted, homes, people.blank


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """A share of the households: how many of each kind, and who stands for each, of how many."""

    units: Counter[int]
    sizes: Counter[tuple[int, int]]
    stands: NDArray[np.uint64]
    members: NDArray[np.int64]


def _count(people: People) -> _Counted:
    """Count some people, at least one, with all who live at their addresses."""
    people = by_address(people)
    differ = np.any(people.addresses[:, 1:] != people.addresses[:, :-1], axis=0)
    starts = np.append(0, np.flatnonzero(differ) + 1)
    members = np.diff(starts, append=len(people.tickets))
    lowest = np.minimum.reduceat(people.tickets, starts)
    open_ = ~np.logical_or.reduceat(people.excluded, starts)
    home = np.repeat(np.where(open_, members, 0), members)
    pairs, times = np.unique(people.cells.astype(np.int64) * SIZE + home, return_counts=True)
    stands = (people.tickets == np.repeat(lowest, members)) & (home > 0)
    return _Counted(
        units=Counter(dict(enumerate(np.bincount(people.cells[stands]).tolist()))),
        sizes=Counter(
            {
                divmod(pair, SIZE): count
                for pair, count in zip(pairs.tolist(), times.tolist(), strict=True)
            }
        ),
        stands=people.tickets[stands],
        members=home[stands],
    )


def by_address(people: People) -> People:
    """The same people, those of one address after each other."""
    people = people.at(np.argsort(people.addresses[0]))
    first, second = people.addresses
    if np.any((first[1:] == first[:-1]) & (second[1:] != second[:-1])):
        return people.at(np.lexsort((second, first)))  # slower, and hardly ever needed
    return people


def _together(parts: Iterable[People], count: int) -> People:
    """All of several parts, each of which is let go of."""
    whole = People(
        addresses=np.empty((2, count), dtype=np.uint64),
        tickets=np.empty(count, dtype=np.uint64),
        cells=np.empty(count, dtype=np.int32),
        excluded=np.empty(count, dtype=np.bool_),
        blank=0,
    )
    start = blank = 0
    for part in parts:
        own = slice(start, start + len(part.tickets))
        whole.addresses[:, own] = part.addresses
        whole.tickets[own] = part.tickets
        whole.cells[own] = part.cells
        whole.excluded[own] = part.excluded
        start, blank = own.stop, blank + part.blank
    return replace(whole, blank=blank)


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
