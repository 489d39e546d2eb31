"""How many people of each group were left at each stage, from the registry to the panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from sortition.steps.funnel.suppression import suppressed

StageName = Literal["registry", "invited", "answered", "pool", "selected", "confirmed", "attended"]
# four fifths: below it, a share has fallen by more than chance and rounding make of a panel
FALLEN = 0.8
Elsewhere = Mapping[tuple[StageName, StageName], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Who was left at a stage.

    Attributes
    ----------
    name : str
    people : int
    groups : mapping of str to mapping of str to int
        People by value, for each feature that is known at this stage.
    """

    name: StageName
    people: int
    groups: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group at each stage of its table; None stands for what is left out.

    Attributes
    ----------
    value : str
    counts : tuple of int or None
    rates : tuple of float or None
        The part of those at the stage before who came to this one; None at the first, and where
        some came from elsewhere.
    shares : tuple of float or None
        The group's share of the stage.
    representation : tuple of float or None
        The share divided by that at the first stage: 1 is in proportion.
    """

    value: str
    counts: tuple[int | None, ...]
    rates: tuple[float | None, ...]
    shares: tuple[float | None, ...]
    representation: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureTable:
    """The groups of a feature, at the stages at which it is known."""

    feature: str
    stages: tuple[StageName, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """A group whose share fell, though it may have been raised again later.

    Attributes
    ----------
    feature, value : str
    stage : str
        Where its share was lowest, as far as it is told.
    representation : float
        There, against the first stage; below four fifths.
    """

    feature: str
    value: str
    stage: StageName
    representation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """What may be told of all stages.

    Attributes
    ----------
    stages : tuple of str
    people : tuple of int or None
        At each stage; None for a stage that is too small to be told.
    rates : tuple of float or None
        Of all people, from the stage before; those who came from elsewhere are not counted.
    tables : tuple of FeatureTable
    not_reached : tuple of NotReached
        From the lowest representation up.
    smallest : int
        No count above 0 and below this is told, and none that follows from what is told.
    left_out : int
        How many counts are not told.
    """

    stages: tuple[StageName, ...]
    people: tuple[int | None, ...]
    rates: tuple[float | None, ...]
    tables: tuple[FeatureTable, ...]
    not_reached: tuple[NotReached, ...]
    smallest: int
    left_out: int


def funnel(
    stages: Sequence[Stage],
    features: Sequence[str],
    *,
    smallest: int,
    elsewhere: Elsewhere | None = None,
) -> Funnel:
    """Count the people of each group at each stage, without the cells that are too small.

    Parameters
    ----------
    stages : sequence of Stage
        In their order, from the widest.
    features : sequence of str
        Each known at two stages or more.
    smallest : int
    elsewhere : mapping of (str, str) to int, optional
        For two stages, how many people of the later were not at the earlier, where that is known.
    """
    elsewhere = elsewhere or {}
    tables = tuple(_table(stages, feature, smallest, elsewhere) for feature in features)
    people = tuple(s.people if s.people >= smallest or not s.people else None for s in stages)
    return Funnel(
        stages=tuple(stage.name for stage in stages),
        people=people,
        rates=_rates(people, stages, elsewhere, smallest),
        tables=tables,
        not_reached=tuple(
            sorted(
                (found for table in tables for found in _not_reached(table)),
                key=lambda found: (found.representation, found.feature, found.value),
            )
        ),
        smallest=smallest,
        left_out=sum(g.counts.count(None) for table in tables for g in table.groups)
        + people.count(None),
    )


def _table(
    stages: Sequence[Stage], feature: str, smallest: int, elsewhere: Elsewhere
) -> FeatureTable:
    known = [stage for stage in stages if feature in stage.groups]
    values = sorted({value for stage in known for value in stage.groups[feature]})
    counts = [[stage.groups[feature].get(value, 0) for stage in known] for value in values]
    came = {
        (a, b): elsewhere[known[a].name, known[b].name]
        for a, b in combinations(range(len(known)), 2)
        if (known[a].name, known[b].name) in elsewhere
    }
    out = suppressed(counts, smallest, came)
    totals = [stage.people for stage in known]
    groups = []
    for row, value in enumerate(values):
        told = tuple(
            None if (row, column) in out else count for column, count in enumerate(counts[row])
        )
        shares = tuple(
            None if count is None else count / total if total else 0.0
            for count, total in zip(told, totals, strict=True)
        )
        groups.append(
            Group(
                value=value,
                counts=told,
                rates=_rates(told, known, elsewhere, None),
                shares=shares,
                representation=tuple(
                    s / shares[0] if s is not None and shares[0] else None for s in shares
                ),
            )
        )
    return FeatureTable(
        feature=feature, stages=tuple(stage.name for stage in known), groups=tuple(groups)
    )


def _rates(
    counts: Sequence[int | None],
    stages: Sequence[Stage],
    elsewhere: Elsewhere,
    smallest: int | None,
) -> tuple[float | None, ...]:
    """The part of each stage that came to the next, without those who came from elsewhere.

    How many of a single group did is not told, as it can be few: then it has no rate. No more has
    one that would be above 1.
    """
    rates: list[float | None] = [None]
    for (a, b), (earlier, later) in zip(pairwise(counts), pairwise(stages), strict=True):
        others = elsewhere.get((earlier.name, later.name), 0)
        told = smallest is not None and may_be_told(others, later.people, smallest)
        if (others and not told) or not a or b is None or b - others > a:
            rates.append(None)
        else:
            rates.append((b - others) / a)
    return tuple(rates)


def may_be_told(others: int, people: int, smallest: int) -> bool:
    """Whether it may be told how many came to a stage from elsewhere, and so how many did not."""
    return others >= smallest and (people - others >= smallest or people == others)


def _not_reached(table: FeatureTable) -> Iterator[NotReached]:
    for group in table.groups:
        pairs = zip(group.representation, table.stages, strict=True)
        told = [(times, stage) for times, stage in pairs if times is not None]
        if not told:
            continue
        representation, stage = min(told, key=lambda pair: pair[0])
        if representation < FALLEN:
            yield NotReached(
                feature=table.feature,
                value=group.value,
                stage=stage,
                representation=representation,
            )
