"""Invented pools to measure with: as biased as volunteers are, and the same on every machine."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import floor
from pathlib import Path

import numpy as np
from numpy.random import PCG64
from numpy.typing import NDArray

ADDRESS = ("address", "postcode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people with one value of a feature.

    Attributes
    ----------
    value : str
    share : float
        Of the population.
    eagerness : float
        How likely they volunteer, against the average of the feature.
    """

    value: str
    share: float
    eagerness: float = 1.0


def _groups(*table: tuple[str, float, float]) -> tuple[Group, ...]:
    return tuple(Group(value=v, share=share, eagerness=eager) for v, share, eager in table)


# A pool with n features has the first n of these.
FEATURES = {
    "gender": _groups(("Woman", 0.5, 1.05), ("Man", 0.48, 0.95), ("Other", 0.02, 1)),
    "age": _groups(
        ("16-29", 0.22, 0.4), ("30-44", 0.24, 0.7), ("45-59", 0.25, 1.1), ("60+", 0.29, 1.6)
    ),
    "education": _groups(
        ("Primary", 0.2, 0.3),
        ("Vocational", 0.34, 0.6),
        ("College", 0.27, 1.2),
        ("Degree", 0.19, 2),
    ),
    "region": _groups(
        ("North", 0.2, 1),
        ("Coast", 0.17, 1.1),
        ("Lakes", 0.15, 0.9),
        ("Capital", 0.14, 1.3),
        ("Valley", 0.12, 0.9),
        ("Hills", 0.1, 0.8),
        ("Islands", 0.07, 1),
        ("South", 0.05, 0.9),
    ),
    "concern": _groups(
        ("Very", 0.33, 1.7), ("Fairly", 0.38, 0.9), ("Hardly", 0.2, 0.4), ("Not", 0.09, 0.25)
    ),
    "origin": _groups(
        ("Here", 0.82, 1.1), ("Nearby", 0.08, 0.6), ("Far", 0.06, 0.5), ("Mixed", 0.04, 0.8)
    ),
    "housing": _groups(("Owner", 0.58, 1.2), ("Tenant", 0.25, 0.8), ("Social", 0.17, 0.6)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """One row of a quota file."""

    feature: str
    value: str
    min: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPool:
    """A pool and its quotas.

    Attributes
    ----------
    seats : int
        The panel size.
    people : tuple of dict
        One row for each person: her id, a value of each feature, and her address.
    quotas : tuple of QuotaRow
    household_columns : tuple of str
        The columns that make an address; empty if there is no household rule.
    """

    seats: int
    people: tuple[dict[str, str], ...]
    quotas: tuple[QuotaRow, ...]
    household_columns: tuple[str, ...] = ()


def volunteers(
    *,
    people: int,
    seats: int,
    features: int,
    width: int,
    household_share: float = 0.0,
    seed: int = 1,
) -> InventedPool:
    """A pool in which the old, the educated and the concerned are too many.

    Each quota holds the seats that the group's share of the population comes to, apportioned by
    largest remainders, and is `width` wide. It never asks for more people than the pool has.

    Parameters
    ----------
    people, seats : int
    features : int
        From 1 to 7.
    width : int
        Upper minus lower bound of each quota.
    household_share : float
        The share of the people who live two to an address. 0: there is no household rule.
    seed : int
        The same seed gives the same pool.

    Raises
    ------
    ValueError
        If there are not so many features.
    """
    if not 1 <= features <= len(FEATURES):
        raise ValueError(f"there are 1 to {len(FEATURES)} features")
    chosen = {name: FEATURES[name] for name in list(FEATURES)[:features]}
    numbers = PCG64(seed)
    columns = {name: _drawn(groups, people, numbers) for name, groups in chosen.items()}
    homes = _homes(people, household_share)
    rows = tuple(
        {"id": f"v{number:06}"}
        | {name: column[number] for name, column in columns.items()}
        | dict(zip(ADDRESS, home, strict=True))
        for number, home in enumerate(homes)
    )
    quotas = [
        quota
        for name, groups in chosen.items()
        for quota in _quotas(name, groups, seats, width, Counter(columns[name]))
    ]
    rule = ADDRESS if household_share else ()
    return InventedPool(seats=seats, people=rows, quotas=tuple(quotas), household_columns=rule)


def two_features(*, people: int, seats: int) -> InventedPool:
    """Half of the pool are liberal women, half conservative men, but for one conservative woman.

    Each of the four values has at least half of the seats less one. That leaves her a place, and
    in the fairest lottery everybody has the same chance.
    """
    half, lowest = people // 2, seats // 2 - 1
    kinds = [("female", "conservative")] + [("female", "liberal")] * (half - 1)
    kinds += [("male", "conservative")] * (people - half)
    rows = tuple(
        {"id": f"v{number:06}", "gender": gender, "leaning": leaning}
        for number, (gender, leaning) in enumerate(kinds)
    )
    values = [("gender", "female"), ("gender", "male")]
    values += [("leaning", "liberal"), ("leaning", "conservative")]
    quotas = [QuotaRow(feature=f, value=v, min=lowest, max=seats) for f, v in values]
    return InventedPool(seats=seats, people=rows, quotas=tuple(quotas))


def write_pool(pool: InventedPool, folder: Path) -> tuple[Path, Path]:
    """Write ``pool.csv`` and ``quotas.csv`` into a folder that exists; give their paths."""
    paths = folder / "pool.csv", folder / "quotas.csv"
    _write_csv(paths[0], pool.people)
    _write_csv(paths[1], [asdict(row) for row in pool.quotas])
    return paths


def _write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _drawn(groups: tuple[Group, ...], people: int, numbers: PCG64) -> list[str]:
    """A value for each person, by share and eagerness.

    From raw numbers: NumPy keeps these the same from version to version, its draws it does not.
    """
    weights = np.array([group.share * group.eagerness for group in groups])
    raw: NDArray[np.uint64] = np.asarray(numbers.random_raw(people))
    uniform = (raw >> np.uint64(11)) * 2.0**-53
    ends = np.cumsum(weights / weights.sum())[:-1]
    return [groups[index].value for index in np.searchsorted(ends, uniform, side="right").tolist()]


def _homes(people: int, shared: float) -> Iterator[tuple[str, str]]:
    """Addresses: the first people two by two, as far as the share goes, the others alone."""
    pairs = round(people * shared / 2)
    for number in range(people):
        home = number // 2 if number < 2 * pairs else number - pairs
        yield f"{home // 100 + 1} Long Street", f"{1000 + home % 100}"


def _quotas(
    feature: str, groups: tuple[Group, ...], seats: int, width: int, in_pool: Counter[str]
) -> Iterator[QuotaRow]:
    for group, exact in zip(groups, _apportioned(groups, seats), strict=True):
        lower = max(0, exact - width // 2)
        upper = min(seats, lower + width)
        lower = min(lower, in_pool[group.value])
        yield QuotaRow(feature=feature, value=group.value, min=lower, max=upper)


def _apportioned(groups: tuple[Group, ...], seats: int) -> list[int]:
    """Whole seats by largest remainders; of equal remainders the first group has precedence."""
    shares = [round(group.share * seats, 9) for group in groups]
    given = [floor(share) for share in shares]
    owed = sorted(range(len(groups)), key=lambda index: given[index] - shares[index])
    for index in owed[: seats - sum(given)]:
        given[index] += 1
    return given
