"""Quotas on people who have several values at once: ``gender=female & age=16-29``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.rows import QuotaRow
from sortition.model import Quota, Quotas, parts_of
from sortition.tables.labels import fold, nfc
from sortition.tables.rows import Table
from sortition.tables.values import spellings, suggestion

NAMES = {"combination", "kombination", "kombinasjon"}

Part = tuple[str, str]


def is_combination(row: QuotaRow) -> bool:
    """Whether the row is about a combination and not about a value of a feature."""
    return fold(row.feature) in NAMES


def combined(parts: Sequence[Part]) -> str:
    """How a combination of these parts is written."""
    return " & ".join(f"{feature}={value}" for feature, value in parts)


def read_parts(
    table: Table, column: str, row: QuotaRow, labels: Mapping[str, Sequence[str]]
) -> tuple[Part, ...]:
    """The parts of a combination.

    Parameters
    ----------
    column : str
        Where it is written.
    labels : mapping of str to sequence of str
        The features that have quotas of their own, with their values. Parts on them get their
        spelling; what is said of other features stays as it is written.

    Raises
    ------
    InputErrors
        If a part is no feature and value, there is one part only, a feature occurs twice, or its
        quotas do not have the value.
    """
    at = partial(table.finding, row=row.number, column=column)
    parts = parts_of(row.value)
    if not all(feature and value for feature, value in parts):
        raise InputErrors((at(code="combination-part-unclear", value=row.value),))
    if len(parts) == 1:
        raise InputErrors((at(code="combination-of-one", value=row.value),))
    faults: list[Finding] = []
    known = {fold(feature): feature for feature in labels}
    used: dict[str, Part] = {}
    for feature, value in parts:
        if fold(feature) in used:
            facts = {"feature": feature}
            faults.append(at(code="combination-feature-twice", value=row.value, facts=facts))
        spelling = known.get(fold(feature), feature)
        values = {fold(label): label for label in labels.get(spelling, ())}
        if spelling in labels and fold(value) not in values:
            known_values = suggestion(value, labels[spelling])
            faults.append(at(code="unknown-value", value=value, facts=known_values))
        used[fold(feature)] = spelling, values.get(fold(value), value)
    if faults:
        raise InputErrors(tuple(faults))
    return tuple(used.values())


def matched_parts(
    table: Table, column: str, rows: Sequence[QuotaRow], parts: Mapping[int, tuple[Part, ...]]
) -> Iterator[Finding]:
    """The combinations whose parts, by row number, are not spelled as they are written."""
    for row in rows:
        if row.number in parts and parts[row.number] != parts_of(row.value):
            meant = combined(parts[row.number])
            yield table.finding(
                code="combination-matched",
                row=row.number,
                column=column,
                value=row.value,
                facts={"meant": meant},
            )


def free_values(quotas: Quotas, columns: Mapping[str, str]) -> dict[str, set[str]]:
    """The values that combinations ask for in columns of features without quotas of their own.

    Parameters
    ----------
    columns : mapping of str to str
        The column of the pool for each feature that has one.
    """
    asked_for: dict[str, set[str]] = {}
    for feature, value in (part for row in quotas.rows for part in row.parts):
        if feature in columns and feature not in quotas.features:
            asked_for.setdefault(columns[feature], set()).add(value)
    return asked_for


def spelled_as_in_pool(quotas: Quotas, table: Table, columns: Mapping[str, str]) -> Quotas:
    """The quotas with the pool's spelling in parts on features without quotas of their own."""
    cells = {column: spellings(table.column(column)) for column in free_values(quotas, columns)}

    def spelled(part: Part) -> Part:
        feature, value = part
        if feature in quotas.features:
            return part
        column = columns[feature]
        return nfc(column), cells[column].get(fold(value), value)

    def renamed(row: Quota) -> Quota:
        parts = tuple(map(spelled, row.parts))
        # whoever verifies finds the people of a combination by its name
        return row if parts == row.parts else replace(row, value=combined(parts), parts=parts)

    return Quotas(rows=tuple(map(renamed, quotas.rows)))
