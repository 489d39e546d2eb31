"""Which column of a pool a feature of the quotas could mean, and which label a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sortition.model import Quotas
from sortition.tables.classified.meaning import meant
from sortition.tables.columns import columns_meant
from sortition.tables.dates import perhaps_births
from sortition.tables.labels import alike, fold
from sortition.tables.numbers import Range, perhaps_years, read_number, read_range
from sortition.tables.rows import Table
from sortition.tables.values import spellings
from sortition.tables.words import asks_about, same_header, same_value, tells_age

MOST_VALUES = 40  # that are shown of a column; with more, its cells could tell who is who


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A feature of the quotas and the column that it could mean.

    Attributes
    ----------
    feature : str
    labels : tuple of str
        What the quotas ask for.
    every : bool
        Whether each person needs one of them.
    column : str or None
        None if no column could be meant, or several.
    counts : mapping of str to int
        How often each filled cell occurs; cells that fold alike are one.
    blank : int
        How many cells are blank.
    """

    feature: str
    labels: tuple[str, ...]
    every: bool
    column: str | None
    counts: Mapping[str, int]
    blank: int

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The labels as ranges of numbers; none if one of them is no range."""
        read = tuple(made for made in map(read_range, self.labels) if made is not None)
        return read if len(read) == len(self.labels) else ()

    @property
    def numbers(self) -> dict[Decimal, int]:
        """The numbers in the cells, and how often each occurs."""
        read: Counter[Decimal] = Counter()
        for cell, count in self.counts.items():
            number = read_number(cell)
            if number is not None:
                read[number] += count
        return dict(read)

    @property
    def for_bands(self) -> bool:
        """Whether the cells are numbers or dates of birth, and the labels ranges of numbers."""
        numbers = 2 * sum(self.numbers.values()) > sum(self.counts.values())
        return bool(self.ranges) and (numbers or self.dates_of_birth)

    @property
    def dates_of_birth(self) -> bool:
        """Whether most of the cells are dates of birth."""
        return perhaps_births(self.counts)

    @property
    def years_of_birth(self) -> bool:
        """Whether those numbers are years, but the ranges are of ages."""
        return perhaps_years(self.numbers, self.ranges)

    def meaning(self, cell: str) -> str | None:
        """The label that a cell means; None if that is not known."""
        return _meaning(self.feature, cell, self.labels)


def match_features(table: Table, quotas: Quotas) -> list[Match]:
    """Each feature that the quotas need, with the column that it could mean.

    A column has one name, so the first of several features gets it, unless it is put into ranges.
    """
    matches: list[Match] = []
    named: set[str] = set()
    for feature in quotas.needed_features:
        column = _column(table, feature, quotas.labels(feature))
        match = match_column(table, quotas, feature, column)
        if column is not None and not match.for_bands:
            if column in named:
                match = match_column(table, quotas, feature, None)
            named.add(column)
        matches.append(match)
    return matches


def match_column(table: Table, quotas: Quotas, feature: str, column: str | None) -> Match:
    """A feature that the quotas need, with a column that was chosen for it."""
    every = feature in quotas.features
    return _match(table, column, feature=feature, labels=quotas.labels(feature), every=every)


def _match(
    table: Table, column: str | None, *, feature: str, labels: tuple[str, ...], every: bool
) -> Match:
    cells = table.column(column) if column is not None else ()
    spelled = spellings(cells)
    counts = Counter(spelled[fold(cell)] for cell in cells)
    return Match(
        feature=feature,
        labels=labels,
        every=every,
        column=column,
        counts={cell: count for cell, count in counts.items() if cell},
        blank=counts[""],
    )


def _column(table: Table, feature: str, labels: Sequence[str]) -> str | None:
    named = (
        columns_meant(table.header, feature)
        or [name for name in table.header if same_header(name, feature) or tells_age(name, feature)]
        or [name for name in table.header if asks_about(name, feature)]
    )
    if len(named) == 1 or (named and all(tells_age(name, feature) for name in named)):
        return named[0]
    # several names, or none, will do: then what stands in the cells must tell
    known = {
        name: _labels_met(feature, set(table.column(name)), labels)
        for name in named or table.header
    }
    most = max(known.values())
    best = [name for name, met in known.items() if met == most]
    needed = 1 if named else len(labels)
    return best[0] if len(best) == 1 and most >= needed > 0 else None


def _labels_met(feature: str, cells: Collection[str], labels: Sequence[str]) -> int:
    if len(cells) > MOST_VALUES:
        return 0
    return len({_meaning(feature, cell, labels) for cell in cells} - {None})


def _meaning(feature: str, cell: str, labels: Sequence[str]) -> str | None:
    span = read_range(cell)
    known = alike(labels, cell) or [
        label
        for label in labels
        if same_value(feature, cell, label) or (span is not None and _within(span, label))
    ]
    if not known:
        return meant(cell, labels)
    return known[0] if len(known) == 1 else None


def _within(span: Range, label: str) -> bool:
    """Whether all numbers of a range are in the one that a label stands for."""
    other = read_range(label)
    if other is None:
        return False
    above = other.lower is None or (span.lower is not None and span.lower >= other.lower)
    below = other.upper is None or (span.upper is not None and span.upper <= other.upper)
    return above and below
