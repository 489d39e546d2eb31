"""How many people with each feature value a panel must and may have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sortition.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quota:
    """The bounds for one value of one feature: ``lower <= people on the panel <= upper``."""

    feature: str
    value: str
    lower: int
    upper: int


@dataclass(frozen=True, kw_only=True)
class Quotas:
    """All quotas of a selection.

    Attributes
    ----------
    rows : tuple of Quota
        Sorted by feature and value, whatever order they were given in.

    Raises
    ------
    ValueError
        If there are none, two are for the same value, or bounds are negative or crossed.
    """

    rows: tuple[Quota, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("there are no quotas")
        if max(Counter((row.feature, row.value) for row in self.rows).values()) > 1:
            raise ValueError("two quotas are for the same feature and value")
        if any(row.lower < 0 or row.lower > row.upper for row in self.rows):
            raise ValueError("a quota has a negative lower bound or crossed bounds")
        object.__setattr__(self, "rows", tuple(sorted(self.rows)))

    @cached_property
    def features(self) -> tuple[str, ...]:
        """The features that have quotas, sorted."""
        return tuple(sorted({row.feature for row in self.rows}))

    def of(self, feature: str) -> tuple[Quota, ...]:
        """The quotas of one feature, sorted by value."""
        return tuple(row for row in self.rows if row.feature == feature)

    def size_faults(self, panel_size: int) -> tuple[Finding, ...]:
        """Features whose bounds cannot add up to the panel size, whoever is in the pool.

        Returns
        -------
        tuple of Finding
            ``quota-minimums-exceed-size`` and ``quota-maximums-below-size``, with the feature
            as ``column`` and the facts ``total`` and ``size``.
        """
        faults = []
        for feature in self.features:
            lower = sum(row.lower for row in self.of(feature))
            upper = sum(row.upper for row in self.of(feature))
            if lower > panel_size:
                code, total = "quota-minimums-exceed-size", lower
            elif upper < panel_size:
                code, total = "quota-maximums-below-size", upper
            else:
                continue
            facts = {"total": total, "size": panel_size}
            faults.append(Finding(code=code, column=feature, facts=facts))
        return tuple(faults)
