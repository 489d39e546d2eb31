"""From a registry to the people who are drawn, in three or four passes over its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sortition.errors import Finding, InputErrors
from sortition.registry.engines import Engine
from sortition.registry.households import PartToHouse, homes_of, house_part
from sortition.registry.ids import PartToSearch, duplicate_faults, find_part, repeated
from sortition.registry.kernel import decided, merge
from sortition.registry.passes import (
    ROW_BITS,
    Part,
    PartCount,
    PartToDraw,
    PartToFetch,
    Values,
    count_part,
    draw_part,
    fetch_part,
)
from sortition.registry.tickets import Tickets

MOST_FAULTS = 20  # that are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One person who was drawn.

    Attributes
    ----------
    id : str
    ticket : str
    stratum : int
    place : int
        The partition and the row.
    """

    id: str = field(repr=False)
    ticket: str
    stratum: int
    place: int


def with_homes(
    engine: Engine, parts: Sequence[Part], columns: tuple[str, ...], tickets: Tickets
) -> tuple[list[Part], int]:
    """The parts with their households, and how many people have no address."""
    jobs = [
        PartToHouse(part=replace(part, by=()), tickets=tickets, columns=columns) for part in parts
    ]
    housed = list(engine.map(house_part, jobs))
    homes = homes_of(housed)
    return (
        [replace(part, homes=own) for part, own in zip(parts, homes, strict=True)],
        sum(part.blank for part in housed),
    )


def homes_at(parts: Sequence[Part], people: Sequence[Drawn]) -> list[int]:
    """How many people live at the address of each person who was drawn."""
    sizes = []
    for person in people:
        homes = parts[person.place >> ROW_BITS].homes
        sizes.append(1 if homes is None else int(homes[person.place & ((1 << ROW_BITS) - 1)]))
    return sizes


def count(engine: Engine, parts: Sequence[Part]) -> PartCount:
    """Count the parts together."""
    rows = 0
    units: Counter[Values] = Counter()
    sizes: Counter[tuple[Values, int]] = Counter()
    for own in engine.map(count_part, parts):
        rows += own.rows
        units.update(own.units)
        sizes.update(own.sizes)
    return PartCount(rows=rows, units=units, sizes=sizes)


def draw_people(
    engine: Engine,
    parts: Sequence[Part],
    tickets: Tickets,
    strata: Mapping[Values, int],
    letters: Sequence[int],
    *,
    rows: int,
) -> list[Drawn]:
    """Draw the lowest tickets of each stratum, sorted by id.

    Parameters
    ----------
    strata : mapping of tuple of str to int
        The stratum of each combination of values.
    letters : sequence of int
        By stratum.
    rows : int
        How many rows all parts have together.

    Raises
    ------
    InputErrors
        If an id is blank, invisible or occurs twice, or the ids are CPR numbers.
    """
    wanted = np.array(letters, dtype=np.int64)
    jobs = [PartToDraw(part=part, tickets=tickets, strata=strata, letters=wanted) for part in parts]
    faults: list[Finding] = []
    candidates = merge([], wanted)
    prefixes, filled = np.empty(rows, dtype=np.uint64), 0
    for own in engine.map(draw_part, jobs):
        faults += own.faults
        candidates = merge([candidates, own.candidates], wanted)
        prefixes[filled : filled + len(own.prefixes)] = own.prefixes
        filled += len(own.prefixes)
    twice = repeated(prefixes[:filled])
    if twice:
        searches = [PartToSearch(part=part, tickets=tickets, wanted=twice) for part in parts]
        found = [hit for hits in engine.map(find_part, searches) for hit in hits]
        faults += duplicate_faults(found, parts[0].id_column, secret=tickets.key is not None)
    if faults:
        raise InputErrors(_first(faults))
    positions, own_tickets = decided(candidates, wanted, tickets.of)
    drawn = [
        Drawn(
            id=candidates.ids[position].decode(),
            ticket=ticket,
            stratum=int(candidates.strata[position]),
            place=int(candidates.places[position]),
        )
        for position, ticket in zip(positions, own_tickets, strict=True)
    ]
    return sorted(drawn, key=lambda person: person.id)


def _first(faults: Sequence[Finding]) -> tuple[Finding, ...]:
    """As many faults as somebody reads, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    return (*faults[:MOST_FAULTS], Finding(code="registry-more-faults", facts={"count": more}))


def fetch(
    engine: Engine, parts: Sequence[Part], people: Sequence[Drawn], columns: tuple[str, ...]
) -> list[Values]:
    """The cells of everybody who was drawn, in their order."""
    by_place = sorted(range(len(people)), key=lambda number: people[number].place)
    places = np.array([people[number].place for number in by_place], dtype=np.int64)
    ends = np.searchsorted(places >> ROW_BITS, range(len(parts) + 1))
    jobs = [
        PartToFetch(
            part=replace(part, by=(), homes=None, excluded=frozenset()),
            columns=columns,
            rows=places[ends[number] : ends[number + 1]] & ((1 << ROW_BITS) - 1),
        )
        for number, part in enumerate(parts)
        if ends[number] < ends[number + 1]
    ]
    cells: list[Values] = [()] * len(people)
    fetched = (row for rows in engine.map(fetch_part, jobs) for row in rows)
    for number, row in zip(by_place, fetched, strict=True):
        cells[number] = row
    return cells
