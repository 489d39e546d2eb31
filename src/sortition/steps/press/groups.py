"""Groups of a panel beside the population and the volunteers, none of them so small that it tells.

Groups with fewer than `SMALLEST` people on the panel or among the volunteers are put together with
the next smallest ones until there are as many, since a single small group could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from sortition.model import COMBINATION, Instance
from sortition.steps.members import QuotaNow

SMALLEST = 5  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A value of a feature, or several put together.

    Attributes
    ----------
    values : tuple of str
    seats, pool : int
        People on the panel and among the volunteers.
    population : Fraction or None
        The share of the population; None if it is not known.
    """

    values: tuple[str, ...]
    seats: int
    pool: int
    population: Fraction | None

    @property
    def small(self) -> bool:
        """Whether it could tell who somebody is."""
        return min(self.seats, self.pool) < SMALLEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """The groups of a feature; all of its values are in one of them."""

    name: str
    groups: tuple[Group, ...]


def features_of(
    instance: Instance,
    quotas: Sequence[QuotaNow],
    population: Mapping[tuple[str, str], Fraction],
) -> tuple[Feature, ...]:
    """The features with at least two groups that can be told.

    Parameters
    ----------
    instance : Instance
        Whose pool is counted.
    quotas : sequence of QuotaNow
        With the seats of the panel, in the order of the quotas.
    population : mapping of (str, str) to Fraction
        Shares by feature and value; those that are not known are left out.
    """
    counts = [0] * len(instance.quotas.rows)
    for numbers in instance.quotas_of():
        for number in numbers:
            counts[number] += 1
    found = []
    for name, numbered in groupby(enumerate(quotas), key=lambda pair: pair[1].feature):
        if name == COMBINATION:
            continue
        groups = [
            Group(
                values=(quota.value,),
                seats=quota.seats,
                pool=counts[number],
                population=population.get((name, quota.value)),
            )
            for number, quota in numbered
        ]
        told = tuple(_told(groups))
        if len(told) > 1:
            found.append(Feature(name=name, groups=told))
    return tuple(found)


def _told(groups: Sequence[Group]) -> Iterator[Group]:
    """The groups, the smallest of them as one if any is small; in their order, that one last."""
    by_size = sorted(range(len(groups)), key=lambda n: (groups[n].seats, groups[n].pool, n))
    together: list[int] = [n for n in by_size if groups[n].small]
    if not together:
        yield from groups
        return
    others = [n for n in by_size if n not in together]
    # one group alone is what all the others leave
    while others and (len(together) < 2 or _joined(groups, together).small):
        together.append(others.pop(0))
    for number, group in enumerate(groups):
        if number not in together:
            yield group
    yield _joined(groups, sorted(together))


def _joined(groups: Sequence[Group], numbers: Sequence[int]) -> Group:
    own = [groups[number] for number in numbers]
    shares = [group.population for group in own]
    known = [share for share in shares if share is not None]
    return Group(
        values=tuple(value for group in own for value in group.values),
        seats=sum(group.seats for group in own),
        pool=sum(group.pool for group in own),
        population=sum(known, Fraction(0)) if len(known) == len(shares) else None,
    )
