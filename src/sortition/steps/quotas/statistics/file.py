"""One file of population figures, read as the choices want it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.intake import KeyTable
from sortition.steps.quotas.statistics.ages import age_span, is_age_column
from sortition.steps.quotas.statistics.bands import Banded, in_bands
from sortition.steps.quotas.statistics.choices import Choices
from sortition.steps.quotas.statistics.columns import StatisticsColumns, find_statistics_columns
from sortition.steps.quotas.statistics.crossed import read_crossed
from sortition.steps.quotas.statistics.eurostat import (
    is_eurostat,
    is_sdmx,
    read_eurostat,
    read_sdmx,
)
from sortition.steps.quotas.statistics.joined import joined, summed
from sortition.steps.quotas.statistics.json_stat import read_json_stat
from sortition.steps.quotas.statistics.matrix import read_matrix
from sortition.steps.quotas.statistics.px import is_px, read_px
from sortition.steps.quotas.statistics.rows import Chosen, Cross, choose_rows
from sortition.steps.quotas.statistics.totals import without_totals
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import listed
from sortition.tables.reading import read_bytes, read_table
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureCount:
    """How many people have each value of a feature; bands of age come youngest first."""

    feature: str
    people: Mapping[str, Fraction]
    file: str

    @property
    def total(self) -> Fraction:
        """How many people there are."""
        return sum(self.people.values(), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsFile:
    """What was read from one file.

    Attributes
    ----------
    table : Table
    keys : tuple of KeyTable
        Those that were used.
    area, time : str
        Empty if the file names none.
    columns : tuple of str
        What the file could give as a feature.
    features : tuple of FeatureCount
    has_ages : bool
        Whether ages are crossed with the features or one of them.
    left_out : Fraction
        People whose age is in no band.
    assumed : tuple of Finding
        Those of the table among them.
    """

    table: Table = field(repr=False)
    keys: tuple[KeyTable, ...]
    area: str
    time: str
    columns: tuple[str, ...]
    features: tuple[FeatureCount, ...]
    has_ages: bool
    left_out: Fraction
    assumed: tuple[Finding, ...]


def read_statistics_file(path: File, choices: Choices, keys: Sequence[KeyTable]) -> StatisticsFile:
    """Read one file of population figures.

    Parameters
    ----------
    keys : sequence of KeyTable
        What small areas are put together by.

    Raises
    ------
    InputErrors
        With every fault of the file.
    """
    table = _read_cube(path) or read_matrix(path) or read_crossed(path) or read_table(path)
    used: list[KeyTable] = []
    for own in keys:
        if (together := joined(table, own)) is not None:
            table, used = together, [*used, own]
    columns = find_statistics_columns(table)
    asked = columns.area is not None and choices.asks_for(table.file, columns.area)
    by_area = asked and not columns.labels
    chosen = choose_rows(table, columns, area=choices.area, by_area=by_area)
    if used:
        chosen = replace(chosen, crosses=tuple(map(summed, chosen.crosses)))
    faults: list[Finding] = []
    read = [
        banded
        for cross in chosen.crosses
        if any(choices.wants(table.file, name) for name in cross.features)
        and (banded := attempt(faults, partial(_banded, table, cross, choices)))
    ]
    features = [count for banded in read for count in _counts(table, banded, choices)]
    if not choices.bands:
        faults += _single_years(table, features)
    if faults:
        raise InputErrors(tuple(faults))
    assumed = (found for banded in read for found in banded.assumed)
    return StatisticsFile(
        table=table,
        keys=tuple(used),
        area=chosen.area,
        time=chosen.time,
        columns=_available(columns, chosen),
        features=tuple(count for count in features if len(count.people) > 1),
        has_ages=any(banded.has_ages for banded in read),
        left_out=sum((banded.left_out for banded in read), Fraction(0)),
        assumed=(
            *table.assumed,
            *_not_used(table, columns),
            *chosen.assumed,
            *assumed,
            *(_without_ages(table, read) if choices.bands else ()),
            *_of_one_value(table, features),
        ),
    )


def _read_cube(path: File) -> Table | None:
    """The figures of a file in a format of statistical offices; None if it is in none."""
    data = read_bytes(path)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_stat(data, path.name)
    if is_px(data):
        return read_px(data, path.name)
    if is_sdmx(data):
        return read_sdmx(data, path.name)
    return read_eurostat(data, path.name) if is_eurostat(data) else None


def _banded(table: Table, cross: Cross, choices: Choices) -> Banded:
    parts, differing = without_totals(table, cross)
    banded = in_bands(table, parts, choices.bands)
    return replace(banded, assumed=(*differing, *banded.assumed))


def _counts(table: Table, banded: Banded, choices: Choices) -> Iterator[FeatureCount]:
    for place, name in enumerate(banded.cross.features):
        if not choices.wants(table.file, name):
            continue
        people: dict[str, Fraction] = defaultdict(Fraction)
        if choices.bands and is_age_column(name):
            people.update((band.label, Fraction(0)) for band in choices.bands)
        for cell in banded.cross.cells:
            people[cell.values[place]] += cell.people
        yield FeatureCount(feature=name, people=dict(people), file=table.file)


def _available(columns: StatisticsColumns, chosen: Chosen) -> tuple[str, ...]:
    area = (columns.area,) if columns.area and not columns.labels else ()
    return tuple(
        dict.fromkeys((*area, *(name for cross in chosen.crosses for name in cross.features)))
    )


def _single_years(table: Table, features: Sequence[FeatureCount]) -> Iterator[Finding]:
    for count in features:
        spans = [span for label in count.people if (span := age_span(label))]
        if is_age_column(count.feature) and sum(span.low == span.high for span in spans) > 1:
            yield table.finding(code="statistics-ages-single", column=count.feature)


def _without_ages(table: Table, read: Sequence[Banded]) -> Iterator[Finding]:
    names = [name for banded in read if not banded.has_ages for name in banded.cross.features]
    if names:
        facts = {"features": ", ".join(names)}
        yield table.finding(code="statistics-without-ages", facts=facts)


def _not_used(table: Table, columns: StatisticsColumns) -> Iterator[Finding]:
    if columns.unused:
        facts = {"columns": listed(columns.unused)}
        yield table.finding(code="quota-columns-not-used", facts=facts)


def _of_one_value(table: Table, features: Sequence[FeatureCount]) -> Iterator[Finding]:
    for count in features:
        if len(count.people) == 1:
            (value,) = count.people
            yield table.finding(code="statistics-one-value", column=count.feature, value=value)
