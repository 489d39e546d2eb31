"""Crossed counts with their ages put into bands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.ages import (
    AgeSpan,
    age_span,
    in_order,
    is_age_column,
    missing_ages,
    overlaps,
)
from sortition.steps.quotas.statistics.figures import told
from sortition.steps.quotas.statistics.rows import Cell, Cross
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Banded:
    """A cross whose ages are in bands, and the people whose ages are in none.

    Attributes
    ----------
    cross : Cross
    has_ages : bool
    left_out : Fraction
    assumed : tuple of Finding
    """

    cross: Cross
    has_ages: bool
    left_out: Fraction = Fraction(0)
    assumed: tuple[Finding, ...] = ()


def in_bands(table: Table, cross: Cross, bands: Sequence[AgeSpan]) -> Banded:
    """Put the ages of a cross into bands, and leave out people of other ages.

    Without bands, or without ages in the cross, it stays as it is.

    Raises
    ------
    InputErrors
        If ages overlap, one cannot be read, one reaches out of a band, or one is missing.
    """
    place = next((i for i, name in enumerate(cross.features) if is_age_column(name)), None)
    if place is None:
        return Banded(cross=cross, has_ages=False)
    column = cross.features[place]
    first = {cell.values[place]: cell.row for cell in reversed(cross.cells)}
    spans = {label: span for label in first if (span := age_span(label))}
    faults = [
        table.finding(code="statistics-age-unclear", row=row, column=column, value=label)
        for label, row in first.items()
        if bands and label not in spans
    ]
    ordered = in_order(spans.values())
    for one, other in overlaps(ordered):
        facts: dict[str, str | int] = {"other": other.label}
        faults.append(
            table.finding(
                code="statistics-ages-overlap",
                row=first[one.label],
                column=column,
                value=one.label,
                facts=facts,
            )
        )
    if not faults:
        faults += _misfits(table, column, ordered, bands, first)
    if faults:
        raise InputErrors(tuple(faults))
    if not bands:
        return Banded(cross=cross, has_ages=True)
    found = {
        label: next((band for band in bands if band.holds(span)), None)
        for label, span in spans.items()
    }
    return _gathered(table, cross, place, found, ends=_ends(table, column, ordered, bands))


def _gathered(
    table: Table,
    cross: Cross,
    place: int,
    found: Mapping[str, AgeSpan | None],
    *,
    ends: Iterator[Finding],
) -> Banded:
    cells = []
    left_out = Fraction(0)
    for cell in cross.cells:
        band = found[cell.values[place]]
        if band is None:
            left_out += cell.people
            continue
        values = (*cell.values[:place], band.label, *cell.values[place + 1 :])
        cells.append(Cell(row=cell.row, values=values, people=cell.people))
    assumed = list(ends)
    if left_out:
        facts: dict[str, str | int] = {"people": told(left_out)}
        assumed.append(
            table.finding(
                code="statistics-ages-left-out", column=cross.features[place], facts=facts
            )
        )
    return Banded(
        cross=Cross(features=cross.features, cells=tuple(cells)),
        has_ages=True,
        left_out=left_out,
        assumed=tuple(assumed),
    )


def _misfits(
    table: Table,
    column: str,
    spans: Sequence[AgeSpan],
    bands: Sequence[AgeSpan],
    first: Mapping[str, int],
) -> Iterator[Finding]:
    straddling = False
    for span in spans:
        for band in bands:
            if band.meets(span) and not band.holds(span):
                straddling = True
                facts: dict[str, str | int] = {"band": band.label}
                yield table.finding(
                    code="statistics-age-straddles",
                    row=first[span.label],
                    column=column,
                    value=span.label,
                    facts=facts,
                )
    if straddling:
        return
    for band in bands:
        gap = missing_ages(band, spans)
        if gap is not None:
            last = "and over" if gap.high is None else f"to {gap.high}"
            facts = {"ages": str(gap.low) if gap.high == gap.low else f"{gap.low} {last}"}
            yield table.finding(
                code="statistics-ages-missing", column=column, value=band.label, facts=facts
            )


def _ends(
    table: Table, column: str, spans: Sequence[AgeSpan], bands: Sequence[AgeSpan]
) -> Iterator[Finding]:
    """A band without a highest age has one after all if the statistics end there."""
    highest = spans[-1].high
    for band in bands:
        if band.high is None and highest is not None:
            facts: dict[str, str | int] = {"age": highest}
            yield table.finding(
                code="statistics-ages-end", column=column, value=band.label, facts=facts
            )
