"""How likely people of each value are to drop out: a table with a row a value.

``feature`` and ``value`` say whom a row is about; ``rate`` gives the chance that they drop out,
or ``selected`` and ``attended`` how many there were in former assemblies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.selection.reserve.dropouts import Attended, DropoutRates, Value, fitted
from sortition.tables.columns import columns_called
from sortition.tables.labels import fold, listed
from sortition.tables.matching import meanings
from sortition.tables.numbers import share_of
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.values import suggestion

COLUMNS = {
    "feature": ("feature", "kriterium", "category"),
    "value": ("value", "værdi", "name"),
    "rate": ("rate", "dropout", "frafald"),
    "selected": ("selected", "udtrukket", "udtrukne"),
    "attended": ("attended", "deltog", "fremmødte"),
}
WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutSheet:
    """Rates that were read.

    Attributes
    ----------
    rates : DropoutRates
    learnt : bool
        Whether they come from counts of former assemblies.
    digest : str
        SHA-256 of the file.
    assumed : tuple of Finding
    """

    rates: DropoutRates
    learnt: bool
    digest: str
    assumed: tuple[Finding, ...]


def read_dropout_rates(
    path: Path, known: Mapping[str, Sequence[str]], base: Fraction
) -> DropoutSheet:
    """Read a table of dropout rates, CSV or XLSX.

    Parameters
    ----------
    path : Path
    known : mapping of str to sequence of str
        The values that each feature has.
    base : Fraction
        The chance of somebody of whom nothing is known, below 1.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = read_table(path)
    columns = columns_called(table, COLUMNS)
    faults = list(_header_faults(table, columns))
    if faults:
        raise InputErrors(tuple(faults))
    rows = [
        {meaning: cells[column] for meaning, column in columns.items()}
        for cells in (dict(zip(table.header, texts, strict=True)) for texts in table.rows)
    ]
    faults = [*table.doubts(set(columns.values())), *_cell_faults(table, columns, rows)]
    named = _named(table, columns, rows, known, faults)
    if faults:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    rates = _rates(named, rows, base)
    unnamed = [
        f"{feature}: {value}"
        for feature in sorted({feature for feature, _ in named})
        for value in known[feature]
        if (feature, value) not in named
    ]
    assumed = list(table.assumed)
    if unnamed:
        facts = {"values": listed(unnamed), "share": f"{float(rates.base):.1%}"}
        assumed.append(table.finding(code="dropout-values-unnamed", facts=facts))
    return DropoutSheet(
        rates=rates,
        learnt="rate" not in columns,
        digest=table.digest,
        assumed=tuple(assumed),
    )


def _rates(
    named: Sequence[Value], rows: Sequence[Mapping[str, str]], base: Fraction
) -> DropoutRates:
    if "rate" in rows[0]:
        shares = [share_of(row["rate"]) or Fraction(0) for row in rows]
        return DropoutRates(
            base=base,
            of_values=dict(zip(named, shares, strict=True)),
        )
    return fitted(
        [
            Attended(
                feature=feature,
                value=value,
                selected=int(row["selected"]),
                attended=int(row["attended"]),
            )
            for (feature, value), row in zip(named, rows, strict=True)
        ],
        prior=base,
    )


def _header_faults(table: Table, columns: Mapping[str, str]) -> Iterator[Finding]:
    seen = {"seen": listed(table.header)}
    if not {"feature", "value"} <= set(columns):
        yield table.finding(code="dropout-header-unknown", facts=seen)
    learnt = {"selected", "attended"} & set(columns)
    if ("rate" in columns) == (len(learnt) == len(("selected", "attended"))):
        yield table.finding(code="dropout-header-rates", facts=seen)


def _cell_faults(
    table: Table, columns: Mapping[str, str], rows: Sequence[Mapping[str, str]]
) -> Iterator[Finding]:
    def fault(code: str, number: int, meaning: str, value: str) -> Finding:
        return table.finding(code=code, row=number, column=columns[meaning], value=value)

    for number, row in zip(table.row_numbers, rows, strict=True):
        if "rate" in columns:
            share = share_of(row["rate"])
            if share is None or not 0 <= share <= 1:
                yield fault("dropout-rate-out-of-range", number, "rate", row["rate"])
            continue
        unclear = [m for m in ("selected", "attended") if not WHOLE.fullmatch(row[m])]
        for meaning in unclear:
            yield fault("dropout-count-unclear", number, meaning, row[meaning])
        if not unclear and int(row["attended"]) > int(row["selected"]):
            yield fault("dropout-more-attended", number, "attended", row["attended"])


def _named(
    table: Table,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
    known: Mapping[str, Sequence[str]],
    faults: list[Finding],
) -> list[Value]:
    """The feature and value that each row means, as the quotas spell them."""
    named: list[Value] = []
    first: dict[Value, int] = {}
    for number, row in zip(table.row_numbers, rows, strict=True):
        meant = _meant(table, columns, number, row, known)
        if isinstance(meant, Finding):
            faults.append(meant)
            continue
        before = first.setdefault(meant, number)
        if before != number:
            facts = {"first": before}
            faults.append(
                table.finding(code="dropout-duplicate", row=number, value=meant[1], facts=facts)
            )
        named.append(meant)
    return named


def _meant(
    table: Table,
    columns: Mapping[str, str],
    number: int,
    row: Mapping[str, str],
    known: Mapping[str, Sequence[str]],
) -> Value | Finding:
    by_fold = {fold(feature): feature for feature in known}
    feature = by_fold.get(fold(row["feature"]))
    if feature is None:
        return table.finding(
            code="dropout-feature-unknown",
            row=number,
            column=columns["feature"],
            value=row["feature"],
            facts=suggestion(row["feature"], list(known)),
        )
    value = meanings({row["value"]}, known[feature]).get(row["value"])
    if value is None:
        return table.finding(
            code="dropout-value-unknown",
            row=number,
            column=columns["value"],
            value=row["value"],
            facts={**suggestion(row["value"], known[feature]), "feature": feature},
        )
    return feature, value
