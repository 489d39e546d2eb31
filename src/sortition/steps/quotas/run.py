"""Quotas from population figures: read, apportion, write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import lcm
from pathlib import Path
from typing import Literal

from sortition import __version__
from sortition.audit.documents import indented
from sortition.core.apportionment import hamilton, sainte_lague
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.choices import Choices, read_choices
from sortition.steps.quotas.statistics.figures import figure
from sortition.steps.quotas.statistics.file import FeatureCount, StatisticsFile
from sortition.steps.quotas.statistics.reading import Statistics, read_statistics
from sortition.steps.quotas.writing import QuotaLine, quota_csv
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.reading import WORKBOOK_SUFFIXES, read_table
from sortition.tables.written.results import destination_faults, write_files
from sortition.texts import describe

MethodName = Literal["sainte-lague", "hamilton"]
METHODS = {"sainte-lague": sainte_lague, "hamilton": hamilton}
METHOD_TITLES: dict[MethodName, str] = {"sainte-lague": "Sainte-Laguë", "hamilton": "Hamilton"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportionment:
    """How seats and bounds are made.

    Attributes
    ----------
    panel_size : int
    method : {"sainte-lague", "hamilton"}
    at_least : int
        How many seats each value gets that anybody has; its minimum is not lower.
    width : int
        How far the bounds are from the apportioned seats.
    """

    panel_size: int
    method: MethodName = "sainte-lague"
    at_least: int = 0
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotasOptions:
    """What was asked for.

    Attributes
    ----------
    statistics : sequence of File
    ages, features, names : sequence of str
    area : str or None
        See `sortition.steps.quotas.statistics.choices.read_choices`.
    apportionment : Apportionment
    tables : sequence of File
        Keys and what they stand for, such as parish and district.
    out : Path or None
        The quota file; None: nothing is written.
    overwrite : bool
    """

    statistics: Sequence[File]
    ages: Sequence[str]
    area: str | None
    features: Sequence[str]
    names: Sequence[str]
    apportionment: Apportionment
    tables: Sequence[File] = ()
    out: Path | None
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeQuotas:
    """Quotas, and what they were made from.

    Attributes
    ----------
    lines : tuple of QuotaLine
        In the order of the files.
    statistics : Statistics
    choices : Choices
    provenance : tuple of Finding
        Where the figures come from and how the seats were given.
    """

    lines: tuple[QuotaLine, ...]
    statistics: Statistics
    choices: Choices
    provenance: tuple[Finding, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """The same, as the quota file says it."""
        return tuple(map(describe, self.provenance))


def make_quotas(options: QuotasOptions) -> MadeQuotas:
    """Make quotas from population figures, and write them if asked to.

    Raises
    ------
    InputErrors
        With every fault of the files, the options and the destination; nothing is written.
    """
    faults = _destination_faults(options)
    rule = options.apportionment
    if rule.panel_size < 1:
        faults.append(Finding(code="panel-size-not-positive", value=str(rule.panel_size)))
    read = attempt(faults, partial(_read, options))
    if read is not None and rule.panel_size >= 1:
        faults += _too_few_seats(read[1], rule)
    if faults or read is None:
        raise InputErrors(tuple(faults))
    choices, statistics = read
    lines = tuple(line for count in statistics.features for line in apportioned(count, rule))
    made = MadeQuotas(
        lines=lines,
        statistics=statistics,
        choices=choices,
        provenance=tuple(_provenance(statistics, choices, rule)),
    )
    if options.out is not None:
        content = quota_csv(lines, made.notes, like=statistics.files[0].table)
        files = {options.out.name: content}
        write_files(options.out.parent, files, overwrite=options.overwrite)
    return made


def _read(options: QuotasOptions) -> tuple[Choices, Statistics]:
    faults: list[Finding] = []
    choices = attempt(
        faults,
        partial(
            read_choices,
            ages=options.ages,
            area=options.area,
            features=options.features,
            names=options.names,
        ),
    )
    if choices is None:  # what the files hold depends on the choices, but not whether they are
        for path in options.statistics:
            attempt(faults, partial(read_table, path))
        raise InputErrors(tuple(faults))
    return choices, read_statistics(options.statistics, choices, options.tables)


def apportioned(count: FeatureCount, rule: Apportionment) -> Iterator[QuotaLine]:
    """The quotas of one feature, in its order; the order does not decide any of them.

    The minimums add up to at most the panel size, and the maximums to at least it.
    """
    values = sorted(count.people)
    # the same proportions in whole numbers
    denominator = lcm(*(people.denominator for people in count.people.values()))
    counts = [int(count.people[value] * denominator) for value in values]
    given = METHODS[rule.method](counts, rule.panel_size, at_least=rule.at_least)
    seats = dict(zip(values, given, strict=True))
    for value, people in count.people.items():
        yield QuotaLine(
            feature=count.feature,
            value=value,
            lower=max(seats[value] - rule.width, min(rule.at_least, seats[value])),
            upper=min(seats[value] + rule.width, rule.panel_size),
            people=people,
            share=people / count.total,
            seats=seats[value],
        )


def quotas_json(made: MadeQuotas, options: QuotasOptions) -> bytes:
    """The quotas and what they were made from, as JSON; shares are pairs of whole numbers."""
    rule, choices = options.apportionment, made.choices
    return indented(
        {
            "schema": "sortition-quotas/1",
            "version": __version__,
            "size": rule.panel_size,
            "method": rule.method,
            "at_least": rule.at_least,
            "width": rule.width,
            "ages": [band.label for band in choices.bands],
            "names": dict(choices.names),
            "quotas": [_line_document(line) for line in made.lines],
            "sources": [_source_document(file) for file in made.statistics.files],
            "assumed": [describe(found) for found in made.statistics.assumed],
        }
    )


def _line_document(line: QuotaLine) -> dict[str, object]:
    return {
        "feature": line.feature,
        "value": line.value,
        "min": line.lower,
        "max": line.upper,
        "population": figure(line.people),
        "share": [line.share.numerator, line.share.denominator],
        "seats": line.seats,
    }


def _source_document(file: StatisticsFile) -> dict[str, object]:
    return {
        "file": file.table.file,
        "sheet": file.table.sheet,
        "sha256": file.table.digest,
        "area": file.area,
        "time": file.time,
        "features": [count.feature for count in file.features],
        "left_out": figure(file.left_out),
    }


def _destination_faults(options: QuotasOptions) -> list[Finding]:
    if options.out is None:
        return []
    if options.out.suffix.casefold() in WORKBOOK_SUFFIXES:
        return [Finding(code="quotas-out-not-csv", file=str(options.out))]
    return destination_faults(
        options.out.parent,
        options.overwrite,
        names=(options.out.name,),
        inputs=options.statistics,
    )


def _too_few_seats(statistics: Statistics, rule: Apportionment) -> Iterator[Finding]:
    for count in statistics.features:
        held = sum(1 for people in count.people.values() if people)
        if held * rule.at_least > rule.panel_size:
            facts = {"values": held, "least": rule.at_least, "size": rule.panel_size}
            yield Finding(
                code="quotas-too-few-seats", file=count.file, column=count.feature, facts=facts
            )


def _provenance(statistics: Statistics, choices: Choices, rule: Apportionment) -> Iterator[Finding]:
    facts: dict[str, str | int] = {
        "size": rule.panel_size,
        "version": __version__,
        "method": METHOD_TITLES[rule.method],
        "width": rule.width,
        "least": rule.at_least or "",
    }
    yield Finding(code="quotas-made", facts=facts)
    for file in statistics.files:
        left_out = figure(file.left_out) if file.left_out else ""
        ages = ", ".join(band.label for band in choices.bands) if file.has_ages else ""
        facts = {
            "name": file.table.file,
            "page": file.table.sheet,
            "features": ", ".join(count.feature for count in file.features),
            "area": file.area,
            "time": file.time,
            "ages": ages,
            "people": left_out,
            "digest": file.table.digest,
        }
        yield Finding(code="quotas-source", facts=facts)
