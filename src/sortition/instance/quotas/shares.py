"""The population's shares by feature and value: a table of its own, or a column of the quotas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.columns import find_quota_columns, label_columns, label_headers
from sortition.instance.quotas.rows import is_percentage, percentage
from sortition.model import Quotas
from sortition.tables.content import File
from sortition.tables.labels import fold, listed, nfc, squeeze
from sortition.tables.numbers import with_thousands
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.values import suggestion

PEOPLE_HEADERS = ("population", "befolkning", "people", "antal", "count")
SHARE_HEADERS = ("share", "andel", "%", "percent", "procent", "pct")
IN_QUOTAS = ("population", "befolkning")  # any other could be a bound
MOST_DIGITS = 15  # of a number of people
TOLERANCE = Fraction(1, 100)  # published shares are rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationShares:
    """What a file says of the population.

    Attributes
    ----------
    shares : mapping of (str, str) to Fraction
        By feature and value as the quotas spell them; those of a feature add up to 1.
    file : str
        Its name, without its folder.
    digest : str
        SHA-256 of its bytes.
    assumed : tuple of Finding
    """

    shares: Mapping[tuple[str, str], Fraction]
    file: str
    digest: str
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    row: int
    feature: str
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    feature: str
    value: str
    figure: str
    people: bool


def read_shares(path: File, quotas: Quotas) -> PopulationShares:
    """Read a table ``feature,value`` with a column ``population`` or ``share``, CSV or XLSX.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = read_table(path, headed=lambda row: bool(label_headers(row)))
    return _shares(table, _columns(table), quotas, table.assumed)


def shares_in_quotas(table: Table, quotas: Quotas) -> PopulationShares | None:
    """Read the column ``population`` of a table of quotas; None if it has none.

    Raises
    ------
    InputErrors
        With every fault of the column.
    """
    named = [name for name in table.header if squeeze(name) in IN_QUOTAS]
    if len(named) != 1:
        return None
    found = find_quota_columns(table)
    columns = _Columns(feature=found.feature, value=found.value, figure=named[0], people=True)
    assumed = [table.finding(code="population-in-quotas", column=named[0])]
    unused = [name for name in table.header if name not in {*found.names, named[0]}]
    if unused:
        facts = {"columns": listed(unused)}
        assumed.append(table.finding(code="quota-columns-not-used", facts=facts))
    return _shares(table, columns, quotas, assumed)


def _columns(table: Table) -> _Columns:
    names = {squeeze(name): name for name in table.header}
    labels = label_columns(table.header)
    people = [name for name in PEOPLE_HEADERS if name in names]
    figures = people or [name for name in SHARE_HEADERS if name in names]
    if len(labels) != 2 or len(figures) != 1:
        raise InputErrors(
            (table.finding(code="population-header", facts={"seen": listed(table.header)}),)
        )
    return _Columns(
        feature=labels[0],
        value=labels[1],
        figure=names[figures[0]],
        people=bool(people),
    )


def _shares(
    table: Table, columns: _Columns, quotas: Quotas, assumed: Sequence[Finding]
) -> PopulationShares:
    by_fold = {
        (fold(quota.feature), fold(quota.value)): (quota.feature, quota.value)
        for quota in quotas.rows
        if not quota.parts
    }
    features = {fold(feature): feature for feature in quotas.features}
    told = list(_figures(table, columns))
    rows = [one for one in told if fold(one.feature) in features]
    figures = [one for one in rows if one.text]
    faults = [*_cell_faults(table, columns, rows), *_label_faults(table, quotas, rows)]
    numbers: dict[tuple[str, str], Fraction] = {}
    if not faults:
        for one in figures:
            label = by_fold[fold(one.feature), fold(one.value)]
            numbers[label] = _people(one.text) if columns.people else percentage(one.text)
        faults += _total_faults(table, columns, numbers)
    if faults:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    totals = _totals(numbers)
    return PopulationShares(
        shares={label: number / totals[label[0]] for label, number in numbers.items()},
        file=table.file,
        digest=table.digest,
        assumed=(*assumed, *_blank(table, columns, rows), *_left_out(table, told, quotas)),
    )


