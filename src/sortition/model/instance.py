"""A selection problem: pool, quotas, panel size and household rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sortition.errors import Finding, InputErrors
from sortition.model.pool import Pool
from sortition.model.quotas import Quotas


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Everything that decides which panels are possible.

    Attributes
    ----------
    pool : Pool
    quotas : Quotas
    panel_size : int
    household_limit : int
        How many people of one household may sit on a panel; a pool whose members have no
        households has no such rule.
    quotas_of_kinds : tuple of tuple of int
        For each of the kinds of the pool the numbers of the quotas, in their order, that people of
        that kind count for.

    Raises
    ------
    InputErrors
        If pool and quotas have different features, somebody has a value without a quota, the
        panel is empty or larger than the pool, or a feature's bounds cannot add up to its size.
    """

    pool: Pool
    quotas: Quotas
    panel_size: int
    household_limit: int = 1
    quotas_of_kinds: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    _quotas_of: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = [
            *self._size_faults(),
            *self.quotas.size_faults(self.panel_size),
            *self._value_faults(),
        ]
        if self.household_limit < 1:
            value = str(self.household_limit)
            faults.append(Finding(code="household-limit-not-positive", value=value))
        if faults:
            raise InputErrors(tuple(faults))
        object.__setattr__(self, "quotas_of_kinds", tuple(self._counted()))
        quotas_of = map(self.quotas_of_kinds.__getitem__, self.pool.kind_of)
        object.__setattr__(self, "_quotas_of", tuple(quotas_of))  # everything asks for it

    def _size_faults(self) -> list[Finding]:
        if self.panel_size < 1:
            return [Finding(code="panel-size-not-positive", value=str(self.panel_size))]
        if self.panel_size > len(self.pool):
            facts = {"size": self.panel_size, "pool": len(self.pool)}
            return [Finding(code="panel-larger-than-pool", facts=facts)]
        return []

    def _value_faults(self) -> list[Finding]:
        faults = [
            Finding(code="feature-without-column", column=feature)
            for feature in sorted(set(self.quotas.needed_features) - set(self.pool.features))
        ]
        faults += [
            Finding(code="feature-without-quota", column=feature)
            for feature in sorted(set(self.pool.features) - set(self.quotas.needed_features))
        ]
        known = {(row.feature, row.value) for row in self.quotas.rows}
        columns = zip(*self.pool.kinds, strict=True)
        held = {
            (feature, value)
            for feature, values in zip(self.pool.features, columns, strict=False)
            if feature in self.quotas.features
            for value in set(values)
        }
        return faults + [
            Finding(code="unknown-value", column=feature, value=value)
            for feature, value in sorted(held - known)
        ]

    def quotas_of(self) -> tuple[tuple[int, ...], ...]:
        """For each pool member the numbers of the quotas, in their order, that she counts for."""
        return self._quotas_of

    def _counted(self) -> Iterator[tuple[int, ...]]:
        # a look for each value, and all combinations: large pools have many kinds of people
        of_values: dict[tuple[str, str], int] = {}
        combinations = []
        for number, quota in enumerate(self.quotas.rows):
            if quota.parts:
                combinations.append((number, quota))
            else:
                of_values[quota.feature, quota.value] = number
        for own in self.pool.kinds:
            values = dict(zip(self.pool.features, own, strict=True))
            numbers = [of_values[pair] for pair in values.items() if pair in of_values]
            numbers += [number for number, quota in combinations if quota.counts(values)]
            yield tuple(sorted(numbers))

    def holders(self) -> list[list[str]]:
        """For each quota, in their order, the ids of the pool members who count for it."""
        holders: list[list[str]] = [[] for _ in self.quotas.rows]
        add = [[holders[number].append for number in quotas] for quotas in self.quotas_of_kinds]
        for id, kind in zip(self.pool.ids, self.pool.kind_of, strict=True):
            for add_to in add[kind]:
                add_to(id)
        return holders
