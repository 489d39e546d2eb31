"""Quotas from population figures: read, apportion, write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition import __version__
from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.steps.quotas.apportioned import (
    METHOD_TITLES,
    Apportionment,
    apportioned,
    too_few_seats,
)
from sortition.steps.quotas.page import quotas_html
from sortition.steps.quotas.statistics.choices import Choices, read_choices
from sortition.steps.quotas.statistics.figures import told
from sortition.steps.quotas.statistics.reading import Statistics, read_statistics
from sortition.steps.quotas.writing import QuotaLine, quota_csv
from sortition.tables.content import File
from sortition.tables.faults import attempt, too_low
from sortition.tables.reading import WORKBOOK_SUFFIXES, read_table
from sortition.tables.written.results import destination_faults, write_files
from sortition.texts import say

PAGE_SUFFIX = ".html"


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
        The quota file; None: none is written.
    page : Path or None
        The same for people, with a picture; None: none is written.
    language : {"en", "da"}
        Of the header and the notes of the file, and of the page.
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
    page: Path | None = None
    language: Language = "en"
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

    def notes(self, language: Language = "en") -> tuple[str, ...]:
        """The same, as the quota file says it."""
        return tuple(say(found, language).text for found in self.provenance)


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
    faults += [*too_low("--width", rule.width, 0), *too_low("--at-least", rule.at_least, 0)]
    read = attempt(faults, partial(_read, options))
    if read is not None and rule.panel_size >= 1:
        faults += too_few_seats(read[1], rule)
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
    _write(made, options)
    return made


def _write(made: MadeQuotas, options: QuotasOptions) -> None:
    """Write the file and the page, those of one folder both or neither."""
    folders: dict[Path, dict[str, bytes]] = {}
    if options.out is not None:
        content = quota_csv(
            made.lines,
            made.notes(options.language),
            like=made.statistics.files[0].table,
            language=options.language,
        )
        folders.setdefault(options.out.parent, {})[options.out.name] = content
    if options.page is not None:
        html = quotas_html(
            made.lines,
            panel_size=options.apportionment.panel_size,
            width=options.apportionment.width,
            provenance=made.provenance,
            assumed=made.statistics.assumed,
            language=options.language,
        )
        folders.setdefault(options.page.parent, {})[options.page.name] = html.encode()
    for folder, files in folders.items():
        write_files(folder, files, overwrite=options.overwrite)


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


def _destination_faults(options: QuotasOptions) -> list[Finding]:
    faults = []
    if options.out is not None and options.out.suffix.casefold() in WORKBOOK_SUFFIXES:
        faults.append(Finding(code="quotas-out-not-csv", file=str(options.out)))
    if options.page is not None and options.page.suffix.casefold() != PAGE_SUFFIX:
        faults.append(Finding(code="quotas-page-not-html", file=str(options.page)))
    if faults:
        return faults
    for target in (options.out, options.page):
        if target is not None:
            faults += destination_faults(
                target.parent, options.overwrite, names=(target.name,), inputs=options.statistics
            )
    return faults


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
        left_out = told(file.left_out) if file.left_out else ""
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
