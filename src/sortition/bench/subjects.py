"""What is measured: files that a user could have, and what there is to know about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low

from sortition.bench.choices import SeriesName
from sortition.bench.pools import write_pool
from sortition.bench.standard import POOLS, SERIES, Make
from sortition.core.types import types_of
from sortition.instance.reading import Reading, read_instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large an instance is.

    Attributes
    ----------
    people, seats, features : int
    types : int
        Groups of exchangeable people.
    width : int
        The median of upper minus lower bound over the quotas.
    in_households : int
        How many people share a household with somebody in the pool.
    """

    people: int
    seats: int
    features: int
    types: int
    width: int
    in_households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One instance as files, with the options that a run needs.

    Attributes
    ----------
    name : str
    series : str or None
        The series that it belongs to.
    pool, quotas : Path
    size : int
    id_column : str or None
        None: no column tells the people apart.
    household_columns : sequence of str
    shape : Shape
    """

    name: str
    series: SeriesName | None
    pool: Path
    quotas: Path
    size: int
    id_column: str | None
    household_columns: Sequence[str]
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A standard pool that is yet to be written."""

    name: str
    series: SeriesName | None
    make: Make


def standard_pools(names: Sequence[str]) -> list[Named]:
    """Standard pools by name.

    Raises
    ------
    ValueError
        If a name is unknown, or is given twice.
    """
    unknown = sorted(set(names) - set(POOLS))
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}; there are {', '.join(POOLS)}")
    if len(set(names)) < len(names):
        raise ValueError("a name is given twice")
    return [Named(name=name, series=None, make=POOLS[name]) for name in names]


def series(name: SeriesName) -> list[Named]:
    """The pools of a series, from small to large."""
    return [Named(name=each, series=name, make=make) for each, make in SERIES[name].items()]


def written(named: Named, folder: Path) -> Subject:
    """Write a standard pool into a new folder."""
    pool = named.make()
    home = folder / named.name
    home.mkdir()
    files = write_pool(pool, home)
    return subject(
        *files,
        size=pool.seats,
        id_column=None,
        household_columns=pool.household_columns,
        name=named.name,
        series=named.series,
    )


def subject(
    pool: Path,
    quotas: Path,
    *,
    size: int,
    id_column: str | None,
    household_columns: Sequence[str],
    name: str,
    series: SeriesName | None = None,
) -> Subject:
    """Files that exist, read once to know their shape.

    Raises
    ------
    InputErrors
        With every fault of the files.
    """
    reading = read_instance(
        pool,
        quotas,
        panel_size=size,
        id_column=id_column,
        household_columns=household_columns,
    )
    return Subject(
        name=name,
        series=series,
        pool=pool,
        quotas=quotas,
        size=size,
        id_column=reading.roster.id_column,
        household_columns=household_columns,
        shape=_shape(reading),
    )


def _shape(reading: Reading) -> Shape:
    instance = reading.instance
    return Shape(
        people=len(instance.pool),
        seats=instance.panel_size,
        features=len(instance.pool.features),
        types=len(types_of(instance)),
        width=median_low([quota.upper - quota.lower for quota in instance.quotas.rows]),
        in_households=sum(member.household is not None for member in instance.pool.members),
    )
