"""From a registry to the people who are drawn.

Who is drawn of a stratum are the lowest tickets of it. Tickets are spread evenly, so all but a few
of a registry are above a limit that is told from the counts; each part gives those below it, and
here the lowest are taken. Where a limit was too low, it is raised and the parts are asked again.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isqrt
from typing import Any

from sortition.errors import Finding, InputErrors
from sortition.model.draw import SPACE
from sortition.registry.counting import Part, PartCount, Values, in_strata, strata_table
from sortition.registry.duck import database, is_plain
from sortition.registry.engines import Engine
from sortition.registry.households import Homes
from sortition.registry.ids import ASKED, PartIds, all_faults, read_ids
from sortition.registry.tickets import Tickets

MOST_FAULTS = 20  # that are listed
HIGHEST = f"{SPACE - 1:x}"  # ticket there can be


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One person who was drawn.

    Attributes
    ----------
    id : str
    ticket : str
    stratum : int
    home : int
        How many live at her address; 1 where households were not asked for.
    cells : tuple of str
    """

    id: str = field(repr=False)
    ticket: str
    stratum: int
    home: int
    cells: Values = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What is drawn from a registry.

    Attributes
    ----------
    tickets : Tickets
    strata : mapping of tuple of str to int
        The stratum of each combination of values; whoever has another one is not drawn.
    letters : sequence of int
        By stratum.
    columns : tuple of str
        Whose cells are wanted of everybody who is drawn.
    home_tickets : Tickets or None
        Those within households, where at most one person of each is drawn.
    homes : Homes or None
    """

    tickets: Tickets
    strata: Mapping[Values, int]
    letters: Sequence[int]
    columns: tuple[str, ...] = ()
    home_tickets: Tickets | None = None
    homes: Homes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToDraw:
    """A part, and up to which ticket people of each stratum are wanted.

    Attributes
    ----------
    part : Part
    tickets : Tickets
    strata : tuple of (tuple of str, int)
        The stratum of each combination of cells.
    limits : tuple of str
        By stratum.
    columns : tuple of str
    """

    part: Part
    tickets: Tickets
    strata: tuple[tuple[Values, int], ...]
    limits: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDrawn:
    """Everybody of a part whose ticket is not above the limit of her stratum, and all its ids."""

    people: list[Drawn]
    ids: PartIds


def draw_part(job: PartToDraw) -> PartDrawn:
    """Look at everybody of a part once: at her id and at her ticket.

    Raises
    ------
    InputErrors
        If the ids are CPR numbers, and tickets are on them.
    """
    part, first = job.part, len(job.part.by) + 1
    names = [f"c{first + number}" for number in range(len(job.columns))]
    person = ", ".join(f"{name} := {name}" for name in ("id", "ticket", "number", *names))
    with database(part.threads, rows=part.partition.rows) as here:
        strata_table(here, part, job.strata, most=job.limits)
        answer: dict[str, Any] = here.execute(
            f"""
            SELECT {ASKED},
                coalesce(list(struct_pack({person})) FILTER (WHERE ticket <= most), []) AS people
            FROM (
                SELECT *, {job.tickets.sql("CASE WHEN number IS NOT NULL THEN id END")} AS ticket
                FROM (
                    SELECT *, CASE WHEN plain THEN c0 ELSE own_id(c0) END AS id
                    FROM (
                        SELECT *, {is_plain("c0")} AS plain
                        FROM ({part.select(here, job.columns)})
                        LEFT JOIN strata ON {in_strata(part)}
                    )
                )
            )
            """
        ).fetchnumpy()
        ids = read_ids(here, part, answer, secret=job.tickets.key is not None)
    shown = part.partition.shown
    people = [
        Drawn(
            id=one["id"],
            ticket=one["ticket"],
            stratum=one["number"],
            home=1,
            cells=tuple(shown(one[name]) for name in names),
        )
        for one in answer["people"][0]
        if one["id"] not in part.excluded
    ]
    return PartDrawn(people=people, ids=ids)


def draw_people(engine: Engine, parts: Sequence[Part], counted: PartCount, lot: Lot) -> list[Drawn]:
    """Draw the lowest tickets of each stratum, sorted by id.

    Raises
    ------
    InputErrors
        If an id is blank, invisible or occurs twice, or the ids are CPR numbers.
    """
    sizes = [0] * len(lot.letters)
    for values, count in counted.units.items():
        if values in lot.strata:
            sizes[lot.strata[values]] += count
    wanted = {
        number: min(count, size)
        for number, (count, size) in enumerate(zip(lot.letters, sizes, strict=True))
        if min(count, size)
    }
    drawn: list[Drawn] = []
    room = 1
    while wanted or room == 1:  # the ids are looked at even if nobody is drawn
        limits = _limits(wanted, sizes, room)
        answers = list(engine.map(draw_part, _jobs(parts, counted, lot, limits)))
        if room == 1:
            secret = lot.tickets.key is not None
            if faults := all_faults(engine, parts, [one.ids for one in answers], secret=secret):
                raise InputErrors(_first(faults))
        people = _by_stratum(answers, lot)
        for number, limit in limits.items():
            own = people[number]
            if len(own) >= wanted[number] or limit == HIGHEST:
                drawn += sorted(own, key=lambda one: (one.ticket, one.id))[: wanted.pop(number)]
        room *= 4
    return sorted(drawn, key=lambda person: person.id)


def _limits(wanted: Mapping[int, int], sizes: Sequence[int], room: int) -> dict[int, str]:
    """The ticket of each stratum below which there are enough people, nearly always."""
    limits = {}
    for number, count in wanted.items():
        enough = room * (count + 6 * isqrt(count) + 20)
        limit = min(SPACE - 1, SPACE * enough // sizes[number])
        limits[number] = f"{limit:0{len(HIGHEST)}x}"
    return limits


def _jobs(
    parts: Sequence[Part], counted: PartCount, lot: Lot, limits: Mapping[int, str]
) -> list[PartToDraw]:
    """Ask each part for those who can be drawn and are not above the limit of their stratum."""
    strata = tuple(
        (cells, lot.strata[values])
        for cells, values in counted.spellings.items()
        if lot.strata.get(values) in limits
    )
    by_number = tuple(limits.get(number, "") for number in range(len(lot.letters)))
    return [
        PartToDraw(
            part=part, tickets=lot.tickets, strata=strata, limits=by_number, columns=lot.columns
        )
        for part in parts
    ]


def _by_stratum(answers: Sequence[PartDrawn], lot: Lot) -> dict[int, list[Drawn]]:
    people: dict[int, list[Drawn]] = defaultdict(list)
    for answer in answers:
        for person in _standing(answer.people, lot):
            people[person.stratum].append(person)
    return people


def _standing(people: list[Drawn], lot: Lot) -> list[Drawn]:
    """Those of them who stand for a household, with its size."""
    if lot.homes is None or lot.home_tickets is None:
        return people
    tickets = [int(lot.home_tickets.of(person.id)[:16], 16) for person in people]
    return [
        replace(person, home=size)
        for person, size in zip(people, lot.homes.sizes_of(tickets), strict=True)
        if size
    ]


def _first(faults: Sequence[Finding]) -> tuple[Finding, ...]:
    """As many faults as somebody reads, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    return (*faults[:MOST_FAULTS], Finding(code="registry-more-faults", facts={"count": more}))
