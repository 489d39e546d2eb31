"""One comparison from files to files: read, compare, write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.instance.inputs import Inputs, read_inputs
from sortition.instance.reading import Reading
from sortition.model import Language, assuming
from sortition.selection.compared import Comparison
from sortition.selection.comparison import compare
from sortition.selection.preparation import Rules
from sortition.selection.record import software_versions
from sortition.steps.compare.context import CompareContext
from sortition.steps.compare.document import compare_json
from sortition.steps.compare.page import compare_html
from sortition.steps.select import read_participation
from sortition.tables.faults import too_low
from sortition.tables.written.results import destination_faults, write_files

PAGE, DOCUMENT = "compare.html", "compare.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """What a comparison was asked to do.

    Attributes
    ----------
    inputs : Inputs
    rules : Rules
        How the lotteries are made; every objective takes its turn.
    rates : Path or None
        The chances of coming into the pool, to compare population too.
    draws : int
        How many panels the greedy rule draws.
    lies : int
        How many false answers are tried under each objective; 0: none.
    language : {"en", "da"}
        Of the page.
    out : Path or None
        The folder for page and document; None: nothing is written.
    overwrite : bool
        Whether a former comparison may be replaced.
    """

    inputs: Inputs
    rules: Rules
    rates: Path | None
    draws: int
    lies: int
    language: Language
    out: Path | None
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison, and what was assumed for it."""

    comparison: Comparison
    assumed: tuple[Finding, ...]


def compare_files(options: CompareOptions, progress: Progress) -> Compared:
    """Compare the rules on a pool and its quotas, and write page and document if asked to.

    Raises
    ------
    InputErrors
        With every fault of the inputs and, if anything is to be written, of the folder.
    InfeasibleQuotas
    SolverFailed
    """
    progress.phase("read")
    reading = _read(options)
    rates = None if options.rates is None else read_participation(options.rates, reading.instance)
    with assuming(reading.assumed):
        comparison = compare(
            reading.instance,
            options.rules,
            draws=options.draws,
            progress=progress,
            aims=rates.aims if rates else None,
            lies=options.lies,
        )
    assumed = (*reading.assumed, *(rates.assumed if rates else ()), *comparison.gave_way)
    if options.out is not None:
        progress.phase("write")
        context = _context(options, reading, assumed)
        page = compare_html(comparison, context=context, language=options.language)
        files = {PAGE: page.encode(), DOCUMENT: compare_json(comparison, context=context)}
        write_files(options.out, files, overwrite=options.overwrite)
    return Compared(comparison=comparison, assumed=assumed)


def _read(options: CompareOptions) -> Reading:
    faults = destination_faults(
        options.out,
        options.overwrite,
        names=(PAGE, DOCUMENT),
        inputs=(*options.inputs.paths, *((options.rates,) if options.rates else ())),
    )
    faults += too_low("--draws", options.draws, 1)
    return read_inputs(options.inputs, faults)


def _context(
    options: CompareOptions, reading: Reading, assumed: tuple[Finding, ...]
) -> CompareContext:
    rules = options.rules
    return CompareContext(
        files={"pool": options.inputs.pool_file, "quotas": options.inputs.quotas_file},
        digests=reading.digests,
        options={
            **options.inputs.document(),
            "gamma": rules.gamma,
            "tickets": rules.tickets,
            "solver": rules.solver,
            "draws": options.draws,
            **({"lies": options.lies} if options.lies else {}),
            "language": options.language,
        },
        gamma=rules.gamma,
        assumptions=assumed,
        versions=software_versions(rules.solver),
    )
