"""How many people with each feature value a panel must and may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sortition.errors import Finding

# In place of a feature, for a quota on people who have several values at once.
COMBINATION = "combination"
# The combination of those who sit already; whoever writes quotas gives a combination two parts.
SITTING = ("already seated", "yes")


def names_seated(feature: str, value: str) -> bool:
    """Whether a quota of this name keeps the seats of those who sit already."""
    return (feature, value) == (COMBINATION, "=".join(SITTING))


def parts_of(combination: str) -> tuple[tuple[str, str], ...]:
    """The features and values of a combination as it is written; empty where one is missing."""
    pairs = (part.partition("=") for part in combination.split("&"))
    return tuple((feature.strip(), value.strip()) for feature, _, value in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The bounds for one value of one feature: ``lower <= people on the panel <= upper``.

    Attributes
    ----------
    feature, value : str
        For a quota on a combination the feature is `COMBINATION`, and the value is how it is
        written, such as ``gender=female & age=16-29``.
    lower, upper : int
    penalty : int or None
        What each seat outside the bounds costs, if the quota is soft; None: it is hard.
    min_flex, max_flex : int or None
        The outermost bounds that may be proposed or given way to; None: no such limit.
    parts : tuple of (str, str)
        The features and values that a combination asks for; empty for any other quota.
    """

    feature: str
    value: str
    lower: int
    upper: int
    penalty: int | None = None
    min_flex: int | None = None
    max_flex: int | None = None
    parts: tuple[tuple[str, str], ...] = ()

    def room(self, panel_size: int) -> tuple[int, int]:
        """How far down the lower and how far up the upper bound may go."""
        lowest = 0 if self.min_flex is None else self.min_flex
        highest = max(panel_size, self.upper) if self.max_flex is None else self.max_flex
        return lowest, highest

    @property
    def seats_some(self) -> bool:
        """Whether it keeps the seats of those who sit already."""
        return names_seated(self.feature, self.value)

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What somebody who counts for it has, each a feature and its value."""
        return self.parts or ((self.feature, self.value),)

    def counts(self, values: Mapping[str, str]) -> bool:
        """Whether somebody with these values, by feature, counts for the quota."""
        return all(values.get(feature) == value for feature, value in self.asked)


def by_label(quotas: Iterable[Quota]) -> dict[tuple[str, str], Quota]:
    """Quotas by feature and value."""
    return {(quota.feature, quota.value): quota for quota in quotas}


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
        If there are none, two are for the same value, bounds are negative or crossed, the bounds
        lie outside the flex bounds, a penalty is not positive, or a combination has no parts.
    """

    rows: tuple[Quota, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("there are no quotas")
        if max(Counter((row.feature, row.value) for row in self.rows).values()) > 1:
            raise ValueError("two quotas are for the same feature and value")
        if any(row.lower < 0 or row.lower > row.upper for row in self.rows):
            raise ValueError("a quota has a negative lower bound or crossed bounds")
        if any(not 0 <= row.room(0)[0] <= row.lower for row in self.rows):
            raise ValueError("a quota has a lower bound below its flex bound")
        if any(row.room(0)[1] < row.upper for row in self.rows):
            raise ValueError("a quota has an upper bound above its flex bound")
        if any(row.penalty is not None and row.penalty < 1 for row in self.rows):
            raise ValueError("a penalty is at least 1")
        if any((row.feature == COMBINATION) != bool(row.parts) for row in self.rows):
            raise ValueError("a combination has parts, and nothing else has")
        object.__setattr__(
            self, "rows", tuple(sorted(self.rows, key=lambda row: (row.feature, row.value)))
        )

    @cached_property
    def features(self) -> tuple[str, ...]:
        """The features that have quotas on their values, sorted; combinations are none."""
        return tuple(sorted({row.feature for row in self.rows if not row.parts}))

    @cached_property
    def needed_features(self) -> tuple[str, ...]:
        """The features that people's values are needed for, sorted."""
        of_parts = {feature for row in self.rows for feature, _ in row.parts}
        return tuple(sorted({*self.features, *of_parts}))

    @property
    def flex_is_idle(self) -> bool:
        """Whether there are outermost bounds, but no soft quota that could give way to them."""
        return all(row.penalty is None for row in self.rows) and any(
            row.max_flex is not None and not row.seats_some for row in self.rows
        )

    def of(self, feature: str) -> tuple[Quota, ...]:
        """The quotas of one feature, sorted by value."""
        return tuple(row for row in self.rows if row.feature == feature)

    def labels(self, feature: str) -> tuple[str, ...]:
        """The values of a feature that are asked for, in combinations too."""
        asked = (pair for row in self.rows for pair in row.asked)
        return tuple(dict.fromkeys(value for name, value in asked if name == feature))

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
            hard = [row for row in self.of(feature) if row.penalty is None]
            lower = sum(row.lower for row in hard)
            upper = sum(row.upper for row in hard)
            if lower > panel_size:
                code, total = "quota-minimums-exceed-size", lower
            elif upper < panel_size and len(hard) == len(self.of(feature)):
                code, total = "quota-maximums-below-size", upper
            else:
                continue
            facts = {"total": total, "size": panel_size}
            faults.append(Finding(code=code, column=feature, facts=facts))
        return tuple(faults)
