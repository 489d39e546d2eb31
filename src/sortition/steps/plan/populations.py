"""Groups of people who are alike: counted from a registry, or read from a table of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.plan.response_rates import COLUMNS, WHOLE, Known, read_known
from sortition.tables.columns import match_column, matched
from sortition.tables.faults import attempt
from sortition.tables.labels import squeeze
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """How many people have which values.

    Attributes
    ----------
    features : tuple of str
    groups : mapping of tuple of str to int
        People by their values, one for each feature; in the order of the values.
    assumed : tuple of Finding
    """

    features: tuple[str, ...]
    groups: Mapping[tuple[str, ...], int]
    assumed: tuple[Finding, ...]


def read_population(table: Table, labels: Mapping[str, Known]) -> Population:
    """Count the people of a registry, a row a person, or a row a group if it has a population.

    Parameters
    ----------
    table : Table
    labels : mapping of str to Known
        The features that are needed.

    Raises
    ------
    InputErrors
        With every fault of the columns that are needed.
    """
    faults: list[Finding] = []
    assumed = list(table.assumed)
    values = []
    for feature, known in labels.items():
        column = attempt(
            faults, partial(match_column, table, feature, unknown="plan-registry-without-column")
        )
        if column is None:
            continue
        assumed += matched(table, feature, column)
        read = attempt(faults, partial(read_known, table, column, known))
        if read:
            values.append(read[0])
            assumed += read[1]
    counts = attempt(faults, partial(people_in_rows, table))
    if counts is not None and not any(counts):
        faults.append(table.finding(code="plan-nobody"))
    if faults or counts is None:
        raise InputErrors(tuple(faults))
    groups: Counter[tuple[str, ...]] = Counter()
    for group, count in zip(zip(*values, strict=True), counts, strict=True):
        groups[group] += count
    return Population(
        features=tuple(labels),
        groups={group: groups[group] for group in sorted(groups) if groups[group]},
        assumed=tuple(assumed),
    )


def people_in_rows(table: Table) -> list[int]:
    """How many people each row of a table stands for: 1, or what its column of them says.

    Raises
    ------
    InputErrors
        With every count that is none.
    """
    column = next((n for n in table.header if squeeze(n) in COLUMNS["population"]), None)
    if column is None:
        return [1] * len(table.rows)
    cells = table.column(column)
    faults = [
        table.finding(code="rates-count-unclear", row=number, column=column, value=cell)
        for number, cell in zip(table.row_numbers, cells, strict=True)
        if not WHOLE.fullmatch(cell)
    ]
    if faults:
        raise InputErrors(tuple(faults))
    return [int(cell) for cell in cells]
