"""One check from files to files: read, check, write."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import Inputs, as_text, read_inputs
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.instance.quotas.shares import PopulationShares, read_shares, shares_in_quotas
from sortition.instance.reading import Reading
from sortition.model import Language, Quotas, SolverName
from sortition.selection.record import software_versions
from sortition.steps.check.demographics import represented
from sortition.steps.check.document import CheckContext, CheckedFile, check_json
from sortition.steps.check.page import check_html
from sortition.steps.check.pool import check_pool
from sortition.steps.check.relaxed import relaxed_csv
from sortition.steps.check.result import Check
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.written.lists import csv_delimiter
from sortition.tables.written.results import destination_faults, write_files

PAGE, DOCUMENT = "check.html", "check.json"
NOT_USED = "quota-columns-not-used"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What a check was asked to do.

    Attributes
    ----------
    quotas : File
    quotas_sheet : str or None
        The sheet of a workbook, if it was named.
    panel_size : int
    inputs : Inputs or None
        The pool with the same quotas and panel size, and how they are read; None: there is no
        pool.
    population : File or None
        Shares of the population; None: the quota file may have them.
    solver : {"highs", "cbc"}
    language : {"en", "da"}
        Of the page.
    out : Path or None
        The folder for page and document; None: they are not written.
    write_relaxed : Path or None
        Where the proposed quotas go if no panel meets those that there are.
    overwrite : bool
        Whether former results may be replaced.
    """

    quotas: File
    quotas_sheet: str | None
    panel_size: int
    inputs: Inputs | None
    population: File | None
    solver: SolverName
    language: Language
    out: Path | None
    write_relaxed: Path | None
    overwrite: bool

    @property
    def paths(self) -> tuple[File, ...]:
        """The files that are read."""
        read = (self.quotas,) if self.inputs is None else self.inputs.paths
        return (*read, *(() if self.population is None else (self.population,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A check, and what came with it.

    Attributes
    ----------
    check : Check
    document : bytes
        As it is written to a folder.
    assumed : tuple of Finding
    relaxed : bool
        Whether relaxed quotas were written.
    """

    check: Check
    document: bytes
    assumed: tuple[Finding, ...]
    relaxed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    quotas: Quotas
    quota_file: CheckedFile
    delimiter: str
    pool: Reading | None
    population: PopulationShares | None
    assumed: tuple[Finding, ...]


def check_inputs(options: CheckOptions, progress: Progress) -> Checked:
    """Check quotas against a population and a pool, and write what was asked for.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destinations; nothing is written.
    SolverFailed
    """
    progress.phase("read")
    read = _read(options)
    pool = None
    if read.pool is not None:
        pool = check_pool(read.pool.instance, solver=options.solver, progress=progress)
    shares = {} if read.population is None else read.population.shares
    check = Check(
        quotas=read.quotas,
        panel_size=options.panel_size,
        represented=represented(read.quotas, shares, options.panel_size),
        pool=pool,
    )
    context = _context(options, read)
    document = check_json(check, context=context)
    progress.phase("write")
    relaxed = _relaxed(options, check, read.delimiter)
    if relaxed is not None and options.write_relaxed is not None:
        files = {options.write_relaxed.name: relaxed}
        write_files(options.write_relaxed.parent, files, overwrite=options.overwrite)
    if options.out is not None:
        page = check_html(check, context=context, language=options.language)
        files = {PAGE: page.encode(), DOCUMENT: document}
        write_files(options.out, files, overwrite=options.overwrite)
    return Checked(
        check=check, document=document, assumed=read.assumed, relaxed=relaxed is not None
    )


def _relaxed(options: CheckOptions, check: Check, delimiter: str) -> bytes | None:
    """The proposal, if one was asked for and there is one that respects the flex bounds."""
    why = check.infeasible
    if options.write_relaxed is None or why is None or not why.relaxations or why.beyond_flex:
        return None
    return relaxed_csv(check.quotas.rows, why.relaxations, delimiter=delimiter)


def _read(options: CheckOptions) -> _Read:
    faults = list(_destination_faults(options))
    of_quotas: list[Finding] = []
    sheet = attempt(of_quotas, partial(_sheet, options))
    if options.panel_size < 1:
        fault = Finding(code="panel-size-not-positive", value=str(options.panel_size))
        of_quotas.append(fault)
    elif sheet is not None:
        of_quotas += sheet.size_faults(options.panel_size)
    pool = population = None
    if options.inputs is None:
        faults += of_quotas
    else:
        pool = attempt(faults, partial(read_inputs, options.inputs))  # with those of the quotas
    if sheet is not None:
        population = attempt(faults, partial(_population, options, sheet))
    if faults or sheet is None:
        raise InputErrors(tuple(faults))
    return _Read(
        quotas=sheet.quotas if pool is None else pool.instance.quotas,
        quota_file=CheckedFile(name=as_text(options.quotas.name), sha256=sheet.table.digest),
        delimiter=csv_delimiter(sheet.table),
        pool=pool,
        population=population,
        assumed=_assumed(sheet.assumed if pool is None else pool.assumed, population),
    )


def _sheet(options: CheckOptions) -> QuotaSheet:
    return read_quota_sheet(options.quotas, max(options.panel_size, 1), options.quotas_sheet)


def _population(options: CheckOptions, sheet: QuotaSheet) -> PopulationShares | None:
    if options.population is not None:
        return read_shares(options.population, sheet.quotas)
    return shares_in_quotas(sheet.table, sheet.quotas)


def _assumed(
    of_files: Collection[Finding], population: PopulationShares | None
) -> tuple[Finding, ...]:
    """What was assumed. A column that is read as the population is not one that is not used."""
    if population is None:
        return tuple(of_files)
    said = {finding.code for finding in population.assumed}
    if "population-in-quotas" in said:
        of_files = [finding for finding in of_files if finding.code != NOT_USED]
    return (*of_files, *population.assumed)


def _destination_faults(options: CheckOptions) -> Iterator[Finding]:
    overwrite, inputs = options.overwrite, options.paths
    yield from destination_faults(options.out, overwrite, names=(PAGE, DOCUMENT), inputs=inputs)
    relaxed = options.write_relaxed
    if relaxed is not None:
        if relaxed.suffix.casefold() != ".csv":
            yield Finding(code="relaxed-not-csv", file=as_text(str(relaxed)))
        if options.inputs is None:
            yield Finding(code="check-needs-pool")
        name, home = relaxed.name, relaxed.parent
        yield from destination_faults(home, overwrite, names=(name,), inputs=inputs)


def _context(options: CheckOptions, read: _Read) -> CheckContext:
    asked: dict[str, object] = (
        {"size": options.panel_size} if options.inputs is None else options.inputs.document()
    )
    pool = None
    if options.inputs is not None and read.pool is not None:
        pool = CheckedFile(name=options.inputs.pool_file, sha256=read.pool.digests["pool"])
    population = None
    if read.population is not None:
        name = as_text(read.population.file)
        population = CheckedFile(name=name, sha256=read.population.digest)
    return CheckContext(
        pool=pool,
        quotas=read.quota_file,
        population=population,
        options={
            **asked,
            "solver": options.solver,
            "language": options.language,
        },
        assumptions=read.assumed,
        versions=software_versions(options.solver),
    )