def _figures(table: Table, columns: _Columns) -> Iterator[_Figure]:
    """What the rows say; comments, as quota files have them, say nothing."""
    for number, texts in zip(table.row_numbers, table.rows, strict=True):
        if texts[0].startswith("#") and not any(texts[1:]):
            continue
        cells = dict(zip(table.header, texts, strict=True))
        yield _Figure(
            row=number,
            feature=nfc(cells[columns.feature]),
            value=nfc(cells[columns.value]),
            text=cells[columns.figure],
        )


def _cell_faults(table: Table, columns: _Columns, figures: Sequence[_Figure]) -> Iterator[Finding]:
    rows = {one.row for one in figures}
    doubts = [d for d in table.doubts({columns.value, columns.figure}) if d.row in rows]
    yield from doubts
    fits = _are_people if columns.people else is_percentage
    code = "population-not-people" if columns.people else "population-not-share"
    for one in figures:
        if one.text and not fits(one.text) and one.row not in {doubt.row for doubt in doubts}:
            yield table.finding(code=code, row=one.row, column=columns.figure, value=one.text)


def _blank(table: Table, columns: _Columns, rows: Sequence[_Figure]) -> Iterator[Finding]:
    """Values that nobody counted, such as those that an intake adds."""
    values = [f"{one.feature}: {one.value}" for one in rows if not one.text]
    if values:
        facts = {"values": listed(values)}
        yield table.finding(code="population-blank", column=columns.figure, facts=facts)


def _label_faults(table: Table, quotas: Quotas, figures: Sequence[_Figure]) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for one in figures:
        feature = next(name for name in quotas.features if fold(name) == fold(one.feature))
        labels = [quota.value for quota in quotas.of(feature)]
        at = partial(table.finding, row=one.row, value=one.value)
        if fold(one.value) not in map(fold, labels):
            facts = suggestion(one.value, labels)
            yield at(code="population-value-unknown", facts=facts)
        before = first.setdefault((feature, fold(one.value)), one.row)
        if before != one.row:
            earlier: dict[str, str | int] = {"feature": feature, "first": before}
            yield at(code="population-duplicate", facts=earlier)
    for feature in sorted({feature for feature, _ in first}):
        for quota in quotas.of(feature):
            if (feature, fold(quota.value)) not in first:
                yield table.finding(
                    code="population-value-absent", value=quota.value, facts={"feature": feature}
                )


def _totals(numbers: Mapping[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    totals: dict[str, Fraction] = {}
    for (feature, _), number in numbers.items():
        totals[feature] = totals.get(feature, Fraction(0)) + number
    return totals


def _total_faults(
    table: Table, columns: _Columns, numbers: Mapping[tuple[str, str], Fraction]
) -> Iterator[Finding]:
    for feature, total in sorted(_totals(numbers).items()):
        fits = any(abs(total - whole) <= TOLERANCE * whole for whole in (1, 100))
        if not total or not (columns.people or fits):
            facts = {"feature": feature, "total": f"{float(total):g}"}
            yield table.finding(code="population-total", column=columns.figure, facts=facts)


def _left_out(table: Table, figures: Sequence[_Figure], quotas: Quotas) -> Iterator[Finding]:
    """What the quotas do not ask about, and what they ask about in vain."""
    told = {fold(one.feature): one.feature for one in figures}
    wanted = {fold(feature): feature for feature in quotas.features}
    unused = sorted(text for name, text in told.items() if name not in wanted)
    absent = sorted(feature for name, feature in wanted.items() if name not in told)
    if unused:
        yield table.finding(code="population-not-used", facts={"features": listed(unused)})
    if absent:
        yield table.finding(code="population-absent", facts={"features": listed(absent)})


def _people(text: str) -> Fraction:
    """The most people that it may be: zeros behind a sign are thousands, for people come whole."""
    return max(_wholes(text))


def _are_people(text: str) -> bool:
    return bool(_wholes(text)) and sum(map(str.isdigit, text)) <= MOST_DIGITS


def _wholes(text: str) -> list[Fraction]:
    return [read for read in with_thousands(text).values() if read.denominator == 1]
