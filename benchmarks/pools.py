"""What the other scripts here measure with: the sample, invented pools, and what a folder holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sortition.bench.pools import volunteers
from sortition.bench.standard import Make
from sortition.bench.subjects import Named, Subject, standard_pools, subject, written
from sortition.instance.reading import read_instance
from sortition.model import Instance

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
STANDARD = ("fixture-150", "small", "skew-400")
# People, seats and the width of the quotas on seven features.
GENERATED = ((360, 30, 0), (1727, 110, 0), (1727, 110, 1), (1727, 110, 3))


def instance_of(subject: Subject) -> Instance:
    """What the files of a subject say."""
    return read_instance(
        subject.pool,
        subject.quotas,
        panel_size=subject.size,
        id_column=subject.id_column,
        household_columns=subject.household_columns,
    ).instance


def standard(home: Path) -> Iterator[Subject]:
    """The sample with its households, then invented pools, which are written to a folder."""
    yield subject(
        SAMPLES / "pool.csv",
        SAMPLES / "quotas.csv",
        size=36,
        id_column=None,
        household_columns=("adresse", "postnummer"),
        name="sample",
    )
    for named in standard_pools(STANDARD):
        yield written(named, home)


def generated(home: Path) -> Iterator[Subject]:
    """Pools of seven features, with quotas all exact and wider."""
    for people, seats, width in GENERATED:
        make: Make = partial(volunteers, people=people, seats=seats, features=7, width=width)
        name = f"{people:,} people, width {width}"
        yield written(Named(name=name, series=None, make=make), home)


def kept(folder: Path) -> Iterator[Subject]:
    """The instances of a folder, in a folder each.

    Each has `respondents.csv`, `categories.csv` and `params.json`, with the panel size and, where
    at most one of an address is selected, the columns that make it.
    """
    for place in sorted(folder.glob("*/params.json")):
        told = json.loads(place.read_bytes())
        yield subject(
            place.with_name("respondents.csv"),
            place.with_name("categories.csv"),
            size=told["panel_size"],
            id_column=told["id_column"],
            household_columns=told["address_columns"] if told["check_same_address"] else (),
            name=place.parent.name,
        )
