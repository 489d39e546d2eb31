"""Pool and quotas as a data set: the same lottery, of people whom nobody can name.

1. Of the pool the values that the quotas count are kept, and who lives together; nothing else.
2. Rows are put in an order of chance, which also numbers people and households.
3. Features and values get numbers too, unless their names are asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random, SystemRandom

from sortition.instance.inputs import Inputs, read_inputs
from sortition.model import COMBINATION, Instance
from sortition.tables.rows import Table
from sortition.tables.written.lists import Row, csv_rows
from sortition.tables.written.results import check_files, write_files

POOL, QUOTAS = "pool.csv", "quotas.csv"
ID, HOUSEHOLD = "id", "household"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetOptions:
    """What is to be made of which files.

    Attributes
    ----------
    inputs : Inputs
    labels : bool
        Whether features and values keep their names.
    out : Path
        The folder for the two files.
    overwrite : bool
    """

    inputs: Inputs
    labels: bool
    out: Path
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What was written.

    Attributes
    ----------
    people : int
    alone : int
        How many of them are the only ones with their values.
    household_limit : int or None
        None: nobody lives with anybody.
    """

    people: int
    alone: int
    household_limit: int | None


def make_dataset(options: DatasetOptions, *, chance: Random | None = None) -> Dataset:
    """Write the data set.

    Parameters
    ----------
    chance : Random, optional
        Without it, the chance that the system gives, which nobody can repeat.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination.
    """
    check_files(options.out, options.overwrite, names=(POOL, QUOTAS), inputs=options.inputs.paths)
    instance = read_inputs(options.inputs).instance
    names = _names(instance, labels=options.labels)
    like = replace(Table.of_rows((ID,), ()), delimiter=",", encoding="utf-8")
    files = {
        POOL: csv_rows(_pool(instance, names, chance or SystemRandom()), like=like),
        QUOTAS: csv_rows(_quotas(instance, names), like=like),
    }
    write_files(options.out, files, overwrite=options.overwrite)
    members = instance.pool.members
    kinds = Counter(member.values for member in members)
    shares = any(member.household is not None for member in members)
    return Dataset(
        people=len(members),
        alone=sum(count == 1 for count in kinds.values()),
        household_limit=instance.household_limit if shares else None,
    )


Names = dict[tuple[str, str], tuple[str, str]]


def _names(instance: Instance, *, labels: bool) -> Names:
    """The feature and value as they are written, by those that are meant."""
    pool = instance.pool
    named: Names = {}
    for number, feature in enumerate(pool.features, start=1):
        held = {member.values[number - 1] for member in pool.members}
        values = sorted(held.union(instance.quotas.labels(feature)))
        for place, value in enumerate(values, start=1):
            neutral = (f"feature {number}", f"value {place}")
            named[feature, value] = (feature, value) if labels else neutral
    return named


def _pool(instance: Instance, names: Names, chance: Random) -> list[Row]:
    pool = instance.pool
    members = list(pool.members)
    chance.shuffle(members)
    homes: dict[int, int] = {}
    for member in members:
        if member.household is not None:
            homes.setdefault(member.household, len(homes) + 1)
    written = [
        names[feature, values[0]][0]
        for feature, values in zip(
            pool.features, zip(*(m.values for m in members), strict=True), strict=True
        )
    ]
    width, wide = len(str(len(members))), len(str(len(homes)))
    rows: list[Row] = [(ID, *written, *((HOUSEHOLD,) if homes else ()))]
    for number, member in enumerate(members, start=1):
        values = [names[pair][1] for pair in zip(pool.features, member.values, strict=True)]
        home = homes.get(member.household) if member.household is not None else None
        lives = (f"h{home:0{wide}}" if home else "",) if homes else ()
        rows.append((f"p{number:0{width}}", *values, *lives))
    return rows


def _quotas(instance: Instance, names: Names) -> list[Row]:
    quotas = instance.quotas.rows
    soft = any(quota.penalty is not None for quota in quotas)
    rows: list[Row] = [("feature", "value", "min", "max", *(("penalty",) if soft else ()))]
    for quota in quotas:
        if quota.parts:
            parts = ("=".join(names[part]) for part in quota.parts)
            feature, value = COMBINATION, " & ".join(parts)
        else:
            feature, value = names[quota.feature, quota.value]
        penalty = (str(quota.penalty or ""),) if soft else ()
        rows.append((feature, value, str(quota.lower), str(quota.upper), *penalty))
    return rows
