"""One run from files to files: read, select, report, write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import indented
from sortition.audit.run_files import (
    CERTIFICATE,
    LOTTERY,
    MANIFEST,
    OUTPUTS,
    PAGE,
    REPORT,
    RESERVE,
)
from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.files import Reading, check_destination, lists_of, write_run
from sortition.files.faults import attempt
from sortition.files.lists import csv_delimiter
from sortition.files.reserve_list import alternates_lists
from sortition.membership.dropouts import SEEN_SHARE, DropoutRates
from sortition.membership.tickets import with_reserves
from sortition.model import Language
from sortition.preparation import Rules, prepare
from sortition.report import Context, render_html, report_json
from sortition.report.wording import sameness, wording
from sortition.runs.inputs import Inputs, read_inputs, seed_faults
from sortition.runs.reporting import context_of, options_document
from sortition.runs.toward import RatesRead, rules_toward
from sortition.selection import Selection, Stopwatch, draw, fresh_seed
from sortition.texts import describe

DOCUMENTS = (LOTTERY, CERTIFICATE, REPORT, PAGE, MANIFEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run was asked to do.

    Attributes
    ----------
    inputs : Inputs
    seed : str or None
        None: a fresh one is made.
    rules : Rules
        How the lottery is made; with `rates`, its objective becomes population.
    rates : Path or None
        The chances of coming into the pool, to make those of the population even.
    language : {"en", "da"}
        Of the report.
    out : Path
        The folder for the results.
    overwrite : bool
        Whether the results of a former run may be replaced.
    alternates : int or None
        How many alternates each ticket draws as well.
    """

    inputs: Inputs
    seed: str | None
    rules: Rules
    rates: Path | None
    language: Language
    out: Path
    overwrite: bool
    alternates: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did.

    Attributes
    ----------
    selection : Selection
    assumed : tuple of Finding
        What was assumed when the files were read, and which soft quotas gave way.
    """

    selection: Selection
    assumed: tuple[Finding, ...]


def run(options: Options, progress: Progress) -> Run:
    """Select a panel from files and write the results.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    InfeasibleQuotas
    SolverFailed
    """
    stopwatch = Stopwatch(progress)
    stopwatch.phase("read")
    reading = _read(options)
    rules, rates = rules_toward(options.rules, options.rates, reading.instance)
    options = replace(options, rules=rules)
    prepared = prepare(reading.instance, options.rules, stopwatch)
    if options.alternates:
        prepared = with_reserves(prepared, options.alternates, DropoutRates(), stopwatch)
    seed = fresh_seed() if options.seed is None else options.seed
    selection = draw(prepared, seed=seed, seconds=stopwatch.seconds())
    stopwatch.phase("write")
    lists = lists_of(reading.roster, selection.panel)
    write_run(
        options.out,
        lists=lists,
        documents=_documents(options, reading, rates, selection, lists),
        overwrite=options.overwrite,
    )
    return Run(selection=selection, assumed=_assumed(reading, rates, selection))


def _read(options: Options) -> Reading:
    faults: list[Finding] = []
    attempt(
        faults,
        partial(
            check_destination,
            options.out,
            options.overwrite,
            inputs=(*options.inputs.paths, *((options.rates,) if options.rates else ())),
            documents=(*DOCUMENTS, *(RESERVE if options.alternates else ())),
        ),
    )
    if options.alternates is not None and options.alternates < 1:
        value = str(options.alternates)
        faults.append(Finding(code="alternates-not-positive", value=value))
    if options.seed is not None:
        faults += seed_faults(options.seed)
    return read_inputs(options.inputs, faults)


def _assumed(
    reading: Reading, rates: RatesRead | None, selection: Selection
) -> tuple[Finding, ...]:
    return (*reading.assumed, *(rates.assumed if rates else ()), *selection.prepared.gave_way)


def _documents(
    options: Options,
    reading: Reading,
    rates: RatesRead | None,
    selection: Selection,
    lists: Mapping[str, bytes],
) -> dict[str, bytes]:
    context = context_of(
        options.inputs,
        options.rules,
        selection,
        digests=reading.digests,
        rows_numbered=reading.roster.id_column is None,
        assumptions=wording(options.language).said(_assumed(reading, rates, selection)),
        published=False,
    )
    page = render_html(selection.report, context=context, language=options.language)
    documents = {
        LOTTERY: selection.prepared.document,
        CERTIFICATE: canonical_json(selection.prepared.certificate.document()),
        REPORT: report_json(selection.report),
        PAGE: page.encode(),
    }
    alternates = selection.prepared.lottery.panel(selection.ticket).alternates
    if alternates:
        documents |= alternates_lists(reading.roster, alternates, ordered=True)
    manifest = {
        **_manifest(options, context, selection, reading, rates),
        "lists": {
            "id_column": reading.roster.id_column or "id",
            "delimiter": csv_delimiter(reading.roster.table),
        },
        # the manifest stands for every other file, and its own digest for the whole run
        "outputs": {
            name: digest({**lists, **documents}[name])
            for name in (*OUTPUTS, *(RESERVE if alternates else ()))
        },
    }
    return {**documents, MANIFEST: indented(manifest)}


def _manifest(
    options: Options,
    context: Context,
    selection: Selection,
    reading: Reading,
    rates: RatesRead | None,
) -> dict[str, object]:
    digests = asdict(context.input_digests)
    return {
        "schema": "sortition-manifest/1",
        "inputs": {
            "pool": {"file": context.pool_file, "sha256": digests["pool"]},
            "quotas": {"file": context.quotas_file, "sha256": digests["quotas"]},
            "map": reading.map_digest
            and {"file": options.inputs.map_file, "sha256": reading.map_digest},
            "rates": rates and {"file": rates.file, "sha256": rates.digest},
        },
        "options": {
            **options_document(options.inputs, options.rules, options.language),
            **_reserve_options(options),
        },
        "seed": selection.report.seed,
        "seed_given": options.seed is not None,
        "lottery_digest": selection.report.lottery_digest,
        "ticket": selection.ticket,
        "complete": selection.prepared.complete,
        "assumed": list(map(describe, _assumed(reading, rates, selection))),
        "versions": dict(context.versions),
        "same": sameness(
            "en", objective=options.rules.objective, complete=selection.prepared.complete
        ),
    }


def _reserve_options(options: Options) -> dict[str, object]:
    if not options.alternates:
        return {}
    return {"alternates": options.alternates, "dropout": str(SEEN_SHARE)}
