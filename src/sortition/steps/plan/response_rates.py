"""How strata answer: a table with a row a stratum, as plans and invitations read it.

The columns of features say which stratum a row is about; ``rate`` gives its rate, or ``invited``
and ``answered`` what came back from an earlier wave; ``population`` says how many people there
are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.plan.figures import rate_fault
from sortition.steps.plan.response import Response, ResponseTable
from sortition.tables.columns import columns_called
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, listed
from sortition.tables.numbers import share_of
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.values import read_free_values, read_values

COLUMNS = {
    "population": ("population", "befolkning", "antal"),
    "rate": ("rate", "response rate", "response_rate", "svarprocent", "svarandel"),
    "invited": ("invited", "inviteret", "inviterede"),
    "answered": ("answered", "svaret", "svar"),
}
COUNTS = ("population", "invited", "answered")
WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The values of a feature that are known already, as they are to be spelled.

    Attributes
    ----------
    values : tuple of str
    others : bool
        Whether other values will do as well.
    """

    values: tuple[str, ...]
    others: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSheet:
    """Strata and where they are written.

    Attributes
    ----------
    responses : ResponseTable
        The features and values are spelled as those who asked for them do.
    table : Table
    columns : mapping of str to str
        The name in the file, for those of ``population``, ``rate``, ``invited`` and ``answered``
        that are there.
    assumed : tuple of Finding
        Those of the table among them.
    """

    responses: ResponseTable
    table: Table
    columns: Mapping[str, str]
    assumed: tuple[Finding, ...]


def read_response_rates(path: File, labels: Mapping[str, Known]) -> ResponseSheet:
    """Read a table of response rates, CSV or XLSX.

    Parameters
    ----------
    path : File
    labels : mapping of str to Known
        The features that can make strata.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = read_table(path)
    columns = columns_called(table, COLUMNS)
    by_fold = {fold(feature): feature for feature in labels}
    features = {
        by_fold[fold(name)]: name
        for name in table.header
        if fold(name) in by_fold and name not in columns.values()
    }
    faults = list(_header_faults(table, columns, features, labels))
    assumed = list(_assumed(table, columns, features))
    values = []
    for feature, column in features.items():
        read = attempt(faults, partial(read_known, table, column, labels[feature]))
        if read:
            values.append(read[0])
            assumed += read[1]
    cells = _cells(table, columns, faults)
    if features and len(values) == len(features):
        faults += _duplicates(table, values)
    if faults:
        raise InputErrors(tuple(faults))
    return ResponseSheet(
        responses=ResponseTable(
            features=tuple(features),
            strata=tuple(
                Response(
                    values=tuple(column[place] for column in values),
                    population=_whole(row.get("population", "")),
                    rate=share_of(row["rate"]) if row.get("rate") else None,
                    invited=_whole(row.get("invited", "")) or 0,
                    answered=_whole(row.get("answered", "")) or 0,
                )
                for place, row in enumerate(cells)
            ),
        ),
        table=table,
        columns=columns,
        assumed=(*table.assumed, *assumed),
    )


def read_known(
    table: Table, column: str, known: Known
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The value of each row in the spelling that is known, and what was assumed.

    Raises
    ------
    InputErrors
        With every cell that is blank or doubtful, or not known though it must be.
    """
    if not known.others:
        return read_values(table, column, known.values)
    values, assumed = read_free_values(table, column, ())
    spelled = {fold(value): value for value in known.values}
    return tuple(spelled.get(fold(value), value) for value in values), assumed


def _header_faults(
    table: Table,
    columns: Mapping[str, str],
    features: Mapping[str, str],
    labels: Mapping[str, Known],
) -> Iterator[Finding]:
    seen = {"seen": listed(table.header)}
    if labels and not features:  # nothing is known where the quotas could not be read
        facts = {**seen, "known": listed(labels)}
        yield table.finding(code="rates-without-features", facts=facts)
    for first, second in (("invited", "answered"), ("answered", "invited")):
        if first in columns and second not in columns:
            facts = {"missing": second}
            yield table.finding(code="rates-half-a-wave", column=columns[first], facts=facts)
    if not {"rate", "invited", "answered"} & set(columns):
        yield table.finding(code="rates-header-unknown", facts=seen)


def _assumed(
    table: Table, columns: Mapping[str, str], features: Mapping[str, str]
) -> Iterator[Finding]:
    unused = [n for n in table.header if n not in {*columns.values(), *features.values()}]
    if unused:
        yield table.finding(code="rates-columns-not-used", facts={"columns": listed(unused)})
    for feature, column in features.items():
        if feature != column:
            yield table.finding(code="column-matched", column=column, value=feature)


def _cells(table: Table, columns: Mapping[str, str], faults: list[Finding]) -> list[dict[str, str]]:
    """The cells of each row by what they mean, with what is wrong with them."""
    doubts = table.doubts(set(columns.values()))
    faults += doubts
    doubted = {(doubt.row, doubt.column) for doubt in doubts}
    rows = []
    for number, texts in zip(table.row_numbers, table.rows, strict=True):
        named = dict(zip(table.header, texts, strict=True))
        cells = {meaning: named[column] for meaning, column in columns.items()}
        rows.append(cells)
        for meaning, code in _cell_faults(cells):
            column = columns.get(meaning, "")
            if (number, column) not in doubted:
                value = cells.get(meaning, "")
                faults.append(table.finding(code=code, row=number, column=column, value=value))
    if not faults:
        faults += _nothing_to_learn(table, columns, rows)
    return rows


def _cell_faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a cell means and the code of its fault; a row without a rate has no cell of its own."""
    for meaning in COUNTS:
        if cells.get(meaning) and not WHOLE.fullmatch(cells[meaning]):
            yield meaning, "rates-count-unclear"
    invited, answered = (cells.get(meaning, "") for meaning in ("invited", "answered"))
    if bool(invited) != bool(answered):
        yield ("answered" if invited else "invited"), "rates-half-blank"
    elif WHOLE.fullmatch(invited) and WHOLE.fullmatch(answered) and int(answered) > int(invited):
        yield "answered", "rates-more-answered"
    if cells.get("rate"):
        fault = rate_fault(cells["rate"])
        if fault:
            yield "rate", fault
    elif not invited and not answered and {"rate", "invited"} & set(cells):
        yield "rate", "rate-missing"


def _nothing_to_learn(
    table: Table, columns: Mapping[str, str], rows: Sequence[Mapping[str, str]]
) -> Iterator[Finding]:
    learning = any(not row.get("rate") for row in rows)
    if learning and not any(int(row.get("answered") or 0) for row in rows):
        yield table.finding(code="rates-nobody-answered", column=columns["answered"])


def _duplicates(table: Table, values: Sequence[Sequence[str]]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for number, stratum in zip(table.row_numbers, zip(*values, strict=True), strict=True):
        before = first.setdefault(stratum, number)
        if before != number:
            words = ", ".join(stratum)
            yield table.finding(
                code="stratum-duplicate", row=number, value=words, facts={"first": before}
            )


def _whole(text: str) -> int | None:
    return int(text) if text else None
