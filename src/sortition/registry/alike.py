"""People of a registry who may be those of a list, by what both say of them."""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sortition.registry.duck import database, id_in, texts
from sortition.registry.engines import Engine
from sortition.registry.partitions import Partition

Spelling = Literal["cell", "id", "cpr", "email", "phone"]
SPELLED: Mapping[Spelling, Callable[[str], str]] = {
    "cell": lambda cell: cell,
    "id": id_in,
    "cpr": lambda cell: f"right('0' || regexp_replace({cell}, '[^0-9]', '', 'g'), 10)",
    "email": lambda cell: f"lower(trim({cell}))",
    "phone": lambda cell: f"right(regexp_replace({cell}, '[^0-9]', '', 'g'), 8)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """That a column, in one spelling, has one of some texts."""

    column: str
    spelling: Spelling
    texts: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToMatch:
    """A partition, the columns wanted, and the tests: all of one group must hold."""

    partition: Partition
    columns: tuple[str, ...]
    groups: tuple[tuple[Test, ...], ...]
    threads: int


def match_part(job: PartToMatch) -> list[tuple[str, ...]]:
    """The cells of everybody for whom a group of tests holds."""
    places = {name: place for place, name in enumerate(job.columns)}
    groups = []
    with database(job.threads) as here:
        for number, group in enumerate(job.groups):
            tests = []
            for place, test in enumerate(group):
                table = f"texts_{number}_{place}"
                held = {"text": texts(sorted(test.texts))}  # noqa: F841 - the query reads it
                here.execute(f"CREATE TEMP TABLE {table} AS SELECT text::VARCHAR AS t FROM held")
                cell = SPELLED[test.spelling](f"c{places[test.column]}")
                tests.append(f"({cell}) IN (SELECT t FROM {table})")
            groups.append(f"({' AND '.join(tests)})")
        rows = job.partition.select(here, job.columns)
        found = here.execute(f"SELECT * FROM ({rows}) WHERE {' OR '.join(groups)}").fetchall()
    return [tuple(map(str, row)) for row in found]


def people_like(
    engine: Engine,
    partitions: Sequence[Partition],
    columns: Sequence[str],
    groups: Sequence[Sequence[Test]],
    *,
    threads: int,
) -> list[tuple[str, ...]]:
    """The cells of everybody for whom a group of tests holds, in ascending order."""
    jobs = [
        PartToMatch(
            partition=own, columns=tuple(columns), groups=tuple(map(tuple, groups)), threads=threads
        )
        for own in partitions
    ]
    return sorted(row for rows in engine.map(match_part, jobs) for row in rows)
